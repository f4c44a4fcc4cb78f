import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import type { SheetColumn } from '../sheet'
import { excelResponse } from './excel.server'

type Row = { name: string; minor: number; on: string; at: string }

const columns: Array<SheetColumn<Row>> = [
  { header: 'Name', value: (row) => row.name },
  { header: 'Amount', value: (row) => row.minor, kind: 'money' },
  { header: 'Due', value: (row) => row.on, kind: 'day' },
  { header: 'Paid', value: (row) => row.at, kind: 'instant' },
]

async function read(rows: Array<Row>) {
  const sheet = { name: 'Invoices: [Nov/2026]', columns, rows, timeZone: 'Asia/Manila' }
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(await excelResponse(sheet).arrayBuffer())
  return workbook.worksheets[0]
}

test('amounts, days and instants arrive as numbers and dates, names as they are', async () => {
  const page = await read([
    { name: '=1+1 Peña\u0001', minor: -5, on: '2026-11-03', at: '2026-11-03T16:05:00Z' },
  ])
  const row = page?.getRow(2)

  expect(row?.getCell(1).value).toBe('=1+1 Peña')
  expect(row?.getCell(2).value).toBe(-0.05)
  expect(row?.getCell(2).numFmt).toBe('#,##0.00')
  expect(row?.getCell(3).value).toEqual(new Date('2026-11-03T00:00:00Z'))
  expect(row?.getCell(4).value).toEqual(new Date('2026-11-04T00:05:00Z'))
})

test('a name for the tab that Excel would refuse is made harmless', async () => {
  expect((await read([]))?.name).toBe('Invoices   Nov 2026')
})
