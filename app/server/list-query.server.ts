import { redirect } from '@remix-run/node'
import { PAGE_ROWS, pageOf, sortOf, withParams } from '~/domain/url-list'
import { ordered, type List } from './listing.server'
import { DatabaseFailure } from './refusal.server'

/** The parts every list of the office shares: page, order, search. */

/** What is looked for stands in an address once for each column, and addresses have an end. */
const LONGEST_SEARCH = 100

export function pageRange(params: URLSearchParams) {
  const from = (pageOf(params) - 1) * PAGE_ROWS
  return { from, to: from + PAGE_ROWS - 1 }
}

/** The column to order by: one of `allowed`, else the list's own order (`-` in front: largest first). */
export function orderOf(
  params: URLSearchParams,
  allowed: ReadonlyArray<string>,
  otherwise: string,
) {
  const asked = sortOf(params)
  const sort =
    asked && allowed.includes(asked.key) ? asked : sortOf(new URLSearchParams({ sort: otherwise }))
  return { column: sort?.key ?? otherwise, ascending: !sort?.isDescending }
}

/**
 * `or` filter of the Data API that looks for what was typed in any of the columns. Signs that mean
 * something to the filter or to `ilike` stand for any one sign: quoting them is not understood alike
 * by every server that speaks for the Data API.
 */
export function anyColumnContains(columns: ReadonlyArray<string>, typed: string) {
  const pattern = `%${typed.slice(0, LONGEST_SEARCH).replace(/[\\%_*,()"]/g, '_')}%`
  return columns.map((column) => `${column}.ilike.${pattern}`).join(',')
}

/** An id out of an address, or null where somebody wrote anything else there. */
export function idIn(text: string | null | undefined): string | null {
  return text && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : null
}

/** What the Data API answers to a page behind the last one. */
const NO_SUCH_PAGE = 'PGRST103'

/** The page of a list an address asks for. A page that is no more leads to the first. */
export async function readPage<Row>(of: List<Row>, params: URLSearchParams, headers: Headers) {
  const { from, to } = pageRange(params)
  const { data, count, error } = await ordered(of, { count: 'exact' }).range(from, to)
  if (error?.code === NO_SUCH_PAGE) throw redirect(withParams(params, {}), { headers })
  if (error) throw new DatabaseFailure(error)
  return { rows: data as Array<Row>, total: count ?? 0 }
}
