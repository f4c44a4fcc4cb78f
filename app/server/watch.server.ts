import { addDays } from '~/domain/calendar'
import type { Finding } from '~/domain/finding'
import { sortOf } from '~/domain/url-list'
import { daysAsked } from './daily-collection.server'
import { idIn } from './list-query.server'
import type { Db } from './supabase.server'

const DEFAULT_DAYS = 31
const LONGEST_DAYS = 366

function watchedDays(params: URLSearchParams, today: string) {
  const { from, until } = daysAsked(params, today, DEFAULT_DAYS)
  const earliest = addDays(until, 1 - LONGEST_DAYS)
  return { from: from < earliest ? earliest : from, until }
}

/** What stands out in these days, in the order an address asks for: the newest first. */
export async function readFindings(
  db: Db,
  params: URLSearchParams,
  today: string,
): Promise<{ days: { from: string; until: string }; findings: Array<Finding> }> {
  const days = watchedDays(params, today)
  const { data } = await db
    .rpc('watch', {
      from_on: days.from,
      until_on: days.until,
      collector_id: idIn(params.get('collector')),
    })
    .throwOnError()
  const kind = params.get('kind')
  const found = (data as Array<Finding>).filter((finding) => !kind || finding.kind === kind)
  return { days, findings: ordered(found, params) }
}

function ordered(findings: Array<Finding>, params: URLSearchParams) {
  const sort = sortOf(params)
  const key = (['member_name', 'kind', 'at'] as const).find((known) => known === sort?.key)
  if (!sort || !key) return findings
  const sorted = findings.toSorted((a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0))
  return sort.isDescending ? sorted.toReversed() : sorted
}
