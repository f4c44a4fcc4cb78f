import type { LoaderFunctionArgs } from '@remix-run/node'
import { isRealDay } from '~/domain/calendar'
import { dailyCollectionFile, readDailyCollection } from '~/server/daily-collection.server'
import { requireMember } from '~/server/guard.server'

/** One day's collection as a file: `?day=&format=`. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.read')
  const params = new URL(request.url).searchParams
  const asked = params.get('day') ?? ''
  const day = isRealDay(asked) ? asked : me.tenant.today
  const rows = await readDailyCollection(db, { from: day, until: day })
  return dailyCollectionFile(
    params.get('format'),
    { name: `collection-${day}`, timeZone: me.tenant.time_zone, rows },
    headers,
  )
}
