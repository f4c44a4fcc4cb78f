// Two ISPs of Cagayan de Oro with six months behind them, made through the same functions as everything else.
// The same day always gives the same story.

import {
  addDays,
  addMonths,
  civilDay,
  daysBetween,
  firstOfMonth,
} from '../../app/domain/calendar.ts'
import { addCharges, buyAhead, writeDraft } from './charges.ts'
import { changeServices, sellAnother } from './changes.ts'
import { correctSome } from './corrections.ts'
import { type DemoIsp, foundIsp, type Isp, type Login, at, newId, PASSWORD } from './isp.ts'
import { type Deed, liveDay, planMonth } from './months.ts'
import { leaveADouble } from './doubles.ts'
import { leaveSomeParked } from './parked.ts'
import { rescueAPhone } from './rescue.ts'
import { leaveSomeOpen } from './remittances.ts'
import { openStage, type Stage } from './stage.ts'
import { type Account, joinSubscribers } from './subscribers.ts'

const MONTHS = 6
const MONTHS_BEFORE_CHARGES = 3
const DUNNED_DAYS = 35
const CHANGING_DAYS = 60

const ISPS: ReadonlyArray<Isp> = [
  {
    name: 'Kagay-an Fiber',
    legalName: 'Kagay-an Fiber Network Services, Inc.',
    domain: 'kagayan.example',
    seed: 20_250_701,
    subscribers: 600,
    barangays: 12,
    collectors: ['Rodel Cabrera', 'Cherry Neri', 'Arnel Daba'],
    branch: {
      code: '00001',
      name: 'Bulua',
      address: 'Zone 3, Bulua, Cagayan de Oro City',
      barangays: ['Bulua', 'Iponan'],
    },
    invoiceDay: 1,
    isVat: true,
    lateFeeMinor: 0,
    color: '#0f6e66',
    plans: [
      { name: 'Fiber 25', mode: 'postpaid', priceMinor: 79_900, down: 25, up: 25, share: 0.3 },
      { name: 'Fiber 50', mode: 'postpaid', priceMinor: 99_900, down: 50, up: 50, share: 0.4 },
      { name: 'Fiber 100', mode: 'postpaid', priceMinor: 149_900, down: 100, up: 100, share: 0.12 },
      { name: 'Prepaid 20', mode: 'prepaid', priceMinor: 100_000, down: 20, up: 20, share: 0.18 },
    ],
  },
  {
    name: 'Puerto Link',
    legalName: 'Puerto Link Internet Services',
    domain: 'puertolink.example',
    seed: 20_250_702,
    subscribers: 120,
    barangays: 4,
    collectors: ['Jayson Moreno'],
    invoiceDay: 15,
    isVat: false,
    lateFeeMinor: 5_000,
    color: '#1f4fa3',
    plans: [
      { name: 'Home 30', mode: 'postpaid', priceMinor: 89_900, down: 30, up: 30, share: 0.45 },
      {
        name: 'Piso Prepaid 15',
        mode: 'prepaid',
        priceMinor: 70_000,
        down: 15,
        up: 15,
        share: 0.55,
      },
    ],
  },
]

type Life = { demo: DemoIsp; accounts: Map<string, Account>; deeds: Map<string, Array<Deed>> }

type Address = Parameters<typeof openStage>[0]

/** Each ISP lives its months on a connection of its own, so that two cores make two ISPs at once. */
export async function seedDemo(address: Address): Promise<{ logins: Array<Login> }> {
  const now = new Date()
  const logins = await Promise.all(ISPS.map((isp) => liveThrough(address, isp, now)))
  return { logins: logins.flat() }
}

async function liveThrough(address: Address, isp: Isp, now: Date): Promise<Array<Login>> {
  const stage = openStage(address)
  try {
    const today = civilDay(now, 'Asia/Manila')
    const startsOn = addMonths(firstOfMonth(today), -MONTHS)
    const demo = await foundIsp(stage, isp, startsOn)
    const life: Life = { demo, accounts: new Map(), deeds: new Map() }

    for (let day = startsOn; day <= today; day = addDays(day, 1)) {
      const isToday = day === today
      if (day.endsWith('-01')) await grow(life, day, startsOn, today)
      // Else the plans of an empty database serve the whole story.
      if (daysBetween(startsOn, day) === 1) await stage.sql`analyze`
      if (day === addMonths(startsOn, MONTHS_BEFORE_CHARGES)) await addCharges(demo, day)
      if (isBillingDay(demo, day)) await stage.runSchedule(demo.tenantId, at(day, '00:10'))
      // The calendar of late payers needs the last weeks only: where an invoice stands follows from its day.
      if (!isToday && daysBetween(day, today) <= DUNNED_DAYS)
        await stage.dun(demo.tenantId, at(day, '09:00'))
      if (daysBetween(day, today) < CHANGING_DAYS) await changeServices(demo, day)
      await liveOn(life, day, today, now, !isToday && addDays(day, 1) !== today)
    }
    await finish(stage, life)
    await stage.sql`analyze`
    return demo.logins
  } finally {
    await stage.close()
  }
}

