import { Link } from '@remix-run/react'
import { Building2, CircleAlert, CircleCheck, CircleX, CloudUpload, Smartphone } from 'lucide-react'
import { clsx } from 'clsx'
import { civilTime } from '~/domain/calendar'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'

export type PaymentStage = 'on_phone' | 'received' | 'posted' | 'remitted' | 'unidentified' | 'void'

export type TakenPayment = {
  id: string
  number: string
  amountMinor: number
  receivedAt: string
  subscriberName: string
  accountNo: string
  stage: PaymentStage
}

/** Taken by somebody else, or long ago: there is no receipt here to open. */
export type PaidElsewhere = { id: string; method: string; amountMinor: number; receivedAt: string }

/** Where each payment is now: on the phone, received, posted, remitted. A word with every colour. */
export function PaymentList(props: {
  payments: ReadonlyArray<TakenPayment | PaidElsewhere>
  currency: string
  timeZone: string
  /** What tells them apart: the time of one day or, where all are of one door, only the receipt. */
  by: 'time' | 'receipt'
}) {
  const { payments, currency, timeZone, by } = props
  const t = useT('collector')
  const format = useFormat()

  return (
    <ul
      className={clsx(
        'divide-y divide-line bg-surface',
        by === 'receipt' ? 'overflow-hidden rounded-lg border border-line' : 'border-y border-line',
      )}
    >
      {payments.map((payment) =>
        'method' in payment ? (
          <li key={payment.id} className="flex min-h-18 flex-wrap items-start gap-x-3 px-4 py-3">
            <span className="min-w-[min(7rem,100%)] flex-1">
              <span className="block leading-snug font-medium">
                {t(`paid.${paidWay(payment.method)}`)}
              </span>
              <span className="tabular block text-sm text-soft">
                {format.instant(payment.receivedAt, timeZone)}
              </span>
            </span>
            <span className="tabular ml-auto text-right text-lg font-semibold">
              {formatMoney(payment.amountMinor, currency)}
            </span>
          </li>
        ) : (
          <li key={payment.id}>
            <Link
              to={`/collector/receipts/${payment.id}`}
              className="flex min-h-18 flex-wrap items-start gap-x-3 px-4 py-3 hover:bg-hover active:bg-hover"
            >
              <span className="min-w-[min(7rem,100%)] flex-1">
                <span className="line-clamp-2 leading-snug font-medium">
                  {by === 'receipt' ? payment.number : payment.subscriberName}
                </span>
                <span className="tabular block text-sm text-soft">
                  {by === 'time'
                    ? civilTime(payment.receivedAt, timeZone)
                    : format.instant(payment.receivedAt, timeZone)}
                  {by === 'receipt' ? null : (
                    <>
                      {' · '}
                      <span className="whitespace-nowrap">{payment.number}</span>
                    </>
                  )}
                </span>
              </span>
              <span className="ml-auto text-right">
                <span
                  className={clsx(
                    'tabular block text-lg font-semibold',
                    payment.stage === 'void' && 'text-faint line-through',
                  )}
                >
                  {formatMoney(payment.amountMinor, currency)}
                </span>
                <Stage stage={payment.stage} />
              </span>
            </Link>
          </li>
        ),
      )}
    </ul>
  )
}

const paidWays = ['cash', 'gcash', 'maya', 'bank', 'cheque'] as const

function paidWay(method: string) {
  return paidWays.find((known) => known === method) ?? 'other'
}

const looks: Record<PaymentStage, { Icon: typeof CircleCheck; tone: string }> = {
  on_phone: { Icon: Smartphone, tone: 'text-warn' },
  received: { Icon: CloudUpload, tone: 'text-info' },
  posted: { Icon: CircleCheck, tone: 'text-success' },
  remitted: { Icon: Building2, tone: 'text-success' },
  unidentified: { Icon: CircleAlert, tone: 'text-warn' },
  void: { Icon: CircleX, tone: 'text-danger' },
}

export function Stage({ stage }: { stage: PaymentStage }) {
  const t = useT('collector')
  const { Icon, tone } = looks[stage]
  return (
    <span className={clsx('inline-flex items-center gap-1 text-sm font-medium', tone)}>
      <Icon className="size-4" aria-hidden="true" />
      {t(`stage.${stage}`)}
    </span>
  )
}
