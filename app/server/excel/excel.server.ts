import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable } from '@remix-run/node'
import ExcelJS from 'exceljs'
import { civilDay, civilTime } from '~/domain/calendar'
import { downloadHeaders, type Sheet, type SheetColumn } from '../sheet'

/** The only place that knows exceljs, which nobody maintains any more. Rows are written as they come. */

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const ROWS_PER_BREATH = 500

const formats: Partial<Record<NonNullable<SheetColumn<never>['kind']>, string>> = {
  money: '#,##0.00',
  day: 'd mmm yyyy',
  instant: 'd mmm yyyy hh:mm',
}

export function excelResponse<Row>(sheet: Sheet<Row>, headers?: Headers): Response {
  const answer = downloadHeaders(sheet.name, 'xlsx', TYPE)
  for (const cookie of headers?.getSetCookie() ?? []) answer.append('Set-Cookie', cookie)

  const stream = new PassThrough()
  // A failure half-way must not look like a whole file: the download breaks off.
  writeExcel(sheet, stream).catch((error: unknown) => {
    stream.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  return new Response(createReadableStreamFromReadable(stream), { headers: answer })
}

export async function writeExcel<Row>(sheet: Sheet<Row>, stream: PassThrough): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
  const page = workbook.addWorksheet(tabName(sheet.name), {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  page.columns = sheet.columns.map(({ header, kind = 'text', width }) => ({
    header,
    width: width ?? (kind === 'text' ? 24 : 16),
    style: formats[kind] ? { numFmt: formats[kind] } : {},
  }))
  page.getRow(1).font = { bold: true }
  page.getRow(1).commit()

  let written = 0
  for await (const row of sheet.rows) {
    page.addRow(sheet.columns.map((column) => cell(column, row, sheet.timeZone))).commit()
    written += 1
    if (written % ROWS_PER_BREATH === 0) await new Promise(setImmediate)
  }
  page.commit()
  await workbook.commit()
}

function cell<Row>(column: SheetColumn<Row>, row: Row, timeZone: string) {
  const value = column.value(row)
  if (value === null || value === undefined || value === '') return null

  switch (column.kind) {
    case 'money':
      return Number(value) / 100
    case 'number':
      return Number(value)
    case 'day':
      return new Date(`${String(value).slice(0, 10)}T00:00:00Z`)
    case 'instant':
      // Excel knows no time zones: it shows the numbers it is given.
      return new Date(`${civilDay(String(value), timeZone)}T${civilTime(String(value), timeZone)}Z`)
    case 'text':
    case undefined:
      return readable(String(value))
  }
}

/** Characters XML cannot carry would make the whole file unreadable. */
function readable(text: string) {
  return text.replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')
}

function tabName(name: string) {
  return (
    name
      .replaceAll(/[[\]:*?/\\]/g, ' ')
      .trim()
      .slice(0, 31) || 'Sheet'
  )
}
