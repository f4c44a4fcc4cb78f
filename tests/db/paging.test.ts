// The pages of large lists, through the Data API as the screens ask for them: whoever steps on and back sees every row once.

import { expect, test } from 'vitest'
import { type Edge, pageParam } from '~/domain/url-list'
import { everyRow, type List, ordered } from '~/server/listing.server'
import { findPayments, paymentPage } from '~/server/payments.server'
import { subscriberPage } from '~/server/subscribers.server'
import type { Db } from '~/server/supabase.server'
import { ownApi } from './api.ts'
import { uuid7 } from './ids.ts'

const ROWS = 117
const NOW = '2026-11-21T12:00:00+08:00'

/** An owner of an ISP with people of equal, strange and missing values. */
async function manyPeople() {
  const api = await ownApi()
  const client = api.client()
  const { data } = await client.auth.signUp({ email: 'ana@example.com', password: 'a long secret' })
  const signUp = { trade_name: 'North Fiber', full_name: 'Ana' }
  const { error } = await client.rpc('sign_up_tenant' as never, signUp as never)
  expect(error).toBeNull()
  await client.auth.refreshSession({ refresh_token: data.session?.refresh_token ?? '' })

  const [tenant] = await api.sql<Array<{ id: string }>>`select id from tenancy.tenants`
  const names = ['Reyes, Ana', 'de la Cruz "Jun" (2)', "O'Neil", 'null', '', 'Ñoño', 'A & B = 50%']
  for (let made = 0; made < ROWS; made += 1) {
    await api.sql`
      insert into service.subscribers (tenant_id, id, account_no, name, created_at)
      values (${tenant?.id ?? ''}, ${uuid7()}, ${String(made).padStart(6, '0')}, ${names[made % 7] || `Nena ${made}`},
        ${NOW}::timestamptz + ${made % 3} * interval '1 microsecond')
    `
  }
  await api.sql`select set_config('linyada.system_tenant', ${tenant?.id ?? ''}, false)`
  await api.sql`
    insert into places.barangays (tenant_id, name, municipality) select ${tenant?.id ?? ''}, b, 'Opol' from unnest(array['Awang', 'Bonbon']) as b
  `
  await api.sql`
    update service.subscribers set barangay_id = (select id from places.barangays where name = case when account_no < '000030' then 'Awang' else 'Bonbon' end)
    where account_no < '000064'
  `
  await api.sql`
    insert into collections.payments (tenant_id, id, subscriber_id, method, channel, amount_minor, received_at, request_hash)
    select tenant_id, id, id, 'cash', 'counter', 100 + ascii(right(account_no, 1)), ${NOW}::timestamptz - (account_no::integer / 40) * interval '1 microsecond', ''
    from service.subscribers
  `
  return { db: client as unknown as Db, sql: api.sql }
}

type Page = {
  rows: ReadonlyArray<{ id: string }>
  total: number
  edges: { first: Edge; last: Edge } | null
}

/** From the first page to the last and back, by the links beside them. */
async function walk(ask: (params: URLSearchParams) => Promise<Page>, sort: string) {
  const at = (page: number, side: 'behind' | 'before', edge: Edge | undefined) => {
    const text = pageParam(page, edge ? { side, edge } : null)
    return ask(new URLSearchParams({ sort, ...(text === null ? {} : { page: text }) }))
  }
  const pages = [await ask(new URLSearchParams({ sort }))]
  const last = Math.ceil(ROWS / 50)
  for (let page = 2; page <= last; page += 1) {
    pages.push(await at(page, 'behind', pages.at(-1)?.edges?.last))
  }
  const back = await at(last - 1, 'before', pages.at(-1)?.edges?.first)
  const counted = await at(last, 'behind', undefined)
  return {
    isWalked: pages[0]?.edges !== null,
    pages: pages.map(idsOf),
    back: idsOf(back),
    counted: idsOf(counted),
    totals: [...pages, back].map(({ total }) => total),
  }
}

function idsOf({ rows }: Page) {
  return rows.map(({ id }) => id)
}

