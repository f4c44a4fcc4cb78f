import {
  getFormProps,
  getInputProps,
  getSelectProps,
  getTextareaProps,
  useForm,
  type SubmissionResult,
} from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { Form, Link } from '@remix-run/react'
import { saveSubscriber } from '~/commands/save-subscriber'
import { useT } from '~/i18n/use-t'
import { LinkButton, SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { RadioGroup } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { FieldRow, FormActions, FormSection } from '~/ui/base/form'
import { Select } from '~/ui/base/select'
import { TextArea, TextInput } from '~/ui/base/text-input'
import type { Position } from '~/domain/map-point'
import { PinPicker } from '~/ui/map/pin-picker'
import { FormRefusal } from '~/ui/office/form-refusal'
import { branchLabel, type Branch } from '~/domain/branch'
import type { Subscriber } from '~/domain/subscriber'

type Barangay = { id: string; name: string; municipality: string }

export function SubscriberForm(props: {
  id: string
  subscriber?: Subscriber
  barangays: ReadonlyArray<Barangay>
  branches: ReadonlyArray<Branch>
  neighbours: ReadonlyArray<Position>
  reply: SubmissionResult | undefined
  cancelTo: string
}) {
  const { id, subscriber, barangays, branches, neighbours, reply, cancelTo } = props
  const [form, fields] = useForm({
    id: 'subscriber',
    lastResult: reply,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: saveSubscriber.input }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
    defaultValue: subscriber
      ? defaultsOf(subscriber)
      : { kind: 'person', branch: branches.find(({ is_default }) => is_default)?.code },
  })
  const t = useT('subscribers')
  const isBusiness = fields.kind.value === 'business'

  return (
    <Form method="post" {...getFormProps(form)}>
      <FormRefusal errors={form.errors} />
      <input type="hidden" name="id" value={id} />
      <Card>
        <FormSection title={t('form.who')} lead={t('form.who_lead')}>
          <RadioGroup
            legend={t('form.kind')}
            name="kind"
            defaultValue={fields.kind.initialValue ?? 'person'}
            options={[
              { value: 'person', label: t('form.person') },
              { value: 'business', label: t('form.business') },
            ]}
          />
          {isBusiness ? (
            <FieldRow>
              <Field label={t('form.business_name')} error={fields.name.errors} id={fields.name.id}>
                <TextInput
                  {...getInputProps(fields.name, { type: 'text' })}
                  key={fields.name.key}
                  autoComplete="off"
                />
              </Field>
              <Field
                label={t('form.contact_person')}
                optional
                error={fields.contact_person.errors}
                id={fields.contact_person.id}
              >
                <TextInput
                  {...getInputProps(fields.contact_person, { type: 'text' })}
                  key={fields.contact_person.key}
                  autoComplete="off"
                />
              </Field>
            </FieldRow>
          ) : (
            <FieldRow>
              <Field
                label={t('form.first_name')}
                error={fields.first_name.errors}
                id={fields.first_name.id}
              >
                <TextInput
                  {...getInputProps(fields.first_name, { type: 'text' })}
                  key={fields.first_name.key}
                  autoComplete="off"
                />
              </Field>
              <Field
                label={t('form.last_name')}
                error={fields.last_name.errors}
                id={fields.last_name.id}
              >
                <TextInput
                  {...getInputProps(fields.last_name, { type: 'text' })}
                  key={fields.last_name.key}
                  autoComplete="off"
                />
              </Field>
            </FieldRow>
          )}
          <FieldRow>
            <Field
              label={t('form.account_no')}
              optional={!subscriber}
              hint={subscriber ? undefined : t('form.account_hint')}
              error={fields.account_no.errors}
              id={fields.account_no.id}
            >
              <TextInput
                {...getInputProps(fields.account_no, { type: 'text' })}
                key={fields.account_no.key}
                autoComplete="off"
                className="tabular"
              />
            </Field>
            <Field
              label={t('form.tin')}
              optional
              hint={t('form.tin_hint')}
              error={fields.tin.errors}
              id={fields.tin.id}
            >
              <TextInput
                {...getInputProps(fields.tin, { type: 'text' })}
                key={fields.tin.key}
                autoComplete="off"
                className="tabular"
              />
            </Field>
          </FieldRow>
          {branches.length > 1 ? (
            <Field
              label={t('form.branch')}
              hint={t('form.branch_hint')}
              error={fields.branch.errors}
              id={fields.branch.id}
            >
              <Select
                {...getSelectProps(fields.branch)}
                key={fields.branch.key}
                options={branches
                  .filter((branch) => branch.is_open || branch.code === subscriber?.branch)
                  .map((branch) => ({ value: branch.code, label: branchLabel(branch) }))}
              />
            </Field>
          ) : null}
        </FormSection>

        <FormSection title={t('form.contact')} lead={t('form.contact_lead')}>
          <FieldRow>
            <Field
              label={t('form.phone')}
              optional
              error={fields.phone.errors}
              id={fields.phone.id}
            >
              <TextInput
                {...getInputProps(fields.phone, { type: 'tel' })}
                key={fields.phone.key}
                autoComplete="off"
              />
            </Field>
            <Field
              label={t('form.other_phone')}
              optional
              error={fields.other_phone.errors}
              id={fields.other_phone.id}
            >
              <TextInput
                {...getInputProps(fields.other_phone, { type: 'tel' })}
                key={fields.other_phone.key}
                autoComplete="off"
              />
            </Field>
          </FieldRow>
          <Field label={t('form.email')} optional error={fields.email.errors} id={fields.email.id}>
            <TextInput
              {...getInputProps(fields.email, { type: 'email' })}
              key={fields.email.key}
              autoComplete="off"
            />
          </Field>
        </FormSection>

        <FormSection title={t('form.where')} lead={t('form.where_lead')}>
          <FieldRow>
            <Field
              label={t('form.barangay')}
              optional
              error={fields.barangay_id.errors}
              id={fields.barangay_id.id}
              hint={
                <>
                  {t('form.barangay_missing')}{' '}
                  <Link to="/office/settings/places" className="text-accent-text underline">
                    {t('form.barangay_pick')}
                  </Link>
                  .
                </>
              }
            >
              <Select
                {...getSelectProps(fields.barangay_id)}
                key={fields.barangay_id.key}
                placeholder={t('form.barangay_choose')}
                options={barangays.map((place) => ({
                  value: place.id,
                  label: `${place.name}, ${place.municipality}`,
                }))}
              />
            </Field>
            <Field
              label={t('form.purok')}
              optional
              error={fields.purok.errors}
              id={fields.purok.id}
            >
              <TextInput
                {...getInputProps(fields.purok, { type: 'text' })}
                key={fields.purok.key}
                autoComplete="off"
              />
            </Field>
          </FieldRow>
          <Field
            label={t('form.landmark')}
            optional
            error={fields.landmark.errors}
            id={fields.landmark.id}
          >
            <TextInput
              {...getInputProps(fields.landmark, { type: 'text' })}
              key={fields.landmark.key}
              autoComplete="off"
            />
          </Field>
          <PinPicker
            position={positionOf(subscriber)}
            source={subscriber?.location_source ?? null}
            neighbours={neighbours}
            errors={{ latitude: fields.latitude.errors, longitude: fields.longitude.errors }}
          />
        </FormSection>

        <FormSection title={t('form.notes')} lead={t('form.notes_lead')}>
          <Field
            label={t('form.notes')}
            labelHidden
            optional
            error={fields.notes.errors}
            id={fields.notes.id}
          >
            <TextArea {...getTextareaProps(fields.notes)} key={fields.notes.key} rows={4} />
          </Field>
        </FormSection>
      </Card>
      <FormActions>
        <LinkButton variant="quiet" to={cancelTo}>
          {t('form.cancel')}
        </LinkButton>
        <SubmitButton>{subscriber ? t('form.save') : t('add')}</SubmitButton>
      </FormActions>
    </Form>
  )
}

/** A person saved by an import has one name; it is taken apart only in the form, where someone looks at it. */
function defaultsOf(subscriber: Subscriber) {
  const hasParts = subscriber.first_name || subscriber.last_name
  return {
    ...subscriber,
    first_name:
      hasParts || subscriber.kind === 'business' ? subscriber.first_name : subscriber.name,
  }
}

function positionOf(subscriber: Subscriber | undefined): Position | null {
  const { latitude, longitude } = subscriber ?? {}
  if (latitude === null || latitude === undefined || longitude === null || longitude === undefined)
    return null
  return { latitude, longitude }
}
