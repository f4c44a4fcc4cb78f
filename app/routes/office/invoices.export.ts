import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireMember } from '~/server/guard.server'
import { findInvoices, type Invoice } from '~/server/invoices.server'
import { everyRow } from '~/server/listing.server'
import { sheetResponse } from '~/server/sheet.server'

/** The invoice list as a file: the same filters and order, all pages. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const params = new URL(request.url).searchParams
  const { today, time_zone } = me.tenant

  return sheetResponse<Invoice>(
    params.get('format'),
    {
      name: `invoices-${today}`,
      timeZone: time_zone,
      rows: everyRow(findInvoices(db, params, today)),
      columns: [
        { header: 'Invoice', value: (invoice) => invoice.number, width: 16 },
        { header: 'State', value: (invoice) => invoice.state },
        { header: 'Account', value: (invoice) => invoice.account_no, width: 14 },
        { header: 'Subscriber', value: (invoice) => invoice.subscriber_name, width: 36 },
        { header: 'Period', value: (invoice) => invoice.period, kind: 'day' },
        { header: 'Issued', value: (invoice) => invoice.issued_on, kind: 'day' },
        { header: 'Due', value: (invoice) => invoice.due_on, kind: 'day' },
        { header: 'Net', value: (invoice) => invoice.net_minor, kind: 'money' },
        { header: 'VAT', value: (invoice) => invoice.vat_minor, kind: 'money' },
        { header: 'Total', value: (invoice) => invoice.total_minor, kind: 'money' },
        { header: 'Open', value: (invoice) => invoice.balance_minor, kind: 'money' },
        { header: 'Days past due', value: (invoice) => invoice.days_past_due, kind: 'number' },
      ],
    },
    headers,
  )
}
