-- The billing run: due by the tenant's own day, done by chunks that commit, resumable, exactly once.
-- Exactly once comes from the unique line of a period; the lock only spares two dispatchers the same work.

create index subscriptions_anchor_idx on service.subscriptions (tenant_id, bill_anchor_on) where bill_anchor_on is not null;

-- The days on which some calendar of the tenant begins a period, from the first billed one to a last day.
create function billing.boundaries(until_on date)
returns setof date
language sql
stable
security definer
set search_path = ''
as $$
  with calendars as (
    select billing.anchor(s.invoice_day) as anchor, s.first_period_on as since
    from tenancy.billing_settings as s
    where s.tenant_id = (select access.tenant_id())
    union all
    select u.bill_anchor_on, greatest(s.first_period_on, min(u.activated_on))
    from service.subscriptions as u
    join tenancy.billing_settings as s on s.tenant_id = u.tenant_id
    where u.tenant_id = (select access.tenant_id()) and u.bill_anchor_on is not null and u.billing_mode = 'postpaid'
      and (u.state = 'active' or u.terminated_on > boundaries.until_on - 62)
    group by u.bill_anchor_on, s.first_period_on
  )
  select distinct b.day
  from calendars as c
  cross join lateral (
    select billing.boundary(c.anchor, k) as day
    from generate_series(billing.months_between(c.anchor, c.since), billing.months_between(c.anchor, boundaries.until_on)) as k
  ) as b
  where b.day between c.since and boundaries.until_on
$$;

-- The first period that is due and not done, or null. Periods missed while nothing ran come first. Behind one that is done none is
-- missing: it billed every day before it, whatever the calendar was then; only a run that was begun is finished.
create function billing.due_period()
returns date
language sql
stable
security definer
set search_path = ''
as $$
  select min(b.day)
  from billing.boundaries(clock.today(access.tenant_id())) as b(day)
  left join billing.runs as r on r.tenant_id = (select access.tenant_id()) and r.period = b.day
  where r.state <> 'done' or r.id is null and b.day > coalesce((
    select max(d.period) from billing.runs as d where d.tenant_id = (select access.tenant_id()) and d.state = 'done'), '-infinity')
$$;

-- The next subscribers a run has to look at: those with a postpaid service or a waiting charge.
create function billing.subscribers_after(cursor uuid, count integer default null)
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select s.id
  from service.subscribers as s
  where s.tenant_id = (select access.tenant_id())
    and s.id > coalesce(subscribers_after.cursor, '00000000-0000-0000-0000-000000000000')
    and (
      exists (select from service.subscriptions as u
        where u.tenant_id = s.tenant_id and u.subscriber_id = s.id and u.billing_mode = 'postpaid' and u.state <> 'pending')
      or exists (select from billing.charges as c
        where c.tenant_id = s.tenant_id and c.subscriber_id = s.id and c.remaining is distinct from 0 and c.cancelled_at is null)
    )
  order by s.id
  limit subscribers_after.count
$$;

-- Bills some subscribers for a run, in the calling transaction.
create function billing.bill(run billing.runs, subscribers uuid[])
returns table (invoice_count integer, total_minor bigint)
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_today    date := clock.today(v_tenant);
  v_due_days integer := (select s.due_days from tenancy.billing_settings as s where s.tenant_id = v_tenant);
  v_lines    billing.proposed_line[];
  v_returns  billing.proposed_line[];
  v_problems billing.proposed_line[];
begin
  -- A payment holds its subscriber too, so credit and new invoices meet in one order only.
  perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = any (subscribers) order by s.id for no key update;

  select array_agg(p) filter (where p.position is not null), array_agg(p) filter (where p.returns_line_id is not null and p.position is null),
    array_agg(p) filter (where p.problem is not null)
  into v_lines, v_returns, v_problems
  from billing.propose(run.period, subscribers) as p;

  if v_problems is not null then
    insert into billing.run_exceptions as e (tenant_id, run_id, subscription_id, reason, detail)
    select v_tenant, run.id, p.subscription_id, p.problem, p.detail from unnest(v_problems) as p
    on conflict (tenant_id, run_id, subscription_id) do update set reason = excluded.reason, detail = excluded.detail, resolved_at = null;
  end if;

  if v_returns is not null then
    perform billing.return_by_notes(v_returns);       -- first: what it brings, the invoices take
  end if;
  if v_lines is null then
    return query select 0, 0::bigint;
  else
    return query
    select count(*)::integer, sum(i.total_minor)::bigint
    from billing.issue(v_lines, v_today, v_today + v_due_days, run.id, run.period) as i;
    perform billing.offer_prompt_discounts(v_lines, run.id, run.period);
  end if;

  v_lines := v_lines || v_returns;
  update billing.run_exceptions as e set resolved_at = clock.now()
  where e.tenant_id = v_tenant and e.resolved_at is null
    and e.subscription_id in (select l.subscription_id from unnest(v_lines) as l);
  -- What was to be looked at again has been, for the services of this run.
  update service.subscriptions as s set repair_from = null
  where s.tenant_id = v_tenant and s.subscriber_id = any (subscribers) and s.repair_from is not null
    and s.id in (select l.subscription_id from unnest(v_lines) as l where l.period is not null);
