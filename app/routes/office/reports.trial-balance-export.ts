import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireMember } from '~/server/guard.server'
import { sheetResponse } from '~/server/sheet.server'
import { readTrialBalance, type AccountBalance } from '~/server/trial-balance.server'

/** The trial balance as a file: `?until=&format=`. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'ledger.read')
  const params = new URL(request.url).searchParams
  const { until, accounts } = await readTrialBalance(db, params, me.tenant.today)

  return sheetResponse<AccountBalance>(
    params.get('format'),
    {
      name: `trial-balance-${until}`,
      timeZone: me.tenant.time_zone,
      rows: accounts,
      columns: [
        { header: 'Account', value: (account) => account.name, width: 32 },
        { header: 'Class', value: (account) => account.class },
        { header: 'Debit', value: (account) => account.debit_minor, kind: 'money' },
        { header: 'Credit', value: (account) => account.credit_minor, kind: 'money' },
        { header: 'Balance', value: (account) => account.balance_minor, kind: 'money' },
      ],
    },
    headers,
  )
}
