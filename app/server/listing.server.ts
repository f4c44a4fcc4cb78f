import { DatabaseFailure } from './refusal.server'

/** A list of the office as the Data API is asked for it: page by page on the screen, from its first row to its last for a file. */

export type Order = {
  column: string
  ascending: boolean
  /** Rows where it is empty come last in both directions. Otherwise as an index is read: last going up, first going down. */
  emptyLast?: boolean
}

export type Value = string | number | boolean

export type Answer = {
  data: unknown
  count: number | null
  error: { code: string; message: string } | null
}

/** What a list asks the Data API, as far as its order and its parts go. */
export type Asked = PromiseLike<Answer> & {
  eq: (column: string, value: Value) => Asked
  gt: (column: string, value: Value) => Asked
  lt: (column: string, value: Value) => Asked
  is: (column: string, value: null) => Asked
  not: (column: string, operator: 'is', value: null) => Asked
  order: (column: string, how: { ascending: boolean; nullsFirst: boolean }) => Asked
  limit: (count: number) => Asked
  range: (from: number, to: number) => Asked
}

export type How = { count?: 'exact' }

/** The rows that fit, and their order. It ends with what is different in every row, and shows each column it names. */
type Listed = { fitting: unknown; order: ReadonlyArray<Order> }

/** A list, asked anew for each part of it. `Row` is what its view shows. */
export type List<Row> = { ask: (how: How) => Listed; row?: Row }

export function list<Row>(ask: (how: How) => Listed): List<Row> {
  return { ask }
}

const isEmptyFirst = ({ ascending, emptyLast = false }: Order) => !ascending && !emptyLast

/** A list in its order, ready to be cut into parts. */
export function ordered<Row>({ ask }: List<Row>, how: How = {}): Asked {
  const { fitting, order } = ask(how)
  return order.reduce(
    (query, by) =>
      query.order(by.column, { ascending: by.ascending, nullsFirst: isEmptyFirst(by) }),
    fitting as Asked,
  )
}

export async function firstRows<Row>(of: List<Row>, count: number) {
  return rowsOf<Row>(ordered(of).limit(count))
}

const ROWS_AT_ONCE = 1000

/**
 * Every row of a list, in parts the Data API allows. Each part begins behind the last row of the one before: a row that comes or goes
 * meanwhile moves no other into the file twice or out of it.
 */
export async function* everyRow<Row>(of: List<Row>, atOnce = ROWS_AT_ONCE): AsyncGenerator<Row> {
  const { order } = of.ask({})
  let rows = await firstRows(of, atOnce)
  while (rows.length === atOnce) {
    const end = rows.findLastIndex((row) => order.every((by) => isTellable(valueOf(row, by))))
    const last = rows[end]
    if (!last) throw new Error('A list has no row to go on from.')
    yield* rows.slice(0, end + 1)
    rows = await rowsBehind(of, last, atOnce)
  }
  yield* rows
}

/** Whoever is called Null is no one to the embedded Data API: it reads these words as what they mean. */
function isTellable(value: Value | null) {
  return typeof value !== 'string' || !/^"|^(null|not_null|true|false|unknown)$/i.test(value.trim())
}

/** First those equal to the row in all columns but the last, then those equal in all but the last two, and so on. */
async function rowsBehind<Row>(of: List<Row>, row: Row, count: number) {
  const { order } = of.ask({})
  const found: Array<Row> = []
  for (const [before, by] of [...order.entries()].reverse()) {
    for (const step of stepsBehind(by, valueOf(row, by))) {
      if (found.length === count) return found
      const query = order
        .slice(0, before)
        .reduce((asked, equal) => equalTo(asked, equal.column, valueOf(row, equal)), ordered(of))
      found.push(...(await rowsOf<Row>(step(query).limit(count - found.length))))
    }
  }
  return found
}

function stepsBehind(by: Order, value: Value | null): Array<(query: Asked) => Asked> {
  const { column, ascending } = by
  if (value === null) {
    return isEmptyFirst(by) ? [(query) => query.not(column, 'is', null)] : []
  }
  return [
    (query) => (ascending ? query.gt(column, value) : query.lt(column, value)),
    ...(isEmptyFirst(by) ? [] : [(query: Asked) => query.is(column, null)]),
  ]
}

function equalTo(query: Asked, column: string, value: Value | null) {
  return value === null ? query.is(column, null) : query.eq(column, value)
}

function valueOf(row: unknown, { column }: Order): Value | null {
  const value = (row as Record<string, Value | null | undefined>)[column]
  if (value === undefined) throw new Error(`A list is ordered by ${column} and does not show it.`)
  return value
}

async function rowsOf<Row>(query: Asked) {
  const { data, error } = await query
  if (error) throw new DatabaseFailure(error)
  return data as Array<Row>
}
