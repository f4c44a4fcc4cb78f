import type { LoaderFunctionArgs } from '@remix-run/node'
import type { CreditNote } from '~/server/corrections.server'
import { findCreditNotes } from '~/server/credit-notes.server'
import { requireMember } from '~/server/guard.server'
import { everyRow } from '~/server/listing.server'
import { sheetResponse } from '~/server/sheet.server'

/** The list of credit notes as a file: the same search and order, all pages. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const params = new URL(request.url).searchParams

  return sheetResponse<CreditNote>(
    params.get('format'),
    {
      name: `credit-notes-${me.tenant.today}`,
      timeZone: me.tenant.time_zone,
      rows: everyRow(findCreditNotes(db, params)),
      columns: [
        { header: 'Credit note', value: (note) => note.number, width: 16 },
        { header: 'Issued', value: (note) => note.issued_on, kind: 'day' },
        { header: 'Invoice', value: (note) => note.invoice_number, width: 16 },
        { header: 'Account', value: (note) => note.account_no, width: 14 },
        { header: 'Subscriber', value: (note) => note.subscriber_name, width: 36 },
        { header: 'Reason', value: (note) => note.reason, width: 40 },
        { header: 'Net', value: (note) => note.net_minor, kind: 'money' },
        { header: 'VAT', value: (note) => note.vat_minor, kind: 'money' },
        { header: 'Total', value: (note) => note.total_minor, kind: 'money' },
      ],
    },
    headers,
  )
}
