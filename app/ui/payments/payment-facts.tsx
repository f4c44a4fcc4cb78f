import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { KeyValue } from '~/ui/base/key-value'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { usePaymentWords, type Channel, type Method } from './words'

type Payment = {
  subscriber_id: string | null
  stage: string
  method: Method
  channel: Channel
  reference: string | null
  amount_minor: number
  allocated_minor: number
  refunded_minor: number
  recovered_minor: number
  deposited_minor: number
  received_at: string
  recorded_at: string
  received_by_name: string | null
  note: string | null
  manual_serial: string | null
}

export function PaymentFacts({ payment }: { payment: Payment }) {
  const t = useT('collections')
  const words = usePaymentWords()
  const format = useFormat()
  const { time_zone } = useOffice()
  const credit =
    payment.stage === 'void'
      ? 0
      : payment.amount_minor -
        payment.allocated_minor -
        payment.refunded_minor -
        payment.recovered_minor -
        payment.deposited_minor

  return (
    <Card title={t('payment.facts')}>
      <KeyValue
        items={[
          { key: t('receipt.method'), value: words.method(payment.method) },
          payment.reference !== null && { key: t('receipt.reference'), value: payment.reference },
          { key: t('payment.where'), value: words.channel(payment.channel) },
          { key: t('receipt.by'), value: payment.received_by_name },
          { key: t('receipt.at'), value: format.instant(payment.received_at, time_zone) },
          { key: t('payment.recorded'), value: format.instant(payment.recorded_at, time_zone) },
          payment.subscriber_id !== null &&
            credit > 0 && { key: t('payment.credit'), value: <Money minor={credit} /> },
          payment.deposited_minor > 0 && {
            key: t('payment.deposit'),
            value: <Money minor={payment.deposited_minor} />,
          },
          payment.recovered_minor > 0 && {
            key: t('payment.recovered'),
            value: <Money minor={payment.recovered_minor} />,
          },
          payment.manual_serial !== null && {
            key: t('payment.booklet'),
            value: payment.manual_serial,
          },
          payment.note !== null && { key: t('payment.note'), value: payment.note },
        ]}
      />
    </Card>
  )
}
