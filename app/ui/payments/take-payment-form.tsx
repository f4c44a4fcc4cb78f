import { Form } from '@remix-run/react'
import { useRef, useState } from 'react'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button, SubmitButton } from '~/ui/base/button'
import { Checkbox, RadioGroup } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { useFocusFirstError } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { DateInput, TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import { ChooseInvoices, type Payable } from './choose-invoices'
import { EffectPreview } from './effect-preview'
import { useEffectPreview, type AskEffect } from './use-effect-preview'
import { usePaymentWords, type Method } from './words'

/** Prepaid time that may be bought: `suggestions` are amounts a tap fills in. */
export type PrepaidChoice = { subscription_id: string; plan_name: string }
export type Suggestion = { label: string; amount_minor: number; subscription_id?: string }

/** What conform answers: refusals of the whole under the empty name, of a field under its own. */
export type TakePaymentAnswer = { error?: Record<string, Array<string> | null> | null }

export function TakePaymentForm(props: {
  paymentId: string
  subscriberId: string
  prepaid: ReadonlyArray<PrepaidChoice>
  suggestions: ReadonlyArray<Suggestion>
  payable: ReadonlyArray<Payable>
  today: string
  timeZone: string
  ask: AskEffect
  answer?: TakePaymentAnswer
}) {
  const { paymentId, subscriberId, prepaid, suggestions, payable, today, timeZone, ask, answer } =
    props
  const t = useT('collections')
  const form = useRef<HTMLFormElement>(null)
  const [amount, setAmount] = useState<{ minor: number | null; round: number }>({
    minor: null,
    round: 0,
  })
  const [method, setMethod] = useState<Method>('cash')
  // Whoever has a prepaid service mostly comes for time; what is owed is paid first either way.
  const [boughtFor, setBoughtFor] = useState(prepaid[0]?.subscription_id ?? '')
  const [chosen, setChosen] = useState<ReadonlyArray<string>>([])
  const [paysAhead, setPaysAhead] = useState(false)
  const hasFuture = payable.some(({ period }) => period !== null && period > today)
  const preview = useEffectPreview(
    {
      subscriber_id: subscriberId,
      amount_minor: amount.minor,
      subscription_id: boughtFor || null,
      invoices: chosen,
      pay_ahead: paysAhead,
    },
    ask,
  )
  useFocusFirstError(form, answer)

  function take(suggestion: Suggestion) {
    setAmount({ minor: suggestion.amount_minor, round: amount.round + 1 })
    setBoughtFor(suggestion.subscription_id ?? '')
  }

  return (
    <Form ref={form} method="post" className="flex flex-col gap-5" noValidate>
      <input type="hidden" name="id" value={paymentId} />
      <input type="hidden" name="subscriber_id" value={subscriberId} />
      <FormRefusal errors={answer?.error?.[''] ?? undefined} />

      <Field label={t('take.amount')} error={answer?.error?.amount_minor}>
        <MoneyInput
          // Another round fills the field anew from a suggestion.
          key={amount.round}
          name="amount_minor"
          look="display"
          autoFocus
          defaultMinor={amount.minor}
          onMinor={(minor) => setAmount({ ...amount, minor })}
        />
      </Field>
      <Suggestions suggestions={suggestions} onTake={take} />

      {prepaid.length > 0 ? (
        <RadioGroup
          legend={t('take.for')}
          name="subscription_id"
          value={boughtFor}
          onChange={setBoughtFor}
          options={[
            { value: '', label: t('take.for_bills') },
            ...prepaid.map((choice) => ({
              value: choice.subscription_id,
              label: t('take.for_time', { plan: choice.plan_name }),
            })),
          ]}
        />
      ) : null}

      <MethodFields method={method} onMethod={setMethod} answer={answer} />
      {payable.length > 1 || payable.some(({ is_written_off }) => is_written_off) ? (
        <ChooseInvoices payable={payable} chosen={chosen} onChoose={setChosen} />
      ) : null}
      {hasFuture && chosen.length === 0 ? (
        <Checkbox
          name="pay_ahead"
          label={t('take.ahead')}
          checked={paysAhead}
          onChange={(event) => setPaysAhead(event.currentTarget.checked)}
        />
      ) : null}
      <MoreFields answer={answer} today={today} />
      <EffectPreview {...preview} timeZone={timeZone} />
      <SubmitButton size="large" wide>
        {amount.minor === null
          ? t('take.button_empty')
          : t('take.button', { amount: formatMoney(amount.minor) })}
      </SubmitButton>
    </Form>
  )
}

function Suggestions(props: {
  suggestions: ReadonlyArray<Suggestion>
  onTake: (suggestion: Suggestion) => void
}) {
  if (props.suggestions.length === 0) return null
  return (
    <div className="-mt-2 flex flex-wrap gap-2">
      {props.suggestions.map((suggestion) => (
        <Button key={suggestion.label} size="small" onClick={() => props.onTake(suggestion)}>
          {suggestion.label} · {formatMoney(suggestion.amount_minor)}
        </Button>
      ))}
    </div>
  )
}

function MethodFields(props: {
  method: Method
  onMethod: (method: Method) => void
  answer?: TakePaymentAnswer
}) {
  const { method, onMethod, answer } = props
  const t = useT('collections')
  const words = usePaymentWords()

  return (
    <>
      <MethodChoice
        legend={t('take.method')}
        method={method}
        onMethod={onMethod}
        options={words.methodOptions}
      />
      {method === 'cash' ? null : (
        <Field
          label={t('take.reference')}
          hint={method === 'withholding' ? t('take.certificate_hint') : t('take.reference_hint')}
          error={answer?.error?.reference}
          optional={method === 'withholding'}
        >
          <TextInput name="reference" maxLength={80} autoComplete="off" />
        </Field>
      )}
    </>
  )
}

/** One row of keys: arrows move among them as in any radio group. */
function MethodChoice(props: {
  legend: string
  method: Method
  onMethod: (method: Method) => void
  options: ReadonlyArray<{ value: Method; label: string }>
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{props.legend}</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        {props.options.map((option) => (
          <label
            key={option.value}
            className="control flex items-center justify-center rounded-md border border-line-strong bg-surface px-3 text-center hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent-text has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="method"
              value={option.value}
              checked={option.value === props.method}
              onChange={() => props.onMethod(option.value)}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function MoreFields({ answer, today }: { answer?: TakePaymentAnswer; today: string }) {
  const t = useT('collections')
  const errors = answer?.error
  return (
    <details
      className="group"
      open={Boolean(errors?.manual_serial ?? errors?.note ?? errors?.received_at) || undefined}
    >
      <summary className="text-sm font-medium text-accent-text hover:underline">
        {t('take.more')}
      </summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <Field
          label={t('take.received_on')}
          hint={t('take.received_on_hint')}
          optional
          error={errors?.received_at}
        >
          <DateInput name="received_on" max={today} />
        </Field>
        <Field
          label={t('take.booklet')}
          hint={t('take.booklet_hint')}
          optional
          error={errors?.manual_serial}
        >
          <TextInput name="manual_serial" maxLength={40} autoComplete="off" />
        </Field>
        <Field label={t('take.note')} optional error={errors?.note}>
          <TextInput name="note" maxLength={300} autoComplete="off" />
        </Field>
      </div>
    </details>
  )
}
