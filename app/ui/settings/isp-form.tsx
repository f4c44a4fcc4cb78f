import {
  getFormProps,
  getInputProps,
  getSelectProps,
  useForm,
  type SubmissionResult,
} from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import { saveTenant } from '~/commands/save-tenant'
import { useT } from '~/i18n/use-t'
import { SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { FieldRow, FormActions, FormSection } from '~/ui/base/form'
import { Select } from '~/ui/base/select'
import { TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useSavedToast } from '~/ui/office/saved-toast'

export type IspDetails = {
  trade_name: string
  legal_name: string | null
  tin: string | null
  address: string | null
  phone: string | null
  email: string | null
  brand_color: string | null
  time_zone: string
  currency: string
}

const timeZones = [
  'Asia/Manila',
  'Asia/Singapore',
  'Asia/Hong_Kong',
  'Asia/Jakarta',
  'Asia/Makassar',
  'Asia/Ho_Chi_Minh',
  'Asia/Bangkok',
  'Asia/Kolkata',
  'UTC',
]
const currencies = ['PHP', 'USD', 'EUR']
const OWN_COLOR = '#0d5c8c'

export function IspForm({ isp, reply }: { isp: IspDetails; reply: SubmissionResult | undefined }) {
  const t = useT('settings')
  const [form, fields] = useForm({
    id: 'isp',
    lastResult: reply?.status === 'success' ? undefined : reply,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: saveTenant.input }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
    defaultValue: isp,
  })
  useSavedToast(reply, t('saved'))

  return (
    <Form method="post" {...getFormProps(form)}>
      <FormRefusal errors={form.errors} />
      <Card>
        <FormSection title={t('isp.name_title')} lead={t('isp.name_lead')}>
          <Field
            label={t('isp.trade_name')}
            error={fields.trade_name.errors}
            id={fields.trade_name.id}
          >
            <TextInput
              {...getInputProps(fields.trade_name, { type: 'text' })}
              key={fields.trade_name.key}
            />
          </Field>
          <FieldRow>
            <Field
              label={t('isp.legal_name')}
              optional
              hint={t('isp.legal_name_hint')}
              error={fields.legal_name.errors}
              id={fields.legal_name.id}
            >
              <TextInput
                {...getInputProps(fields.legal_name, { type: 'text' })}
                key={fields.legal_name.key}
              />
            </Field>
            <Field label={t('isp.tin')} optional error={fields.tin.errors} id={fields.tin.id}>
              <TextInput
                {...getInputProps(fields.tin, { type: 'text' })}
                key={fields.tin.key}
                className="tabular"
                placeholder="123-456-789-00000"
              />
            </Field>
          </FieldRow>
        </FormSection>
        <FormSection title={t('isp.contact_title')} lead={t('isp.contact_lead')}>
          <Field
            label={t('isp.address')}
            optional
            error={fields.address.errors}
            id={fields.address.id}
          >
            <TextInput
              {...getInputProps(fields.address, { type: 'text' })}
              key={fields.address.key}
            />
          </Field>
          <FieldRow>
            <Field label={t('isp.phone')} optional error={fields.phone.errors} id={fields.phone.id}>
              <TextInput {...getInputProps(fields.phone, { type: 'tel' })} key={fields.phone.key} />
            </Field>
            <Field label={t('isp.email')} optional error={fields.email.errors} id={fields.email.id}>
              <TextInput
                {...getInputProps(fields.email, { type: 'email' })}
                key={fields.email.key}
              />
            </Field>
          </FieldRow>
        </FormSection>
        <FormSection title={t('isp.look_title')} lead={t('isp.look_lead')}>
          <FieldRow columns={3}>
            <Field
              label={t('isp.color')}
              error={fields.brand_color.errors}
              id={fields.brand_color.id}
            >
              <input
                type="color"
                name="brand_color"
                id={fields.brand_color.id}
                defaultValue={isp.brand_color ?? OWN_COLOR}
                className="h-(--control) w-full rounded-md border border-line-strong bg-surface p-1"
              />
            </Field>
            <Field
              label={t('isp.time_zone')}
              error={fields.time_zone.errors}
              id={fields.time_zone.id}
            >
              <Select
                {...getSelectProps(fields.time_zone)}
                key={fields.time_zone.key}
                options={[...new Set([isp.time_zone, ...timeZones])].map((zone) => ({
                  value: zone,
                  label: zone.replaceAll('_', ' '),
                }))}
              />
            </Field>
            <Field label={t('isp.currency')} error={fields.currency.errors} id={fields.currency.id}>
              <Select
                {...getSelectProps(fields.currency)}
                key={fields.currency.key}
                options={[...new Set([isp.currency, ...currencies])].map((code) => ({
                  value: code,
                  label: code,
                }))}
              />
            </Field>
          </FieldRow>
        </FormSection>
      </Card>
      <FormActions>
        <SubmitButton>{t('save')}</SubmitButton>
      </FormActions>
    </Form>
  )
}
