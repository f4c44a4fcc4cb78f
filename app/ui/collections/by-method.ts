import { methods, type Channel, type Method } from '~/ui/payments/words'

export type CollectionRow = {
  day: string
  collector_id: string | null
  collector_name: string | null
  method: Method
  channel: Channel
  receipts: number
  amount_minor: number
}

export type CollectedBy = {
  key: string
  day: string
  collector_id: string | null
  collector_name: string | null
  receipts: number
  amounts: Partial<Record<Method, number>>
  amount_minor: number
}

/** One row for each day and person, with a column of money for each method. */
export function byMethod(rows: ReadonlyArray<CollectionRow>): Array<CollectedBy> {
  const people = new Map<string, CollectedBy>()
  for (const row of rows) {
    const key = `${row.day} ${row.collector_id ?? ''}`
    const known = people.get(key) ?? {
      key,
      day: row.day,
      collector_id: row.collector_id,
      collector_name: row.collector_name,
      receipts: 0,
      amounts: {},
      amount_minor: 0,
    }
    people.set(key, {
      ...known,
      receipts: known.receipts + row.receipts,
      amounts: {
        ...known.amounts,
        [row.method]: (known.amounts[row.method] ?? 0) + row.amount_minor,
      },
      amount_minor: known.amount_minor + row.amount_minor,
    })
  }
  return [...people.values()]
}

/** Only the methods somebody paid by, so that a cash-only day has one column. */
export function methodsOf(rows: ReadonlyArray<CollectionRow>): Array<Method> {
  return methods.filter((method) => rows.some((row) => row.method === method))
}

export function totalOf(rows: ReadonlyArray<{ amount_minor: number }>) {
  return rows.reduce((sum, row) => sum + row.amount_minor, 0)
}
