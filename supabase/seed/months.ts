// Months go by: who owes pays by habit, at the counter, by GCash or to the collector at the door; cash is handed in and counted.

import { addDays, daysBetween } from '../../app/domain/calendar.ts'
import { at, type Collector, type DemoIsp, newId } from './isp.ts'
import { goToBank, handIn } from './remittances.ts'
import type { Account } from './subscribers.ts'

export type Deed = {
  at: Date
  subscriberId: string
  subscriptionId: string | null
  amountMinor: number
  barangay: string
  way: 'field' | 'counter' | 'gcash'
}

type Owing = {
  id: string
  account_no: string
  barangay: string
  balance_minor: string
  subscription_id: string | null
}

/** What will be paid between this billing day and the next: the deeds by day. */
export async function planMonth(
  demo: DemoIsp,
  day: string,
  accounts: ReadonlyMap<string, Account>,
  today: string,
): Promise<Map<string, Array<Deed>>> {
  const { chance, owner } = demo
  const owing = await owner.as(
    at(day, '01:00'),
    (_, sql) => sql<Array<Owing>>`
    select s.id, s.account_no, s.barangay, s.balance_minor::text,
      (select u.id from api.subscriptions as u where u.subscriber_id = s.id and u.billing_mode = 'prepaid' limit 1) as subscription_id
    from api.subscribers as s order by s.account_no
  `,
  )
  const monthsLeft = daysBetween(day, today) / 30
  const deeds: Array<Deed> = []

  for (const line of owing) {
    const account = accounts.get(line.account_no)
    if (!account) continue
    if (account.habit === 'gone' && monthsLeft < 2.5) continue
    const way = chooseWay(demo)
    const pay = (on: string, amountMinor: number) =>
      deeds.push({
        at: at(on, hour(demo)),
        subscriberId: line.id,
        subscriptionId: line.subscription_id,
        amountMinor,
        barangay: line.barangay,
        way,
      })

    if (account.plan.mode === 'prepaid') {
      // Buys again a little before or after the last time ends; a few are off for some days.
      let on = account.nextPayOn
      while (daysBetween(day, on) < 28) {
        const days = chance.pick([30, 30, 30, 15, 15, 4.5])
        if (on >= day) pay(on, Math.round((account.plan.priceMinor * days) / 30))
        on = addDays(on, Math.ceil(days) + chance.between(-1, 4))
      }
      account.nextPayOn = on
      continue
    }
    const balance = Number(line.balance_minor)
    if (balance <= 0) continue
    const wait = account.habit === 'prompt' ? chance.between(1, 14) : chance.between(8, 29)
    if (account.habit === 'slow' && chance.happens(0.25)) continue
    // Of the month that runs, one in six has not been visited yet.
    if (monthsLeft < 1 && chance.happens(0.17)) continue
    // A few round up, and the rest stays as credit.
    const amount =
      account.habit === 'partial'
        ? Math.round(balance / 200) * 100
        : chance.happens(0.08)
          ? Math.ceil(balance / 50_000) * 50_000
          : balance
    if (amount > 0) pay(addDays(day, wait), amount)
  }

  const byDay = new Map<string, Array<Deed>>()
  for (const deed of deeds) {
    const on = new Date(deed.at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
    byDay.set(on, [...(byDay.get(on) ?? []), deed])
  }
  return byDay
}

/** One day: deeds are recorded as they were done, and in the evening the collectors hand in. */
export async function liveDay(
  demo: DemoIsp,
  day: string,
  deeds: ReadonlyArray<Deed>,
  now: Date,
  handsIn: boolean,
) {
  const done = deeds.filter((deed) => deed.at < now).sort((a, b) => a.at.getTime() - b.at.getTime())
  const evening = earlier(at(day, '17:45'), now)
  const desk = done.filter(({ way }) => way !== 'field')
  if (desk.length > 0) {
    const payments = desk.map((deed) => ({
      id: newId(),
      subscriber_id: deed.subscriberId,
      subscription_id: deed.subscriptionId,
      method: deed.way === 'gcash' ? 'gcash' : 'cash',
      reference:
        deed.way === 'gcash'
          ? `${demo.chance.between(1000, 9999)}${demo.chance.between(100_000_000, 999_999_999)}`
          : null,
      amount_minor: deed.amountMinor,
      received_at: deed.at.toISOString(),
    }))
    await demo.cashier.as(
      evening,
      (_, sql) => sql`
      select api.record_payment(p.value) from jsonb_array_elements(${JSON.stringify(payments)}::text::jsonb) as p
    `,
    )
  }
  for (const collector of demo.collectors) {
    const names = new Set(collector.barangays.map(({ name }) => name))
    await collect(
      collector,
      done.filter(({ way, barangay }) => way === 'field' && names.has(barangay)),
      evening,
    )
    if (handsIn && collector.onHandMinor > 0) await handIn(demo, collector, day)
  }
  if (handsIn) await goToBank(demo, day)
}

async function collect(collector: Collector, deeds: ReadonlyArray<Deed>, evening: Date) {
  for (let from = 0; from < deeds.length; from += 25) {
    const part = deeds.slice(from, from + 25)
    await collector.person.as(evening, async (rpc) => {
      const { blocks } = await rpc<{
        blocks: Array<{ prefix: string; next_serial: number; last_serial: number }>
      }>('reserve_receipts', collector.deviceId, 100)
      const serials = blocks.flatMap(({ next_serial, last_serial }) =>
        Array.from({ length: last_serial - next_serial + 1 }, (_, index) => next_serial + index),
      )
      const commands = part.map((deed, index) => ({
        id: newId(),
        device_seq: collector.sequence + index + 1,
        name: 'record_payment',
        happened_at: deed.at.toISOString(),
        schema_version: 1,
        input: {
          subscriber_id: deed.subscriberId,
          subscription_id: deed.subscriptionId,
          amount_minor: deed.amountMinor,
          serial: serials[index],
        },
      }))
      const { results } = await rpc<{ results: Array<{ state: string; reason: string | null }> }>(
        'sync_push',
        {
          device_id: collector.deviceId,
          unsent_count: 0,
          commands,
        },
      )
      const parked = results.find(({ state }) => state !== 'applied')
      if (parked)
        throw new Error(`The demo's own collection was not taken: ${JSON.stringify(parked)}`)
    })
    collector.sequence += part.length
    collector.onHandMinor += part.reduce((sum, deed) => sum + deed.amountMinor, 0)
  }
}

function chooseWay({ chance }: DemoIsp): Deed['way'] {
  const drawn = chance.next()
  if (drawn < 0.66) return 'field'
  return drawn < 0.86 ? 'counter' : 'gcash'
}

function hour({ chance }: DemoIsp): string {
  return `${String(chance.between(8, 17)).padStart(2, '0')}:${String(chance.between(0, 60)).padStart(2, '0')}`
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}
