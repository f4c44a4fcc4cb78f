// Services change: some move to another plan, some pause, a few end, and one comes back.

import { addDays } from '../../app/domain/calendar.ts'
import { at, type DemoIsp, newId } from './isp.ts'

type Running = { id: string; plan_id: string; price_minor: string }

/** The changes of one month, on the days of it they are made. */
const DAYS = { '09': upgrade, '12': downgrade, '16': pause, '21': end, '26': takeBack } as const

/** What the office changes on this day, if it is one of those. */
export async function changeServices(demo: DemoIsp, day: string) {
  const change = DAYS[day.slice(8) as keyof typeof DAYS]
  if (change) await change(demo, day)
}

function postpaid(demo: DemoIsp, day: string, count: number) {
  return demo.owner.as(
    at(day, '10:00'),
    (_, sql) => sql<Array<Running>>`
      select u.id, u.plan_id, u.price_minor from api.subscriptions as u
      where u.billing_mode = 'postpaid' and u.state = 'active' and u.is_on and u.activated_on < ${day}
        and not exists (select from api.subscription_changes as c where c.subscription_id = u.id)
      order by md5(u.account_no || ${day}::text) limit ${count}
    `,
  )
}

async function upgrade(demo: DemoIsp, day: string) {
  await move(demo, day, (a, b) => b - a)
}

async function downgrade(demo: DemoIsp, day: string) {
  await move(demo, day, (a, b) => a - b)
}

/** To the next plan in this order of prices; who has the last one keeps it. */
async function move(demo: DemoIsp, day: string, order: (a: number, b: number) => number) {
  const services = await postpaid(demo, day, 4)
  await demo.owner.as(at(day, '10:15'), async (rpc, sql) => {
    const plans = await sql<Array<{ id: string; price_minor: string }>>`
      select id, price_minor from api.plans where billing_mode = 'postpaid' and is_active
    `
    for (const service of services) {
      const plan = plans
        .filter(({ price_minor }) => order(Number(price_minor), Number(service.price_minor)) < 0)
        .sort((a, b) => order(Number(b.price_minor), Number(a.price_minor)))[0]
      if (plan)
        await rpc('change_plan', { id: newId(), subscription_id: service.id, plan_id: plan.id })
    }
  })
}

async function pause(demo: DemoIsp, day: string) {
  const services = await postpaid(demo, day, 3)
  await demo.owner.as(at(day, '11:00'), async (rpc) => {
    for (const [index, { id }] of services.entries())
      await rpc('pause_subscription', {
        id: newId(),
        subscription_id: id,
        from_on: addDays(day, 2),
        until_on: addDays(day, 16 + index * 7),
        fee_minor: index === 0 ? 10_000 : 0,
        reason: 'Away for work',
      })
  })
}

async function end(demo: DemoIsp, day: string) {
  const services = await postpaid(demo, day, 2)
  await demo.owner.as(at(day, '14:00'), async (rpc) => {
    for (const { id } of services)
      await rpc('terminate_subscription', id, day, 'Moves to another town')
  })
}

/** One subscriber took a second service, which waits for its installation. */
export async function sellAnother(demo: DemoIsp, now: Date) {
  await demo.owner.as(now, async (rpc, sql) => {
    const [sold] = await sql<Array<{ subscriber_id: string; plan_id: string }>>`
      select subscriber_id, plan_id from api.subscriptions
      where billing_mode = 'postpaid' and is_on order by account_no desc limit 1
    `
    if (sold)
      await rpc('start_subscription', {
        ...sold,
        id: newId(),
        label: 'Shop',
        installation_fee_minor: 150_000,
        waits: true,
      })
  })
}

async function takeBack(demo: DemoIsp, day: string) {
  await demo.owner.as(at(day, '15:00'), async (rpc, sql) => {
    const [ended] = await sql<Array<{ id: string }>>`
      select id from api.subscriptions where state = 'terminated' order by terminated_on desc, account_no limit 1
    `
    if (ended)
      await rpc('reactivate_subscription', { id: newId(), subscription_id: ended.id, on_day: day })
  })
}
