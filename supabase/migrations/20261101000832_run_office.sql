-- The billing run as the office sees and drives it: what comes next, the preview, run now, pause and resume.

create function billing.run_answer(run billing.runs)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select to_jsonb(run) - '{tenant_id,cursor}'::text[]
$$;

create function billing.next_run()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_today  date := clock.today(v_tenant);
  v_anchor date;
  v_first  date;
  v_period date;
begin
  perform access.require('billing.read');
  select billing.anchor(s.invoice_day), s.first_period_on into strict v_anchor, v_first
  from tenancy.billing_settings as s where s.tenant_id = v_tenant;

  v_period := coalesce(billing.due_period(), (
    select min(b.day) from billing.boundaries(greatest(v_today, v_first) + 62) as b(day) where b.day > v_today));
  return jsonb_build_object(
    'period', v_period,
    'period_until', coalesce((select o.until_on from billing.period_of(v_anchor, v_period) as o where o.starts_on = v_period),
      (v_period + interval '1 month')::date),
    'due_on_local', v_period,
    'is_due', v_period <= v_today,
    'run', (select billing.run_answer(r) from billing.runs as r where r.tenant_id = v_tenant and r.period = v_period),
    'last_run', (select billing.run_answer(r) from billing.runs as r
      where r.tenant_id = v_tenant and r.state = 'done' order by r.period desc limit 1));
end
$$;

-- What the run of a period would bill, as it stands now: sums, exceptions, and one page of its invoices, of all or of those a search finds.
-- Sorted by account_no, subscriber_name or total_minor, with a minus for the other way round.
create function billing.preview_run(period date, skipped integer default 0, shown integer default 50, search text default null,
  sort text default 'account_no')
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_pay_by date := greatest(clock.today(v_tenant), preview_run.period)
    + (select s.due_days from tenancy.billing_settings as s where s.tenant_id = v_tenant);
  v_answer jsonb;
begin
  perform access.require('billing.read');
  with proposal as materialized (
    select p as line, p.* from billing.propose(preview_run.period) as p
  ),
  offers as materialized (
    select o.* from billing.prompt_discounts(array(select p.line from proposal as p where p.position is not null), preview_run.period) as o
  ),
  invoices as materialized (
    select p.subscriber_id, sum(p.amount_minor)::bigint as total_minor
    from proposal as p where p.position is not null group by p.subscriber_id
  ),
  found as materialized (
    select i.subscriber_id, i.total_minor, s.name, s.account_no
    from invoices as i
    join service.subscribers as s on s.tenant_id = v_tenant and s.id = i.subscriber_id
    where preview_run.search is null or strpos(s.search_text, lower(preview_run.search)) > 0
  ),
  sample as (
    select row_number() over wanted as place, jsonb_build_object('subscriber_id', i.subscriber_id, 'subscriber_name', i.name, 'account_no', i.account_no,
      'total_minor', i.total_minor,
      'lines', (select jsonb_agg(jsonb_build_object('kind', p.kind, 'description', p.description, 'period', p.period,
          'amount_minor', p.amount_minor) order by p.position)
        from proposal as p where p.subscriber_id = i.subscriber_id and p.position is not null),
      'offers', (select coalesce(jsonb_agg(jsonb_build_object('description', o.description, 'amount_minor', o.amount_minor, 'pay_by_on', v_pay_by)
          order by o.description), '[]')
        from offers as o where o.subscriber_id = i.subscriber_id)) as invoice
    from found as i
    window wanted as (order by
      case preview_run.sort when 'total_minor' then i.total_minor when '-total_minor' then -i.total_minor end,
      case preview_run.sort when 'subscriber_name' then i.name end,
      case preview_run.sort when '-subscriber_name' then i.name when '-account_no' then i.account_no end desc,
      i.account_no)
    order by place
    limit preview_run.shown offset preview_run.skipped
  )
  select jsonb_build_object(
    'period', preview_run.period,
    'period_until', coalesce(
      (select o.until_on from tenancy.billing_settings as b
        cross join lateral billing.period_of(billing.anchor(b.invoice_day), preview_run.period) as o
        where b.tenant_id = v_tenant and o.starts_on = preview_run.period),
      (preview_run.period + interval '1 month')::date),
    'subscriber_count', (select count(distinct p.subscriber_id) from proposal as p),
    'invoice_count', (select count(*) from invoices),
    'found_count', (select count(*) from found),
    'total_minor', coalesce((select sum(i.total_minor)::bigint from invoices as i), 0),
    'offer_minor', coalesce((select sum(o.amount_minor)::bigint from offers as o), 0),
    -- Days that an invoice has no room to give back come by credit notes.
    'credited_minor', coalesce((select -sum(p.amount_minor)::bigint from proposal as p where p.returns_line_id is not null and p.position is null), 0),
    'exceptions', coalesce((
      select jsonb_agg(jsonb_build_object('subscription_id', p.subscription_id, 'subscriber_id', s.id, 'subscriber_name', s.name,
        'account_no', s.account_no, 'reason', p.problem, 'detail', p.detail) order by s.account_no)
      from proposal as p join service.subscribers as s on s.tenant_id = v_tenant and s.id = p.subscriber_id
      where p.problem is not null), '[]'),
    'sample', coalesce((select jsonb_agg(s.invoice order by s.place) from sample as s), '[]'))
  into v_answer;
  return v_answer;
