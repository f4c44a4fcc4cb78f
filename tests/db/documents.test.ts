// Printed documents: reprints, logos, series, and the papers of a run.

import { expect, test } from 'vitest'
import { ownDatabase, setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { signUpTenant, type Person, type Stage, type Tenant } from './story.ts'

async function invoiced(count = 1) {
  await setClock(noon('2026-10-05'))
  const isp = await signUpTenant('North Fiber')
  const plan = await isp.plan()
  const subscribers: Array<string> = []
  for (let index = 0; index < count; index += 1) {
    const subscriber = await isp.subscriber({ name: `Ana ${index}` })
    await isp.service(subscriber, plan, '2026-11-01')
    subscribers.push(subscriber)
  }
  await bill(isp, '2026-11-01')
  const [run] = await isp.owner.read('billing_runs')
  const invoices = await isp.owner.read('invoices')
  return { isp, subscribers, runId: String(run?.['id']), invoices }
}

const reprintOf = async (person: Pick<Person, 'call'>, kind: string, document_id: unknown) =>
  (await person.call<{ reprint: number }>('print_document', { kind, document_id })).reprint

test('every paper after the first is a reprint, whoever makes it', async () => {
  const { isp, subscribers, invoices } = await invoiced(2)
  const [first, second] = invoices
  const [subscriber] = subscribers
  expect(await reprintOf(isp.owner, 'invoice', first?.['id'])).toBe(0)
  expect(await reprintOf(isp.owner, 'invoice', first?.['id'])).toBe(1)
  expect(await reprintOf(isp.owner, 'invoice', second?.['id'])).toBe(0)

  const paid = await pay(isp.owner, { subscriber_id: subscriber, amount_minor: 5000 })
  const portal = await isp.portal(subscriber ?? '')
  expect(await reprintOf(portal, 'receipt', paid.payment_id)).toBe(0)
  expect(await reprintOf(isp.owner, 'receipt', paid.payment_id)).toBe(1)

  const other = await isp.portal(subscribers[1] ?? '')
  await expect(reprintOf(other, 'receipt', paid.payment_id)).rejects.toMatchObject({
    code: 'PT403',
  })
  expect((await isp.owner.read('prints')).length).toBe(5)
})

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)]).toString(
  'base64',
)

test('a logo is a small PNG or JPEG, and its address changes with it', async () => {
  const isp = await signUpTenant('North Fiber')
  const save = (logo: Record<string, unknown>) => isp.owner.call('save_logo', { logo })

  const saved = await save({ content_type: 'image/png', base64: PNG })
  expect(saved).toMatchObject({
    logo_path: expect.stringMatching(/^\/logo\/[0-9a-f]{16}$/) as string,
  })
  expect(await isp.owner.read('tenant')).toMatchObject([saved])
  for (const [logo, detail] of [
    [{ content_type: 'image/jpeg', base64: PNG }, 'logo_type'],
    [{ content_type: 'image/svg+xml', base64: PNG }, 'logo_type'],
    [{ content_type: 'image/png', base64: 'no base64!' }, 'logo_size'],
    [{ content_type: 'image/png', base64: Buffer.alloc(300_000).toString('base64') }, 'logo_size'],
  ] as const) {
    await expect(save(logo)).rejects.toMatchObject({ detail })
  }
  const other = await signUpTenant('South Fiber')
  expect(await other.owner.read('logos')).toEqual([])
  await expect(
    (await isp.member('billing.read')).call('save_logo', { logo: {} }),
  ).rejects.toMatchObject({ code: 'PT403' })
  await save({})
  expect(await isp.owner.read('logos')).toEqual([])
})

test('a series is free until its first number; then only its prefix changes', async () => {
  const { isp } = await invoiced()
  const save = (series: Record<string, unknown>) =>
    isp.owner.call('save_series', { series: { id: uuid7(), ...series } })

  await expect(save({ kind: 'invoice', prefix: 'SI-', next_number: 500 })).rejects.toMatchObject({
    detail: 'series_used',
  })
  await save({ kind: 'invoice', prefix: 'SI-' })
  await bill(isp, '2026-12-01')
  expect((await isp.owner.read('invoices')).map((invoice) => invoice['number']).sort()).toEqual([
    'INV-000001',
    'SI-000002',
  ])

  await isp.owner.call('save_branch', {
    branch: { id: uuid7(), code: '00001', name: 'Solana', invoice_prefix: 'B-' },
  })
  await expect(save({ kind: 'invoice', branch: '00001', prefix: 'SI-' })).rejects.toMatchObject({
    detail: 'prefix_taken',
  })
  // The main branch is at SI- now; what it issued as INV- is on paper all the same.
  await expect(save({ kind: 'invoice', branch: '00001', prefix: 'INV-' })).rejects.toMatchObject({
    detail: 'prefix_taken',
  })
  await expect(save({ branch: '00001', prefix: 'X-' })).rejects.toMatchObject({ code: 'PT422' })
  await save({ kind: 'invoice', branch: '00001', prefix: 'B1-', next_number: 700 })
  await save({ kind: 'invoice', branch: '00001', prefix: 'B1-', next_number: 800 })
  await expect(save({ kind: 'receipt', branch: '00001', prefix: 'B1-' })).rejects.toMatchObject({
    detail: 'receipts_one_series',
  })
  await expect(save({ kind: 'invoice', branch: 'x', prefix: 'B2-' })).rejects.toMatchObject({
    detail: 'branch_unknown',
  })
  await expect(save({ kind: 'invoice', prefix: 'lower' })).rejects.toMatchObject({
    detail: 'invalid_prefix',
  })
  const logged = await sql`
    select 1 from audit.entries where tenant_id = ${isp.id} and table_name = 'tenancy.series_changes'
  `
  expect(logged.length).toBe(5)
  await expectSound(isp)
})

