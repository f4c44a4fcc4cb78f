import { expect, test } from 'vitest'
import { allRows, ROWS_AT_ONCE } from './sheet'

test.each([0, 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1])(
  'a list of %i rows is read whole',
  async (total) => {
    const list = Array.from({ length: total }, (_, index) => index)
    const read = async (from: number, to: number) =>
      from > 0 && from >= total
        ? { data: null, error: { code: 'PGRST103', message: 'Requested range not satisfiable' } }
        : { data: list.slice(from, to + 1), error: null }

    const found: Array<number> = []
    for await (const row of allRows(read)) found.push(row)
    expect(found).toEqual(list)
  },
)

test('any other failure breaks the reading off', async () => {
  const read = async () => ({ data: null, error: { code: '57014', message: 'cancelled' } })
  await expect(allRows(read).next()).rejects.toThrow('cancelled')
})
