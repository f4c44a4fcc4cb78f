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

export function money<Row>(header: string, value: (row: Row) => number): SheetColumn<Row> {
  return { header, value, kind: 'money' }
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
