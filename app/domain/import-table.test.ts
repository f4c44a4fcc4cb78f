import { describe, expect, test } from 'vitest'
import {
  decodeText,
  emptyMapping,
  guessMapping,
  hasHeading,
  isText,
  plainDay,
  rowsOf,
  withoutEmptyEnd,
} from './import-table'

describe('letters', () => {
  test('UTF-8 is read, its mark is not part of the first heading', () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('Peña')])
    expect(decodeText(bytes)).toBe('Peña')
  })

  test('what old Excel writes is read as well', () => {
    expect(decodeText(new Uint8Array([0x50, 0x65, 0xf1, 0x61]))).toBe('Peña')
  })
})

test('the Unicode text of Excel is read, and a picture is no text', () => {
  const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from('Peña', 'utf16le')])
  expect(decodeText(utf16)).toBe('Peña')
  expect(isText(decodeText(utf16))).toBe(true)
  expect(isText(decodeText(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff])))).toBe(false)
})

test('empty lines at the end are no rows, those between keep their place', () => {
  const table = [['name'], ['Ana'], [''], ['Ben'], ['', ' '], ['']]
  expect(withoutEmptyEnd(table)).toEqual([['name'], ['Ana'], [''], ['Ben']])
  expect(withoutEmptyEnd([['']])).toEqual([])
})

describe('columns', () => {
  test('usual headings find their field', () => {
    const mapping = guessMapping([
      'Acct No.',
      'Customer Name',
      'CONTACT_NUMBER',
      'Brgy',
      'Package',
      'Remarks',
    ])
    expect(mapping).toMatchObject({
      account_no: 0,
      name: 1,
      phone: 2,
      barangay: 3,
      plan: 4,
      email: null,
    })
  })

  test('a column serves one field only', () => {
    expect(guessMapping(['Name', 'name'])).toMatchObject({ name: 0, phone: null })
  })

  test('a first line of data is not taken for headings', () => {
    expect(hasHeading(['001001', 'Ana Reyes', '0917 123 4567'])).toBe(false)
    expect(hasHeading(['Account', 'Name'])).toBe(true)
  })
})

test('rows keep the line of the file, and empty lines are left out', () => {
  const mapping = { ...emptyMapping(), name: 1, account_no: 0 }
  expect(
    rowsOf(
      [
        ['7', ' Ana '],
        ['', ' '],
        ['8', 'Ben'],
      ],
      mapping,
      2,
    ),
  ).toEqual([
    { line: 2, account_no: '7', name: 'Ana' },
    { line: 4, account_no: '8', name: 'Ben' },
  ])
})

test.each([
  ['2026-11-03', '2026-11-03'],
  ['11/03/2026', '2026-11-03'],
  ['2026/11/3', '2026-11-03'],
  ['3 Nov 2026', '2026-11-03'],
  ['November 3, 2026', '2026-11-03'],
  ['13/40/2026', '2026-13-40'],
  ['soon', 'soon'],
])('the day %s is read as %s', (text, day) => {
  expect(plainDay(text)).toBe(day)
})
