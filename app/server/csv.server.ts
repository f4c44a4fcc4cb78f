import { civilDay, civilTime } from '~/domain/calendar'
import { downloadHeaders, type Sheet, type SheetColumn } from './sheet'

/**
 * RFC 4180, with the mark that makes Excel read UTF-8, and with no cell that a spreadsheet could
 * take for a formula: a subscriber may be called `=HYPERLINK(…)`.
 */

const ROWS_PER_CHUNK = 200

export function csvResponse<Row>(sheet: Sheet<Row>, headers?: Headers): Response {
  const answer = downloadHeaders(sheet.name, 'csv', 'text/csv; charset=utf-8')
  for (const cookie of headers?.getSetCookie() ?? []) answer.append('Set-Cookie', cookie)
  return new Response(streamOf(csvChunks(sheet)), { headers: answer })
}

export async function* csvChunks<Row>(sheet: Sheet<Row>): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(sheet.columns.map((column) => escaped(column.header)))}`

  let lines: Array<string> = []
  for await (const row of sheet.rows) {
    lines.push(csvLine(sheet.columns.map((column) => cell(column, row, sheet.timeZone))))
    if (lines.length < ROWS_PER_CHUNK) continue
    yield lines.join('')
    lines = []
  }
  yield lines.join('')
}

function csvLine(cells: ReadonlyArray<string>) {
  return `${cells.join(',')}\r\n`
}

function cell<Row>(column: SheetColumn<Row>, row: Row, timeZone: string): string {
  const value = column.value(row)
  if (value === null || value === undefined || value === '') return ''

  switch (column.kind) {
    case 'money':
      return decimals(Number(value))
    case 'number':
      return String(Number(value))
    case 'instant':
      return `${civilDay(String(value), timeZone)} ${civilTime(String(value), timeZone)}`
    case 'day':
    case 'text':
    case undefined:
      return escaped(String(value))
  }
}

/** `-1150.50`: plain digits, so that every spreadsheet takes it for a number. */
export function decimals(amountMinor: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(3, '0')
  return `${amountMinor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function escaped(text: string): string {
  const harmless = /^[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) || harmless !== harmless.trim()
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless
}

function streamOf(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else if (value !== '') controller.enqueue(encoder.encode(value))
      else await this.pull?.(controller)
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}