end
$$;

-- Bills a chunk. If it fails unexpectedly, its subscribers are billed one by one, and who fails alone is set aside with the reason.
create function billing.bill_chunk(run billing.runs, subscribers uuid[])
returns table (invoice_count integer, total_minor bigint)
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_subscriber uuid;
  v_done       record;
begin
  invoice_count := 0;
  total_minor := 0;
  begin
    select * into v_done from billing.bill(run, subscribers);
    return query select v_done.invoice_count::integer, v_done.total_minor::bigint;
    return;
  exception
    -- Another transaction was in the way; the same chunk comes again.
    when serialization_failure or deadlock_detected or lock_not_available then raise;
    when others then
      if cardinality(subscribers) = 1 then
        insert into billing.run_exceptions (tenant_id, run_id, subscription_id, reason, detail)
        select u.tenant_id, run.id, u.id, 'unexpected_error', left(sqlerrm, 500)
        from service.subscriptions as u
        where u.tenant_id = access.tenant_id() and u.subscriber_id = subscribers[1] and u.state <> 'pending'
        on conflict (tenant_id, run_id, subscription_id) do update set reason = excluded.reason, detail = excluded.detail, resolved_at = null;
        return query select 0, 0::bigint;
        return;
      end if;
  end;

  foreach v_subscriber in array subscribers loop
    perform ledger.account('subscriber_receivable', 'subscriber', v_subscriber);
    select * into v_done from billing.bill_chunk(run, array[v_subscriber]);
    invoice_count := invoice_count + v_done.invoice_count;
    total_minor := total_minor + v_done.total_minor;
  end loop;
  return next;
end
$$;

-- Opens the run of a period, or takes it up again. A done one is looked through again when a person asks for it:
-- services that were added since are billed, the others are already.
create function billing.open_run(period date, again boolean default false)
returns billing.runs
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_tenant   uuid := access.tenant_id();
  v_settings tenancy.billing_settings;
  v_run      billing.runs;
begin
  select s.* into strict v_settings from tenancy.billing_settings as s where s.tenant_id = v_tenant;
  insert into billing.runs (tenant_id, period, period_until, expected_count, started_by, started_at, heartbeat_at)
  values (v_tenant, open_run.period, coalesce(
      (select o.until_on from billing.period_of(billing.anchor(v_settings.invoice_day), open_run.period) as o where o.starts_on = open_run.period),
      (open_run.period + interval '1 month')::date),
    (select count(*) from billing.subscribers_after(null)), access.member_id(), clock.now(), clock.now())
  on conflict (tenant_id, period) do nothing
  returning * into v_run;
  if found then
    return v_run;
  end if;

  select r.* into strict v_run from billing.runs as r where r.tenant_id = v_tenant and r.period = open_run.period for update;
  if v_run.state = 'failed' or (v_run.state = 'done' and open_run.again) then
    update billing.runs as r set
      state = case when r.state in ('failed', 'done') then 'running' else r.state end,
      cursor = case when r.state = 'done' then null else r.cursor end,
      seen_count = case when r.state = 'done' then 0 else r.seen_count end,
      finished_at = null, last_error = null, heartbeat_at = clock.now(),
      expected_count = (select count(*) from billing.subscribers_after(null))
    where r.tenant_id = v_tenant and r.id = v_run.id
    returning r.* into v_run;
  end if;
  return v_run;
end
$$;

-- What a run needs before it begins; else every subscriber would fail for the same reason.
create function billing.require_ready()
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  if not exists (select from tenancy.tax_regimes as r where r.tenant_id = v_tenant and r.effective_from <= clock.today(v_tenant)) then
    raise exception 'No tax regime is set for today. Choose VAT or non-VAT in the settings first.' using errcode = 'PT409', detail = 'tax_regime_missing';
  end if;
  if not exists (select from tenancy.document_series as s where s.tenant_id = v_tenant and s.kind = 'invoice') then
    raise exception 'There is no number series for invoices. Set it up first.' using errcode = 'PT409', detail = 'series_missing';
  end if;
  perform tenancy.require_said(k.kind) from unnest('{invoice,credit_note}'::text[]) as k(kind);     -- a run may have days to give back
