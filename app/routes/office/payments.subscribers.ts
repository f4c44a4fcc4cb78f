import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireMember } from '~/server/guard.server'
import { searchSubscribers } from '~/server/subscriber-search.server'

/** What the picker of a payer finds: `?q=`. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'subscribers.read')
  const typed = new URL(request.url).searchParams.get('q') ?? ''
  return Response.json(await searchSubscribers(db, typed), { headers })
}
