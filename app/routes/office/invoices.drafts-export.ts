import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireMember } from '~/server/guard.server'
import { findDrafts, type InvoiceDraft } from '~/server/invoice-drafts.server'
import { everyRow } from '~/server/listing.server'
import { sheetResponse } from '~/server/sheet.server'

/** The list of drafts as a file: the same filters and order, all pages. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const params = new URL(request.url).searchParams
  const { today, time_zone } = me.tenant

  return sheetResponse<InvoiceDraft>(
    params.get('format'),
    {
      name: `draft-invoices-${today}`,
      timeZone: time_zone,
      rows: everyRow(findDrafts(db, params)),
      columns: [
        { header: 'Account', value: (draft) => draft.account_no, width: 14 },
        { header: 'Subscriber', value: (draft) => draft.subscriber_name, width: 36 },
        {
          header: 'For',
          value: (draft) => draft.lines.map(({ description }) => description).join('; '),
          width: 50,
        },
        { header: 'Written', value: (draft) => draft.created_at, kind: 'instant', width: 18 },
        { header: 'By', value: (draft) => draft.created_by_name, width: 24 },
        { header: 'State', value: (draft) => draft.state },
        { header: 'Invoice', value: (draft) => draft.invoice_number, width: 16 },
        { header: 'Total', value: (draft) => draft.total_minor, kind: 'money' },
      ],
    },
    headers,
  )
}
