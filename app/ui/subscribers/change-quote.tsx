import { useFetcher } from '@remix-run/react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { uuid7, UUID7_RANDOM_BYTES } from '~/domain/uuid7'
import { formatDay } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import type { ChangeKind, ChangeQuote } from '~/domain/service-change'
import { EndQuote } from './end-quote'
import { InvoiceLines } from './invoice-lines'

export type QuoteAnswer = { quote: ChangeQuote } | { refusal: string }

const TYPING_PAUSE_MILLISECONDS = 250

/** The fields of a change of a service, and below them what it would do, asked anew whenever one changes. */
export function QuotedFields(props: {
  /** Without one, nothing follows that could be shown. */
  kind?: ChangeKind
  /** The address of the service's page. */
  home: string
  serviceId: string
  /** Fields that must be filled before there is anything to ask. */
  needs?: ReadonlyArray<string>
  children: ReactNode
}) {
  const { kind, home, serviceId, needs = [], children } = props
  const [id] = useState(() =>
    uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(UUID7_RANDOM_BYTES))),
  )
  const fields = useRef<HTMLDivElement>(null)
  const [asked, setAsked] = useState(0)
  const [isReady, setReady] = useState(false)
  const { load, data: answer } = useFetcher<QuoteAnswer>()
  const needed = needs.join()

  useEffect(() => {
    if (!kind) return
    // Read after the pause: an amount reaches its hidden field only after what was typed is shown.
    const pause = setTimeout(() => {
      const form = fields.current?.closest('form')
      if (!form) return
      const question = new URLSearchParams({ kind })
      for (const [name, value] of new FormData(form)) {
        if (typeof value === 'string' && value !== '') question.set(name, value)
      }
      const isComplete = needed.split(',').every((name) => name === '' || question.has(name))
      setReady(isComplete)
      if (isComplete) load(`${home}/quote?${question}`)
    }, TYPING_PAUSE_MILLISECONDS)
    return () => clearTimeout(pause)
  }, [asked, kind, home, needed, load])

  return (
    <div
      ref={fields}
      className="flex flex-col gap-4"
      onChange={() => setAsked((times) => times + 1)}
    >
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="subscription_id" value={serviceId} />
      {children}
      <div aria-live="polite">{isReady && answer ? <Quote answer={answer} /> : null}</div>
    </div>
  )
}

function Quote({ answer }: { answer: QuoteAnswer }) {
  const t = useT('subscribers')
  const { currency } = useOffice()
  if ('refusal' in answer) {
    return <p className="rounded-md bg-danger-soft px-3 py-2 text-danger">{answer.refusal}</p>
  }
  const { change, next_invoice, after } = answer.quote
  if (after) return <EndQuote change={change} after={after} />
  if (!next_invoice) return null
  return (
    <div className="rounded-md bg-sunken px-4 py-3">
      {change.on_day ? (
        <p className="mb-2 font-medium">
          {t('change.counts_from', { day: formatDay(change.on_day) })}
        </p>
      ) : null}
      <p className="text-sm text-soft">
        {next_invoice.period
          ? t('change.next_invoice_on', { day: formatDay(next_invoice.period) })
          : t('change.next_invoice')}
      </p>
      <InvoiceLines lines={next_invoice.lines} />
      {next_invoice.lines.some((line) => line.gives_back) ? (
        <p className="mt-2 text-sm text-soft">{t('change.invoices_stay')}</p>
      ) : null}
      {next_invoice.problem ? (
        <p className="mt-2 text-sm text-warn">{next_invoice.problem}</p>
      ) : next_invoice.lines.length === 0 ? (
        <p className="mt-1">{t('change.no_invoice')}</p>
      ) : (
        <p className="mt-2 flex justify-between gap-4 border-t border-line pt-2 font-semibold">
          {t('change.total')}
          <Money minor={next_invoice.total_minor} currency={currency} />
        </p>
      )}
      <GivenBack minor={next_invoice.credited_minor} />
    </div>
  )
}

/** What credit notes give back beside an invoice that has no room for it. */
export function GivenBack({ minor }: { minor: number }) {
  const t = useT('subscribers')
  const { currency } = useOffice()
  if (minor === 0) return null
  return (
    <p className="mt-2 flex justify-between gap-4">
      <span>
        {t('change.given_back')}
        <span className="block text-sm text-soft">{t('change.credit_note_goes')}</span>
      </span>
      <Money minor={-minor} currency={currency} className="shrink-0 text-success" />
    </p>
  )
}
