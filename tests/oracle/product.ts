// The product under the oracle's commands: an ISP in a database of its own, asked through `api` as the Data API asks it.

import { type OwnDatabase } from '../db/database.ts'
import { signUpTenant, type Stage } from '../db/story.ts'
import { type Command } from './commands.ts'
import { instantOf, write } from './days.ts'
import { type Way } from './replay.ts'
import { type Story, type Turn } from './story.ts'

export type Product = Awaited<ReturnType<typeof openProduct>>

/** Plays commands one after another, each whole or not at all, by the clock and the person each names; answers the refusals. */
const PLAY = `
create function public.play(commands jsonb, asks text, approves text) returns jsonb language plpgsql as $$
declare
  v_command jsonb;
  v_with    jsonb;
  v_request uuid;
  v_refused jsonb := '[]';
begin
  for v_command in select * from jsonb_array_elements(commands) loop
    v_with := v_command -> 'with';
    perform set_config('linyada.clock_at', v_command ->> 'at', true), set_config('request.jwt.claims', asks, true);
    begin
      case v_command ->> 'do'
        when 'join' then perform api.save_subscriber(v_with);
        when 'start' then perform api.start_subscription(v_with);
        when 'pay' then perform api.record_payment(v_with);
        when 'void' then
          v_request := (api.request_void((v_with ->> 'payment_id')::uuid, 'Wrong') ->> 'request_id')::uuid;
          perform set_config('request.jwt.claims', approves, true);
          perform api.approve_void(v_request);
        when 'end' then
          perform api.terminate_subscription((v_with ->> 'subscription_id')::uuid, (v_with ->> 'on_day')::date, 'Moved');
        when 'change' then perform api.change_plan(v_with);
        when 'return' then perform api.reactivate_subscription(v_with);
        when 'bill_day' then perform api.change_bill_day(v_with);
        when 'pause' then perform api.pause_subscription(v_with);
        when 'resume' then perform api.end_pause(v_with);
        when 'price' then
          perform api.set_plan_price((v_with ->> 'plan_id')::uuid, (v_with ->> 'price_minor')::bigint, (v_with ->> 'from_on')::date,
            (v_with ->> 'is_followed')::boolean);
        when 'regime' then
          perform api.save_tax_regime(v_with ->> 'regime', (v_with ->> 'rate_bp')::integer, (v_with ->> 'effective_from')::date);
        when 'run' then perform api.run_billing((v_with ->> 'period')::date);
        when 'invoice_day' then perform api.save_billing_settings(v_with);
      end case;
    exception when others then
      v_refused := v_refused || jsonb_build_object('subscriber', v_command -> 'subscriber', 'command', v_command, 'said', sqlerrm);
    end;
  end loop;
  return v_refused;
end $$;
grant execute on function public.play(jsonb, text, text) to authenticated;
`

export async function openProduct(story: Story, own: OwnDatabase) {
  const { sql, actor } = own
  const stage: Stage = { sql: sql as unknown as Stage['sql'], actor }
  const tenant = await signUpTenant('Oracle Fiber', stage)
  const manager = await tenant.member('payments.approve_void', 'payments.read')
  await sql`
    update tenancy.tenants set time_zone = ${story.zone} where id = ${tenant.id}`
  await sql`
    update tenancy.billing_settings
    set first_period_on = ${write(story.from)}, invoice_day = ${story.invoiceDay}, max_lines_per_subscription = 60
    where tenant_id = ${tenant.id}`
  await sql`
    update tenancy.tax_regimes
    set effective_from = ${write(story.from - 1000)}, rate_bp = ${story.rateBp}, regime = ${regimeOf(story.rateBp)}
    where tenant_id = ${tenant.id}`
  const plans: Array<string> = []
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
    turn: (turn: Turn) => ask([turned(turn, story, plans)]),
    /** What the schedule calls, as if it were this instant. */
    dispatch: async (instant: number, way: Way) => {
      await session`select set_config('linyada.clock_at', ${iso(instant)}, false)`
      if (way.chunk) await advance(instant, way.chunk)
      await session`call billing.dispatch(600)`
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

function worded(command: Command, plans: ReadonlyArray<string>) {
  const said = (fields: Record<string, unknown>) => ({
    do: command.do,
    at: iso(command.at),
    subscriber: command.subscriber,
    with: fields,
  })
  switch (command.do) {
    case 'join':
      return said({ id: command.subscriber, name: 'Ana Reyes' })
    case 'start':
      return said({
        id: command.service,
        subscriber_id: command.subscriber,
        plan_id: plans[command.plan],
        activated_on: write(command.activatedOn),
        bill_anchor_on: command.anchor === null ? null : write(command.anchor),
      })
    case 'pay':
      return said({
        id: command.payment,
        subscriber_id: command.subscriber,
        subscription_id: command.service,
        amount_minor: command.amount,
        method: command.method,
        reference: command.method === 'gcash' ? command.payment : null,
        received_at: iso(command.receivedAt),
      })
    case 'void':
      return said({ payment_id: command.payment })
    case 'change':
      return said({
        id: command.id,
        subscription_id: command.service,
        plan_id: plans[command.plan],
        on_day: command.isDayNamed ? write(command.onDay) : null,
      })
    case 'return':
      return said({
        id: command.id,
        subscription_id: command.service,
        plan_id: plans[command.plan],
        on_day: write(command.onDay),
      })
    case 'bill_day':
      return said({
        id: command.id,
        subscription_id: command.service,
        bill_day: billDay(command.dayOfMonth),
      })
    case 'pause':
      return said({
        id: command.pause,
        subscription_id: command.service,
        from_on: write(command.from),
        until_on: write(command.until),
      })
    case 'resume':
      return said({
        id: command.id,
        subscription_id: command.service,
        pause_id: command.pause,
        on_day: write(command.onDay),
      })
    case 'end':
      return said({ subscription_id: command.service, on_day: write(command.onDay) })
  }
}

function turned(turn: Turn, story: Story, plans: ReadonlyArray<string>) {
  const at = iso(instantOf(story.zone, turn.day, turn.second))
  switch (turn.do) {
    case 'price':
      return {
        do: turn.do,
        at,
        with: {
          plan_id: plans[turn.plan],
          price_minor: turn.price,
          is_followed: turn.isFollowed,
          from_on: write(turn.day + turn.ahead),
        },
      }
    case 'regime':
      return {
        do: turn.do,
        at,
        with: {
          regime: regimeOf(turn.rateBp),
          rate_bp: turn.rateBp,
          effective_from: write(turn.day + 1),
        },
      }
    case 'invoice_day':
      return { do: turn.do, at, with: { invoice_day: turn.invoiceDay } }
  }
}

function billDay(dayOfMonth: number | null) {
  if (dayOfMonth === null) return 'isp'
  return dayOfMonth === 31 ? 'last' : String(dayOfMonth)
}

function regimeOf(rateBp: number) {
  return rateBp === 0 ? 'non_vat' : 'vat'
}

function iso(instant: number) {
  return new Date(instant).toISOString()
}
