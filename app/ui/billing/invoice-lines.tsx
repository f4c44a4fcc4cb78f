import { civilDay } from '~/domain/calendar'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'

export type InvoiceLine = {
  id: string
  line: number
  description: string
  service_from: string | null
  service_until: string | null
  net_minor: number
  vat_minor: number
  total_minor: number
}

/** A line's span is half-open in the database; people read the last day it covers. */
const MILLISECOND = 1

export function InvoiceLines({
  lines,
  timeZone,
}: {
  lines: ReadonlyArray<InvoiceLine>
  timeZone: string
}) {
  const t = useT('billing')
  const format = useFormat()

  /** Nothing where the description says it already. */
  function covers(line: InvoiceLine) {
    if (!line.service_from || !line.service_until) return null
    const from = format.day(civilDay(line.service_from, timeZone))
    if (line.description.includes(from)) return null
    const lastInstant = new Date(Date.parse(line.service_until) - MILLISECOND)
    return t('invoice.covers', { from, until: format.day(civilDay(lastInstant, timeZone)) })
  }

  return (
    <Table
      caption={t('invoice.lines_caption')}
      isSticky={false}
      rows={lines}
      rowKey={(line) => line.id}
      columns={[
        {
          key: 'description',
          header: t('column.description'),
          cell: (line) => (
            <>
              <span className="font-medium [overflow-wrap:anywhere]">{line.description}</span>
              <span className="block text-faint">{covers(line)}</span>
            </>
          ),
        },
        {
          key: 'net',
          header: t('column.net'),
          cell: (line) => <Money minor={line.net_minor} />,
          align: 'right',
          isMinor: true,
        },
        {
          key: 'vat',
          header: t('column.vat'),
          cell: (line) => <Money minor={line.vat_minor} />,
          align: 'right',
          isMinor: true,
        },
        {
          key: 'amount',
          header: t('column.amount'),
          cell: (line) => <Money minor={line.total_minor} />,
          align: 'right',
        },
      ]}
    />
  )
}

export type InvoiceSums = {
  regime: 'vat' | 'non_vat'
  rate_bp: number
  net_minor: number
  vat_minor: number
  total_minor: number
  balance_minor: number
  credited_minor: number
}

const BASIS_POINTS_PER_PERCENT = 100

/** Net, VAT and total, then what has been paid and what is left. */
export function InvoiceTotals(props: {
  sums: InvoiceSums
  isVoid: boolean
  /** What was given up as a bad debt. */
  lostMinor?: number
}) {
  const { sums, isVoid, lostMinor = 0 } = props
  const t = useT('billing')
  const hasVat = sums.regime === 'vat'
  const settled = sums.total_minor - sums.balance_minor - sums.credited_minor - lostMinor

  return (
    <dl className="ml-auto grid w-full max-w-80 grid-cols-[1fr_auto] gap-x-6 gap-y-1.5 px-4 py-4 text-sm sm:px-5 [&_dd]:text-right">
      {hasVat ? (
        <>
          <dt className="text-soft">{t('invoice.net')}</dt>
          <dd>
            <Money minor={sums.net_minor} />
          </dd>
          <dt className="text-soft">
            {t('invoice.vat', { rate: (sums.rate_bp ?? 0) / BASIS_POINTS_PER_PERCENT })}
          </dt>
          <dd>
            <Money minor={sums.vat_minor} />
          </dd>
        </>
      ) : null}
      <dt className="font-semibold">{t('invoice.total')}</dt>
      <dd className="font-semibold">
        <Money minor={sums.total_minor} />
      </dd>
      {isVoid ? null : (
        <>
          <dt className="text-soft">{t('invoice.applied')}</dt>
          <dd>
            <Money minor={-settled} />
          </dd>
          {sums.credited_minor > 0 ? (
            <>
              <dt className="text-soft">{t('invoice.credited')}</dt>
              <dd>
                <Money minor={-sums.credited_minor} />
              </dd>
            </>
          ) : null}
          {lostMinor > 0 ? (
            <>
              <dt className="text-soft">{t('state.written_off')}</dt>
              <dd>
                <Money minor={-lostMinor} />
              </dd>
            </>
          ) : null}
          <dt className="border-t border-line-strong pt-1.5 font-semibold">
            {t('invoice.balance')}
          </dt>
          <dd className="border-t border-line-strong pt-1.5 font-semibold">
            <Money minor={sums.balance_minor} />
          </dd>
        </>
      )}
    </dl>
  )
}
