import type { MyPayment } from '~/offline/own-payments'
import type { TakenPayment } from '~/ui/collector/payment-list'

export function takenPayment(payment: MyPayment): TakenPayment {
  return {
    id: payment.id,
    number: payment.number ?? '—',
    amountMinor: payment.amountMinor,
    receivedAt: payment.receivedAt,
    subscriberName: payment.subscriberName ?? '—',
    accountNo: payment.accountNo ?? '',
    stage: payment.stage,
  }
}
