/** What a person's own spreadsheet means: its letters, its columns, its rows. */

export const importFields = [
  'account_no',
  'name',
  'phone',
  'email',
  'barangay',
  'purok',
  'landmark',
  'latitude',
  'longitude',
  'plan',
  'activated_on',
] as const

export type ImportField = (typeof importFields)[number]

/** Which column of the file carries a field; null when none does. */
export type ImportMapping = Record<ImportField, number | null>

export type ImportTableRow = { line: number } & Partial<Record<ImportField, string>>

const otherNames: Record<ImportField, ReadonlyArray<string>> = {
  account_no: [
    'account',
    'account no',
    'account number',
    'acct',
    'acct no',
    'customer id',
    'client id',
    'code',
  ],
  name: [
    'full name',
    'customer',
    'customer name',
    'subscriber',
    'subscriber name',
    'client',
    'client name',
    'pangalan',
    'ngalan',
  ],
  phone: [
    'mobile',
    'mobile no',
    'mobile number',
    'contact',
    'contact no',
    'contact number',
    'cellphone',
    'phone number',
    'cp no',
    'tel',
  ],
  email: ['e mail', 'email address', 'mail'],
  barangay: ['brgy', 'bgy', 'barangay name'],
  purok: ['sitio', 'street', 'zone', 'address', 'purok sitio', 'house no'],
  landmark: ['near', 'landmarks'],
  latitude: ['lat', 'gps lat', 'y'],
  longitude: ['long', 'lng', 'lon', 'gps long', 'gps lng', 'x'],
  plan: ['package', 'plan name', 'subscription', 'service plan', 'bandwidth'],
  activated_on: [
    'activated',
    'activation date',
    'start',
    'start date',
    'date installed',
    'installed',
    'install date',
    'date activated',
    'since',
  ],
}

/** Reads the bytes of a file: UTF-8 with or without its mark, else what Windows and old Excel write. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** A picture, a PDF or a program: text holds no NUL. */
export function isText(decoded: string): boolean {
  return !decoded.includes('\0') && !decoded.startsWith('%PDF')
}

/** Nearly every file ends with an empty line, and many a sheet with rows somebody cleared. They are no rows. */
export function withoutEmptyEnd(table: ReadonlyArray<Array<string>>): Array<Array<string>> {
  const last = table.findLastIndex((cells) => cells.some((cell) => cell.trim() !== ''))
  return table.slice(0, last + 1)
}

/** The first line names the columns when at least two of its cells are names we know. */
export function hasHeading(cells: ReadonlyArray<string>): boolean {
  const mapping = guessMapping(cells)
  return importFields.filter((field) => mapping[field] !== null).length >= 2
}

/** Finds each field by its own or another usual name. A column serves one field only. */
export function guessMapping(headings: ReadonlyArray<string>): ImportMapping {
  const plain = headings.map(plainWords)
  const taken = new Set<number>()
  const mapping = emptyMapping()

  for (const field of importFields) {
    const names = [plainWords(field), ...otherNames[field]]
    const at = plain.findIndex((heading, column) => !taken.has(column) && names.includes(heading))
    if (at < 0) continue
    mapping[field] = at
    taken.add(at)
  }
  return mapping
}

export function emptyMapping(): ImportMapping {
  const none = importFields.map((field) => [field, null])
  return Object.fromEntries(none) as ImportMapping
}

/** The rows as fields. `firstLine` is the line of the file the first row stands on; empty lines are left out. */
export function rowsOf(
  table: ReadonlyArray<ReadonlyArray<string>>,
  mapping: ImportMapping,
  firstLine: number,
): Array<ImportTableRow> {
  return table.flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return []
    const row: ImportTableRow = { line: firstLine + index }
    for (const field of importFields) {
      const column = mapping[field]
      const text = column === null ? '' : (cells[column] ?? '').trim()
      if (text !== '') row[field] = field === 'activated_on' ? plainDay(text) : text
    }
    return [row]
  })
}

const monthNames = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
]

/**
 * `2026-11-03` out of what spreadsheets write: `11/03/2026` (month first, as in the Philippines),
 * `2026/11/3`, `3 Nov 2026`, `Nov 3, 2026`. Anything else stays as it is and is refused by its line.
 */
export function plainDay(text: string): string {
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text)
  if (yearFirst) return dayText(yearFirst[1], yearFirst[2], yearFirst[3])
  const monthFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text)
  if (monthFirst) return dayText(monthFirst[3], monthFirst[1], monthFirst[2])

  const dayName = /^(\d{1,2})[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})$/i.exec(text)
  if (dayName) return namedDay(dayName[3], dayName[2], dayName[1]) ?? text
  const nameDay = /^([a-z]{3,9})\.?[\s-]+(\d{1,2}),?[\s-]+(\d{4})$/i.exec(text)
  if (nameDay) return namedDay(nameDay[3], nameDay[1], nameDay[2]) ?? text
  return text
}

function namedDay(year = '', name = '', day = '') {
  const month = monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1
  return month === 0 ? null : dayText(year, String(month), day)
}

function dayText(year = '', month = '', day = '') {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** `Account_No.` → `account no` */
function plainWords(text: string) {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
