import { redirect } from '@remix-run/node'
import { PAGE_ROWS, pageAt, withParams, type Edge, type Place } from '~/domain/url-list'
import { pageRange } from './list-query.server'
import type { Asked, How, Order } from './listing.server'
import { DatabaseFailure } from './refusal.server'
import type { Db } from './supabase.server'

/**
 * Pages of a large list. In an order that has an index, whoever steps to the next or the previous page says which row stands at its
 * edge, and the database goes on from there: page 2,000 costs what page 2 does. In other orders everything is sorted for each page, so
 * rows are counted off, as they are for an address that says a number alone or a row that cannot be gone on from.
 * Only ids are looked for; what a page shows is read for its rows alone.
 */

type Found = { id: string } & Record<string, Edge[number]>

type List = {
  /** The list with its filters and without an order. */
  ask: (columns: string, how: How & { head?: boolean }) => unknown
  /** Ends with what is different in every row. */
  order: ReadonlyArray<Order>
  /** Columns to order by that have an index and are never empty. */
  indexed: ReadonlyArray<string>
  view: string
  /** What its page shows. */
  columns: string
}

/** The page an address asks for, and the places of its edges for the links beside it. A page that is no more leads to the first. */
export async function readKeysetPage<Row extends { id: string }>(
  db: Db,
  list: List,
  params: URLSearchParams,
  headers: Headers,
) {
  const { page, place } = pageAt(params)
  const [found, total] =
    (isWalked(list) && place && (await goneOn(list, place, page))) ||
    (await countedOff(list, params))
  if (total === null) throw redirect(withParams(params, {}), { headers })

  const ids = found.map(({ id }) => id)
  const rows = ids.length > 0 ? await readRows<Row>(db, list, ids) : []
  const byId = new Map(rows.map((row) => [row.id, row]))
  const [first, last] = [found.at(0), found.at(-1)]
  return {
    rows: ids.flatMap((id) => byId.get(id) ?? []),
    total,
    edges:
      isWalked(list) && first && last
        ? { first: edgeOf(list, first), last: edgeOf(list, last) }
        : null,
  }
}

async function readRows<Row>(db: Db, { view, columns }: List, ids: ReadonlyArray<string>) {
  const { data } = await db
    .from(view)
    .select(columns)
    .in('id', ids)
    .overrideTypes<Array<Row>, { merge: false }>()
    .throwOnError()
  return data
}

function isWalked({ indexed, order }: Pick<List, 'indexed' | 'order'>) {
  return indexed.includes(order[0]?.column ?? '')
}

function edgeOf({ order }: Pick<List, 'order'>, row: Found): Edge {
  return order.map(({ column }) => row[column] ?? '')
}

/** The page beside a row; null where it is not whole there: rows went, or somebody made the address up. */
async function goneOn(list: List, { side, edge }: Place, page: number) {
  if (edge.length !== list.order.length) return null
  const isBack = side === 'before'
  // Those equal to the row in all columns but the last come first, then those equal in all but the last two, and so on.
  const asked = edge.map((value, at) => {
    let query = idsOf(list, isBack)
    for (const [before, known] of edge.slice(0, at).entries()) {
      query = query.eq(list.order[before]?.column ?? '', known)
    }
    const { column = '', ascending } = list.order[at] ?? {}
    return rowsOf(
      (ascending === isBack ? query.lt(column, value) : query.gt(column, value)).limit(PAGE_ROWS),
    )
  })
  const [total, ...answers] = await Promise.all([countAll(list), ...asked.reverse()])
  if (answers.includes(null) || (page - 1) * PAGE_ROWS >= total) return null
  const found = answers.flatMap((rows) => rows ?? []).slice(0, PAGE_ROWS)
  if (found.length < (isBack ? PAGE_ROWS : 1)) return null
  return [isBack ? found.reverse() : found, total] as const
}

async function countedOff(list: List, params: URLSearchParams) {
  const { from, to } = pageRange(params)
  const { data, count, error } = await idsOf(list, false, { count: 'exact' }).range(from, to)
  if (error?.code === 'PGRST103') return [[], null] as const
  if (error) throw new DatabaseFailure(error)
  return [data as Array<Found>, count ?? 0] as const
}

async function countAll(list: List) {
  const { count, error } = await (list.ask('id', { count: 'exact', head: true }) as Asked)
  if (error) throw new DatabaseFailure(error)
  return count ?? 0
}

function idsOf(list: List, isBack: boolean, how: How = {}) {
  const columns = new Set(['id', ...list.order.map(({ column }) => column)])
  let query = list.ask([...columns].join(', '), how) as Asked
  for (const { column, ascending } of list.order) {
    const isUp = ascending !== isBack
    // An index read backwards begins with what is empty. Nothing is, but only such an order is read from it.
    query = query.order(column, { ascending: isUp, nullsFirst: isWalked(list) && !isUp })
  }
  return query
}

async function rowsOf(query: Asked) {
  const { data, error } = await query
  // A value that is none of the column's.
  if (error?.code.startsWith('22')) return null
  if (error) throw new DatabaseFailure(error)
  return data as Array<Found>
}
