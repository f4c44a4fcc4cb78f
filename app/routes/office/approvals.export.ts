import type { LoaderFunctionArgs } from '@remix-run/node'
import { approvalReaders, findApprovals, type Approval } from '~/server/corrections.server'
import { requireMember } from '~/server/guard.server'
import { everyRow } from '~/server/listing.server'
import { sheetResponse } from '~/server/sheet.server'

/** The queue as a file: the same filters and order, all pages. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, approvalReaders)
  const params = new URL(request.url).searchParams

  return sheetResponse<Approval>(
    params.get('format'),
    {
      name: `approvals-${me.tenant.today}`,
      timeZone: me.tenant.time_zone,
      rows: everyRow(findApprovals(db, params)),
      columns: [
        { header: 'What', value: (row) => row.kind },
        { header: 'State', value: (row) => row.state },
        { header: 'Account', value: (row) => row.account_no, width: 14 },
        { header: 'Subscriber', value: (row) => row.subscriber_name, width: 36 },
        { header: 'Invoice', value: (row) => row.invoice_number, width: 16 },
        { header: 'Receipt', value: (row) => row.receipt_number, width: 16 },
        { header: 'Amount', value: (row) => row.amount_minor, kind: 'money' },
        { header: 'Paid out by', value: (row) => row.method },
        { header: 'Reference', value: (row) => row.reference, width: 20 },
        { header: 'Reason', value: (row) => row.reason, width: 40 },
        { header: 'Asked by', value: (row) => row.asked_by_name, width: 24 },
        { header: 'Asked', value: (row) => row.asked_at, kind: 'instant' },
        { header: 'Decided by', value: (row) => row.decided_by_name, width: 24 },
        { header: 'Decided', value: (row) => row.decided_at, kind: 'instant' },
        { header: 'Note', value: (row) => row.decision_note, width: 40 },
      ],
    },
    headers,
  )
}
