import type { ReactNode } from 'react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { ReceiveCertificate } from './receive-certificate'

type Certificate = {
  id: string
  payment_id: string
  state: 'pending' | 'received' | 'void'
  received_on: string | null
  subscriber_name: string | null
  account_no: string | null
  tin: string | null
  amount_minor: number
  promised_at: string
  receipt_number: string | null
}

const tones: Record<Certificate['state'], Tone> = {
  pending: 'warn',
  received: 'success',
  void: 'neutral',
}

/** Form 2307 by subscriber: what is still to come, and since when it counts as paid. */
export function CertificateTable(props: {
  certificates: ReadonlyArray<Certificate>
  empty: ReactNode
}) {
  const t = useT('corrections')
  const format = useFormat()
  const { time_zone } = useOffice()

  return (
    <Table
      caption={t('certificates.caption')}
      rows={props.certificates}
      rowKey={(row) => row.id}
      rowHref={(row) => `/office/payments/${row.payment_id}`}
      empty={props.empty}
      columns={[
        {
          key: 'subscriber',
          header: t('column.subscriber'),
          sort: 'subscriber_name',
          cell: (row) => (
            <>
              <span className="line-clamp-2 font-medium">{row.subscriber_name}</span>
              <span className="text-faint">
                {[row.account_no, row.tin].filter(Boolean).join(' · ')}
              </span>
            </>
          ),
        },
        {
          key: 'receipt',
          header: t('column.about'),
          isMinor: true,
          isNarrow: true,
          cell: (row) => row.receipt_number ?? '—',
        },
        {
          key: 'since',
          header: t('certificates.since'),
          sort: 'promised_at',
          isNarrow: true,
          cell: (row) => format.instant(row.promised_at, time_zone),
        },
        {
          key: 'state',
          header: t('column.state'),
          cell: (row) => (
            <>
              <StatusBadge tone={tones[row.state]}>
                {t(`certificates.state.${row.state}`)}
              </StatusBadge>
              {row.received_on ? (
                <span className="block text-faint">{format.day(row.received_on)}</span>
              ) : null}
            </>
          ),
        },
        {
          key: 'amount',
          header: t('column.amount'),
          sort: 'amount_minor',
          align: 'right',
          cell: (row) => <Money minor={row.amount_minor} className="font-medium" />,
        },
        {
          key: 'act',
          header: t('certificate.receive'),
          align: 'right',
          cell: (row) =>
            row.state === 'pending' ? (
              <ReceiveCertificate
                paymentId={row.payment_id}
                subscriberName={row.subscriber_name ?? ''}
                action="/office/payments/certificates"
              />
            ) : null,
        },
      ]}
    />
  )
}
