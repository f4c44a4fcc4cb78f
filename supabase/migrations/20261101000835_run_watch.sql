-- The watch over the runs: is one late, does the schedule work, and the exceptions a person mends one by one.

-- The jobs of ours whose newest finished round failed: [{"job", "failed_at"}]. Belongs to the migrating role, which owns the jobs; it answers
-- names and times, because a message may quote a tenant's data. Times of the schedule are true times, whatever the clock of the rules says.
create function billing.failing_jobs()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('job', j.jobname, 'failed_at', d.end_time) order by j.jobname), '[]')
  from cron.job as j
  cross join lateral (
    select r.status, r.end_time from cron.job_run_details as r
    where r.jobid = j.jobid and r.end_time is not null
    order by r.runid desc
    limit 1
  ) as d
  where j.jobname like 'linyada-%' and d.status = 'failed'
$$;
grant execute on function billing.failing_jobs() to linyada_definer;

-- Whether two rounds of the schedule came by and did nothing since then.
create function billing.is_stalled(since timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
  select is_stalled.since < clock.now() - interval '12 minutes'
$$;
grant execute on function billing.is_stalled(timestamptz) to authenticated, linyada_definer;

-- What is wrong with billing now: {"late": {period, run_id, state, last_error, since, seen_count, expected_count} | null,
-- "failing_jobs": […], "restored_at"}: since when nothing is issued, for nobody said which numbers a restore lost.
-- A run is late when its day began and it is stalled; one that a person paused, or that failed, at once.
create function billing.watch()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  perform access.require('billing.read');
  return jsonb_build_object(
    'late', (
      select jsonb_build_object('period', d.period, 'run_id', r.id, 'state', coalesce(r.state, 'missing'), 'last_error', r.last_error,
        'since', coalesce(r.heartbeat_at, d.begins_at), 'seen_count', coalesce(r.seen_count, 0), 'expected_count', coalesce(r.expected_count, 0))
      from (
        select p.period, p.period::timestamp at time zone t.time_zone as begins_at
        from (select billing.due_period() as period) as p
        cross join tenancy.tenants as t
        where p.period is not null and t.id = v_tenant
      ) as d
      left join billing.runs as r on r.tenant_id = v_tenant and r.period = d.period
      where r.state in ('paused', 'failed') or billing.is_stalled(coalesce(r.heartbeat_at, d.begins_at))
    ),
    'failing_jobs', billing.failing_jobs(),
    'restored_at', (select min(l.restored_at) from tenancy.lost_numbers as l where l.tenant_id = v_tenant and l.said_at is null));
end
$$;

-- Tries again to bill the subscriber of one exception, in its own run. Answers {"resolved", "reason", "detail", "invoice_count",
-- "total_minor"}; what still stands in the way is not an error but the new reason. PT404 when the exception is not here.
create function billing.retry_exception(exception_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant     uuid := access.tenant_id();
  v_exception  billing.run_exceptions;
  v_subscriber uuid;
  v_run        billing.runs;
  v_invoices   integer := 0;
  v_total      bigint := 0;
begin
  perform access.require('billing.run');
  -- A chunk under way may be at the same subscriber.
  perform pg_advisory_xact_lock(hashtextextended('billing:' || v_tenant, 0));

  select e.* into v_exception from billing.run_exceptions as e
  where e.tenant_id = v_tenant and e.id = retry_exception.exception_id for update;
  if not found then
    raise exception 'That exception is not here. Open the run again.' using errcode = 'PT404', detail = 'exception_unknown';
  end if;

  if v_exception.resolved_at is null then
    select u.subscriber_id into strict v_subscriber from service.subscriptions as u
    where u.tenant_id = v_tenant and u.id = v_exception.subscription_id;
    select r.* into strict v_run from billing.runs as r where r.tenant_id = v_tenant and r.id = v_exception.run_id;
    perform billing.require_ready();
    select d.invoice_count, coalesce(d.total_minor, 0) into v_invoices, v_total from billing.bill_chunk(v_run, array[v_subscriber]) as d;

    update billing.run_exceptions as e set resolved_at = clock.now()
    where e.tenant_id = v_tenant and e.id = v_exception.id and e.resolved_at is null
      -- Nothing is proposed for it any more: no problem, and no line that failed to become an invoice.
      and not exists (
        select from billing.propose(v_run.period, array[v_subscriber]) as p where p.subscription_id = v_exception.subscription_id);
    update billing.runs as r set
      invoice_count = r.invoice_count + v_invoices,
      total_minor = r.total_minor + v_total,
      exception_count = (select count(*) from billing.run_exceptions as e
        where e.tenant_id = v_tenant and e.run_id = r.id and e.resolved_at is null)
    where r.tenant_id = v_tenant and r.id = v_run.id;
  end if;

  return (
    select jsonb_build_object('resolved', e.resolved_at is not null, 'reason', e.reason, 'detail', e.detail,
      'invoice_count', v_invoices, 'total_minor', v_total)
    from billing.run_exceptions as e where e.tenant_id = v_tenant and e.id = v_exception.id);
end
$$;

call access.stand_before_wall('billing.watch()');
call access.stand_before_wall('billing.retry_exception(uuid)');

create function api.billing_watch() returns jsonb language sql stable set search_path = '' as $$ select billing.watch() $$;
create function api.retry_billing_exception(exception_id uuid) returns jsonb language sql set search_path = ''
  as $$ select billing.retry_exception(exception_id) $$;
grant execute on function api.billing_watch(), api.retry_billing_exception(uuid) to authenticated;
