/** One table for both kinds of file. Money is given in minor units, a day as `2026-11-03`, an instant as ISO. */
export type SheetValue = string | number | boolean | null | undefined

export type SheetColumn<Row> = {
  header: string
  value: (row: Row) => SheetValue
  /** `text` when left out. */
  kind?: 'text' | 'money' | 'day' | 'instant' | 'number'
  /** In letters, for Excel. */
  width?: number
}

export type Rows<Row> = Iterable<Row> | AsyncIterable<Row>

export type Sheet<Row> = {
  /** Of the file, without its ending: `invoices-2026-11`. */
  name: string
  columns: ReadonlyArray<SheetColumn<Row>>
  rows: Rows<Row>
  /** Instants are written on this clock. */
  timeZone: string
}

/** A name any system can keep, in a header no name can break. */
export function downloadHeaders(name: string, ending: string, type: string): Headers {
  const safe = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 120) || 'file'
  const ascii = safe.replaceAll(/[^\x20-\x7e]/g, '_')
  return new Headers({
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${ascii}.${ending}"; filename*=UTF-8''${encodeURIComponent(safe)}.${ending}`,
    'Cache-Control': 'private, no-store',
    'X-Content-Type-Options': 'nosniff',
  })
}

export const ROWS_AT_ONCE = 1000

/** Every row of a query, asked for in steps the Data API allows. The query must have a total order. */
export async function* allRows<Row>(
  read: (from: number, to: number) => PromiseLike<{ data: Array<Row> | null; error: unknown }>,
): AsyncGenerator<Row> {
  for (let from = 0; ; from += ROWS_AT_ONCE) {
    const { data, error } = await read(from, from + ROWS_AT_ONCE - 1)
    // A list of exactly a thousand rows has no second thousand, and the Data API calls that an error.
    if (from > 0 && isBehindTheEnd(error)) return
    if (error) throw error instanceof Error ? error : new Error(JSON.stringify(error))
    const rows = data ?? []
    yield* rows
    if (rows.length < ROWS_AT_ONCE) return
  }
}

function isBehindTheEnd(error: unknown) {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'PGRST103'
}
