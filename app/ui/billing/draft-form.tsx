import type { SubmissionResult } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { Plus, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { spreadVat } from '~/domain/vat'
import { minor, sum } from '~/domain/money'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button, IconButton, SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { FormActions, useFocusFirstError } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { Select } from '~/ui/base/select'
import { DateInput, TextInput } from '~/ui/base/text-input'
import { Money } from '~/ui/money/money'
import { FormRefusal } from '~/ui/office/form-refusal'

type VatClass = 'vatable' | 'exempt' | 'zero_rated'

/** A line as it is typed: what a discount takes off stands without a sign. */
type TypedLine = {
  key: number
  description: string
  amount: number | null
  vatClass: VatClass
  isDiscount: boolean
}

export type DraftFormProps = {
  id: string
  subscriberId: string
  revision: number
  lines: ReadonlyArray<{ description: string; amount_minor: number; vat_class: VatClass }>
  dueOn: string | null
  dueDays: number
  /** Null where VAT is not charged. */
  rateBp: number | null
  reply?: SubmissionResult
}

const vatClasses = ['vatable', 'exempt', 'zero_rated'] as const

/** An invoice being written: its lines, what they add up to, and the two ways on: keep it, or issue it. */
export function DraftForm(props: DraftFormProps) {
  const { id, subscriberId, revision, dueOn, dueDays, rateBp, reply } = props
  const t = useT('billing')
  const form = useRef<HTMLFormElement>(null)
  const [lines, setLines] = useState(() => typedLines(props.lines))
  const nextKey = useRef(lines.length)
  const errors = (name: string) => reply?.error?.[name] ?? null
  useFocusFirstError(form, reply)

  const change = (key: number, changed: Partial<TypedLine>) =>
    setLines((before) => before.map((line) => (line.key === key ? { ...line, ...changed } : line)))
  const add = (isDiscount: boolean) =>
    setLines((before) => [...before, emptyLine(nextKey.current++, isDiscount)])

  const total = sumOf(lines)
  const vat =
    rateBp === null
      ? 0
      : vatOf(
          lines.filter(({ vatClass }) => vatClass === 'vatable'),
          rateBp,
        )

  return (
    <Form ref={form} method="post" noValidate>
      <FormRefusal errors={errors('')} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="subscriber_id" value={subscriberId} />
      <input type="hidden" name="revision" value={revision} />
      <Card title={t('draft.lines')}>
        <ol className="flex flex-col gap-4">
          {lines.map((line, at) => (
            <li
              key={line.key}
              className="grid items-start gap-3 border-b border-line pb-4 sm:grid-cols-[minmax(0,1fr)_9rem_11rem_auto]"
            >
              <Field
                label={t(line.isDiscount ? 'draft.discount' : 'draft.description')}
                error={errors(`lines[${at}].description`)}
              >
                <TextInput
                  name={`lines[${at}].description`}
                  defaultValue={line.description}
                  autoComplete="off"
                  maxLength={300}
                  autoFocus={at > 0 && at === lines.length - 1 && line.key >= props.lines.length}
                />
              </Field>
              {rateBp === null ? (
                <span className="max-sm:hidden" />
              ) : (
                <Field label={t('draft.vat_class')} error={errors(`lines[${at}].vat_class`)}>
                  <Select
                    name={`lines[${at}].vat_class`}
                    value={line.vatClass}
                    onChange={(event) =>
                      change(line.key, { vatClass: event.target.value as VatClass })
                    }
                    options={vatClasses.map((value) => ({ value, label: t(`draft.vat.${value}`) }))}
                  />
                </Field>
              )}
              <Field
                label={t(line.isDiscount ? 'draft.amount_less' : 'draft.amount')}
                error={errors(`lines[${at}].amount_minor`)}
              >
                <MoneyInput
                  name={`lines[${at}].amount_minor`}
                  defaultMinor={line.amount}
                  onMinor={(amount) => change(line.key, { amount })}
                />
              </Field>
              {line.isDiscount ? (
                <input type="hidden" name={`lines[${at}].is_discount`} value="on" />
              ) : null}
              <IconButton
                label={t('draft.remove', { number: at + 1 })}
                className="mt-6.5 justify-self-end"
                disabled={lines.length === 1}
                onClick={() => setLines((before) => before.filter(({ key }) => key !== line.key))}
              >
                <Trash2 />
              </IconButton>
            </li>
          ))}
        </ol>
        <div className="mt-4 flex flex-wrap items-start justify-between gap-4">
          <div className="flex flex-wrap gap-2">
            <Button size="small" icon={<Plus />} onClick={() => add(false)}>
              {t('draft.add')}
            </Button>
            <Button size="small" icon={<Plus />} onClick={() => add(true)}>
              {t('draft.add_discount')}
            </Button>
          </div>
          <dl className="grid grid-cols-[auto_auto] items-baseline gap-x-8 gap-y-1 text-right">
            {rateBp === null ? null : (
              <>
                <dt className="text-soft">{t('draft.vat_within')}</dt>
                <dd>
                  <Money minor={vat} />
                </dd>
              </>
            )}
            <dt className="font-medium">{t('draft.total')}</dt>
            <dd className="text-xl font-semibold">
              <Money minor={total} />
            </dd>
          </dl>
        </div>
      </Card>
      <Card className="mt-5">
        <div className="max-w-xs">
          <Field
            label={t('draft.due_on')}
            hint={t('draft.due_hint', { days: dueDays })}
            error={errors('due_on')}
            optional
          >
            <DateInput name="due_on" defaultValue={dueOn ?? ''} />
          </Field>
        </div>
      </Card>
      <FormActions>
        <p className="basis-full text-right text-sm text-soft">{t('draft.issue_hint')}</p>
        {revision > 0 ? (
          <SubmitButton variant="quiet" name="intent" value="discard">
            {t('draft.discard')}
          </SubmitButton>
        ) : null}
        <SubmitButton variant="secondary" name="intent" value="save">
          {t('draft.save')}
        </SubmitButton>
        <SubmitButton name="intent" value="issue">
          {total > 0 ? t('draft.issue_amount', { amount: formatMoney(total) }) : t('draft.issue')}
        </SubmitButton>
      </FormActions>
    </Form>
  )
}

function typedLines(lines: DraftFormProps['lines']): Array<TypedLine> {
  if (lines.length === 0) return [emptyLine(0, false)]
  return lines.map((line, key) => ({
    key,
    description: line.description,
    amount: Math.abs(line.amount_minor),
    vatClass: line.vat_class,
    isDiscount: line.amount_minor < 0,
  }))
}

function emptyLine(key: number, isDiscount: boolean): TypedLine {
  return { key, description: '', amount: null, vatClass: 'vatable', isDiscount }
}

const signed = (line: TypedLine) => minor((line.isDiscount ? -1 : 1) * (line.amount ?? 0))

function sumOf(lines: ReadonlyArray<TypedLine>) {
  return sum(lines.map(signed))
}

function vatOf(lines: ReadonlyArray<TypedLine>, rateBp: number) {
  return sum(spreadVat(lines.map(signed), rateBp))
}
