import { pageOf, sortOf } from '~/ui/base/url-list'

/** The parts every list of the office shares: page, order, search, and reading all of it for an export. */

export const PAGE_ROWS = 50

/** Not more than the Data API gives at once. */
const CHUNK_ROWS = 1_000
const LARGEST_EXPORT_ROWS = 100_000

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
 * `or` filter of the Data API that looks for the words in any of the columns. The quotes make what
 * a person typed a value, whatever signs are in it.
 */
export function anyColumnContains(columns: ReadonlyArray<string>, typed: string) {
  const pattern = `%${typed.replace(/[\\%_]/g, String.raw`\$&`)}%`
  const quoted = `"${pattern.replace(/[\\"]/g, String.raw`\$&`)}"`
  return columns.map((column) => `${column}.ilike.${quoted}`).join(',')
}

type Answer = { data: unknown; error: { message: string } | null }

/** Every row of a query, asked in chunks; the order must be a total one. */
export async function* everyRow<Row>(ask: (from: number, to: number) => PromiseLike<Answer>) {
  for (let from = 0; from < LARGEST_EXPORT_ROWS; from += CHUNK_ROWS) {
    const { data, error } = await ask(from, from + CHUNK_ROWS - 1)
    if (error) throw new Error(error.message)
    const rows = data as Array<Row>
    yield* rows
    if (rows.length < CHUNK_ROWS) return
  }
}
