-- Reports of the field: who took how much, and what every collector holds.

create type collections.daily_collection as (
  day date, collector_id uuid, collector_name text, method text, channel text, receipts bigint, amount_minor bigint);

-- Money received by day, collector, method and channel, in [from_on, until_on). Voids are out; cash not yet identified is in.
create function api.report_daily_collection(from_on date, until_on date, collector_id uuid default null)
returns setof collections.daily_collection
language plpgsql
stable
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_zone   text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
begin
  if not (access.can('payments.read') or access.can('reports.read')) then
    perform access.require('reports.read');
  end if;
  return query
    select (p.received_at at time zone v_zone)::date as day, p.received_by, m.full_name, p.method, p.channel, count(*), sum(p.amount_minor)::bigint
    from collections.payments as p
    left join access.colleagues() as m on m.id = p.received_by
    where p.tenant_id = v_tenant and p.stage <> 'void'
      and p.received_at >= report_daily_collection.from_on::timestamp at time zone v_zone and p.received_at < report_daily_collection.until_on::timestamp at time zone v_zone
      and (report_daily_collection.collector_id is null or p.received_by = report_daily_collection.collector_id)
    group by 1, 2, 3, 4, 5
    order by 1 desc, 3, 4, 5;
end
$$;

-- The same for one day; today when none is named.
create function api.collections_today(day date default null)
returns setof collections.daily_collection
language sql
stable
set search_path = ''
as $$
  select r.*
  from (select coalesce(collections_today.day, clock.today(access.tenant_id())) as day) as d
  cross join lateral api.report_daily_collection(d.day, d.day + 1) as r
$$;

-- How many doors are on a collector's routes, and at how many of them cash was taken or a visit noted today.
create function collections.route_progress(collector_id uuid)
returns table (stops bigint, done bigint)
language plpgsql
stable
security definer
set search_path = ''
rows 1
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_since  timestamptz := (select clock.today(t.id)::timestamp at time zone t.time_zone from tenancy.tenants as t where t.id = v_tenant);
begin
  return query
  select count(*), count(*) filter (where s.subscriber_id in (
      select p.subscriber_id from collections.payments as p
      where p.tenant_id = v_tenant and p.received_by = route_progress.collector_id and p.received_at >= v_since and p.stage <> 'void'
      union all
      select v.subscriber_id from collections.visits as v
      where v.tenant_id = v_tenant and v.collector_id = route_progress.collector_id and v.visited_at >= v_since
      union all
      select q.subscriber_id from collections.promises as q
      where q.tenant_id = v_tenant and q.taken_by = route_progress.collector_id and q.made_at >= v_since))
  from places.routes as r
  join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
  where r.tenant_id = v_tenant and r.id = any ((select places.routes_walked_by(route_progress.collector_id, clock.today(v_tenant)))::uuid[])
    and (route_progress.collector_id = access.member_id() or access.can('collections.read'));
end
$$;
call access.stand_before_wall('collections.route_progress(uuid)');

-- Everyone who collects or did: what they hold and may hold, what they handed in, what came in today, how far along the route they are,
-- and whether their phone was heard of. Cash that was handed in is no longer held, so that who counts it cannot read its sum here.
create view api.collectors with (security_invoker = true) as
  select m.tenant_id, m.id, c.full_name, m.status,
    h.amount_minor as on_hand_minor, h.oldest_at as on_hand_since,
    coalesce(l.cash_limit_minor, z.collector_cash_limit_minor) as cash_limit_minor,
    coalesce(l.unsent_limit, z.collector_unsent_limit) as unsent_limit,
    coalesce(l.unsent_hours, z.collector_unsent_hours) as unsent_hours,
    l.id is not null and num_nonnulls(l.cash_limit_minor, l.unsent_limit, l.unsent_hours) > 0 as has_own_limits,
    collections.shortage_of(m.id) as shortage_minor,
    (select count(*) from collections.remittances as r
      where r.tenant_id = m.tenant_id and r.collector_id = m.id and r.state in ('submitted', 'counted')) as open_remittances,
    coalesce(w.stops, 0) as stops, coalesce(w.done, 0) as stops_done,
    coalesce(t.amount_minor, 0)::bigint as collected_today_minor,
    coalesce(t.receipts, 0) as receipts_today,
    d.last_seen_at, d.silent_since, coalesce(d.unsent_count, 0)::bigint as unsent_count,
    array(select r.name from api.routes as r where r.tenant_id = m.tenant_id and r.walker_id = m.id order by r.name) as route_names,
    (select count(*) from sync.commands as k
      where k.tenant_id = m.tenant_id and k.member_id = m.id and k.state = 'parked' and k.settled_at is null)
    + (select count(*) from sync.alarms as k where k.tenant_id = m.tenant_id and k.member_id = m.id and k.settled_at is null) as parked_count
  from access.members as m
  join access.colleagues() as c on c.id = m.id
  join tenancy.billing_settings as z on z.tenant_id = m.tenant_id
  left join ledger.accounts as a on a.tenant_id = m.tenant_id and a.code = 'collector_cash' and a.owner_id = m.id
  left join collections.collector_limits as l on l.tenant_id = m.tenant_id and l.id = m.id
  left join lateral collections.cash_in_hand(m.id) as h on true
  left join lateral collections.route_progress(m.id) as w on true
  left join lateral (
    select sum(p.amount_minor) as amount_minor, count(*) as receipts
    from collections.payments as p
    where p.tenant_id = m.tenant_id and p.received_by = m.id and p.channel = 'field' and p.stage <> 'void'
      and p.received_at >= (select clock.today(z.id)::timestamp at time zone z.time_zone from tenancy.tenants as z where z.id = m.tenant_id)
  ) as t on true
  left join lateral (
    select max(d.last_seen_at) as last_seen_at, sum(d.unsent_count) filter (where d.status in ('active', 'wiping')) as unsent_count,
      min(d.last_seen_at) filter (where d.status in ('active', 'wiping')
        and d.last_seen_at < clock.now() - make_interval(hours => z.field_silent_hours)) as silent_since
    from collections.devices as d
    where d.tenant_id = m.tenant_id and d.member_id = m.id
  ) as d on true
  where a.id is not null
    or d.last_seen_at is not null
    or exists (select from places.routes as r where r.tenant_id = m.tenant_id and r.collector_id = m.id)
    or exists (
      select from access.role_permissions as p
      where p.tenant_id = m.tenant_id and p.role_id = m.role_id and p.permission = 'collections.collect'
        and exists (select from access.roles as r where r.tenant_id = m.tenant_id and r.id = m.role_id and r.home = 'collector'));

grant select on api.collectors to authenticated;
grant execute on function api.report_daily_collection(date, date, uuid), api.collections_today(date) to authenticated;
