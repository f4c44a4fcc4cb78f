import { pageOf, sortOf } from '~/domain/url-list'

/** The parts every list of the office shares: page, order, search. */

export const PAGE_ROWS = 50

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
  const pattern = `%${typed.replace(/[\\%_*,()"]/g, '_')}%`
  return columns.map((column) => `${column}.ilike.${pattern}`).join(',')
}
