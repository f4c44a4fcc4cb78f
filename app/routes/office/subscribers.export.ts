import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireMember } from '~/server/guard.server'
import { sheetResponse } from '~/server/sheet.server'
import { everySubscriber, subscriberListColumns } from '~/server/subscribers.server'
import type { SubscriberListRow } from '~/domain/subscriber'

/** The list of subscribers as a file: everyone who fits the same filters, as they were added. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'subscribers.read')
  const params = new URL(request.url).searchParams
  const { today, time_zone } = me.tenant

  return sheetResponse<SubscriberListRow>(
    params.get('format'),
    {
      name: `subscribers-${today}`,
      timeZone: time_zone,
      rows: everySubscriber<SubscriberListRow>(db, params, subscriberListColumns),
      columns: [
        { header: 'Account', value: (row) => row.account_no, width: 14 },
        { header: 'Name', value: (row) => row.name, width: 36 },
        { header: 'Phone', value: (row) => row.phone, width: 18 },
        { header: 'Barangay', value: (row) => row.barangay },
        { header: 'Purok', value: (row) => row.purok },
        { header: 'Plan', value: (row) => row.plan_names },
        { header: 'Status', value: (row) => row.status, width: 12 },
        { header: 'Owes', value: (row) => row.balance_minor, kind: 'money' },
        { header: 'Credit', value: (row) => row.credit_minor, kind: 'money' },
        { header: 'Oldest due', value: (row) => row.oldest_due_on, kind: 'day' },
        { header: 'Days past due', value: (row) => row.days_past_due, kind: 'number' },
        { header: 'Paid until', value: (row) => row.paid_until, kind: 'instant' },
        { header: 'Route', value: (row) => row.route_name },
      ],
    },
    headers,
  )
}
