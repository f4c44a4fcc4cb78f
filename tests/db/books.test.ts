// The books: months closed and reopened, and what must be true of each book.

import { expect, test } from 'vitest'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { signUpTenant, type Tenant } from './story.ts'

/** An ISP with an invoice of November and its payment, looked at on 3 December. */
async function novemberOver() {
  await setClock(noon('2026-10-05'))
  const isp = await signUpTenant('North Fiber')
  const subscriber = await isp.subscriber()
  await setClock(noon('2026-11-01'))
  await isp.service(subscriber, await isp.plan(), '2026-11-01')
  await bill(isp, '2026-11-01')
  await setClock(noon('2026-11-20'))
  await pay(isp.owner, { subscriber_id: subscriber, amount_minor: 50_000 })
  await setClock(noon('2026-12-03'))
  return { isp, subscriber }
}

async function dayOfBooks(sourceId: string) {
  const [row] = await sql<Array<{ on: string }>>`
    select accounting_on::text as on from ledger.transactions where source_id = ${sourceId} and reverses is null
  `
  return row?.on
}

async function latePayment(isp: Tenant, by: Tenant['owner'], subscriber: string) {
  const taken = await pay(by, {
    subscriber_id: subscriber,
    amount_minor: 1000,
    received_at: noon('2026-11-28'),
  })
  return dayOfBooks(taken.payment_id)
}

test('a softly closed month takes what those who close months post, and nothing else', async () => {
  const { isp, subscriber } = await novemberOver()
  const cashier = await isp.member('payments.record')
  await isp.owner.call('close_month', { month: '2026-11-01', soft: true })

  expect(await latePayment(isp, cashier, subscriber)).toBe('2026-12-01')
  expect(await latePayment(isp, isp.owner, subscriber)).toBe('2026-11-28')

  await isp.owner.call('close_month', { month: '2026-11-01' })
  expect(await latePayment(isp, isp.owner, subscriber)).toBe('2026-12-01')
  await expectSound(isp)
})

test('closing seals the trial balance, and doing it again changes nothing', async () => {
  const { isp } = await novemberOver()
  const closed = await isp.owner.call('close_month', { month: '2026-11-01' })
  expect(closed).toMatchObject({
    state: 'closed',
    trial_balance_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(await isp.owner.call('close_month', { month: '2026-11-01' })).toEqual(closed)
  await expect(
    isp.owner.call('close_month', { month: '2026-11-01', soft: true }),
  ).rejects.toMatchObject({
    detail: 'month_closed',
  })
  await expectSound(isp)
})

test('a month is not closed before its end, out of order, during a run, over drafts or over unsound books', async () => {
  const { isp, subscriber } = await novemberOver()
  const close = (month: string) => isp.owner.call('close_month', { month })

  await expect(close('2026-12-01')).rejects.toMatchObject({ detail: 'month_not_over' })
  await setClock(noon('2027-01-02'))
  await expect(close('2026-12-01')).rejects.toMatchObject({ detail: 'earlier_month_open' })
  await setClock(noon('2026-12-03'))

  await sql`update billing.runs set state = 'paused' where tenant_id = ${isp.id}`
  await expect(close('2026-11-01')).rejects.toMatchObject({ detail: 'run_not_done' })
  await sql`update billing.runs set state = 'done' where tenant_id = ${isp.id}`

  await sql`insert into billing.invoices (tenant_id, subscriber_id, period) values (${isp.id}, ${subscriber}, '2026-11-01')`
  await expect(close('2026-11-01')).rejects.toMatchObject({ detail: 'drafts_open' })
  await sql`alter table billing.invoices disable trigger no_delete`
  await sql`delete from billing.invoices where tenant_id = ${isp.id} and state = 'draft'`

  await sql`update ledger.balances set amount_minor = amount_minor + 1 where tenant_id = ${isp.id}`
  await expect(close('2026-11-01')).rejects.toMatchObject({ detail: 'books_not_sound' })
  await sql`update ledger.balances set amount_minor = amount_minor - 1 where tenant_id = ${isp.id}`

  const cashier = await isp.member('ledger.read', 'settings.manage')
  await expect(cashier.call('close_month', { month: '2026-11-01' })).rejects.toMatchObject({
    code: 'PT403',
  })
  expect(await close('2026-11-01')).toMatchObject({ state: 'closed' })
})

test('a month is reopened by two people, from the last one back', async () => {
  const { isp, subscriber } = await novemberOver()
  const second = await isp.member('ledger.close', 'ledger.read')
  await isp.owner.call('close_month', { month: '2026-11-01' })
  await setClock(noon('2027-01-02'))
  await isp.owner.call('close_month', { month: '2026-12-01', soft: true })

  const request = {
    id: uuid7(),
    month: '2026-11-01',
    reason: 'a bill of the power company is missing',
  }
  await expect(isp.owner.call('request_reopen', { request })).rejects.toMatchObject({
    detail: 'later_month_closed',
  })
  const december = { ...request, month: '2026-12-01' }
  const asked = await isp.owner.call('request_reopen', { request: december })
  expect(await isp.owner.call('request_reopen', { request: december })).toEqual(asked)
  await expect(
    isp.owner.call('request_reopen', { request: { ...december, reason: 'another reason' } }),
  ).rejects.toMatchObject({ detail: 'request_conflict' })
  await expect(
    isp.owner.call('request_reopen', { request: { ...december, id: uuid7() } }),
  ).rejects.toMatchObject({ detail: 'reopen_requested' })

  await expect(isp.owner.call('approve_reopen', { request_id: december.id })).rejects.toMatchObject(
    {
      detail: 'second_person_needed',
    },
  )
  await second.call('approve_reopen', { request_id: december.id })
  await expect(second.call('approve_reopen', { request_id: december.id })).rejects.toMatchObject({
    detail: 'request_decided',
  })

  const november = { ...request, id: uuid7() }
  await isp.owner.call('request_reopen', { request: november })
  await second.call('refuse_reopen', { request_id: november.id, reason: 'Book it in January.' })
  const again = { ...request, id: uuid7() }
  await isp.owner.call('request_reopen', { request: again })
  await second.call('approve_reopen', { request_id: again.id })
  expect(await latePayment(isp, isp.owner, subscriber)).toBe('2026-11-28')

  expect((await isp.owner.read('reopen_requests')).map((row) => row['state']).sort()).toEqual([
    'approved',
    'approved',
    'refused',
  ])
  const logged = await sql`
    select operation, after ->> 'state' as state from audit.entries
    where tenant_id = ${isp.id} and table_name = 'ledger.periods' order by recorded_at, id
  `
  expect(logged.length).toBe(4)
  await expectSound(isp)
})

test('the months say what moved in them, to those who read the ledger', async () => {
  const { isp } = await novemberOver()
  await isp.owner.call('close_month', { month: '2026-11-01' })
  expect(await isp.owner.call('accounting_months', { year: 2026 })).toMatchObject([
    { month: '2026-12-01', state: 'open', entry_count: 0 },
    {
      month: '2026-11-01',
      state: 'closed',
      debit_minor: 149_900,
      sales_minor: 99_900,
      vat_minor: 0,
      received_minor: 50_000,
      late_count: 0,
    },
  ])
  const cashier = await isp.member('payments.record')
  expect(await cashier.call('accounting_months', { year: 2026 })).toEqual([])
})