test('stepping on and back through a list shows every row once, in its order', async () => {
  const { db } = await manyPeople()
  const headers = new Headers()
  const people = (params: URLSearchParams) => subscriberPage(db, params, headers)
  const payments = (params: URLSearchParams) => paymentPage(db, params, 'Asia/Manila', headers)
  const lists = [
    { ask: people, sorts: ['name', '-name', 'account_no'], isWalked: true },
    { ask: people, sorts: ['-barangay', '-balance_minor'], isWalked: false },
    { ask: payments, sorts: ['received_at', '-received_at'], isWalked: true },
    { ask: payments, sorts: ['-amount_minor'], isWalked: false },
  ]
  for (const { ask, sorts, isWalked } of lists) {
    for (const sort of sorts) {
      const walked = await walk(ask, sort)
      expect(walked.isWalked, sort).toBe(isWalked)
      expect(new Set(walked.pages.flat()).size, sort).toBe(ROWS)
      expect(walked.back, sort).toEqual(walked.pages.at(-2))
      expect(walked.counted, sort).toEqual(walked.pages.at(-1))
      expect(new Set(walked.totals), sort).toEqual(new Set([ROWS]))
    }
  }
})

test('a page goes on behind its row, though rows came before it meanwhile', async () => {
  const { db } = await manyPeople()
  const ask = (page: string | null) =>
    subscriberPage(db, new URLSearchParams(page === null ? {} : { page }), new Headers())

  const first = await ask(null)
  const page = pageParam(2, { side: 'behind', edge: first.edges?.last ?? [] })
  const second = await ask(page)
  await db
    .rpc('save_subscriber', { subscriber: { id: uuid7(), name: 'AAA the first' } })
    .throwOnError()
  expect(idsOf(await ask(page))).toEqual(idsOf(second))
  expect(idsOf(await ask('2'))).not.toEqual(idsOf(second))
})

test('a page that is no more, or that nobody made, leads to the first or is counted off', async () => {
  const { db } = await manyPeople()
  const ask = (page: string, sort = 'name') =>
    subscriberPage(db, new URLSearchParams({ sort, page }), new Headers())
  const behind = (edge: Edge, page = 2) => pageParam(page, { side: 'behind', edge }) ?? ''

  await expect(ask('9')).rejects.toMatchObject({ status: 302 })
  await expect(ask(behind(['zzz', uuid7()], 9))).rejects.toMatchObject({ status: 302 })
  const second = idsOf(await ask('2'))
  for (const edge of [['only one'], ['a', 'no id'], [1, 2, 3]]) {
    expect(idsOf(await ask(behind(edge)))).toEqual(second)
  }
  expect(idsOf(await ask('2.behind.%%'))).toEqual(second)
  expect((await ask('1.behind.x')).rows.length).toBe(50)
})

const PART = 20

/** The ids of a list as its file has them, and what happens once its first part is read. */
async function fileOf(of: List<{ id: string }>, meanwhile?: () => Promise<unknown>) {
  const ids: Array<string> = []
  for await (const { id } of everyRow(of, PART)) {
    ids.push(id)
    if (ids.length === PART) await meanwhile?.()
  }
  return ids
}

async function wholeOf(of: List<{ id: string }>) {
  const { data } = await ordered(of)
  return (data as Array<{ id: string }>).map(({ id }) => id)
}

test('a file has every row once and in the order of its list, empty values too', async () => {
  const { db, sql } = await manyPeople()
  await sql`
    insert into collections.receipts (tenant_id, payment_id, serial, number)
    select tenant_id, id, n, lpad(n::text, 4, '0')
    from (select *, row_number() over (order by id) as n from collections.payments limit 50) as p
  `
  for (const sort of [
    '',
    'received_at',
    '-amount_minor',
    '-subscriber_name',
    '-receipt_number',
    'receipt_number',
  ]) {
    const payments = findPayments(db, new URLSearchParams({ sort }), 'Asia/Manila')
    const whole = await wholeOf(payments)
    expect(whole, sort).toHaveLength(ROWS)
    expect(await fileOf(payments), sort).toEqual(whole)
  }
})

test('a row that comes between two parts of a file doubles no other and pushes none out', async () => {
  const { db, sql } = await manyPeople()
  const payments = findPayments(db, new URLSearchParams({ sort: '-amount_minor' }), 'Asia/Manila')
  const before = await wholeOf(payments)
  const pay = () => sql`
    insert into collections.payments (tenant_id, id, subscriber_id, method, channel, amount_minor, received_at, request_hash)
    select tenant_id, ${uuid7()}, subscriber_id, method, channel, 1000000, received_at, '' from collections.payments limit 1
  `
  expect(await fileOf(payments, pay)).toEqual(before)
  expect(await wholeOf(payments)).not.toEqual(before)
})
