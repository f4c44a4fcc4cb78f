import { addMonths, firstOfMonth, isRealDay } from '~/domain/calendar'
import type { Statement } from '~/domain/statement'
import type { Db } from './supabase.server'

const MONTHS_SHOWN = 3

/** What a subscriber was billed and paid between the days an address asks for (`?from=&until=`). */
export async function readStatement(
  db: Db,
  subscriberId: string | undefined,
  asked: URLSearchParams,
  today: string,
) {
  const until = dayOf(asked.get('until')) ?? today
  const wanted = dayOf(asked.get('from')) ?? firstOfMonth(addMonths(today, 1 - MONTHS_SHOWN))
  const from = wanted <= until ? wanted : firstOfMonth(until)

  const { data } = await db
    .rpc('subscriber_statement', { subscriber_id: subscriberId, from_on: from, until_on: until })
    .throwOnError()
  return { from, until, statement: data as Statement }
}

function dayOf(text: string | null) {
  return text && isRealDay(text) ? text : null
}
