// The product under the oracle's commands: an ISP in a database of its own, asked through `api` as the Data API asks it.

import { type OwnDatabase } from '../db/database.ts'
import { uuid7 } from '../db/ids.ts'
import { signUpTenant, type Stage } from '../db/story.ts'
import { type Command } from './commands.ts'
import { write } from './days.ts'
import { type LateFee } from './late.ts'
import { type Way } from './replay.ts'
import { type Story, type Turn } from './story.ts'
import { PLAY } from './play.ts'
import { iso, regimeOf, turned, worded } from './wording.ts'

export type Product = Awaited<ReturnType<typeof openProduct>>

export async function openProduct(story: Story, own: OwnDatabase) {
  const { sql, actor } = own
  const stage: Stage = { sql: sql as unknown as Stage['sql'], actor }
  const tenant = await signUpTenant('Oracle Fiber', stage)
  const manager = await tenant.member(
    'payments.approve_void',
    'payments.read',
    'billing.read',
    'subscribers.read',
    'corrections.approve',
    'invoices.manage',
  )
  await sql`
    update tenancy.tenants set time_zone = ${story.zone} where id = ${tenant.id}`
  await sql`
    update tenancy.billing_settings
    set first_period_on = ${write(story.from)}, invoice_day = ${story.invoiceDay}, max_lines_per_subscription = 60
    where tenant_id = ${tenant.id}`
  if (story.lateFee) await setLateFee(own, tenant.id, story.lateFee)
  await sql`
    update tenancy.tax_regimes
    set effective_from = ${write(story.from - 1000)}, rate_bp = ${story.rateBp}, regime = ${regimeOf(story.rateBp)}
    where tenant_id = ${tenant.id}`
  const plans: Array<string> = []
  const discounts: Array<string> = []
  for (const plan of story.plans) {
    plans.push(
      await tenant.plan({
        billing_mode: plan.mode,
        price_minor: plan.price,
        prepaid_days: plan.days,
        vat_class: plan.vatClass,
      }),
    )
  }
  await sql`
    update catalog.plan_prices set valid = daterange(${write(story.from - 1000)}, null) where tenant_id = ${tenant.id}`
  await sql.unsafe(PLAY)
  const claims = [tenant.owner, manager].map((person) =>
    JSON.stringify({ role: 'authenticated', ...person.claims }),
  )
  // One session, as it keeps the plans of what it ran before.
  const session = await sql.reserve()

  async function ask(commands: ReadonlyArray<unknown>) {
    await session`begin`
    await session`select set_config('role', 'authenticated', true)`
    const [row] = await session<Array<{ refused: Array<Refusal> }>>`
      select public.play(${JSON.stringify(commands)}::text::jsonb, ${claims[0] ?? ''}, ${claims[1] ?? ''}) as refused`
    await session`commit`
    return row?.refused ?? []
  }

  /** What is due, by chunks of a size. */
  async function advance(instant: number, size: number) {
    for (;;) {
      await session`begin`
      await session`select set_config('linyada.clock_at', ${iso(instant)}, true), access.act_for(${tenant.id})`
      const [run] = await session`
        select from billing.due_period() as p(day), lateral billing.advance(p.day, false, ${size}) where p.day is not null`
      await session`commit`
      if (!run) return
    }
  }

  return {
    tenant,
    own,
    play: (commands: ReadonlyArray<Command>) =>
      ask(commands.map((command) => worded(command, plans))),
    turn: (turn: Turn) => {
      if (turn.do === 'discount') discounts.push(uuid7())
      return ask([turned(turn, story, { plans, discounts })])
    },
    /** What the schedule calls, as if it were this instant. */
    dispatch: async (instant: number, way: Way) => {
      await session`select set_config('linyada.clock_at', ${iso(instant)}, false)`
      if (way.chunk) await advance(instant, way.chunk)
      await session`call billing.dispatch(600)`
    },
    /** Looks at who has not paid, as the schedule does. */
    dun: async (instant: number) => {
      await session`select set_config('linyada.clock_at', ${iso(instant)}, false)`
      await session`call billing.dispatch_dunning(600)`
    },
    /** The same again, by the schedule and by a person. */
    dispatchAgain: async (instant: number) => {
      await session`call billing.dispatch(600)`
      await ask(
        await session<Array<object>>`
          select 'run' as do, ${iso(instant)} as at, jsonb_build_object('period', max(r.period)) as with
          from billing.runs as r where r.tenant_id = ${tenant.id} having count(*) > 0`,
      )
    },
    /** What the run itself noticed. */
    troubles: async () => sql`
      select r.period::text, r.last_error, e.reason, e.detail
      from billing.runs as r left join billing.run_exceptions as e on e.tenant_id = r.tenant_id and e.run_id = r.id
      where r.tenant_id = ${tenant.id} and (r.last_error is not null or e.id is not null)
      order by r.period desc limit 5`,
    close: () => session.release(),
  }
}

export type Refusal = { subscriber: string | null; command: unknown; said: string }

/** Nothing is ever cut here: what a debt costs is looked at, not what it stops. */
async function setLateFee({ sql }: OwnDatabase, tenant: string, fee: LateFee) {
  await sql`
    update tenancy.billing_settings
    set late_fee_kind = ${fee.amount === null ? 'percent' : 'amount'}, late_fee_minor = ${fee.amount ?? 0},
      late_fee_bp = ${fee.percentBp ?? 0}, late_fee_cap_minor = ${fee.cap}, late_fee_stages = ${sql.array([...fee.stages])},
      suspend_threshold_minor = 999999999999
    where tenant_id = ${tenant}`
}
