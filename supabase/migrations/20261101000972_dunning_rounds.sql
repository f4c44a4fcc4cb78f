-- Dunning at work: the facts of everybody who owes, what follows from them, and the daily round of the schedule.

-- The facts --------------------------------------------------------------------------------------

-- Subscribers whose cash may have been taken though we do not know of it: a phone of their route says it holds something, or was silent
-- for too long, or their payment came in and waits for a person. A phone that was silent for a week is not out collecting.
create function collections.unsynced_subscribers()
returns setof uuid
language plpgsql
stable
security definer
set search_path = ''
rows 100
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_silent timestamptz := clock.now() - make_interval(hours => (
    select s.field_silent_hours from tenancy.billing_settings as s where s.tenant_id = v_tenant));
begin
  return query
  select t.subscriber_id
  from collections.devices as d
  join (
    select r.id, r.collector_id as walker_id from places.routes as r where r.tenant_id = v_tenant
    union
    select l.route_id, l.member_id from places.route_loans as l
    where l.tenant_id = v_tenant and l.days && daterange(clock.today(v_tenant) - 7, clock.today(v_tenant), '[]')
  ) as r on r.walker_id = d.member_id
  join places.route_stops as t on t.tenant_id = d.tenant_id and t.route_id = r.id
  where d.tenant_id = v_tenant and d.status in ('active', 'wiping')
    and (d.unsent_count > 0 or d.last_seen_at between clock.now() - interval '7 days' and v_silent)
  union
  select s.id
  from sync.commands as c
  join service.subscribers as s on s.tenant_id = c.tenant_id and s.id::text = lower(c.input ->> 'subscriber_id')
  where c.tenant_id = v_tenant and c.state = 'parked' and c.settled_at is null and c.name = 'record_payment';
end
$$;