end
$$;

-- Runs one chunk of a period now and answers the run; the screen calls again while it is running, and so does the schedule.
create function billing.run_now(period date)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_today  date := clock.today(v_tenant);
  v_run    billing.runs;
begin
  perform access.require('billing.run');
  if run_now.period > v_today then
    raise exception 'That period begins on %. It can be previewed now and billed from that day on.', to_char(run_now.period, 'FMDD Mon YYYY')
      using errcode = 'PT409', detail = 'period_not_begun';
  end if;
  if not exists (select from billing.boundaries(v_today) as b(day) where b.day = run_now.period) then
    raise exception 'No billing period begins on %. Choose the first day of a period.', to_char(run_now.period, 'FMDD Mon YYYY')
      using errcode = 'PT400', detail = 'not_a_period';
  end if;

  v_run := billing.advance(run_now.period, again => true);
  if v_run.id is null then
    -- Somebody else is at a chunk. The run of a first one cannot be seen before it is done, and of one that failed there is none.
    perform pg_advisory_xact_lock(hashtextextended('billing:' || v_tenant, 0));
    select r.* into v_run from billing.runs as r where r.tenant_id = v_tenant and r.period = run_now.period;
    if not found then
      v_run := billing.advance(run_now.period);
    end if;
  end if;
  return billing.run_answer(v_run);
end
$$;

create function billing.pause_run(run_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_run billing.runs;
begin
  perform access.require('billing.run');
  update billing.runs as r set state = 'paused', heartbeat_at = clock.now()
  where r.tenant_id = access.tenant_id() and r.id = pause_run.run_id and r.state in ('running', 'failed')
  returning r.* into v_run;
  if not found then
    raise exception 'That run is not under way, so there is nothing to pause.' using errcode = 'PT409', detail = 'run_not_running';
  end if;
  return billing.run_answer(v_run);
end
$$;

create function billing.resume_run(run_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_run billing.runs;
begin
  perform access.require('billing.run');
  update billing.runs as r set state = 'running', last_error = null, heartbeat_at = clock.now()
  where r.tenant_id = access.tenant_id() and r.id = resume_run.run_id and r.state in ('paused', 'failed')
  returning r.* into v_run;
  if not found then
    raise exception 'That run is not paused.' using errcode = 'PT409', detail = 'run_not_paused';
  end if;
  return billing.run_answer(v_run);
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['billing.next_run()', 'billing.preview_run(date, integer, integer, text, text)', 'billing.run_now(date)',
    'billing.pause_run(uuid)', 'billing.resume_run(uuid)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function billing.run_answer(billing.runs) to linyada_definer;
