// Branches: each numbers its own invoices and credit notes, without gaps, whoever bills beside it.

import { expect, test } from 'vitest'
import { ownDatabase, setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { signUpTenant, type Stage, type Tenant } from './story.ts'

const SOLANA = { code: '00001', name: 'Solana', address: 'Centro, Solana, Cagayan' }

const open = (isp: Tenant, branch: Record<string, unknown> = SOLANA) =>
  isp.owner.call('save_branch', { branch: { id: uuid7(), ...branch } })

async function twoBranches(stage?: Stage) {
  if (!stage) await setClock(noon('2026-10-05'))
  const isp = await signUpTenant('North Fiber', stage)
  await isp.owner.call('save_tenant', { tenant: { tin: '123-456-789' } })
  await open(isp)
  const plan = await isp.plan()
  const subscribe = async (branch?: string) => {
    const subscriber = await isp.subscriber(branch ? { branch } : {})
    await isp.service(subscriber, plan, '2026-11-01')
    return subscriber
  }
  return { isp, subscribe }
}

const numbersOf = async (isp: Tenant) =>
  (await isp.owner.read('invoices')).map((invoice) => String(invoice['number'])).sort()

test('a run numbers the invoices of each branch without gaps, and prints who sells there', async () => {
  const { isp, subscribe } = await twoBranches()
  const [first, second] = [await subscribe(), await subscribe('00001')]
  await subscribe('00000')
  await subscribe('00001')
  await bill(isp, '2026-11-01')

  expect(await numbersOf(isp)).toEqual([
    'INV-000001',
    'INV-000002',
    'INV-00001-000001',
    'INV-00001-000002',
  ])
  const sellerOf = async (subscriber_id: string) => {
    const [invoice] = await isp.owner.read('invoices', { subscriber_id })
    const document = await isp.owner.call<{ seller: Record<string, string> }>('invoice_document', {
      invoice_id: invoice?.['id'],
    })
    return document.seller
  }
  expect(await sellerOf(first)).toMatchObject({ tin: '123-456-789-00000', branch: '00000' })
  expect(await sellerOf(second)).toMatchObject({
    tin: '123-456-789-00001',
    branch: '00001',
    branch_name: 'Solana',
    address: SOLANA.address,
  })

  const { payment_id } = await pay(isp.owner, { subscriber_id: second, amount_minor: 5000 })
  const receipt = await isp.owner.call<Record<string, unknown>>('receipt_document', { payment_id })
  expect(receipt).toMatchObject({
    receipt_number: 'R-000001',
    seller: { tin: '123-456-789-00001', branch_name: 'Solana' },
  })
  await expectSound(isp)
})

test('a credit note has the branch of its invoice, also after the subscriber moved', async () => {
  const { isp, subscribe } = await twoBranches()
  const subscriber = await subscribe('00001')
  await bill(isp, '2026-11-01')
  await isp.owner.call('save_subscriber', {
    subscriber: { id: subscriber, name: 'Ana Reyes', branch: '00000' },
  })
  const [invoice] = await isp.owner.read('invoices')
  const note = await isp.owner.call('issue_credit_note', {
    credit_note: { id: uuid7(), invoice_id: invoice?.['id'], amount_minor: 500, reason: 'slow' },
  })
  expect(note).toMatchObject({ number: 'CN-00001-000001' })
  await bill(isp, '2026-12-01')
  expect(await numbersOf(isp)).toEqual(['INV-000001', 'INV-00001-000001'])
  await expectSound(isp)
})

test('the sales book tells branches apart, and their sums make the whole', async () => {
  const { isp, subscribe } = await twoBranches()
  await subscribe('00000')
  const second = await subscribe('00001')
  await bill(isp, '2026-11-01')
  const invoice = (await isp.owner.read('invoices')).find((one) => one.subscriber_id === second)
  await isp.owner.call('issue_credit_note', {
    credit_note: { id: uuid7(), invoice_id: invoice?.['id'], amount_minor: 500, reason: 'slow' },
  })

  const rows = await isp.owner.read('sales_book')
  expect(rows.map(({ branch, kind }) => `${String(branch)} ${String(kind)}`).sort()).toEqual([
    '00000 invoice',
    '00001 credit_note',
    '00001 invoice',
  ])
  const totals = async (branch?: string) => {
    const [sum] = await isp.owner.call<Array<{ row_count: number; total_minor: number }>>(
      'sales_book_totals',
      { from_on: '2026-01-01', until_on: '2027-12-31', branch },
    )
    return [Number(sum?.row_count), Number(sum?.total_minor)] as const
  }
  const [whole, head, solana] = [await totals(), await totals('00000'), await totals('00001')]
  expect(solana[0]).toBe(2)
  expect(head[0] + solana[0]).toBe(whole[0])
  expect(head[1] + solana[1]).toBe(whole[1])
})

test('new subscribers belong to the default branch, which another branch may become', async () => {
  const { isp, subscribe } = await twoBranches()
  await subscribe()
  const [solana] = await isp.owner.read('branches', { code: '00001' })
  await open(isp, { ...SOLANA, id: solana?.['id'], is_default: true })
  const moved = await subscribe()
  await isp.owner.call('save_subscriber', { subscriber: { id: moved, name: 'Ben Cruz' } })
  await bill(isp, '2026-11-01')

  expect(await numbersOf(isp)).toEqual(['INV-000001', 'INV-00001-000001'])
  expect(await isp.owner.read('branches')).toMatchObject([
    { code: '00000', is_default: false, subscriber_count: 1 },
    { code: '00001', is_default: true, subscriber_count: 1 },
  ])
  const logged = await sql`
    select 1 from audit.entries where tenant_id = ${isp.id} and table_name = 'tenancy.branches'`
  expect(logged.length).toBe(4)
})

test.each([
  [{ code: '1' }, 'invalid_branch'],
  [{ code: '00002', name: ' ' }, 'invalid_branch'],
  [{ code: '00001', name: 'Again' }, 'branch_taken'],
  [{ code: '00002', name: 'Aparri', invoice_prefix: 'INV-' }, 'prefix_taken'],
  [{ code: '00002', name: 'Aparri', invoice_prefix: 'a_b' }, 'invalid_prefix'],
])('a branch of %o is refused as %s', async (branch, detail) => {
  const { isp } = await twoBranches()
  await expect(open(isp, branch)).rejects.toMatchObject({ detail })
  expect((await isp.owner.read('branches')).length).toBe(2)
})

test('a branch is kept in order: its code stays, the default stays open, one with subscribers too', async () => {
  const { isp, subscribe } = await twoBranches()
  const subscriber = await subscribe('00001')
  const [head, solana] = await isp.owner.read('branches')
  const save = (branch: Record<string, unknown>) => isp.owner.call('save_branch', { branch })

  await expect(save({ ...SOLANA, id: solana?.['id'], code: '00009' })).rejects.toMatchObject({
    detail: 'branch_code',
  })
  await expect(save({ ...SOLANA, id: solana?.['id'], is_open: false })).rejects.toMatchObject({
    message: 'Branch 00001 still bills one subscriber. Move them to another branch first.',
  })
  for (const change of [{ is_default: false }, { is_default: true, is_open: false }]) {
    await expect(save({ ...head, ...change })).rejects.toMatchObject({ detail: 'branch_default' })
  }
  const move = { subscriber: { id: subscriber, name: 'Ana Reyes', branch: '00000' } }
  await isp.owner.call('save_subscriber', move)
  await save({ ...SOLANA, id: solana?.['id'], is_open: false })
  await expect(
    isp.owner.call('save_subscriber', { subscriber: { ...move.subscriber, branch: '00001' } }),
  ).rejects.toMatchObject({ detail: 'branch_unknown' })

  const clerk = await isp.member('subscribers.manage')
  await expect(clerk.call('save_branch', { branch: SOLANA })).rejects.toMatchObject({
    code: 'PT403',
  })
})

test('the subscribers of a barangay move to a branch together', async () => {
  const { isp } = await twoBranches()
  const [found] = await isp.owner.call<Array<{ code: string }>>('search_psgc', {
    query: 'carmen cagayan de oro',
  })
  await isp.owner.call('pick_barangays', { codes: [found?.code] })
  const [barangay] = await isp.owner.read('barangays')
  await isp.subscriber({ barangay_id: barangay?.['id'] ?? null })
  await isp.subscriber()

  const move = { code: '00001', barangays: [barangay?.['id']] }
  expect(await isp.owner.call('move_to_branch', move)).toEqual({ moved: 1 })
  expect(await isp.owner.call('move_to_branch', move)).toEqual({ moved: 0 })
  expect(await isp.owner.read('branches', { code: '00001' })).toMatchObject([
    { subscriber_count: 1 },
  ])
  await expect(isp.owner.call('move_to_branch', { ...move, code: '00007' })).rejects.toMatchObject({
    detail: 'branch_unknown',
  })
})

test('two branches that bill and credit at once leave no gap in either series', async () => {
  const database = await ownDatabase()
  const isp = await signUpTenant('North Fiber', database)
  await open(isp)
  const subscribers: Array<string> = []
  for (let index = 0; index < 12; index += 1) {
    subscribers.push(await isp.subscriber({ branch: index % 2 ? '00001' : '00000' }))
  }
  /** Bills a charge and credits it; the second of each pair is refused on the way and takes its number back. */
  const billAndCredit = async (subscriber_id: string, credited: number) => {
    const id = uuid7()
    await isp.owner.call('save_charge', {
      charge: { id, subscriber_id, kind: 'one_time', description: 'Router', amount_minor: 10_000 },
    })
    const billed = await isp.owner.call<{ invoice_id: string }>('bill_charge', {
      charge_id: id,
      seen_count: 0,
    })
    await isp.owner.call('issue_credit_note', {
      credit_note: {
        id: uuid7(),
        invoice_id: billed.invoice_id,
        amount_minor: credited,
        reason: 'returned',
      },
    })
  }
  const done = await Promise.allSettled([
    ...subscribers.map((subscriber) => billAndCredit(subscriber, 10_000)),
    ...subscribers.map((subscriber) => billAndCredit(subscriber, 10_001)),
  ])
  expect(done.filter(({ status }) => status === 'fulfilled').length).toBe(12)

  const series = await database.sql`
    select i.branch, count(*)::int, max(i.serial)::int as last from billing.invoices as i group by 1
    union all
    select n.branch, count(*)::int, max(n.serial)::int from billing.credit_notes as n group by 1
    order by 1, 2`
  expect(series).toEqual([
    { branch: '00000', count: 6, last: 6 },
    { branch: '00000', count: 12, last: 12 },
    { branch: '00001', count: 6, last: 6 },
    { branch: '00001', count: 12, last: 12 },
  ])
  expect(await database.sql`select invariant, detail from ledger.offences(${isp.id})`).toEqual([])
})
