import type { SubmissionResult } from '@conform-to/react'
import { Form, useFetcher } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button, SubmitButton } from '~/ui/base/button'
import { RadioGroup } from '~/ui/base/choices'
import { Field, FieldGroup } from '~/ui/base/field'
import { useFocusFirstError } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import { CreditEffectBox, type CreditEffectAnswer } from './credit-effect'
import { WhyField } from './why-field'

type Line = { id: string; description: string; total_minor: number; left_minor: number }

const TYPING_PAUSE_MILLISECONDS = 250

/** One amount over the whole invoice, or line by line; what comes of it stands below while it is typed. */
export function CreditNoteForm(props: {
  correctionId: string
  invoiceId: string
  leftMinor: number
  limitMinor: number | null
  lines: ReadonlyArray<Line>
  answer?: SubmissionResult
}) {
  const { correctionId, invoiceId, leftMinor, limitMinor, lines, answer } = props
  const t = useT('corrections')
  const form = useRef<HTMLFormElement>(null)
  const [how, setHow] = useState<'amount' | 'lines'>('amount')
  const [amount, setAmount] = useState<{ minor: number | null; round: number }>({
    minor: null,
    round: 0,
  })
  const [byLine, setByLine] = useState<Record<string, number | null>>({})
  const asked = useCreditEffect(invoiceId, how === 'amount' ? amount.minor : byLine)
  const errors = (name: string) => answer?.error?.[name] ?? null
  useFocusFirstError(form, answer)

  const total =
    how === 'amount'
      ? (amount.minor ?? 0)
      : Object.values(byLine).reduce<number>((sum, minor) => sum + (minor ?? 0), 0)
  const needsSecond = limitMinor !== null && total > limitMinor

  return (
    <Form ref={form} method="post" className="flex flex-col gap-5" noValidate>
      <input type="hidden" name="intent" value="credit_note" />
      <input type="hidden" name="id" value={correctionId} />
      <input type="hidden" name="invoice_id" value={invoiceId} />
      <FormRefusal errors={errors('')} />
      <RadioGroup
        legend={t('credit.how')}
        name="how"
        look="cards"
        value={how}
        onChange={(value) => setHow(value === 'lines' ? 'lines' : 'amount')}
        options={[
          { value: 'amount', label: t('credit.by_amount'), hint: t('credit.by_amount_hint') },
          { value: 'lines', label: t('credit.by_line'), hint: t('credit.by_line_hint') },
        ]}
      />
      {how === 'amount' ? (
        <div>
          <Field label={t('credit.amount')} error={errors('amount_minor')}>
            <MoneyInput
              key={amount.round}
              name="amount_minor"
              look="display"
              autoFocus
              defaultMinor={amount.minor}
              onMinor={(minor) => setAmount({ ...amount, minor })}
            />
          </Field>
          <Button
            size="small"
            className="mt-3"
            onClick={() => setAmount({ minor: leftMinor, round: amount.round + 1 })}
          >
            {t('credit.all', { amount: formatMoney(leftMinor) })}
          </Button>
        </div>
      ) : (
        <FieldGroup legend={t('credit.by_line')} error={errors('lines')?.[0]}>
          <ul className="divide-y divide-line rounded-lg border border-line">
            {lines
              .filter((line) => line.left_minor > 0)
              .map((line) => (
                <li key={line.id} className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
                  <span className="min-w-48 flex-1">
                    <span className="block">{line.description}</span>
                    <span className="text-sm text-faint">
                      {t('credit.line_left', { amount: formatMoney(line.left_minor) })}
                    </span>
                  </span>
                  <span className="w-40">
                    <Field label={line.description} labelHidden>
                      <MoneyInput
                        name={`lines.${line.id}`}
                        onMinor={(minor) => setByLine({ ...byLine, [line.id]: minor })}
                      />
                    </Field>
                  </span>
                </li>
              ))}
          </ul>
        </FieldGroup>
      )}
      <WhyField errors={errors} autoFocus={false} />
      <CreditEffectBox {...asked} />
      {needsSecond && limitMinor !== null ? (
        <p className="text-sm text-soft">{t('limit_hint', { limit: formatMoney(limitMinor) })}</p>
      ) : null}
      <SubmitButton size="large" wide>
        {total === 0
          ? t('credit.submit')
          : needsSecond
            ? t('credit.ask', { amount: formatMoney(total) })
            : t('credit.submit_amount', { amount: formatMoney(total) })}
      </SubmitButton>
    </Form>
  )
}

/** Asks what the note would say once typing rests. */
function useCreditEffect(
  invoiceId: string,
  amounts: number | null | Record<string, number | null>,
) {
  const fetcher = useFetcher<CreditEffectAnswer>()
  const params = new URLSearchParams()
  if (typeof amounts === 'number') params.set('amount_minor', String(amounts))
  else {
    for (const [line, minor] of Object.entries(amounts ?? {})) {
      if (minor) params.set(`lines.${line}`, String(minor))
    }
  }
  const question = params.toString()
  const { load } = fetcher

  useEffect(() => {
    if (question === '') return
    const pause = setTimeout(
      () => load(`/office/invoices/${invoiceId}/credit-effect?${question}`),
      TYPING_PAUSE_MILLISECONDS,
    )
    return () => clearTimeout(pause)
  }, [question, invoiceId, load])

  return {
    answer: question === '' ? null : (fetcher.data ?? null),
    isAsking: fetcher.state !== 'idle',
  }
}
