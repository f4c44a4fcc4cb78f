import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireMember } from '~/server/guard.server'
import { findPayments, type Payment } from '~/server/payments.server'
import { everyRow } from '~/server/listing.server'
import { sheetResponse } from '~/server/sheet.server'

/** The payment list as a file: the same filters and order, all pages. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'payments.read')
  const params = new URL(request.url).searchParams
  const { today, time_zone } = me.tenant

  return sheetResponse<Payment>(
    params.get('format'),
    {
      name: `payments-${today}`,
      timeZone: time_zone,
      rows: everyRow(findPayments(db, params, time_zone)),
      columns: [
        { header: 'Receipt', value: (payment) => payment.receipt_number, width: 16 },
        { header: 'Received', value: (payment) => payment.received_at, kind: 'instant', width: 18 },
        { header: 'Account', value: (payment) => payment.account_no, width: 14 },
        { header: 'Subscriber', value: (payment) => payment.subscriber_name, width: 36 },
        { header: 'Method', value: (payment) => payment.method },
        { header: 'Where', value: (payment) => payment.channel },
        { header: 'Reference', value: (payment) => payment.reference, width: 20 },
        { header: 'Taken by', value: (payment) => payment.received_by_name, width: 24 },
        { header: 'Stage', value: (payment) => payment.stage },
        { header: 'Amount', value: (payment) => payment.amount_minor, kind: 'money' },
        { header: 'Booklet', value: (payment) => payment.manual_serial },
        { header: 'Note', value: (payment) => payment.note, width: 30 },
        { header: 'Recorded', value: (payment) => payment.recorded_at, kind: 'instant', width: 18 },
      ],
    },
    headers,
  )
}