type Part = { part: number; invoices: Array<{ number: string; reprint: number }> } | null

const take = (person: Person, batch_id: string) => person.call<Part>('take_part', { batch_id })
const keep = (person: Person, batch_id: string, part: number, pdf: string | null) =>
  person.call('keep_part', { batch_id, part, pdf, error: pdf ? null : 'no paper' })
const PDF = Buffer.from('%PDF-').toString('base64')

test('the papers of a run are made in parts that survive the one who draws them', async () => {
  const { isp, runId } = await invoiced(30)
  const batch_id = uuid7()
  const start = () => isp.owner.call('start_batch', { batch: { id: batch_id, run_id: runId } })
  expect(await start()).toEqual(await start())

  const first = await take(isp.owner, batch_id)
  const second = await take(isp.owner, batch_id)
  expect([first?.invoices.length, second?.invoices.length]).toEqual([25, 5])
  expect(await take(isp.owner, batch_id)).toBeNull()
  await keep(isp.owner, batch_id, 2, PDF)
  expect(await isp.owner.read('batches')).toMatchObject([{ state: 'running', done_count: 1 }])

  // The one who took the first part is gone; its lease runs out.
  await setClock('2026-11-01T12:03:00+08:00')
  expect((await take(isp.owner, batch_id))?.part).toBe(1)
  await keep(isp.owner, batch_id, 1, PDF)
  await keep(isp.owner, batch_id, 1, PDF)
  expect(await isp.owner.read('batches')).toMatchObject([{ state: 'done', done_count: 2 }])
  expect(await isp.owner.call('part_pdf', { batch_id, part: 1 })).toBe(PDF)
  expect((await isp.owner.read('prints')).length).toBe(30)
  const [invoice] = await isp.owner.read('invoices')
  expect(await reprintOf(isp.owner, 'invoice', invoice?.['id'])).toBe(1)
})

test('a part that cannot be drawn is tried three times, and again when somebody says so', async () => {
  const { isp, runId } = await invoiced(1)
  const batch_id = uuid7()
  await isp.owner.call('start_batch', { batch: { id: batch_id, run_id: runId } })
  for (let time = 0; time < 3; time += 1) {
    expect(await take(isp.owner, batch_id)).not.toBeNull()
    await keep(isp.owner, batch_id, 1, null)
  }
  expect(await take(isp.owner, batch_id)).toBeNull()
  expect(await isp.owner.read('batches')).toMatchObject([
    { state: 'failed', last_error: 'no paper' },
  ])
  await isp.owner.call('retry_batch', { batch_id })
  expect(await take(isp.owner, batch_id)).not.toBeNull()
})

test('another ISP takes no part of it', async () => {
  const { isp, runId } = await invoiced(1)
  const batch_id = uuid7()
  await isp.owner.call('start_batch', { batch: { id: batch_id, run_id: runId } })
  const other: Tenant = await signUpTenant('South Fiber')
  expect(await take(other.owner, batch_id)).toBeNull()
  expect(await other.owner.call('part_pdf', { batch_id, part: 1 })).toBeNull()
  await expect(
    other.owner.call('start_batch', { batch: { id: uuid7(), run_id: runId } }),
  ).rejects.toMatchObject({ detail: 'run_unknown' })
})

test('printers at once never make the same copy', async () => {
  const database = await ownDatabase()
  const isp = await signUpTenant('North Fiber', {
    sql: database.sql,
    actor: database.actor,
  } as unknown as Stage)
  const paid = await pay(isp.owner, {
    subscriber_id: await isp.subscriber(),
    amount_minor: 5000,
  })
  const copies = await Promise.all(
    Array.from({ length: 8 }, () => reprintOf(isp.owner, 'receipt', paid.payment_id)),
  )
  expect(copies.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})
