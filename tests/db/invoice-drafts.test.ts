// Invoices written by hand: a draft has no number and moves no money; issuing it makes one invoice, whoever presses how often.

import { beforeEach, expect, test } from 'vitest'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { expectSound, noon } from './money.ts'
import { signUpTenant, type Tenant } from './story.ts'

let north: Tenant
let subscriber: string

beforeEach(async () => {
  await setClock(noon('2026-11-20'))
  north = await signUpTenant('North Fiber')
  subscriber = await north.subscriber()
})

const cable = { description: 'Cat6 cable, 20 m', amount_minor: 60_000 }
const labour = { description: 'Labour', amount_minor: 50_000 }

type Saved = { id: string; revision: number; duplicate: boolean }
type Issued = { invoice_id: string; number: string; total_minor: number; duplicate: boolean }

const save = (draft: Record<string, unknown>, who = north.owner) =>
  who.call<Saved>('save_invoice_draft', {
    draft: { subscriber_id: subscriber, lines: [cable, labour], ...draft },
  })
const issue = (draft_id: string, revision: number, who = north.owner) =>
  who.call<Issued>('issue_invoice_draft', { draft_id, revision })

async function invoices() {
  return north.owner.read('invoices', { subscriber_id: subscriber })
}

test('a draft moves no money; issued, it is an invoice with its lines, VAT and posting', async () => {
  await north.owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-11-01',
  })
  const { id, revision } = await save({
    id: uuid7(),
    lines: [
      cable,
      { ...labour, vat_class: 'exempt' },
      { description: 'Less', amount_minor: -4_000 },
    ],
  })
  expect(await invoices()).toEqual([])

  const issued = await issue(id, revision)
  expect(issued).toMatchObject({ total_minor: 106_000, duplicate: false })
  expect(await invoices()).toMatchObject([
    { number: issued.number, state: 'open', vat_minor: 6_000, total_minor: 106_000 },
  ])
  expect(await north.owner.read('invoice_drafts', { id })).toMatchObject([
    { state: 'issued', invoice_number: issued.number },
  ])
  await expectSound(north)
})

test('issued twice, by two people at once, it is one invoice', async () => {
  const { id, revision } = await save({ id: uuid7() })
  const second = await north.member('invoices.manage')
  const answers = await Promise.all([
    issue(id, revision),
    issue(id, revision, second),
    issue(id, revision),
  ])

  expect(new Set(answers.map(({ number }) => number)).size).toBe(1)
  expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1)
  expect(await invoices()).toHaveLength(1)
})

test('credit pays it first, and it is due on the day it says', async () => {
  await north.owner.call('record_payment', {
    payment: {
      id: uuid7(),
      subscriber_id: subscriber,
      method: 'cash',
      amount_minor: 100_000,
      received_at: noon('2026-11-20'),
    },
  })
  const { id } = await save({ id: uuid7(), due_on: '2026-12-24' })
  await issue(id, 1)
  expect(await invoices()).toMatchObject([{ balance_minor: 10_000, due_on: '2026-12-24' }])
  await expectSound(north)
})

test('what somebody changed meanwhile is neither overwritten nor issued unread', async () => {
  const { id } = await save({ id: uuid7() })
  await save({ id, revision: 1, lines: [cable] })

  await expect(save({ id, revision: 1, lines: [labour] })).rejects.toMatchObject({
    detail: 'draft_changed',
  })
  await expect(issue(id, 1)).rejects.toMatchObject({ detail: 'draft_changed' })
  expect(await save({ id, revision: 1, lines: [cable] })).toMatchObject({ duplicate: true })
  expect(await issue(id, 2)).toMatchObject({ total_minor: 60_000 })
})

test('an issued draft is a fact, a discarded one is gone, and each says so', async () => {
  const { id } = await save({ id: uuid7() })
  await issue(id, 1)
  await expect(save({ id, revision: 1, lines: [cable] })).rejects.toMatchObject({
    detail: 'draft_issued',
  })
  await expect(north.owner.call('discard_invoice_draft', { draft_id: id })).rejects.toMatchObject({
    detail: 'draft_issued',
  })

  const other = await save({ id: uuid7() })
  await north.owner.call('discard_invoice_draft', { draft_id: other.id })
  await north.owner.call('discard_invoice_draft', { draft_id: other.id })
  await expect(issue(other.id, 1)).rejects.toMatchObject({ detail: 'draft_discarded' })
  await expect(
    sql`update billing.invoice_drafts set invoice_id = null where id = ${id}`,
  ).rejects.toThrow(/facts/)
})

test('nonsense is answered by a sentence', async () => {
  const id = uuid7()
  for (const [lines, detail] of [
    [[], 'line_count'],
    ['cable', 'line_count'],
    [[{ description: ' ', amount_minor: 1 }], 'invalid_lines'],
    [[{ description: 'Cable' }], 'invalid_amount'],
    [[{ description: 'Cable', amount_minor: 0 }], 'invalid_amount'],
    [[{ description: 'Cable', amount_minor: 'much' }], 'invalid_lines'],
    [[{ description: 'Cable', amount_minor: 1.5 }], 'invalid_lines'],
    [[{ ...cable, vat_class: 'some' }], 'invalid_lines'],
    [[cable, { description: 'Less', amount_minor: -60_000 }], 'nothing_to_charge'],
    [
      [
        { ...cable, vat_class: 'exempt' },
        { description: 'Less', amount_minor: -1 },
      ],
      'nothing_to_charge',
    ],
    [Array.from({ length: 51 }, () => cable), 'line_count'],
  ] as const) {
    await expect(save({ id, lines }), JSON.stringify(lines)).rejects.toMatchObject({ detail })
  }
  await expect(save({ id: 'x' })).rejects.toMatchObject({ detail: 'id_missing' })
  await expect(save({ id, due_on: '2026-02-30' })).rejects.toMatchObject({ detail: 'invalid_day' })
  await expect(save({ id, revision: 'x' })).rejects.toMatchObject({ detail: 'invalid_draft' })
  await expect(save({ id, subscriber_id: uuid7() })).rejects.toMatchObject({
    detail: 'subscriber_unknown',
  })
  const late = await save({ id, due_on: '2026-11-19' })
  await expect(issue(late.id, 1)).rejects.toMatchObject({ detail: 'due_past' })
  const reader = await north.member('billing.read')
  await expect(save({ id: uuid7() }, reader)).rejects.toMatchObject({ code: 'PT403' })
  await expect(issue(late.id, 1, reader)).rejects.toMatchObject({ code: 'PT403' })
})
