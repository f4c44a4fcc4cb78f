import type { LoaderFunctionArgs } from '@remix-run/node'
import { findCertificates, type Certificate } from '~/server/certificates.server'
import { requireMember } from '~/server/guard.server'
import { everyRow } from '~/server/listing.server'
import { sheetResponse } from '~/server/sheet.server'

/** The certificates as a file: the same filters and order, all pages. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'payments.read')
  const params = new URL(request.url).searchParams

  return sheetResponse<Certificate>(
    params.get('format'),
    {
      name: `certificates-${me.tenant.today}`,
      timeZone: me.tenant.time_zone,
      rows: everyRow(findCertificates(db, params)),
      columns: [
        { header: 'Subscriber', value: (row) => row.subscriber_name, width: 36 },
        { header: 'Account', value: (row) => row.account_no, width: 14 },
        { header: 'TIN', value: (row) => row.tin, width: 18 },
        { header: 'Receipt', value: (row) => row.receipt_number, width: 16 },
        { header: 'State', value: (row) => row.state },
        { header: 'Counted since', value: (row) => row.promised_at, kind: 'instant' },
        { header: 'Received', value: (row) => row.received_on, kind: 'day' },
        { header: 'Amount', value: (row) => row.amount_minor, kind: 'money' },
      ],
    },
    headers,
  )
}
