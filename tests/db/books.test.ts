// The books: months closed and reopened, and what must be true of each book.

import { expect, test } from 'vitest'
import { ownDatabase, setClock, sql } from './database.ts'
import { billedSubscriber, phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { type Person, signUpTenant, type Stage, type Tenant } from './story.ts'

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

async function latePayment(by: Person, subscriber: string) {
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

  expect(await latePayment(cashier, subscriber)).toBe('2026-12-01')
  expect(await latePayment(isp.owner, subscriber)).toBe('2026-11-28')

  await isp.owner.call('close_month', { month: '2026-11-01' })
  expect(await latePayment(isp.owner, subscriber)).toBe('2026-12-01')
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

  const draft = uuid7()
  await setClock(noon('2026-11-30'))
  await isp.owner.call('save_invoice_draft', {
    draft: {
      id: draft,
      subscriber_id: subscriber,
      lines: [{ description: 'Relocation', amount_minor: 50_000 }],
    },
  })
  await setClock(noon('2026-12-03'))
  await expect(close('2026-11-01')).rejects.toMatchObject({ detail: 'drafts_open' })
  await isp.owner.call('discard_invoice_draft', { draft_id: draft })

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
  expect(await latePayment(isp.owner, subscriber)).toBe('2026-11-28')

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

test('a month closed while others post holds nothing that came after', async () => {
  const database = await ownDatabase()
  const isp = await signUpTenant('North Fiber', {
    sql: database.sql,
    actor: database.actor,
  } as unknown as Stage)
  const now = new Date()
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString()
  const inside = `${month.slice(0, 8)}20T04:00:00Z`
  const subscribers = await Promise.all(Array.from({ length: 6 }, () => isp.subscriber()))
  const post = (subscriber_id: string) =>
    pay(isp.owner, { subscriber_id, amount_minor: 1000, received_at: inside })
  await Promise.all(subscribers.map(post))

  const closing = isp.owner.call<{ closed_at: string }>('close_month', {
    month: month.slice(0, 10),
  })
  await Promise.all([...subscribers, ...subscribers].map(post))
  await closing
  const days = await database.sql<Array<{ day: string; count: number }>>`
    select date_trunc('month', accounting_on)::date::text as day, count(*)::int as count
    from ledger.transactions where tenant_id = ${isp.id} group by 1 order by 1
  `
  expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(18)
  expect(await database.sql`select * from ledger.offences(${isp.id})`).toEqual([])
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

/** A month under VAT with a void sale of prepaid time, a credit, cash in the field that is handed in, and money nobody knows yet. */
async function busyMonth() {
  await setClock(noon('2026-10-05'))
  const isp = await signUpTenant('North Fiber')
  await isp.owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-10-05',
  })
  const carlo = await isp.collector()
  const ana = await billedSubscriber(isp, carlo)
  const ben = await isp.subscriber({ name: 'Ben', tin: '123-456-789-00000' })
  const time = await isp.service(
    ben,
    await isp.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 100_000 }),
  )
  await bill(isp, '2026-11-01')
  const phone = await phoneOf(carlo)
  await phone.push(phone.payment(ana, 160_000))
  const sale = await pay(isp.owner, {
    subscriber_id: ben,
    subscription_id: time,
    amount_minor: 100_000,
  })
  const second = await isp.member('payments.approve_void')
  const { request_id } = await isp.owner.call<{ request_id: string }>('request_void', {
    payment_id: sale.payment_id,
    reason: 'the wrong plan',
  })
  await second.call('approve_void', { request_id })
  return { isp, ana, ben }
}

const NOVEMBER = { from_on: '2026-11-01', until_on: '2026-11-30' }

/** What moved on accounts in November, debit above zero. */
async function movement(isp: Tenant, ...codes: Array<string>) {
  const [row] = await sql<Array<{ moved: number }>>`
    select coalesce(sum(e.amount_minor), 0)::int as moved
    from ledger.entries as e
    join ledger.transactions as t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where e.tenant_id = ${isp.id} and a.code = any(${codes}) and t.accounting_on between '2026-11-01' and '2026-11-30'
  `
  return row?.moved
}

const MONEY = ['collector_cash', 'cash_office', 'bank', 'wallet_gcash', 'wallet_maya', 'cheques']