function isBillingDay({ isp }: DemoIsp, day: string) {
  return Number(day.slice(8)) === isp.invoiceDay
}

/** Four of five are there from the beginning; the others join over the months. */
async function grow({ demo, accounts }: Life, day: string, startsOn: string, today: string) {
  const { subscribers } = demo.isp
  const isFirst = day === startsOn
  const isLast = firstOfMonth(today) === day
  const later = Math.floor((subscribers * 0.2) / MONTHS)
  const count = isFirst
    ? Math.ceil(subscribers * 0.8)
    : isLast
      ? subscribers - accounts.size
      : later
  const days = isFirst ? 1 : isLast ? Number(today.slice(8)) : 28
  const joined = await joinSubscribers(demo, day, count, days, accounts.size + 1)
  for (const account of joined) accounts.set(account.accountNo, account)
  await serveFromBranch(demo, day)
}

/** Who lives in its barangays belongs to the branch. */
async function serveFromBranch({ isp, owner }: DemoIsp, day: string) {
  const { branch } = isp
  if (!branch) return
  await owner.as(at(day, '00:05'), async (rpc, sql) => {
    const places = await sql<Array<{ id: string }>>`
      select id from api.barangays where name = any(${[...branch.barangays]})
    `
    await rpc(
      'move_to_branch',
      branch.code,
      places.map(({ id }) => id),
    )
  })
}

async function liveOn(life: Life, day: string, today: string, now: Date, handsIn: boolean) {
  if (isBillingDay(life.demo, day)) {
    for (const [on, deeds] of await planMonth(life.demo, day, life.accounts, today)) {
      life.deeds.set(on, [...(life.deeds.get(on) ?? []), ...deeds])
    }
  }
  await liveDay(life.demo, day, life.deeds.get(day) ?? [], now, handsIn)
  life.deeds.delete(day)
}

/** A few late payers promise, one service is put on hold by hand, two months are closed, and one subscriber has a portal login. */
async function finish(stage: Stage, { demo }: Life) {
  const now = new Date()
  await buyAhead(demo, now)
  await writeDraft(demo, now)
  await sellAnother(demo, now)
  await correctSome(demo, now)
  await leaveSomeOpen(demo, now)
  await leaveADouble(demo, now)
  await leaveSomeParked(demo, now)
  await rescueAPhone(demo, now)
  await stage.dun(demo.tenantId, now)
  await demo.cashier.as(now, async (rpc, sql) => {
    const late = await sql<Array<{ subscriber_id: string; today: string }>>`
      select d.subscriber_id, t.today::text from api.dunning as d cross join api.tenant as t
      where d.stage in ('due', 'warned') order by d.account_no limit 4
    `
    for (const [index, { subscriber_id, today }] of late.entries())
      await rpc('record_promise', {
        id: newId(),
        subscriber_id,
        promised_on: addDays(today, 2 + index),
        note: 'Called; waits for the salary',
      })
  })
  const token = await demo.owner.as(now, async (rpc, sql) => {
    const [paused] = await sql<Array<{ id: string }>>`
      select u.id from api.subscribers as s join api.subscriptions as u on u.subscriber_id = s.id
      where s.balance_minor = 0 and u.is_on order by s.account_no limit 1
    `
    if (paused)
      await rpc('open_hold', paused.id, 'manual', 'Moving house; asked to be switched off')

    const [subscriber] = await sql<Array<{ id: string }>>`
      select s.id from api.subscribers as s
      where s.balance_minor > 0 and s.status = 'active' and s.kind = 'person' order by s.days_past_due desc, s.account_no limit 1
    `
    // The first month is settled for good; into the second the owner may still post.
    const firstMonth = addMonths(firstOfMonth(civilDay(now, 'Asia/Manila')), -MONTHS)
    await rpc('close_month', firstMonth, false)
    await rpc('close_month', addMonths(firstMonth, 1), true)

    const invitation = await rpc<{ token: string }>('invite_subscriber', {
      id: newId(),
      subscriber_id: subscriber?.id,
    })
    return invitation.token
  })
  const email = `subscriber@${demo.isp.domain}`
  const subscriber = await stage.signUp(email, PASSWORD)
  await subscriber.as(now, (rpc) => rpc('accept_invitation', token, ''))
  demo.logins.push({ label: `${demo.isp.name} · Subscriber`, email, password: PASSWORD })
}
