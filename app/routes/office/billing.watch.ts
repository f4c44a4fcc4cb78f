import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { readBillingWatch } from '~/server/billing.server'
import { requireMember } from '~/server/guard.server'

/** Asked again and again by a desk that stays open. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  return data(await readBillingWatch(db), { headers })
}