test('each book adds up to the ledger', async () => {
  const { isp } = await busyMonth()

  const [sales] = await isp.owner.call<Array<Record<string, number>>>('sales_book_totals', NOVEMBER)
  expect(sales?.['vat_minor']).toBe(-((await movement(isp, 'output_vat')) ?? 0))
  expect(sales?.['total_minor']).toBe(
    -((await movement(isp, 'output_vat', 'revenue', 'other_income', 'sales_allowances')) ?? 0),
  )
  expect(sales?.['vat_minor']).toBeGreaterThan(0)
  const rows = await isp.owner.read('sales_book')
  expect(rows.length).toBe(sales?.['row_count'])
  for (const row of rows) {
    expect(row['total_minor']).toBe(
      ['vatable', 'exempt', 'zero_rated', 'non_vat', 'vat'].reduce(
        (sum, part) => sum + Number(row[`${part}_minor`]),
        0,
      ),
    )
  }
  expect(rows.map((row) => [row['kind'], row['buyer_tin'] ?? null, row['is_void']])).toEqual(
    expect.arrayContaining([
      ['invoice', null, false],
      ['invoice', '123-456-789-00000', true],
      ['void', '123-456-789-00000', true],
    ]),
  )

  const [cash] = await isp.owner.call<Array<Record<string, number>>>(
    'cash_receipts_totals',
    NOVEMBER,
  )
  expect(cash?.['money_minor']).toBe(await movement(isp, ...MONEY))
  expect(cash?.['money_minor']).toBe(160_000)
  expect(cash?.['row_count']).toBe(3)

  const [journal] = await isp.owner.call<Array<Record<string, number>>>(
    'general_journal_totals',
    NOVEMBER,
  )
  expect(journal?.['debit_minor']).toBe(journal?.['credit_minor'])
  expect(journal?.['row_count']).toBe((await isp.owner.read('general_journal')).length)
  await expectSound(isp)
})

test('the parts of the cash book and of the journal make the whole, money that went back too', async () => {
  const { isp, ana } = await busyMonth()
  const taken = await pay(isp.owner, {
    subscriber_id: ana,
    method: 'gcash',
    reference: 'G 1',
    amount_minor: 50_000,
  })
  await isp.owner.call('refund', {
    refund: {
      id: uuid7(),
      payment_id: taken.payment_id,
      method: 'gcash',
      reference: 'G 2',
      amount_minor: 20_000,
      reason: 'paid too much',
    },
  })
  const totals = async (book: string, part: Record<string, string> = {}) => {
    const [sum] = await isp.owner.call<Array<Record<string, number>>>(`${book}_totals`, {
      ...NOVEMBER,
      ...part,
    })
    return sum ?? {}
  }

  const whole = await totals('cash_receipts')
  const [cash, gcash] = [
    await totals('cash_receipts', { method: 'cash' }),
    await totals('cash_receipts', { method: 'gcash' }),
  ]
  expect(gcash['money_minor']).toBe(await movement(isp, 'wallet_gcash'))
  expect(gcash).toMatchObject({ money_minor: 30_000, row_count: 2 })
  expect(cash['money_minor']).toBe(await movement(isp, 'collector_cash', 'cash_office'))
  for (const [sum, value] of Object.entries(whole)) {
    expect(Number(cash[sum]) + Number(gcash[sum]), sum).toBe(Number(value))
  }
  expect(await totals('cash_receipts', { branch: '00000' })).toEqual(whole)
  expect(await totals('cash_receipts', { branch: '00001' })).toMatchObject({ row_count: 0 })

  const [refunds, all] = [
    await totals('general_journal', { kind: 'refund' }),
    await totals('general_journal'),
  ]
  expect(refunds).toMatchObject({ debit_minor: 20_000, credit_minor: 20_000, row_count: 2 })
  expect(all['debit_minor']).toBe(all['credit_minor'])
  expect(await totals('general_journal', { account: 'wallet_gcash' })).toMatchObject({
    debit_minor: 50_000,
    credit_minor: 20_000,
  })
})

test('a sale that hides from its book is seen', async () => {
  const { isp } = await busyMonth()
  await sql`
    create or replace view api.sales_book with (security_invoker = true) as
      select b.* from (${sql.unsafe((await viewBody('api.sales_book')) ?? '')}) as b where b.kind <> 'void'
  `
  const [sales] = await isp.owner.call<Array<Record<string, number>>>('sales_book_totals', NOVEMBER)
  expect(sales?.['vat_minor']).not.toBe(-((await movement(isp, 'output_vat')) ?? 0))
})

async function viewBody(name: string) {
  const [row] = await sql<
    Array<{ body: string }>
  >`select rtrim(pg_get_viewdef(${name}::regclass), ';') as body`
  return row?.body
}

