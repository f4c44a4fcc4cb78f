import { expect, test } from 'vitest'
import { isNarrowed, pageAt, pageParam } from './url-list'

const at = (page: string | null) => pageAt(new URLSearchParams(page === null ? {} : { page }))

test('what an address says of a page is read as it was written', () => {
  for (const edge of [
    ['Peña, "Jun" <2> & 50%', 'id'],
    ['2026-11-16T04:16:00.123456+00:00', 3295],
    ['', ''],
  ]) {
    const place = { side: 'behind', edge } as const
    expect(at(pageParam(3, place))).toEqual({ page: 3, place })
  }
  expect(at(pageParam(4, null))).toEqual({ page: 4, place: null })
})

test('the first page is the first, whatever stood there', () => {
  expect(pageParam(1, { side: 'before', edge: ['a', 'b'] })).toBeNull()
  expect(at('1.before.WyJhIl0')).toEqual({ page: 1, place: null })
})

test('what nobody wrote is a number or the first page', () => {
  for (const page of [
    '2.behind.%%',
    '2.behind.WzFd.x.y',
    '2.behind.bnVsbA',
    '2.beside.WzFd',
    '2.behind.W251bGxd',
  ]) {
    expect(at(page).page).toBe(2)
  }
  expect(at('2.behind.W251bGxd').place).toBeNull()
  expect(at('two')).toEqual({ page: 1, place: null })
  expect(at('1e9')).toEqual({ page: 1, place: null })
  expect(at('-2')).toEqual({ page: 1, place: null })
})

test('an order, a page and an empty field ask for the whole list', () => {
  const asks = (address: string) => isNarrowed(new URLSearchParams(address))

  for (const address of ['', 'sort=-name', 'page=2', 'q=&sort=name']) {
    expect(asks(address), address).toBe(false)
  }
  for (const address of ['q=ana', 'sort=name&state=open', 'subscriber=1']) {
    expect(asks(address), address).toBe(true)
  }
})
