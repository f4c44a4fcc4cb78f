import type { SubmissionResult } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { useRef, useState } from 'react'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { LinkButton, SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Checkbox } from '~/ui/base/choices'
import { Field, FieldGroup } from '~/ui/base/field'
import { FileDrop } from '~/ui/base/file-drop'
import { FieldRow, FormActions, useFocusFirstError } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { DateInput, TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useOffice } from '~/ui/office/office-context'
import { photoOf } from '~/ui/settings/picture-of'

type Waiting = { id: string; collector_name: string; counted_at: string; counted_minor: number }
type Photo = { content_type: string; base64: string }

/** A deposit as its slip says it. What is chosen is in it whole; the amount may be more, never less. */
export function DepositForm(props: {
  id: string
  waiting: ReadonlyArray<Waiting>
  banks: ReadonlyArray<string>
  officeMinor: number
  reply: SubmissionResult | undefined
}) {
  const { waiting, banks, officeMinor, reply } = props
  const t = useT('custody')
  const common = useT('common')
  const format = useFormat()
  const { time_zone, today, currency } = useOffice()
  const form = useRef<HTMLFormElement>(null)
  const [chosen, setChosen] = useState(() => new Set(waiting.map(({ id }) => id)))
  const [photo, setPhoto] = useState<Photo | null>(null)
  const [isUnreadable, setUnreadable] = useState(false)
  const errors = (name: string) => reply?.error?.[name] ?? null
  useFocusFirstError(form, reply)

  const chosenMinor = waiting
    .filter(({ id }) => chosen.has(id))
    .reduce((sum, row) => sum + row.counted_minor, 0)

  async function take([file]: Array<File>) {
    const taken = file ? await photoOf(file) : null
    setPhoto(taken)
    setUnreadable(Boolean(file) && taken === null)
  }

  function choose(id: string, isChosen: boolean) {
    const next = new Set(chosen)
    if (isChosen) next.add(id)
    else next.delete(id)
    setChosen(next)
  }

  return (
    <Form ref={form} method="post" noValidate className="max-w-2xl">
      <FormRefusal errors={errors('')} />
      <input type="hidden" name="id" value={props.id} />
      <Card>
        <div className="flex flex-col gap-4">
          <FieldGroup legend={t('deposit.which')}>
            {waiting.length === 0 ? <p className="text-soft">{t('deposit.none')}</p> : null}
            {waiting.map((row) => (
              <Checkbox
                key={row.id}
                name="remittance_ids"
                value={row.id}
                checked={chosen.has(row.id)}
                onChange={(event) => choose(row.id, event.target.checked)}
                label={`${formatMoney(row.counted_minor, currency)} · ${row.collector_name}`}
                hint={format.instant(row.counted_at, time_zone)}
              />
            ))}
          </FieldGroup>
          <FieldRow>
            <Field
              label={t('deposit.amount')}
              hint={`${t('deposit.amount_hint')} ${t('deposits.office')}: ${formatMoney(officeMinor, currency)}`}
              error={errors('amount_minor')}
              required
            >
              <MoneyInput key={chosenMinor} name="amount_minor" defaultMinor={chosenMinor} />
            </Field>
            <Field label={t('deposit.day')} error={errors('deposited_on')} required>
              <DateInput name="deposited_on" defaultValue={today} max={today} />
            </Field>
          </FieldRow>
          <FieldRow>
            <Field label={t('deposit.bank')} error={errors('bank')} required>
              <TextInput name="bank" maxLength={80} list="banks" defaultValue={banks[0] ?? ''} />
            </Field>
            <Field label={t('deposit.slip')} error={errors('slip_number')} required>
              <TextInput name="slip_number" maxLength={60} autoComplete="off" />
            </Field>
          </FieldRow>
          <datalist id="banks">
            {banks.map((bank) => (
              <option key={bank} value={bank} />
            ))}
          </datalist>
          <Field label={t('deposit.note')} error={errors('note')} optional>
            <TextInput name="note" maxLength={300} />
          </Field>
          <Field
            label={t('deposit.photo')}
            error={isUnreadable ? t('deposit.photo_bad') : errors('base64')}
            optional
          >
            <FileDrop
              accept="image/*"
              hint={t('deposit.photo_hint')}
              onFiles={(files) => void take(files)}
            />
          </Field>
          {photo ? (
            <>
              <input type="hidden" name="content_type" value={photo.content_type} />
              <input type="hidden" name="base64" value={photo.base64} />
              <img
                src={`data:${photo.content_type};base64,${photo.base64}`}
                alt={t('deposit.photo_there')}
                className="max-h-72 rounded-md border border-line object-contain"
              />
            </>
          ) : null}
        </div>
      </Card>
      <FormActions>
        <LinkButton to="/office/collections/deposits" variant="quiet">
          {common('cancel')}
        </LinkButton>
        <SubmitButton>{t('deposit.save')}</SubmitButton>
      </FormActions>
    </Form>
  )
}
