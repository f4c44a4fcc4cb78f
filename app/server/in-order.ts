import { sortOf } from '~/domain/url-list'

/** A short list that came whole, by the column an address asks for; as it came where it asks for none of these. */
export function inOrder<Column extends string, Row extends Record<Column, string | number>>(
  rows: ReadonlyArray<Row>,
  params: URLSearchParams,
  columns: ReadonlyArray<Column>,
): Array<Row> {
  const asked = sortOf(params)
  const column = columns.find((known) => known === asked?.key)
  if (!asked || !column) return [...rows]
  const sign = asked.isDescending ? -1 : 1
  return [...rows].sort((one, other) => sign * compare(one[column], other[column]))
}

function compare(one: string | number, other: string | number) {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return String(one).localeCompare(String(other), 'en')
}
