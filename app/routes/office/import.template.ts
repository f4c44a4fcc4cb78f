import type { LoaderFunctionArgs } from '@remix-run/node'
import { importFields } from '~/domain/import-table'
import { csvResponse } from '~/server/csv.server'
import { requireMember } from '~/server/guard.server'

const example: Record<(typeof importFields)[number], string> = {
  account_no: '001001',
  name: 'Ana Reyes',
  phone: '0917 123 4567',
  email: '',
  barangay: 'Carmen',
  purok: 'Purok 4',
  landmark: 'Behind the chapel',
  latitude: '8.4822',
  longitude: '124.6341',
  plan: 'Fiber 50',
  activated_on: '2026-01-15',
}

/** An empty table with our own headings and one line to copy. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { me, headers } = await requireMember(request, 'subscribers.manage')
  return csvResponse(
    {
      name: 'linyada-subscribers-template',
      timeZone: me.tenant.time_zone,
      rows: [example],
      columns: importFields.map((field) => ({
        header: field,
        value: (row: typeof example) => row[field],
      })),
    },
    headers,
  )
}
