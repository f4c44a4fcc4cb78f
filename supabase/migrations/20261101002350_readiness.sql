-- Readiness: what a load balancer or a monitor asks, and may. Ages and a version; nothing of any tenant.

-- Belongs to the migrating role, because whoever asks is signed in nowhere and the answer is about all tenants at once.
create function tenancy.readiness()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_now       timestamptz := clock.now();
  v_overdue   double precision;
  v_dunning   double precision;
  v_migration text;
begin
  -- The current period of each tenant's own calendar, from its own midnight on. A paused run waits for a person, so it is not overdue.
  select max(extract(epoch from v_now - (d.starts_on::timestamp at time zone t.time_zone)))
  into v_overdue
  from tenancy.tenants as t
  join tenancy.billing_settings as s on s.tenant_id = t.id
  cross join lateral billing.period_of(billing.anchor(s.invoice_day), (v_now at time zone t.time_zone)::date) as d
  where d.starts_on >= s.first_period_on
    and not exists (
      select from billing.runs as r
      where r.tenant_id = t.id and r.period = d.starts_on and r.state in ('done', 'paused'));

  -- The day's look through everybody who owes, since that midnight; of who signed up today, since then.
  select max(extract(epoch from v_now - greatest(t.created_at, z.today::timestamp at time zone t.time_zone)))
  into v_dunning
  from tenancy.tenants as t
  cross join lateral (select (v_now at time zone t.time_zone)::date as today) as z
  where not exists (
    select from billing.dunning_rounds as r where r.tenant_id = t.id and r.day = z.today and r.finished_at is not null);

  if to_regclass('supabase_migrations.schema_migrations') is not null then
    execute 'select max(version) from supabase_migrations.schema_migrations' into v_migration;
  end if;
  return jsonb_build_object('migration', v_migration, 'overdue_run_seconds', coalesce(v_overdue, 0)::bigint,
    'overdue_dunning_seconds', coalesce(v_dunning, 0)::bigint);
end
$$;

create function api.readiness() returns jsonb language sql stable set search_path = '' as $$ select tenancy.readiness() $$;

grant execute on function tenancy.readiness(), api.readiness() to anon, authenticated;