test('the books are read by those who may read the ledger', async () => {
  const { isp } = await busyMonth()
  const cashier = await isp.member('billing.read', 'payments.read')
  const other = await signUpTenant('South Fiber')
  for (const book of ['sales_book', 'cash_receipts_book', 'general_journal']) {
    expect(await other.owner.read(book)).toEqual([])
    expect((await isp.owner.read(book)).length).toBeGreaterThan(2)
  }
  expect(await cashier.read('cash_receipts_book')).toEqual([])
  expect(await cashier.read('general_journal')).toEqual([])
})

type Statement = {
  opening_minor: number
  closing_minor: number
  lines: Array<{
    on: string
    description: string | null
    debit_minor: number
    credit_minor: number
    balance_minor: number
  }>
  on_the_way: Array<{ kind: string; amount_minor: number }>
}

test('any statement adds up: opening, its lines, closing, and on to the next days', async () => {
  const { isp, ana } = await busyMonth()
  await bill(isp, '2026-12-01')
  await setClock(noon('2026-12-20'))
  await pay(isp.owner, { subscriber_id: ana, method: 'withholding', amount_minor: 1000 })
  const portal = await isp.portal(ana)
  const ask = (from_on: string, until_on: string, who: Pick<typeof portal, 'call'> = isp.owner) =>
    who.call<Statement>('subscriber_statement', { subscriber_id: ana, from_on, until_on })

  const whole = await ask('2026-01-01', '2026-12-31')
  expect(whole.opening_minor).toBe(0)
  expect(whole.lines.at(-1)?.description).toBe('Withholding certificate (still to come)')
  const [row] = await sql<Array<{ minor: number }>>`
    select coalesce(sum(b.amount_minor), 0)::int as minor from ledger.accounts as a
    join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
    where a.tenant_id = ${isp.id} and a.owner_id = ${ana}
  `
  expect(whole.closing_minor).toBe(row?.minor)
  expect(await ask('2026-01-01', '2026-12-31', portal)).toEqual(whole)

  let before = 0
  for (const [from, until] of [
    ['2026-01-01', '2026-10-31'],
    ['2026-11-01', '2026-11-01'],
    ['2026-11-02', '2026-12-31'],
  ] as const) {
    const part = await ask(from, until)
    expect(part.opening_minor).toBe(before)
    before = part.lines.reduce((balance, line) => {
      expect(line.balance_minor).toBe(balance + line.debit_minor - line.credit_minor)
      expect(line.on >= from && line.on <= until).toBe(true)
      return line.balance_minor
    }, part.opening_minor)
    expect(part.closing_minor).toBe(before)
  }
  expect(before).toBe(whole.closing_minor)
})

test('money the office knows of and has not booked for a subscriber is apart', async () => {
  const { isp, ana, ben } = await busyMonth()
  await sql`
    insert into collections.claims (tenant_id, id, subscriber_id, method, reference, amount_minor)
    values (${isp.id}, ${uuid7()}, ${ana}, 'gcash', 'G-77', 12300)
  `
  const days = { from_on: '2026-11-01', until_on: '2026-11-30' }
  const before = await isp.owner.call<Statement>('subscriber_statement', {
    subscriber_id: ana,
    ...days,
  })
  expect(before.on_the_way).toMatchObject([{ kind: 'claim', amount_minor: 12_300 }])
  expect(before.lines.some((line) => line.credit_minor === 12_300)).toBe(false)

  const other = await isp.owner.call<Statement>('subscriber_statement', {
    subscriber_id: ben,
    ...days,
  })
  expect(other.on_the_way).toEqual([])
})

test('cash of a phone that is parked is on the way until it is settled', async () => {
  await setClock(noon('2026-10-05'))
  const isp = await signUpTenant('North Fiber')
  const carlo = await isp.collector()
  const ana = await billedSubscriber(isp, carlo)
  const phone = await phoneOf(carlo)
  const payment = phone.payment(ana, 5000)
  // A service of somebody else: the cash is kept, and its owner is for the office to say.
  await phone.push({ ...payment, input: { ...payment.input, subscription_id: uuid7() } })
  const ask = () =>
    isp.owner.call<Statement>('subscriber_statement', {
      subscriber_id: ana,
      from_on: '2026-10-01',
      until_on: '2026-11-30',
    })

  const parked = await ask()
  expect(parked.on_the_way).toMatchObject([{ kind: 'phone', amount_minor: 5000 }])
  await isp.owner.call('settle_parked', { command_id: payment.id, subscriber_id: ana })
  const settled = await ask()
  expect(settled.on_the_way).toEqual([])
  expect(settled.closing_minor).toBe(parked.closing_minor - 5000)
})
