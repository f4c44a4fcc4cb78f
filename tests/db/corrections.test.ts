// Whatever is put right, in any order and by many hands at once, every invariant holds.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  askAndVoid,
  bounce,
  credit,
  type Done,
  type Invoice,
  limitOf,
  north,
  refund,
  subscriber,
  transfer,
  voidInvoice,
  withVat,
  writeOff,
} from './corrections.ts'
import { ownDatabase } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, pay } from './money.ts'
import { signUpTenant, type Stage } from './story.ts'

const step = fc.record({
  does: fc.constantFrom(
    'pay',
    'pay',
    'credit',
    'void',
    'invoice',
    'refund',
    'back',
    'move',
    'lose',
    'bill',
    'bounce',
    'recover',
  ),
  amount: fc.integer({ min: 1, max: 250_000 }),
  which: fc.nat({ max: 50 }),
})

test.each(fc.sample(fc.array(step, { minLength: 30, maxLength: 30 }), { numRuns: 5, seed: 7 }))(
  'any story of money and corrections keeps every invariant',
  async (...steps) => {
    await limitOf(null)
    await withVat()
    const other = await north.subscriber({ name: 'Ben' })
    await north.service(other, await north.plan({ price_minor: 77_700 }), '2026-12-01')
    let month = 12
    let done = 0

    for (const { does, amount, which } of steps) {
      const payments = await north.owner.read<{ id: string; method: string; stage: string }>(
        'payments',
      )
      const standing = payments.filter(({ stage }) => stage !== 'void')
      const payment = standing[which % Math.max(standing.length, 1)]?.id
      const all = await north.owner.read<Invoice>('invoices')
      const invoice = all[which % all.length]?.id
      const whom = which % 2 === 0 ? subscriber : other
      const act = {
        pay: () =>
          pay(north.owner, {
            subscriber_id: whom,
            amount_minor: amount,
            ...(which % 3 === 0 ? { method: 'cheque', reference: uuid7() } : {}),
          }),
        credit: () => credit({ invoice_id: invoice, amount_minor: amount }),
        void: () => (payment ? askAndVoid(payment) : null),
        invoice: () => voidInvoice({ invoice_id: invoice }),
        refund: () => refund({ subscriber_id: whom, method: 'cash', amount_minor: amount }),
        back: () => refund({ payment_id: payment, method: 'cash', amount_minor: amount }),
        move: () => transfer({ payment_id: payment, subscriber_id: whom }),
        lose: () => writeOff({ invoice_id: invoice }),
        bounce: () => bounce({ payment_id: payment, fee_minor: which }),
        recover: () =>
          pay(north.owner, { subscriber_id: whom, amount_minor: amount, invoices: [invoice] }),
        bill: async () => {
          month += 1
          const year = 2026 + Math.floor((month - 1) / 12)
          await bill(north, `${year}-${String(((month - 1) % 12) + 1).padStart(2, '0')}-01`)
        },
      }[does]
      // A refusal is an answer too: it leaves nothing behind.
      const answer = await Promise.resolve(act?.()).then(
        () => 'done',
        (error: { code?: string }) => error.code ?? String(error),
      )
      expect(answer).toMatch(/^done$|^PT4/)
      if (answer === 'done') done += 1
      await expectSound(north)
    }
    expect(done).toBeGreaterThan(8)
  },
)

test('the same refund, credit and approval from many hands at once happen once', async () => {
  const own = await ownDatabase()
  const stage = { sql: own.sql, actor: own.actor } as unknown as Stage
  const isp = await signUpTenant('Busy Fiber', stage)
  const ana = await isp.subscriber()
  await pay(isp.owner, { subscriber_id: ana, amount_minor: 100_000 })
  const one = {
    id: uuid7(),
    subscriber_id: ana,
    method: 'cash',
    amount_minor: 30_000,
    reason: 'Left',
  }

  const same = await Promise.all(
    Array.from({ length: 6 }, () => isp.owner.call<Done>('refund', { refund: one })),
  )
  expect(same.filter(({ duplicate }) => !duplicate)).toHaveLength(1)

  const many = await Promise.allSettled(
    Array.from({ length: 6 }, () =>
      isp.owner.call<Done>('refund', { refund: { ...one, id: uuid7() } }),
    ),
  )
  expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  expect(await isp.owner.read('subscribers')).toMatchObject([{ credit_minor: 10_000 }])
  expect(await own.sql`select * from ledger.offences()`).toEqual([])
})
