import { expect, test } from 'vitest'
import { anyColumnContains, orderOf, pageRange } from './list-query.server'

test('what a person types cannot become a part of the filter', () => {
  expect(anyColumnContains(['name', 'number'], 'a,b.eq.(1)"%')).toBe(
    'name.ilike.%a_b.eq._1___%,number.ilike.%a_b.eq._1___%',
  )
})

test('only known columns order a list; others fall back to its own order', () => {
  const order = (sort: string) => orderOf(new URLSearchParams({ sort }), ['due_on'], '-issued_on')

  expect(order('-due_on')).toEqual({ column: 'due_on', ascending: false })
  expect(order('due_on')).toEqual({ column: 'due_on', ascending: true })
  expect(order('password')).toEqual({ column: 'issued_on', ascending: false })
})

test('the second page begins behind the first', () => {
  expect(pageRange(new URLSearchParams({ page: '2' }))).toEqual({ from: 50, to: 99 })
  expect(pageRange(new URLSearchParams({ page: '-4' }))).toEqual({ from: 0, to: 49 })
})

test('a text pasted into the search stays short enough to ask for', () => {
  expect(anyColumnContains(['name'], 'a'.repeat(5000))).toHaveLength('name.ilike.%%'.length + 100)
})
