import type { LoaderFunctionArgs } from '@remix-run/node'
import {
  dailyCollectionFile,
  daysAsked,
  readDailyCollection,
} from '~/server/daily-collection.server'
import { requireMember } from '~/server/guard.server'

/** The daily collection report as a file: `?from=&until=&collector=&format=`. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'reports.read')
  const params = new URL(request.url).searchParams
  const days = daysAsked(params, me.tenant.today)
  const rows = await readDailyCollection(db, { ...days, collector: params.get('collector') })
  return dailyCollectionFile(
    params.get('format'),
    { name: `daily-collection-${days.from}-${days.until}`, timeZone: me.tenant.time_zone, rows },
    headers,
  )
}
