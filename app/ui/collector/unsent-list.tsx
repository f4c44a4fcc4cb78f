import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'

export type UnsentItem = {
  id: string
  happenedAt: string
  /** Null for a visit or promise. */
  receiptNumber: string | null
  subscriberName: string | null
  accountNo: string | null
  amountMinor: number | null
}

/** What the office has not got yet, to be read out or shown. */
export function UnsentList(props: {
  items: ReadonlyArray<UnsentItem>
  currency: string
  timeZone: string
}) {
  const t = useT('collector')
  const format = useFormat()

  return (
    <ol className="divide-y divide-line rounded-lg border border-line bg-surface text-ink">
      {props.items.map((item) => (
        <li key={item.id} className="flex justify-between gap-3 px-4 py-3">
          <span className="min-w-0">
            <span className="block font-medium">{item.subscriberName ?? t('ended.visit')}</span>
            <span className="tabular block text-sm text-soft">
              {[item.accountNo, item.receiptNumber].filter(Boolean).join(' · ')}
            </span>
            <span className="tabular block text-sm text-soft">
              {format.instant(item.happenedAt, props.timeZone)}
            </span>
          </span>
          {item.amountMinor === null ? null : (
            <span className="tabular shrink-0 font-semibold">
              {formatMoney(item.amountMinor, props.currency)}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}
