import { Form } from '@remix-run/react'
import { SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Checkbox, RadioGroup, Switch } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { FileDrop } from '~/ui/base/file-drop'
import { FieldRow, FormActions, FormSection } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { PasswordInput } from '~/ui/base/password-input'
import { SearchInput } from '~/ui/base/search-input'
import { Select } from '~/ui/base/select'
import { DateInput, TextArea, TextInput } from '~/ui/base/text-input'
import { Part } from './ui-basics'

export function Forms() {
  return (
    <Part title="Forms">
      <Card>
        <Form>
          <FormSection title="Who" lead="As it should stand on the invoice.">
            <FieldRow>
              <Field label="First name">
                <TextInput name="first_name" defaultValue="Ana" />
              </Field>
              <Field label="Last name" error="Fill this in.">
                <TextInput name="last_name" />
              </Field>
            </FieldRow>
            <FieldRow>
              <Field label="E-mail" optional hint="Receipts go there as well.">
                <TextInput name="email" type="email" placeholder="ana@example.com" />
              </Field>
              <Field label="Password">
                <PasswordInput name="password" defaultValue="secret words" autoComplete="off" />
              </Field>
            </FieldRow>
            <Field label="How to find the house">
              <TextArea name="landmark" defaultValue="Behind the chapel, blue gate" />
            </Field>
          </FormSection>
          <FormSection title="What" lead="The plan, the price and from when.">
            <FieldRow>
              <Field label="Plan">
                <Select
                  name="plan"
                  placeholder="Choose a plan"
                  options={[
                    { value: '25', label: 'Fiber 25 · ₱999.00' },
                    { value: '50', label: 'Fiber 50 · ₱1,150.00' },
                  ]}
                />
              </Field>
              <Field label="Starts on">
                <DateInput name="starts_on" defaultValue="2026-11-03" />
              </Field>
            </FieldRow>
            <FieldRow>
              <Field label="Installation fee">
                <MoneyInput name="fee_minor" defaultMinor={150_000} />
              </Field>
              <Field label="Account number" hint="Given by the system.">
                <TextInput readOnly value="000-1042" />
              </Field>
            </FieldRow>
            <RadioGroup
              legend="How they pay"
              name="billing_mode"
              look="cards"
              defaultValue="prepaid"
              options={[
                { value: 'prepaid', label: 'Prepaid', hint: 'A payment buys days.' },
                { value: 'postpaid', label: 'Postpaid', hint: 'An invoice every month.' },
              ]}
            />
            <Field label="Amount taken" hint="The one amount a screen is about.">
              <MoneyInput look="display" defaultMinor={115_000} />
            </Field>
          </FormSection>
          <FormSection title="More">
            <Checkbox name="vat" label="Prices include VAT" defaultChecked />
            <Checkbox
              name="sms"
              label="Send reminders by SMS"
              hint="Only between 8 in the morning and 8 at night."
            />
            <Checkbox name="off" label="Not offered here" disabled />
            <Switch
              name="auto"
              label="Cut off by itself"
              hint="Seven days after the due day, never on a weekend."
              defaultChecked
            />
            <RadioGroup
              legend="Receipt paper"
              name="paper"
              defaultValue="58"
              options={[
                { value: '58', label: '58 mm' },
                { value: '80', label: '80 mm' },
              ]}
            />
            <Field label="Proof of payment">
              <FileDrop name="proof" accept="image/*" hint="A photo or a screenshot, up to 5 MB" />
            </Field>
            <SearchInput label="Search subscribers" className="max-w-sm" />
          </FormSection>
          <FormActions>
            <SubmitButton variant="secondary">Save as draft</SubmitButton>
            <SubmitButton>Add Ana Reyes</SubmitButton>
          </FormActions>
        </Form>
      </Card>
    </Part>
  )
}
