import { expect, test } from 'vitest'
import { actAs, asOwner, setClock, sql, transaction } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { signUpTenant, type Tenant, twoTenants } from './story.ts'

/** Acts as the tenant's own system actor for one piece of work. */
async function within<T>(tenant: Tenant, work: () => Promise<T>) {
  await sql`select access.act_for(${tenant.id})`
  const result = await work()
  await sql`select access.act_for(null)`
  return result
}

async function account(code: string) {
  const [row] = await sql<Array<{ id: string }>>`select ledger.account(${code}) as id`
  return String(row?.id)
}

async function post(key: string, amount: number, at = noon('2026-11-03')) {
  const lines = JSON.stringify([
    { account: await account('cash_office'), amount_minor: amount },
    { account: await account('unidentified_receipts'), amount_minor: -amount },
  ])
  const [row] = await sql<Array<{ id: string }>>`
    select ledger.post('unidentified_cash', ${key}, 'test', ${uuid7()}, ${at}, ${lines}::text::jsonb) as id
  `
  return String(row?.id)
}

test('a posting with the same key is the same posting', async () => {
  const north = await signUpTenant('North Fiber')

  await within(north, async () => {
    const first = await post('a', 500)
    expect(await post('a', 500)).toBe(first)
    await expect(transaction(() => post('a', 501))).rejects.toMatchObject({ code: 'PT409' })
    expect(await post('b', 500)).not.toBe(first)
  })
  await expectSound(north)
})

test('a transaction that does not sum to zero cannot be committed', async () => {
  const north = await signUpTenant('North Fiber')
  const cash = await within(north, () => account('cash_office'))
  const id = uuid7()
  const insert = (amounts: Array<number>) =>
    transaction(async (sql) => {
      await sql`
        insert into ledger.transactions (tenant_id, id, kind, accounting_on, occurred_at, source_kind, source_id, idempotency_key)
        values (${north.id}, ${id}, 'payment', '2026-11-03', now(), 'test', ${id}, 'x')
      `
      for (const [at, amount] of amounts.entries()) {
        await sql`
          insert into ledger.entries (tenant_id, transaction_id, line, account_id, amount_minor)
          values (${north.id}, ${id}, ${at + 1}, ${cash}, ${amount})
        `
      }
      await sql`set constraints all immediate`
    })

  await expect(insert([])).rejects.toMatchObject({ constraint_name: 'transactions_balanced' })
  await expect(insert([100])).rejects.toMatchObject({ constraint_name: 'transactions_balanced' })
})

test('nothing is added to a transaction, not even a balanced pair', async () => {
  const north = await signUpTenant('North Fiber')
  const [id, cash] = await within(north, async () => [
    await post('a', 500),
    await account('cash_office'),
  ])

  await expect(
    transaction(
      (sql) => sql`
        insert into ledger.entries (tenant_id, transaction_id, line, account_id, amount_minor)
        values (${north.id}, ${id}, 3, ${cash}, 100), (${north.id}, ${id}, 4, ${cash}, -100)
      `,
    ),
  ).rejects.toMatchObject({ detail: 'append_only' })
})

test.each(['transactions', 'entries'])(
  '%s are never changed, not even by their owner',
  async (table) => {
    await expect(
      transaction((sql) => sql.unsafe(`truncate ledger.${table} cascade`)),
    ).rejects.toMatchObject({ detail: 'append_only' })

    const north = await signUpTenant('North Fiber')
    await within(north, () => post('a', 500))
    for (const attempt of [
      `update ledger.${table} set tenant_id = tenant_id`,
      `delete from ledger.${table}`,
    ]) {
      await expect(transaction((sql) => sql.unsafe(attempt))).rejects.toMatchObject({
        detail: 'append_only',
      })
    }
  },
)

test('people cannot write the ledger, nor call what posts', async () => {
  const north = await signUpTenant('North Fiber')
  await actAs(north.owner.claims)

  for (const attempt of [
    `insert into ledger.balances (tenant_id, account_id, amount_minor) values ('${north.id}', '${north.id}', 1)`,
    `select ledger.post('payment', 'x', 'test', '${north.id}', now(), '[]')`,
    `select access.act_for('${north.id}')`,
    `select * from ledger.offences()`,
  ]) {
    await expect(transaction((sql) => sql.unsafe(attempt))).rejects.toMatchObject({ code: '42501' })
  }
  await asOwner()
})

test('an account of another tenant cannot be posted to', async () => {
  const { north, south } = await twoTenants()
  const theirs = await within(south, () => account('cash_office'))

  await within(north, async () => {
    const lines = JSON.stringify([
      { account: theirs, amount_minor: 5 },
      { account: await account('revenue'), amount_minor: -5 },
    ])
    await expect(
      transaction(
        (sql) =>
          sql`select ledger.post('payment', 'x', 'test', ${uuid7()}, now(), ${lines}::text::jsonb)`,
      ),
    ).rejects.toMatchObject({ code: '23503' })
  })
})

test('what is heard of after a month is closed posts on the first open day and keeps its own', async () => {
  await setClock(noon('2026-10-05'))
  const north = await signUpTenant('North Fiber')
  const subscriber = await north.subscriber()
  await setClock(noon('2026-12-03'))
  await expect(north.owner.call('close_month', { month: '2026-12-01' })).rejects.toMatchObject({
    detail: 'month_not_over',
  })
  await north.owner.call('close_month', { month: '2026-10-01' })
  await north.owner.call('close_month', { month: '2026-11-01' })

  const taken = await pay(north.owner, {
    subscriber_id: subscriber,
    amount_minor: 5000,
    received_at: noon('2026-10-30'),
  })

  expect(
    await sql`
      select accounting_on::text, occurred_at from ledger.transactions where source_id = ${taken.payment_id}
    `,
  ).toEqual([{ accounting_on: '2026-12-01', occurred_at: new Date(noon('2026-10-30')) }])
  await expectSound(north)
})

test('the trial balance is zero, and only for those who may read the ledger', async () => {
  await setClock(noon('2026-10-05'))
  const north = await signUpTenant('North Fiber')
  await setClock(noon('2026-11-01'))
  const subscriber = await north.subscriber()
  await north.service(subscriber, await north.plan(), '2026-11-01')
  await bill(north, '2026-11-01')
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 120_000 })

  const lines =
    await north.owner.call<Array<{ code: string; balance_minor: number }>>('trial_balance')
  expect(lines.map(({ code, balance_minor }) => [code, balance_minor])).toEqual([
    ['cash_office', 120_000],
    ['subscriber_receivable', 0],
    ['subscriber_credit', -20_100],
    ['revenue', -99_900],
  ])
  const cashier = await north.member('payments.record')
  await expect(cashier.call('trial_balance')).rejects.toMatchObject({ code: 'PT403' })
  expect(await cashier.read('ledger_entries')).toEqual([])
})

test('the verifier names what is wrong', async () => {
  const north = await signUpTenant('North Fiber')
  const subscriber = await north.subscriber()
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 5000 })
  await sql`update ledger.balances set amount_minor = amount_minor - 1 where tenant_id = ${north.id}`

  expect(
    await sql`select distinct invariant from ledger.offences(${north.id}) order by invariant`,
  ).toEqual([{ invariant: 'a cached balance is the sum of its entries' }])
})
