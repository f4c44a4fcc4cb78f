import { ReceiptText } from 'lucide-react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { Banner } from '~/ui/base/banner'
import { Money } from '~/ui/money/money'
import { DocumentRow } from './document-row'
import { useMethodName } from './method'
import type { Place } from './place'

export type PortalReceipt = {
  payment_id: string
  number: string | null
  method: string
  amount_minor: number
  received_at: string
  stage: string
}

export function ReceiptList({
  receipts,
  place,
}: {
  receipts: ReadonlyArray<PortalReceipt>
  place: Place
}) {
  const t = useT('portal')
  const format = useFormat()
  const method = useMethodName()
  if (receipts.length === 0) return <p className="text-soft">{t('receipts.none')}</p>

  return (
    <ul className="overflow-hidden rounded-lg border border-line bg-surface shadow-hair">
      {receipts.map((receipt) => (
        <DocumentRow
          key={receipt.payment_id}
          href={`/portal/receipts/${receipt.payment_id}/pdf`}
          label={t('receipts.pdf', { number: receipt.number ?? '' })}
          icon={<ReceiptText />}
          title={format.instant(receipt.received_at, place.timeZone)}
          detail={
            <>
              {[receipt.number, method(receipt.method)].filter(Boolean).join(' · ')}
              {receipt.stage === 'void' ? (
                <>
                  {' '}
                  <Badge tone="danger">{t('receipts.void')}</Badge>
                </>
              ) : null}
            </>
          }
          amount={
            <Money
              minor={receipt.amount_minor}
              currency={place.currency}
              className={receipt.stage === 'void' ? 'text-faint line-through' : undefined}
            />
          }
        />
      ))}
    </ul>
  )
}

/** Money a subscriber says is on its way, until the office finds it. */
export function InProgress({
  payments,
  place,
}: {
  payments: ReadonlyArray<{ id: string; method: string; reference: string; amount_minor: number }>
  place: Place
}) {
  const t = useT('portal')
  const method = useMethodName()
  return (
    <Banner kind="info" title={t('in_progress.title')}>
      <ul>
        {payments.map((payment) => (
          <li key={payment.id}>
            <Money minor={payment.amount_minor} currency={place.currency} /> ·{' '}
            {method(payment.method)} {payment.reference}
          </li>
        ))}
      </ul>
      <p className="mt-1">{t('in_progress.lead')}</p>
    </Banner>
  )
}
