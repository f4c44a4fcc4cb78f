import type { LoaderFunctionArgs } from '@remix-run/node'
import type { LateInvoice } from '~/domain/dunning'
import { findLate } from '~/server/dunning.server'
import { requireMember } from '~/server/guard.server'
import { everyRow } from '~/server/listing.server'
import { sheetResponse } from '~/server/sheet.server'

/** The late payers as a file: the same filters and order, all pages. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const params = new URL(request.url).searchParams

  return sheetResponse<LateInvoice>(
    params.get('format'),
    {
      name: `late-payers-${me.tenant.today}`,
      timeZone: me.tenant.time_zone,
      rows: everyRow(findLate(db, params)),
      columns: [
        { header: 'Account', value: (late) => late.account_no, width: 14 },
        { header: 'Subscriber', value: (late) => late.subscriber_name, width: 36 },
        { header: 'Route', value: (late) => late.route_name, width: 20 },
        { header: 'Invoice', value: (late) => late.number, width: 16 },
        { header: 'Due', value: (late) => late.due_on, kind: 'day' },
        { header: 'Days past due', value: (late) => late.days_past_due, kind: 'number' },
        { header: 'Open', value: (late) => late.open_minor, kind: 'money' },
        { header: 'Stage', value: (late) => late.stage },
        { header: 'Since', value: (late) => late.since_on, kind: 'day' },
        { header: 'Promised by', value: (late) => late.promised_on, kind: 'day' },
        { header: 'Held back by', value: (late) => late.waits_for },
        { header: 'Next step', value: (late) => late.next_stage },
        { header: 'On', value: (late) => late.next_on, kind: 'day' },
      ],
    },
    headers,
  )
}
