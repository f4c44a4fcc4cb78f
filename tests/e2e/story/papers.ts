// Papers and tables as a person would open them: a PDF read as text, a sheet read row by row.

import { spawnSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import ExcelJS from 'exceljs'

/** What stands on a PDF, or only its first bytes where no pdftotext is installed. */
export async function readPdf(page: Page, address: string): Promise<string> {
  const answer = await page.request.get(address)
  const bytes = await answer.body()
  const start = bytes.subarray(0, 5).toString('latin1')
  if (answer.status() !== 200 || start !== '%PDF-') {
    throw new Error(`${address} is no PDF: ${answer.status()} ${start}`)
  }
  const { status, stdout } = spawnSync('pdftotext', ['-layout', '-', '-'], { input: bytes })
  return status === 0 ? stdout.toString('utf8') : ''
}

export const canReadPdf = spawnSync('pdftotext', ['-v']).status === 0

/** The rows of a workbook's first sheet, as text. */
export async function readSheet(path: string): Promise<Array<Array<string>>> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  const rows: Array<Array<string>> = []
  workbook.worksheets[0]?.eachRow((row) => {
    const cells: Array<string> = []
    row.eachCell({ includeEmpty: true }, (cell) => cells.push(cell.text))
    rows.push(cells)
  })
  return rows
}
