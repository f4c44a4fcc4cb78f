import { Link } from '@remix-run/react'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { useOffice } from '~/ui/office/office-context'
import { RetryException } from './retry-exception'

export type BillingException = {
  /** What a run stored; a preview has none. */
  id?: string
  subscription_id: string
  subscriber_id?: string | null
  subscriber_name: string
  account_no: string
  reason: string
  detail?: string | null
}

/** Why a subscriber was not billed, as far as there are words for it. */
export const exceptionReasons = ['no_price', 'too_many_lines', 'unexpected_error'] as const

export function ExceptionTable(props: {
  exceptions: ReadonlyArray<BillingException>
  /** The address orders this list, and no other of its page. */
  isSortable?: boolean
}) {
  const { exceptions, isSortable = false } = props
  const sortedBy = (sort: string) => (isSortable ? { sort } : {})
  const t = useT('billing')
  const { can } = useOffice()
  const mayRetry = can('billing.run') && exceptions.some(({ id }) => id)

  function words(reason: string) {
    const name = exceptionReasons.find((candidate) => candidate === reason)
    return name ? t(`exception.${name}`) : reason.replaceAll('_', ' ')
  }

  return (
    <Table
      caption={t('exceptions.caption')}
      isSticky={false}
      rows={exceptions}
      rowKey={(exception) => exception.subscription_id}
      columns={[
        {
          key: 'subscriber',
          ...sortedBy('subscriber_name'),
          header: t('column.subscriber'),
          cell: (exception) =>
            exception.subscriber_id ? (
              <Link
                to={`/office/subscribers/${exception.subscriber_id}`}
                className="font-medium text-accent-text hover:underline"
              >
                {exception.subscriber_name}
              </Link>
            ) : (
              <span className="font-medium">{exception.subscriber_name}</span>
            ),
        },
        {
          key: 'account',
          ...sortedBy('account_no'),
          header: t('column.account'),
          cell: (exception) => exception.account_no,
          isNarrow: true,
        },
        {
          key: 'reason',
          ...sortedBy('reason'),
          header: t('column.reason'),
          cell: (exception) => (
            <>
              {words(exception.reason)}
              {exception.detail ? (
                <span className="block text-faint">{exception.detail}</span>
              ) : null}
            </>
          ),
        },
        ...(mayRetry
          ? [
              {
                key: 'retry',
                header: '',
                cell: ({ id, subscriber_name }: BillingException) =>
                  id ? <RetryException id={id} subscriber={subscriber_name} /> : null,
                align: 'right' as const,
                isNarrow: true,
              },
            ]
          : []),
      ]}
    />
  )
}
