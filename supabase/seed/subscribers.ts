// Who joins in a month: a table of households, imported as an office imports one, and put on their collector's route.

import { addDays } from '../../app/domain/calendar.ts'
import { at, type DemoIsp, newId, type Plan } from './isp.ts'
import { household } from './people.ts'

/** How an account pays: in days, after a while, in parts, or not any more since two months ago. */
export type Habit = 'prompt' | 'slow' | 'partial' | 'gone'

export type Account = {
  accountNo: string
  plan: Plan
  joinsOn: string
  habit: Habit
  /** Prepaid: when the time bought so far is about to end. */
  nextPayOn: string
}

/** Adds `count` accounts that join between this day and the next `days` days. */
export async function joinSubscribers(
  demo: DemoIsp,
  day: string,
  count: number,
  days: number,
  numberFrom: number,
): Promise<Array<Account>> {
  const { chance, isp, owner } = demo
  const accounts: Array<Account> = []
  const rows = Array.from({ length: count }, (_, index) => {
    const barangay = chance.pick(demo.barangays)
    const home = household(chance, barangay)
    const joinsOn = addDays(day, chance.between(0, Math.max(days, 1)))
    const account: Account = {
      accountNo: `${isp.name.slice(0, 1)}${String(numberFrom + index).padStart(5, '0')}`,
      plan: choosePlan(demo),
      joinsOn,
      nextPayOn: joinsOn,
      habit: chooseHabit(demo),
    }
    accounts.push(account)
    return {
      line: index + 2,
      account_no: account.accountNo,
      name: home.name,
      phone: home.phone,
      barangay: barangay.name,
      purok: home.purok,
      landmark: home.landmark,
      latitude: String(home.latitude),
      longitude: String(home.longitude),
      plan: account.plan.name,
      activated_on: account.joinsOn,
    }
  })

  await owner.as(at(day, '00:05'), async (rpc, sql) => {
    const answer = await rpc<{ bad: number; errors: unknown }>('import_subscribers', newId(), rows)
    if (answer.bad > 0)
      throw new Error(`The demo's own rows are wrong: ${JSON.stringify(answer.errors)}`)
    for (const collector of demo.collectors) {
      const places = await sql<Array<{ id: string }>>`
        select id from api.barangays where name = any(${collector.barangays.map(({ name }) => name)}) order by name
      `
      for (const { id } of places) await rpc('add_barangay_to_route', collector.routeId, id)
    }
  })
  return accounts
}

function choosePlan({ chance, isp }: DemoIsp): Plan {
  let left = chance.next()
  for (const plan of isp.plans) {
    left -= plan.share
    if (left < 0) return plan
  }
  return isp.plans[0] as Plan
}

function chooseHabit({ chance }: DemoIsp): Habit {
  const drawn = chance.next()
  if (drawn < 0.78) return 'prompt'
  if (drawn < 0.92) return 'slow'
  return drawn < 0.96 ? 'partial' : 'gone'
}
