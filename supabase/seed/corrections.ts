// A few things of the demo go wrong and are put right, so that its office has something to decide.

import { type DemoIsp, newId } from './isp.ts'

type Open = { id: string; subscriber_id: string; balance_minor: number }

const CREDIT_MINOR = 15_000
const DEPOSIT_MINOR = 300_000
const WITHHELD_BASIS_POINTS = 200

/**
 * A credit note for an outage, a certificate that is still to come, an old debt given up, and, waiting for a second
 * person, a void and a deposit that goes back.
 */
export async function correctSome(demo: DemoIsp, now: Date) {
  const [stormy, withholding] = await openInvoices(demo, now)
  if (stormy) {
    await demo.owner.as(now, (rpc) =>
      rpc('issue_credit_note', {
        id: newId(),
        invoice_id: stormy.id,
        amount_minor: Math.min(CREDIT_MINOR, stormy.balance_minor),
        reason: 'Five days without signal after the storm',
      }),
    )
  }
  await demo.cashier.as(now, async (rpc, sql) => {
    if (withholding) {
      await rpc('record_payment', {
        id: newId(),
        subscriber_id: withholding.subscriber_id,
        method: 'withholding',
        amount_minor: Math.round((withholding.balance_minor * WITHHELD_BASIS_POINTS) / 10_000),
        note: '2 % withheld; Form 2307 follows after the quarter',
      })
    }
    const [taken] = await sql<Array<{ id: string }>>`
      select p.id from api.payments as p
      where p.stage = 'posted' and p.channel = 'counter' and p.method = 'cash' and p.subscription_id is null
      order by p.received_at desc limit 1
    `
    if (taken) await rpc('request_void', taken.id, 'Taken for the neighbour of the same name')
  })
  await holdDeposit(demo, now)
}

function openInvoices(demo: DemoIsp, now: Date) {
  return demo.owner.as(
    now,
    (_, sql) => sql<Array<Open>>`
      select i.id, i.subscriber_id, i.balance_minor::int from api.invoices as i
      where i.state = 'open' order by i.account_no desc, i.due_on limit 2
    `,
  )
}

/** Above the limit, so the owner asks and the manager decides. */
async function holdDeposit({ owner, cashier }: DemoIsp, now: Date) {
  const subscriber = await cashier.as(now, async (rpc, sql) => {
    const [business] = await sql<Array<{ id: string }>>`
      select s.id from api.subscribers as s
      where s.balance_minor = 0 and s.status = 'active' order by s.kind, s.account_no limit 1
    `
    if (business)
      await rpc('take_deposit', {
        id: newId(),
        payment_id: newId(),
        subscriber_id: business.id,
        method: 'cash',
        amount_minor: DEPOSIT_MINOR,
        note: 'For the router at the shop',
      })
    return business
  })
  if (!subscriber) return
  await owner.as(now, (rpc) =>
    rpc('return_deposit', {
      id: newId(),
      subscriber_id: subscriber.id,
      amount_minor: DEPOSIT_MINOR,
      method: 'gcash',
      reference: '7012 884 310',
      reason: 'The router came back in order',
    }),
  )
}
