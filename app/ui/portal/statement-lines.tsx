import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Balance, Money } from '~/ui/money/money'
import { useMethodName } from './method'
import type { Place } from './place'

export type Statement = {
  opening_minor: number
  closing_minor: number
  lines: ReadonlyArray<{
    on: string
    document: string | null
    description: string | null
    debit_minor: number
    credit_minor: number
    balance_minor: number
  }>
  on_the_way: ReadonlyArray<{
    on: string
    method: string
    reference: string | null
    amount_minor: number
  }>
  deposit_minor: number
}

/** A list and not a table: on a phone each line says what happened, what it moved, and what is left. */
export function StatementLines(props: {
  statement: Statement
  range: { from: string; until: string }
  place: Place
}) {
  const { statement, range, place } = props
  const t = useT('portal')
  const { currency } = place

  return (
    <ol className="overflow-hidden rounded-lg border border-line bg-surface shadow-hair">
      <Edge
        label={t('statement.opening')}
        day={range.from}
        minor={statement.opening_minor}
        currency={currency}
      />
      {statement.lines.map((line, index) => (
        <Line key={index} line={line} currency={currency} />
      ))}
      {statement.lines.length === 0 ? (
        <li className="border-b border-line px-4 py-4 text-soft">{t('statement.nothing')}</li>
      ) : null}
      <Edge
        label={t('statement.closing')}
        day={range.until}
        minor={statement.closing_minor}
        currency={currency}
      />
    </ol>
  )
}

function Line({ line, currency }: { line: Statement['lines'][number]; currency: string }) {
  const t = useT('portal')
  const format = useFormat()
  return (
    <li className="flex items-start justify-between gap-4 border-b border-line px-4 py-3">
      <div className="min-w-0">
        <p className="text-sm text-faint">{format.day(line.on)}</p>
        <p>{line.description ?? line.document}</p>
        {line.document ? <p className="text-sm text-faint">{line.document}</p> : null}
      </div>
      <div className="shrink-0 text-right">
        <p className="font-medium">
          {line.credit_minor > 0 ? (
            <Money minor={-line.credit_minor} currency={currency} className="text-success" />
          ) : (
            <Money minor={line.debit_minor} currency={currency} />
          )}
        </p>
        <p className="text-sm text-faint">
          {t('statement.balance')} <Balance minor={line.balance_minor} currency={currency} />
        </p>
      </div>
    </li>
  )
}

function Edge(props: { label: string; day: string; minor: number; currency: string }) {
  const format = useFormat()
  return (
    <li className="flex items-center justify-between gap-4 border-b border-line bg-sunken px-4 py-3 font-medium last:border-b-0">
      <span>
        {props.label} <span className="font-normal text-faint">{format.day(props.day)}</span>
      </span>
      <Balance minor={props.minor} currency={props.currency} />
    </li>
  )
}

/** Money that is in none of the sums above: not matched yet, or kept as a deposit. */
export function StatementApart({ statement, place }: { statement: Statement; place: Place }) {
  const t = useT('portal')
  const format = useFormat()
  const { currency } = place
  const methodName = useMethodName()
  const { on_the_way, deposit_minor } = statement

  return (
    <>
      {on_the_way.length > 0 ? (
        <section className="rounded-lg border border-line bg-surface p-4 shadow-hair">
          <h2 className="font-semibold">{t('in_progress.title')}</h2>
          <p className="text-sm text-soft">{t('in_progress.lead')}</p>
          <ul className="mt-2">
            {on_the_way.map((one, index) => (
              <li key={index} className="flex items-baseline justify-between gap-4 py-1.5">
                <span>
                  {methodName(one.method)}
                  <span className="block text-sm text-faint">
                    {[format.day(one.on), one.reference].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <Money minor={one.amount_minor} currency={currency} className="font-medium" />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {deposit_minor > 0 ? (
        <p className="flex items-baseline justify-between gap-4 rounded-lg border border-line bg-surface px-4 py-3 shadow-hair">
          <span>{t('statement.deposit')}</span>
          <Money minor={deposit_minor} currency={currency} className="font-medium" />
        </p>
      ) : null}
    </>
  )
}
