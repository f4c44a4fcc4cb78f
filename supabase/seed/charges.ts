// What a few subscribers pay besides their plan, what they get off it, what they left as a deposit, and time bought ahead.

import { at, type DemoIsp, newId } from './isp.ts'

type Given = {
  kind: 'one_time' | 'discount'
  description: string
  amount_minor?: number
  percent_bp?: number
  parts?: number
  times?: number
  is_conditional?: boolean
}

const GIVEN: ReadonlyArray<Given> = [
  { kind: 'one_time', description: 'Router', amount_minor: 250_000, parts: 6 },
  { kind: 'one_time', description: 'Public IP address', amount_minor: 20_000, times: 0 },
  { kind: 'discount', description: 'Loyal customer', percent_bp: 1_000, times: 0 },
  {
    kind: 'discount',
    description: 'Paying on time',
    amount_minor: 5_000,
    times: 0,
    is_conditional: true,
  },
  { kind: 'one_time', description: 'Cable moved', amount_minor: 50_000 },
]

const DEPOSIT_MINOR = 100_000
const DEPOSITS = 3

/** Somewhere in the months: charges and discounts for some, deposits, and a discount for all who take a plan. */
export async function addCharges({ owner, isp }: DemoIsp, day: string) {
  await owner.as(at(day, '00:06'), async (rpc, sql) => {
    const subscribers = await sql<Array<{ id: string }>>`
      select s.id from api.subscribers as s
      where exists (select from api.subscriptions as u where u.subscriber_id = s.id and u.billing_mode = 'postpaid' and u.state = 'active')
      order by s.account_no limit 12
    `
    for (const [index, { id }] of subscribers.entries()) {
      const given = GIVEN[index % GIVEN.length]
      await rpc('save_charge', { id: newId(), subscriber_id: id, starts_on: day, ...given })
      if (index < DEPOSITS)
        await rpc('take_deposit', {
          id: newId(),
          payment_id: newId(),
          subscriber_id: id,
          amount_minor: DEPOSIT_MINOR,
          method: 'cash',
          note: 'Deposit for the modem',
        })
    }
    const [plan] = await sql<Array<{ id: string }>>`
      select id from api.plans where name = ${isp.plans.find(({ mode }) => mode === 'postpaid')?.name ?? ''}
    `
    if (plan)
      await rpc('save_plan_discount', {
        id: newId(),
        plan_id: plan.id,
        description: 'Welcome',
        percent_bp: 2_000,
        months: 2,
        starts_on: day,
      })
  })
}

/** Two prepaid subscribers bought ahead, and one paid without saying what for. */
export async function buyAhead({ cashier, isp }: DemoIsp, now: Date) {
  const price = isp.plans.find(({ mode }) => mode === 'prepaid')?.priceMinor ?? 0
  await cashier.as(now, async (rpc, sql) => {
    const services = await sql<Array<{ id: string; subscriber_id: string }>>`
      select u.id, u.subscriber_id from api.subscriptions as u join api.subscribers as s on s.id = u.subscriber_id
      where u.billing_mode = 'prepaid' and u.is_on and s.balance_minor = 0 order by s.account_no limit 3
    `
    for (const [index, service] of services.entries()) {
      const isAhead = index < 2
      for (const amount of isAhead ? [price, Math.round(price / 2)] : [15_000])
        await rpc('record_payment', {
          id: newId(),
          subscriber_id: service.subscriber_id,
          subscription_id: isAhead ? service.id : null,
          method: 'cash',
          amount_minor: amount,
        })
    }
  })
}

/** One invoice written by hand waits to be issued. */
export async function writeDraft({ owner }: DemoIsp, now: Date) {
  await owner.as(now, async (rpc, sql) => {
    const [subscriber] = await sql<Array<{ id: string }>>`
      select s.id from api.subscribers as s order by s.account_no offset 24 limit 1
    `
    await rpc('save_invoice_draft', {
      id: newId(),
      subscriber_id: subscriber?.id,
      lines: [
        { description: 'Relocation of the line to the second floor', amount_minor: 80_000 },
        { description: 'Drop cable, 40 m', amount_minor: 60_000 },
      ],
    })
  })
}
