import { expect, test } from 'vitest'
import { csvChunks, csvResponse } from './csv.server'
import type { SheetColumn } from './sheet'

type Row = { text?: string | null; minor?: number; at?: string }

const columns: Array<SheetColumn<Row>> = [
  { header: 'Name', value: (row) => row.text },
  { header: 'Amount', value: (row) => row.minor, kind: 'money' },
  { header: 'When', value: (row) => row.at, kind: 'instant' },
]

async function csv(rows: Array<Row>) {
  const sheet = { name: 'test', columns, rows, timeZone: 'Asia/Manila' }
  let text = ''
  for await (const chunk of csvChunks(sheet)) text += chunk
  return text
}

test('it starts with the mark Excel needs and ends each line with CRLF', async () => {
  expect(await csv([{ text: 'Peña', minor: 115_000, at: '2026-11-03T16:05:00Z' }])).toBe(
    '\uFEFFName,Amount,When\r\nPeña,1150.00,2026-11-04 00:05\r\n',
  )
})

test.each([
  ['Dela Cruz, Juan', '"Dela Cruz, Juan"'],
  ['the "big" house', '"the ""big"" house"'],
  ['two\r\nlines', '"two\r\nlines"'],
  [' padded ', '" padded "'],
])('%j is quoted', async (text, cell) => {
  expect(await csv([{ text }])).toContain(`\r\n${cell},,\r\n`)
})

test.each(['=1+1', '+639171234567', '-2', '@SUM(A1)', '\t=1', '|calc', '%0A'])(
  '%j cannot run as a formula',
  async (text) => {
    expect((await csv([{ text }])).split('\r\n')[1]).toMatch(/^"?'/)
  },
)

test.each([
  [-5, '-0.05'],
  [0, '0.00'],
  [9_999_999_999, '99999999.99'],
])('%d minor units are written %s, as a number', async (minor, cell) => {
  expect(await csv([{ minor }])).toContain(`\r\n,${cell},\r\n`)
})

test('an empty list is a header, and a file name cannot break the header', async () => {
  const sheet = { name: 'a"\r\nb ñ', columns, rows: [], timeZone: 'UTC' }
  const response = csvResponse(sheet)

  expect(await response.text()).toContain('Name,Amount,When\r\n')
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="a-b-_.csv"; filename*=UTF-8''a-b-%C3%B1.csv`,
  )
})

test('thousands of rows arrive whole', async () => {
  const rows = Array.from({ length: 2_345 }, (_, index) => ({ text: `row ${index}` }))
  const sheet = { name: 'many', columns, rows, timeZone: 'UTC' }

  expect((await csvResponse(sheet).text()).split('\r\n')).toHaveLength(2_347)
})