-- The facts of every invoice the calendar looks at, or of some subscribers. Where the account is dunned as one, its oldest open invoice
-- stands for all that is past due.
create function billing.dunning_cases(subscribers uuid[] default null)
returns table (subscriber_id uuid, invoice_id uuid, facts billing.dunning_facts)
language plpgsql
stable
security definer
set search_path = ''
set jit = off
rows 500
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_local    timestamp := clock.now() at time zone (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_today    date := v_local::date;
  s          tenancy.billing_settings;
  v_unsynced uuid[] := array(select u from collections.unsynced_subscribers() as u);
begin
  select b.* into strict s from tenancy.billing_settings as b where b.tenant_id = v_tenant;
  return query
  with open as materialized (
    select i.subscriber_id, i.id, i.due_on, i.balance_minor,
      row_number() over (partition by i.subscriber_id order by i.due_on, i.id) as place,
      sum(i.balance_minor) filter (where i.due_on < v_today) over (partition by i.subscriber_id)::bigint as past_due_minor
    from billing.invoices as i
    where i.tenant_id = v_tenant and i.state = 'open' and i.balance_minor > 0 and i.due_on <= v_today + s.reminder_days
      and (subscribers is null or i.subscriber_id = any (subscribers))
  ),
  debtors as materialized (
    select c.id, coalesce(c.grace_days, s.grace_days)::integer as grace_days,
      (select max(p.promised_on) from collections.promises as p
        where p.tenant_id = v_tenant and p.subscriber_id = c.id and p.state = 'open') as promised_on,
      u.has_service, u.is_cut, c.id = any (v_unsynced) as is_unsynced
    from service.subscribers as c
    cross join lateral (
      select count(*) > 0 as has_service,
        count(*) filter (where exists (select from service.holds as h
          where h.tenant_id = v_tenant and h.subscription_id = u.id and h.kind = 'nonpayment' and h.closed_at is null)) > 0 as is_cut
      from service.subscriptions as u
      where u.tenant_id = v_tenant and u.subscriber_id = c.id and u.billing_mode = 'postpaid' and u.state = 'active'
    ) as u
    where c.tenant_id = v_tenant and c.id in (select o.subscriber_id from open as o)
  )
  select o.subscriber_id, o.id,
    row(o.due_on, case s.dunning_on when 'account' then coalesce(o.past_due_minor, o.balance_minor) else o.balance_minor end,
      d.grace_days, d.promised_on,
      (select t.reached_on from billing.dunning_stages as t
        where t.tenant_id = v_tenant and t.invoice_id = o.id and t.stage = 'warned'),
      d.is_cut, d.has_service, d.is_unsynced, v_today, v_local::time, s.reminder_days, s.warning_days, s.suspend_days,
      s.uncollectible_days, s.suspend_threshold_minor, s.no_cut_weekdays, s.no_cut_days, s.cut_from, s.cut_until)::billing.dunning_facts
  from open as o
  join debtors as d on d.id = o.subscriber_id
  where s.dunning_on = 'invoice' or o.place = 1;
end
$$;

-- What follows -----------------------------------------------------------------------------------

-- Brings the promises of some subscribers up to date: kept when the money came in time, broken when the day is over without it.
create function collections.review_promises(subscribers uuid[])
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_zone   text;
  v_count  integer;
begin
  if not exists (select from collections.promises as p
    where p.tenant_id = v_tenant and p.subscriber_id = any (subscribers) and p.state <> 'withdrawn') then
    return 0;                                            -- nearly every payment
  end if;
  v_zone := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  update collections.promises as p set state = n.state, decided_at = case when n.state <> 'open' then clock.now() end
  from (
    select q.id, collections.promise_state(q.state, q.promised_on, q.amount_minor,
      (select coalesce(sum(r.amount_minor), 0)::bigint from collections.payments as r
        where r.tenant_id = v_tenant and r.subscriber_id = q.subscriber_id and r.stage <> 'void'
          and r.received_at >= q.made_at and (r.received_at at time zone v_zone)::date <= q.promised_on),
      exists (select from billing.invoices as i
        where i.tenant_id = v_tenant and i.subscriber_id = q.subscriber_id and i.state = 'open'
          and i.issued_on <= (q.made_at at time zone v_zone)::date),
      clock.today(v_tenant)) as state
    from collections.promises as q
    where q.tenant_id = v_tenant and q.subscriber_id = any (subscribers) and q.state <> 'withdrawn'
      -- An older one is settled for good once another took its place.
      and not exists (select from collections.promises as l
        where l.tenant_id = v_tenant and l.subscriber_id = q.subscriber_id and l.made_at > q.made_at)
  ) as n
  where p.tenant_id = v_tenant and p.id = n.id and p.state <> n.state;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- Switches on again what the calendar cut and nothing keeps off any more. Holds of other kinds are not its matter.
create function billing.reconnect(subscribers uuid[], reason text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_cut    uuid[] := array(
    select distinct u.subscriber_id
    from service.subscriptions as u
    join service.holds as h on h.tenant_id = u.tenant_id and h.subscription_id = u.id
    where u.tenant_id = v_tenant and u.subscriber_id = any (subscribers) and h.kind = 'nonpayment' and h.closed_at is null);
  v_count  integer;
begin
  if cardinality(v_cut) = 0 then
    return 0;                                            -- nearly every payment
  end if;
  update service.holds as h set closed_at = greatest(clock.now(), h.opened_at), closed_by = access.member_id(), closed_reason = reconnect.reason
  from service.subscriptions as u
  where u.tenant_id = v_tenant and u.subscriber_id = any (v_cut)
    and h.tenant_id = u.tenant_id and h.subscription_id = u.id and h.kind = 'nonpayment' and h.closed_at is null
    and not exists (select from billing.dunning_cases(v_cut) as c
      where c.subscriber_id = u.subscriber_id and (billing.dunning_verdict(c.facts)).keeps_cut);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- After anything that may have settled a debt, in the same transaction: a payment, a credit note, a write-off.
create function collections.close_nonpayment_holds(subscriber_id uuid, reason text default 'Paid')
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform collections.review_promises(array[close_nonpayment_holds.subscriber_id]);
  perform billing.reconnect(array[close_nonpayment_holds.subscriber_id], close_nonpayment_holds.reason);
end
$$;

create type billing.dunned as (stages integer, cuts integer, reconnects integer, fees integer);

-- Does what the calendar says for some subscribers. Doing it again changes nothing.
create function billing.dun(subscribers uuid[])
returns billing.dunned
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_currency text := (select t.currency from tenancy.tenants as t where t.id = v_tenant);
  v_settings tenancy.billing_settings;
  v_done     billing.dunned;
  v_stage    record;
  v_fee      bigint;
  v_charge   uuid;
begin
  -- A payment holds its subscriber too, so it comes wholly before or wholly after.
  perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = any (subscribers) order by s.id for no key update;
  perform collections.review_promises(subscribers);
  select s.* into strict v_settings from tenancy.billing_settings as s where s.tenant_id = v_tenant;
  v_done.stages := 0;
  v_done.fees := 0;

  for v_stage in
    with reached as (
      insert into billing.dunning_stages (tenant_id, subscriber_id, invoice_id, stage, reached_on, open_minor, facts, created_at)
      select v_tenant, c.subscriber_id, c.invoice_id, c.stage, (c.facts).today, (c.facts).open_minor, to_jsonb(c.facts), clock.now()
      from (
        select d.subscriber_id, d.invoice_id, d.facts, (billing.dunning_verdict(d.facts)).stage as stage
        from billing.dunning_cases(subscribers) as d
      ) as c
      -- What was missed while nothing ran is not caught up: only where the invoice stands now counts, and never less than it did.
      where c.stage is not null and not exists (
        select from billing.dunning_stages as t
        where t.tenant_id = v_tenant and t.invoice_id = c.invoice_id
          and array_position('{reminded,due,warned,suspended,uncollectible}', t.stage)
            >= array_position('{reminded,due,warned,suspended,uncollectible}', c.stage))
      on conflict (tenant_id, invoice_id, stage) do nothing
      returning subscriber_id, invoice_id, stage
    )
    select r.subscriber_id, r.invoice_id, r.stage, i.number, i.due_on,
      -- Never a fee on a fee.
      least(i.balance_minor, i.total_minor - (select coalesce(sum(l.total_minor), 0)::bigint from billing.invoice_lines as l
        where l.tenant_id = v_tenant and l.invoice_id = i.id and l.kind = 'late_fee')) as overdue_minor,
      (select coalesce(sum(f.amount_minor), 0)::bigint from billing.late_fees as f
        where f.tenant_id = v_tenant and f.invoice_id = i.id and f.waived_at is null) as charged_minor
    from reached as r
    join billing.invoices as i on i.tenant_id = v_tenant and i.id = r.invoice_id
  loop
    v_done.stages := v_done.stages + 1;
    if not v_stage.stage = any (v_settings.late_fee_stages) or v_stage.overdue_minor <= 0 then
      continue;
    end if;
    v_fee := billing.late_fee(v_settings.late_fee_kind, v_settings.late_fee_minor, v_settings.late_fee_bp, v_settings.late_fee_cap_minor,
      v_stage.overdue_minor, v_stage.charged_minor);
    if v_fee > 0 then
      insert into billing.charges (tenant_id, subscriber_id, kind, description, amount_minor, vat_class, starts_on)
      values (v_tenant, v_stage.subscriber_id, 'late_fee',
        format('Late fee, invoice %s due %s', v_stage.number, to_char(v_stage.due_on, 'FMDD Mon YYYY')),
        v_fee, 'vatable', clock.today(v_tenant))
      returning id into v_charge;
      insert into billing.late_fees (tenant_id, subscriber_id, invoice_id, stage, charge_id, base_minor, amount_minor, created_at)
      values (v_tenant, v_stage.subscriber_id, v_stage.invoice_id, v_stage.stage, v_charge, v_stage.overdue_minor, v_fee, clock.now());
      v_done.fees := v_done.fees + 1;
    end if;
  end loop;

  -- After the stages, because the warning of this moment is among the facts of a cut.
  insert into service.holds (tenant_id, subscription_id, kind, reason, rule, facts, opened_at)
  select distinct on (u.id) v_tenant, u.id, 'nonpayment',
    format('Invoice %s of %s, due %s, is not paid', i.number, case v_currency when 'PHP' then '₱' else v_currency || ' ' end || collections.format_minor(i.balance_minor),
      to_char(i.due_on, 'FMDD Mon YYYY')),
    'dunning', to_jsonb(c.facts), clock.now()
  from billing.dunning_cases(subscribers) as c
  join billing.invoices as i on i.tenant_id = v_tenant and i.id = c.invoice_id
  join service.subscriptions as u on u.tenant_id = v_tenant and u.subscriber_id = c.subscriber_id and u.billing_mode = 'postpaid' and u.state = 'active'
  where (billing.dunning_verdict(c.facts)).may_cut
    and not exists (select from service.holds as h
      where h.tenant_id = v_tenant and h.subscription_id = u.id and h.kind = 'nonpayment' and h.closed_at is null)
  order by u.id, i.due_on, i.id;
  get diagnostics v_done.cuts = row_count;

  v_done.reconnects := billing.reconnect(subscribers, 'Nothing keeps it off any more');
  return v_done;
end
$$;

-- The round ---------------------------------------------------------------------------------------

create index promises_due_idx on collections.promises (tenant_id, promised_on) where state = 'open';
create index holds_nonpayment_idx on service.holds (tenant_id, subscription_id) where kind = 'nonpayment' and closed_at is null;

-- The next subscribers a round has to look at: who owes, who promised, who is cut.
create function billing.debtors_after(cursor uuid, count integer)
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select d.id
  from (
    select i.subscriber_id
    from billing.invoices as i
    join tenancy.billing_settings as s on s.tenant_id = i.tenant_id
    where i.tenant_id = (select access.tenant_id()) and i.state = 'open'
      and i.due_on <= (select clock.today(access.tenant_id())) + s.reminder_days
    union
    select p.subscriber_id from collections.promises as p
    where p.tenant_id = (select access.tenant_id()) and p.state = 'open' and p.promised_on < (select clock.today(access.tenant_id()))
    union
    select u.subscriber_id
    from service.holds as h
    join service.subscriptions as u on u.tenant_id = h.tenant_id and u.id = h.subscription_id
    where h.tenant_id = (select access.tenant_id()) and h.kind = 'nonpayment' and h.closed_at is null
  ) as d(id)
  where d.id > coalesce(debtors_after.cursor, '00000000-0000-0000-0000-000000000000')
  order by d.id
  limit debtors_after.count
$$;

-- Duns a chunk. If it fails unexpectedly, its subscribers go one by one, and who fails alone is left as it was, with the reason on the round.
create function billing.dun_chunk(round_id uuid, subscribers uuid[])
returns billing.dunned
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_one  uuid;
  v_part billing.dunned;
  v_done billing.dunned := row(0, 0, 0, 0);
begin
  begin
    return billing.dun(subscribers);
  exception
    -- Another transaction was in the way; the same chunk comes again.
    when serialization_failure or deadlock_detected or lock_not_available then raise;
    when others then
      if cardinality(subscribers) = 1 then
        update billing.dunning_rounds as r
        set last_error = left(format('Subscriber %s: %s', (
          select s.account_no from service.subscribers as s where s.tenant_id = r.tenant_id and s.id = subscribers[1]), sqlerrm), 500)
        where r.tenant_id = access.tenant_id() and r.id = round_id;
        return v_done;
      end if;
  end;
  foreach v_one in array subscribers loop
    v_part := billing.dun_chunk(round_id, array[v_one]);
    v_done := row(v_done.stages + v_part.stages, v_done.cuts + v_part.cuts, v_done.reconnects + v_part.reconnects, v_done.fees + v_part.fees);
  end loop;
  return v_done;
end
$$;

-- One chunk of the tenant's round of today. Answers 'busy' while there may be more, 'idle' when there is not, or somebody else is at it.
-- A day whose round is done is looked through again every ten minutes while services may be cut, because phones come back.
-- Days on which nothing ran are not caught up: where an invoice stands follows from today.
create function billing.advance_dunning(chunk integer default 200)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant      uuid := access.tenant_id();
  v_local       timestamp := clock.now() at time zone (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_settings    tenancy.billing_settings;
  v_round       billing.dunning_rounds;
  v_subscribers uuid[];
  v_is_last     boolean;
  v_done        billing.dunned := row(0, 0, 0, 0);
begin
  if not pg_try_advisory_xact_lock(hashtextextended('dunning:' || v_tenant, 0)) then
    return 'idle';
  end if;
  select s.* into strict v_settings from tenancy.billing_settings as s where s.tenant_id = v_tenant;
  insert into billing.dunning_rounds (tenant_id, day, started_at, heartbeat_at)
  values (v_tenant, v_local::date, clock.now(), clock.now())
  on conflict (tenant_id, day) do nothing;
  select r.* into strict v_round from billing.dunning_rounds as r where r.tenant_id = v_tenant and r.day = v_local::date;

  if v_round.state = 'done' then
    if v_round.finished_at > clock.now() - interval '10 minutes'
      or v_local::time < v_settings.cut_from or v_local::time >= v_settings.cut_until
      or billing.is_no_cut_day(v_local::date, v_settings.no_cut_weekdays, v_settings.no_cut_days) then
      return 'idle';
    end if;
    v_round.cursor := null;
  end if;

  v_subscribers := array(select d from billing.debtors_after(v_round.cursor, chunk + 1) as d);
  v_is_last := cardinality(v_subscribers) <= chunk;
  v_subscribers := v_subscribers[:chunk];
  if cardinality(v_subscribers) > 0 then
    v_done := billing.dun_chunk(v_round.id, v_subscribers);
  end if;

  update billing.dunning_rounds as r set
    cursor = case when not v_is_last then v_subscribers[chunk] end,
    state = case when v_is_last then 'done' else 'running' end,
    seen_count = case when v_round.cursor is null then 0 else r.seen_count end + cardinality(v_subscribers),
    stage_count = r.stage_count + v_done.stages,
    cut_count = r.cut_count + v_done.cuts,
    reconnect_count = r.reconnect_count + v_done.reconnects,
    fee_count = r.fee_count + v_done.fees,
    heartbeat_at = clock.now(),
    finished_at = case when v_is_last then clock.now() else r.finished_at end
  where r.tenant_id = v_tenant and r.id = v_round.id;
  return case when v_is_last then 'idle' else 'busy' end;
exception
  when serialization_failure or deadlock_detected or lock_not_available then
    return 'idle';                                       -- the next call of the schedule finds it where it was
end
$$;

-- What pg_cron calls. As with billing.dispatch, each chunk is a transaction of its own and no search path is pinned, because a procedure
-- that does cannot commit. What goes wrong for one tenant is its own matter: the next one is still looked at.
create procedure billing.dispatch_dunning(budget_seconds integer default 100)
language plpgsql
as $$
declare
  v_deadline timestamptz := pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => budget_seconds);
  v_tenants  uuid[] := array(select t.id from tenancy.tenants as t order by t.id);
  v_tenant   uuid;
  v_answer   text;
begin
  foreach v_tenant in array v_tenants loop
    loop
      perform access.act_for(v_tenant);
      begin
        v_answer := billing.advance_dunning();
      exception when others then
        raise warning 'Dunning of % stopped: %', v_tenant, sqlerrm;
        v_answer := 'idle';
      end;
      commit;
      if pg_catalog.clock_timestamp() >= v_deadline then
        return;
      end if;
      exit when v_answer = 'idle';
    end loop;
  end loop;
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['collections.unsynced_subscribers()', 'billing.dunning_cases(uuid[])', 'collections.review_promises(uuid[])',
    'billing.reconnect(uuid[], text)', 'collections.close_nonpayment_holds(uuid, text)', 'billing.dun(uuid[])',
    'billing.debtors_after(uuid, integer)', 'billing.dun_chunk(uuid, uuid[])', 'billing.advance_dunning(integer)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
revoke all on procedure billing.dispatch_dunning(integer) from public;

select cron.schedule('linyada-dunning', '3-59/5 * * * *', 'call billing.dispatch_dunning()');
