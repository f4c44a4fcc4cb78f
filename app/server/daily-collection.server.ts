import { addDays, isRealDay } from '~/domain/calendar'
import { idIn } from './list-query.server'
import { sheetResponse } from './sheet.server'
import type { Db } from './supabase.server'

export type DailyCollection = {
  day: string
  collector_id: string | null
  collector_name: string | null
  method: 'cash' | 'gcash' | 'maya' | 'bank' | 'cheque' | 'withholding'
  channel: 'field' | 'counter' | 'portal' | 'gateway' | 'import'
  receipts: number
  amount_minor: number
}

const DEFAULT_DAYS = 7

/** The days an address asks for, both included; the last `days` when it says nothing sensible. */
export function daysAsked(params: URLSearchParams, today: string, days = DEFAULT_DAYS) {
  const until = realDay(params.get('until')) ?? today
  const from = realDay(params.get('from')) ?? addDays(until, 1 - days)
  return from <= until ? { from, until } : { from: until, until: from }
}

export async function readDailyCollection(
  db: Db,
  asked: { from: string; until: string; collector?: string | null },
): Promise<Array<DailyCollection>> {
  const { data } = await db
    .rpc('report_daily_collection', {
      from_on: asked.from,
      until_on: addDays(asked.until, 1),
      collector_id: idIn(asked.collector),
    })
    .throwOnError()
  return data
}

export function dailyCollectionFile(
  format: string | null,
  file: { name: string; timeZone: string; rows: ReadonlyArray<DailyCollection> },
  headers: Headers,
) {
  return sheetResponse<DailyCollection>(
    format,
    {
      ...file,
      columns: [
        { header: 'Day', value: (row) => row.day, kind: 'day' },
        { header: 'Collector', value: (row) => row.collector_name ?? 'Office', width: 28 },
        { header: 'Method', value: (row) => row.method },
        { header: 'Where', value: (row) => row.channel },
        { header: 'Receipts', value: (row) => row.receipts, kind: 'number' },
        { header: 'Amount', value: (row) => row.amount_minor, kind: 'money' },
      ],
    },
    headers,
  )
}

function realDay(text: string | null) {
  return text && isRealDay(text) ? text : null
}
