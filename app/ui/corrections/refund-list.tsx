import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { usePaymentWords, type Method } from '~/ui/payments/words'

type Refund = {
  id: string
  method: Method
  amount_minor: number
  reason: string
  refunded_at: string
  refunded_by_name: string | null
}

/** What of a payment was given back. */
export function RefundList({ refunds }: { refunds: ReadonlyArray<Refund> }) {
  const t = useT('corrections')
  const words = usePaymentWords()
  const format = useFormat()
  const { time_zone } = useOffice()
  if (refunds.length === 0) return null

  return (
    <Card title={t('payment.refunds')}>
      <ul className="divide-y divide-line">
        {refunds.map((refund) => (
          <li key={refund.id} className="flex justify-between gap-6 py-2">
            <span>
              {refund.reason}
              <span className="block text-sm text-faint">
                {t('payment.refund_line', {
                  method: words.method(refund.method),
                  at: format.instant(refund.refunded_at, time_zone),
                  name: refund.refunded_by_name ?? '',
                })}
              </span>
            </span>
            <Money minor={-refund.amount_minor} className="font-medium" />
          </li>
        ))}
      </ul>
    </Card>
  )
}
