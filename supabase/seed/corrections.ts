// A few things of the demo go wrong and are put right, so that its office has something to decide.

import { type DemoIsp, newId } from './isp.ts'

type Open = { id: string; subscriber_id: string; balance_minor: number }

const CREDIT_MINOR = 15_000
const WITHHELD_BASIS_POINTS = 200

/** A credit note for an outage, a certificate that is still to come, an old debt given up, and a void that waits for the owner. */
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