end
$$;

-- One chunk of a period's run. Answers the run as it is afterwards, or null when somebody else is at it.
create function billing.advance(period date, again boolean default false, chunk integer default 500)
returns billing.runs
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant      uuid := access.tenant_id();
  v_run         billing.runs;
  v_subscribers uuid[];
  v_is_last     boolean;
  v_done        record;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('billing:' || v_tenant, 0)) then
    return null;
  end if;

  v_run := billing.open_run(advance.period, advance.again);
  if v_run.state <> 'running' then
    return v_run;
  end if;
  perform billing.require_ready();

  v_subscribers := array(select s from billing.subscribers_after(v_run.cursor, advance.chunk + 1) as s);
  v_is_last := cardinality(v_subscribers) <= advance.chunk;
  v_subscribers := v_subscribers[:advance.chunk];
  if cardinality(v_subscribers) = 0 then
    select 0 as invoice_count, 0::bigint as total_minor into v_done;
  else
    select * into v_done from billing.bill_chunk(v_run, v_subscribers);
  end if;

  update billing.runs as r set
    cursor = coalesce(v_subscribers[cardinality(v_subscribers)], r.cursor),
    seen_count = r.seen_count + cardinality(v_subscribers),
    expected_count = greatest(r.expected_count, r.seen_count + cardinality(v_subscribers)),
    invoice_count = r.invoice_count + v_done.invoice_count,
    total_minor = r.total_minor + v_done.total_minor,
    exception_count = (select count(*) from billing.run_exceptions as e
      where e.tenant_id = v_tenant and e.run_id = r.id and e.resolved_at is null),
    state = case when v_is_last then 'done' else 'running' end,
    finished_at = case when v_is_last then clock.now() end,
    heartbeat_at = clock.now()
  where r.tenant_id = v_tenant and r.id = v_run.id
  returning r.* into v_run;
  return v_run;
end
$$;

-- Sets a run aside that cannot go on at all, so that the office sees why and other tenants are not kept waiting.
create function billing.note_failure(period date, error text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform billing.open_run(note_failure.period);
  update billing.runs as r set state = 'failed', last_error = left(note_failure.error, 500), heartbeat_at = clock.now()
  where r.tenant_id = access.tenant_id() and r.period = note_failure.period and r.state = 'running';
end
$$;

-- Does the next chunk that is due for the tenant of this transaction. Answers 'idle' when nothing is, or somebody else is at it, or a run
-- waits for a person; 'busy' when there may be more. A failed run is tried again after a quarter of an hour.
create function billing.advance_due()
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_period date := billing.due_period();
  v_run    billing.runs;
begin
  if v_period is null or exists (
    select from billing.runs as r
    where r.tenant_id = access.tenant_id() and r.period = v_period
      and (r.state = 'paused' or (r.state = 'failed' and r.heartbeat_at > clock.now() - interval '15 minutes'))
  ) then
    return 'idle';
  end if;

  v_run := billing.advance(v_period);
  return case when v_run.id is null then 'idle' else 'busy' end;
exception
  when serialization_failure or deadlock_detected or lock_not_available then
    return 'idle';                                        -- the next round finds it where it was
  when others then
    perform billing.note_failure(v_period, sqlerrm);
    return 'busy';
end
$$;

-- What pg_cron calls. Each chunk is a transaction of its own, so a stop at any moment loses at most one chunk, which is then done again.
-- A statement may run for two minutes on hosted databases, hence the budget; what a round leaves, the next one does.
-- It pins no search path, because a procedure that does cannot commit; every name in it is written in full.
create procedure billing.dispatch(budget_seconds integer default 100)
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
      v_answer := billing.advance_due();
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
  foreach v_function in array array['billing.boundaries(date)', 'billing.due_period()', 'billing.subscribers_after(uuid, integer)',
    'billing.bill(billing.runs, uuid[])', 'billing.bill_chunk(billing.runs, uuid[])', 'billing.open_run(date, boolean)',
    'billing.require_ready()', 'billing.advance(date, boolean, integer)', 'billing.note_failure(date, text)', 'billing.advance_due()']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
revoke all on procedure billing.dispatch(integer) from public;

select cron.schedule('linyada-billing', '*/5 * * * *', 'call billing.dispatch()');
select cron.schedule('linyada-housekeeping', '17 18 * * *',
  $$delete from cron.job_run_details where end_time < now() - interval '14 days'; select audit.ensure_partitions()$$);
