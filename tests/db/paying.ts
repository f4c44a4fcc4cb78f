// What the tests of payments and voids share: an ISP that billed a subscriber, and what its accounts say.

import fc from 'fast-check'
import { beforeEach } from 'vitest'
import { setClock, sql } from './database.ts'
import { bill, noon } from './money.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

export const PRICE = 99_900

export let north: Tenant
export let subscriber: string

beforeEach(async () => {
  await setClock(noon('2026-09-05'))
  north = await signUpTenant('North Fiber')
  subscriber = await north.subscriber()
  await north.service(subscriber, await north.plan({ price_minor: PRICE }), '2026-10-01')
  await bill(north, '2026-10-01')
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-03'))
})

export async function entriesOf(source: string) {
  return sql`
    select a.code, e.amount_minor::int as amount
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.source_id = ${source} order by t.recorded_at, t.id, e.line
  `
}

export async function openHold(service: string) {
  await sql`
    insert into service.holds (tenant_id, subscription_id, kind, reason, opened_at)
    values (${north.id}, ${service}, 'nonpayment', 'Past due', ${noon('2026-10-20')})
  `
}

export async function askVoid(asker: Person, payment: string) {
  const { request_id } = await asker.call<{ request_id: string }>('request_void', {
    payment_id: payment,
    reason: 'Wrong subscriber',
  })
  return request_id
}

export const step = fc.oneof(
  fc.record({ does: fc.constant('pay' as const), amount: fc.integer({ min: 1, max: 300_000 }) }),
  fc.record({ does: fc.constant('void' as const), which: fc.nat({ max: 20 }) }),
  fc.record({
    does: fc.constant('charge' as const),
    amount: fc.integer({ min: -60_000, max: 60_000 }).filter((amount) => amount !== 0),
  }),
  fc.record({ does: fc.constant('bill' as const) }),
)
