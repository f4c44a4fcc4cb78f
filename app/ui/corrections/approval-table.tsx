import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge } from '~/ui/base/badge'
import { Table, type Column } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { methods, usePaymentWords } from '~/ui/payments/words'
import { DecideRequest, WithdrawRequest } from './decide'
import { stateTones, useCorrectionWords } from './words'

type Request = Parameters<typeof DecideRequest>[0]['request'] & {
  state: keyof typeof stateTones
  subscriber_id: string | null
  subscriber_name: string | null
  account_no: string | null
  invoice_id: string | null
  invoice_number: string | null
  payment_id: string | null
  receipt_number: string | null
  to_subscriber_name: string | null
  method: string | null
  reference: string | null
  asked_by: string
  asked_at: string
  decided_by_name: string | null
  decided_at: string | null
  decision_note: string | null
}

/** The queue: each row says what, whose, why, and carries its own answers. On a phone a row is a card, with the answers in reach. */
export function ApprovalTable(props: {
  requests: ReadonlyArray<Request>
  memberId: string
  empty: ReactNode
}) {
  const { requests, memberId, empty } = props
  const t = useT('corrections')
  const words = useCorrectionWords()
  const payments = usePaymentWords()
  const format = useFormat()
  const { can, time_zone } = useOffice()
  const at = (instant: string | null) => (instant ? format.instant(instant, time_zone) : '')

  const columns: Array<Column<Request>> = [
    {
      key: 'what',
      header: t('column.what'),
      sort: 'kind',
      cell: (row) => (
        <>
          <span className="font-medium">{t(`kind.${row.kind}`)}</span>
          <span className="block text-faint">{aboutOf(row)}</span>
        </>
      ),
    },
    {
      key: 'subscriber',
      header: t('column.subscriber'),
      cell: (row) => (
        <>
          <span className="line-clamp-2">{row.subscriber_name ?? '—'}</span>
          <span className="text-faint">
            {row.to_subscriber_name
              ? t('about.to', { name: row.to_subscriber_name })
              : row.account_no}
          </span>
        </>
      ),
    },
    {
      key: 'asked',
      header: t('column.asked'),
      sort: 'asked_at',
      isMinor: true,
      cell: (row) => (
        <>
          {row.asked_by_name}
          <span className="block text-faint">{at(row.asked_at)}</span>
        </>
      ),
    },
    {
      key: 'reason',
      header: t('column.reason'),
      cell: (row) => (
        <>
          <span className="line-clamp-3">{row.reason}</span>
          {row.decision_note ? (
            <span className="line-clamp-2 text-faint">{row.decision_note}</span>
          ) : null}
        </>
      ),
    },
    {
      key: 'amount',
      header: t('column.amount'),
      sort: 'amount_minor',
      align: 'right',
      cell: (row) => (
        <>
          <Money minor={row.amount_minor} className="font-medium" />
          <span className="block text-faint">{wayOf(row)}</span>
        </>
      ),
    },
    {
      key: 'decided',
      header: t('column.decided'),
      sort: 'decided_at',
      align: 'right',
      cell: (row) => (row.state === 'waiting' ? answersTo(row) : decisionOf(row)),
    },
  ]

  if (requests.length === 0) return <>{empty}</>
  return (
    <>
      <div className="max-md:hidden">
        <Table
          caption={t('caption')}
          rows={requests}
          rowKey={(row) => row.id}
          columns={columns}
          empty={empty}
        />
      </div>
      <ul aria-label={t('caption')} className="divide-y divide-line md:hidden">
        {requests.map((row) => (
          <li key={row.id} className="flex flex-col gap-2 p-4">
            <div className="flex items-baseline justify-between gap-4">
              <span className="font-medium">{t(`kind.${row.kind}`)}</span>
              <Money minor={row.amount_minor} className="text-lg font-semibold" />
            </div>
            <p className="text-sm">
              {aboutOf(row)}
              {row.subscriber_name ? (
                <span className="text-soft"> · {row.subscriber_name}</span>
              ) : null}
              {row.to_subscriber_name ? (
                <span className="text-soft">
                  {' '}
                  {t('about.to', { name: row.to_subscriber_name })}
                </span>
              ) : null}
              {wayOf(row) ? <span className="text-soft"> · {wayOf(row)}</span> : null}
            </p>
            <p className="break-words">{row.reason}</p>
            {row.decision_note ? (
              <p className="text-sm break-words text-soft">{row.decision_note}</p>
            ) : null}
            <p className="text-sm text-faint">
              {t('by', { name: row.asked_by_name ?? '', at: at(row.asked_at) })}
            </p>
            <div className="pt-1">{row.state === 'waiting' ? answersTo(row) : decisionOf(row)}</div>
          </li>
        ))}
      </ul>
    </>
  )

  /** By which way money goes back. */
  function wayOf(row: Request) {
    const method = methods.find((known) => known === row.method)
    if (!method) return null
    return [t('paid_out_by', { method: payments.method(method) }), row.reference]
      .filter(Boolean)
      .join(' · ')
  }

  function aboutOf(row: Request) {
    const needs = row.invoice_id
      ? 'billing.read'
      : row.payment_id
        ? 'payments.read'
        : 'subscribers.read'
    if (!can(needs)) return words.about(row)
    const to = row.invoice_id
      ? `/office/invoices/${row.invoice_id}`
      : row.payment_id
        ? `/office/payments/${row.payment_id}`
        : `/office/subscribers/${row.subscriber_id}`
    return (
      <Link to={to} className="text-accent-text hover:underline">
        {words.about(row)}
      </Link>
    )
  }

  function decisionOf(row: Request) {
    return (
      <>
        <StatusBadge tone={stateTones[row.state]}>{t(`state.${row.state}`)}</StatusBadge>
        <span className="block text-faint">
          {row.decided_by_name
            ? t('by', { name: row.decided_by_name, at: at(row.decided_at) })
            : at(row.decided_at)}
        </span>
      </>
    )
  }

  function answersTo(row: Request) {
    if (row.asked_by === memberId) {
      return row.kind === 'payment_void' ? (
        <span className="text-faint">{t('own')}</span>
      ) : (
        <WithdrawRequest request={row} />
      )
    }
    const needs = row.kind === 'payment_void' ? 'payments.approve_void' : 'corrections.approve'
    return can(needs) ? <DecideRequest request={row} /> : null
  }
}
