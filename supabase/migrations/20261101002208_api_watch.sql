-- The watch on field cash: payments that may be one, and what stands out. It states what the books say; what it means, a person finds out.

create view api.doubles with (security_invoker = true) as
  select d.tenant_id, d.id, d.kind, d.flagged_at, s.id as subscriber_id, s.name as subscriber_name, s.account_no,
    p.amount_minor, p.method, p.received_at, p.received_by, p.stage, a.full_name as received_by_name,
    (select r.number from collections.receipts as r where r.tenant_id = p.tenant_id and r.payment_id = p.id) as receipt_number,
    d.other_id, o.amount_minor as other_amount_minor, o.method as other_method, o.received_at as other_received_at, o.received_by as other_received_by,
    o.stage as other_stage, b.full_name as other_received_by_name,
    (select r.number from collections.receipts as r where r.tenant_id = o.tenant_id and r.payment_id = o.id) as other_receipt_number,
    case when d.settled_at is not null then 'settled' when 'void' in (p.stage, o.stage) then 'void' else 'waiting' end as state,
    d.settled_at, c.full_name as settled_by_name, d.decision, d.note
  from collections.doubles as d
  join collections.payments as p on p.tenant_id = d.tenant_id and p.id = d.id
  join collections.payments as o on o.tenant_id = d.tenant_id and o.id = d.other_id
  join service.subscribers as s on s.tenant_id = p.tenant_id and s.id = p.subscriber_id
  left join access.colleagues() as a on a.id = p.received_by
  left join access.colleagues() as b on b.id = o.received_by
  left join access.colleagues() as c on c.id = d.settled_by;
grant select on api.doubles to authenticated;

create function api.settle_double(double_id uuid, decision text, note text, void_id uuid default null) returns jsonb language sql
  set search_path = '' as $$ select collections.settle_double(double_id, decision, note, void_id) $$;
grant execute on function api.settle_double(uuid, text, text, uuid) to authenticated;

-- Metres between two places, as the crow flies.
create function places.metres_between(from_latitude double precision, from_longitude double precision, to_latitude double precision,
  to_longitude double precision)
returns integer
language sql
immutable
set search_path = ''
as $$
  select round(12742000 * asin(sqrt(least(1,
    sin(radians(to_latitude - from_latitude) / 2) ^ 2
    + cos(radians(from_latitude)) * cos(radians(to_latitude)) * sin(radians(to_longitude - from_longitude) / 2) ^ 2))))::integer
$$;
grant execute on function places.metres_between(double precision, double precision, double precision, double precision) to linyada_definer;

-- Does somebody do a thing far more often than the others do? More than twice as often; where nobody can be compared, every second time.
create function collections.stands_out(hits bigint, of bigint, others_hits bigint, others_of bigint, at_least integer)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select hits >= at_least and case when others_of > 0 then hits * others_of > 2 * others_hits * of else 2 * hits >= of end
$$;
grant execute on function collections.stands_out(bigint, bigint, bigint, bigint, integer) to linyada_definer;

-- What stands out in the field between two days, both included, for one collector or all. Each row names the facts it stands on.
--   voids        payments voided as mistakes, far more often than those of the others
--   late         cash the office heard of later than a phone may hold it back
--   clock        a receipt that says it was given before the receipt in front of it
--   far          cash taken or a visit noted more than a kilometre from the pin of the subscriber
--   shift        cash handed in on a later day than it was taken, far more often than by the others
--   covered      short at one hand-in, over at the next within three days
--   after_visit  cash booked one to three days after a visit that brought none, far more often than by the others
create function collections.watch(from_on date, until_on date, collector_id uuid default null)
returns table (kind text, id text, member_id uuid, member_name text, at timestamptz, payment_id uuid, remittance_id uuid, subscriber_id uuid,
  subscriber_name text, facts jsonb)
language plpgsql
stable
security definer
set search_path = ''
set jit = off
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_zone   text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_since  timestamptz := from_on::timestamp at time zone v_zone;
  v_until  timestamptz := (until_on + 1)::timestamp at time zone v_zone;
begin
  perform access.require('collections.watch');
  if watch.from_on is null or watch.until_on is null or watch.until_on < watch.from_on or watch.until_on > watch.from_on + 400 then
    raise exception 'Give a first and a last day, in this order and at most 400 days apart.' using errcode = 'PT422', detail = 'invalid_days';
  end if;

  return query
  with taken as materialized (
    select p.id, p.received_by as member_id, p.subscriber_id, p.device_id, p.amount_minor, p.received_at, p.recorded_at,
      (p.received_at at time zone v_zone)::date as taken_on, p.latitude, p.longitude, p.stage, p.voided_at,
      p.stage = 'void' and p.void_kind = 'mistake' as is_mistake, p.remittance_id
    from collections.payments as p
    where p.tenant_id = v_tenant and p.channel = 'field' and p.received_by is not null and p.void_of is null
      and p.received_at >= v_since and p.received_at < v_until
  ),
  counted as (
    select t.member_id, count(*) as receipts, count(*) filter (where t.is_mistake) as voids, max(t.voided_at) filter (where t.is_mistake) as at
    from taken as t group by t.member_id
  ),
  handed_in as (
    select t.member_id, t.taken_on, max(coalesce((r.declared_at at time zone v_zone)::date, clock.today(v_tenant)) - t.taken_on) as days,
      sum(t.amount_minor)::bigint as amount_minor, min(t.received_at) as at
    from taken as t
    left join collections.remittances as r on r.tenant_id = v_tenant and r.id = t.remittance_id and r.state <> 'rejected'
    where t.stage <> 'void'
    group by t.member_id, t.taken_on
  ),
  shifted as (
    select h.member_id, count(*) as days, count(*) filter (where h.days >= 1) as late_days, max(h.days) as longest,
      coalesce(sum(h.amount_minor) filter (where h.days >= 1), 0)::bigint as amount_minor, max(h.at) filter (where h.days >= 1) as at
    from handed_in as h
    group by h.member_id
  ),
  after_visit as (
    select t.member_id, count(*) as receipts, count(v.visited_at) as hits, max(t.received_at) filter (where v.visited_at is not null) as at,
      (array_agg(t.id order by t.received_at desc) filter (where v.visited_at is not null))[1] as payment_id
    from taken as t
    left join lateral (
      select v.visited_at
      from collections.visits as v
      where v.tenant_id = v_tenant and v.subscriber_id = t.subscriber_id and v.collector_id = t.member_id and v.outcome <> 'promised'
        and t.taken_on - (v.visited_at at time zone v_zone)::date between 1 and 3
      limit 1
    ) as v on true
    where t.stage <> 'void'
    group by t.member_id
  ),
  hand_ins as (
    select r.id, r.collector_id, r.declared_at, r.variance_minor,
      lag(r.variance_minor) over w as before_minor, lag(r.declared_at) over w as before_at
    from collections.remittances as r
    where r.tenant_id = v_tenant and r.state in ('counted', 'accepted') and r.declared_at >= v_since - interval '3 days' and r.declared_at < v_until
    window w as (partition by r.collector_id order by r.declared_at, r.id)
  ),
  in_order as (
    select t.id, t.member_id, t.subscriber_id, t.received_at, x.number, lag(t.received_at) over w as before_at, lag(x.number) over w as before_number
    from taken as t
    join collections.receipts as x on x.tenant_id = v_tenant and x.payment_id = t.id
    where t.device_id is not null
    window w as (partition by t.device_id order by x.serial)
  ),
  found as (
    select 'voids' as kind, c.member_id::text as id, c.member_id, c.at, null::uuid as payment_id, null::uuid as remittance_id,
      null::uuid as subscriber_id, jsonb_build_object('voids', c.voids, 'receipts', c.receipts, 'others_voids', o.voids, 'others_receipts', o.receipts) as facts
    from counted as c
    cross join lateral (
      select coalesce(sum(x.voids), 0)::bigint as voids, coalesce(sum(x.receipts), 0)::bigint as receipts from counted as x where x.member_id <> c.member_id
    ) as o
    where collections.stands_out(c.voids, c.receipts, o.voids, o.receipts, 3)

    union all
    -- One row for the payments that came together late: a phone that was away for three days is one thing, not two hundred.
    select 'late', l.payment_id::text, l.member_id, l.at, l.payment_id, null, null,
      jsonb_build_object('receipts', l.receipts, 'hours', l.hours, 'amount_minor', l.amount_minor, 'limit_hours', l.limit_hours)
    from (
      select t.member_id, max(t.recorded_at) as at, count(*) as receipts, sum(t.amount_minor)::bigint as amount_minor, min(s.hours) as limit_hours,
        (array_agg(t.id order by t.received_at))[1] as payment_id,
        floor(extract(epoch from max(t.recorded_at - t.received_at)) / 3600)::integer as hours
      from taken as t
      join tenancy.billing_settings as z on z.tenant_id = v_tenant
      left join collections.collector_limits as own on own.tenant_id = v_tenant and own.id = t.member_id
      cross join lateral (select coalesce(own.unsent_hours, z.collector_unsent_hours) as hours) as s
      where t.recorded_at - t.received_at > make_interval(hours => s.hours)
      group by t.member_id, t.device_id, (t.recorded_at at time zone v_zone)::date
    ) as l

    union all
    select 'clock', i.id::text, i.member_id, i.received_at, i.id, null, i.subscriber_id,
      jsonb_build_object('number', i.number, 'before_number', i.before_number, 'before_at', i.before_at,
        'minutes', floor(extract(epoch from i.before_at - i.received_at) / 60)::integer)
    from in_order as i
    where i.before_at > i.received_at + interval '5 minutes'

    union all
    select 'far', f.id::text, f.member_id, f.at, case when f.what = 'payment' then f.id end, null, f.subscriber_id,
      jsonb_build_object('what', f.what, 'metres', f.metres, 'amount_minor', f.amount_minor)
    from (
      select x.*, places.metres_between(x.latitude, x.longitude, s.latitude, s.longitude) as metres
      from (
        select 'payment' as what, t.id, t.member_id, t.received_at as at, t.subscriber_id, t.latitude, t.longitude, t.amount_minor from taken as t
        union all
        select 'visit', v.id, v.collector_id, v.visited_at, v.subscriber_id, v.latitude, v.longitude, null
        from collections.visits as v
        where v.tenant_id = v_tenant and v.visited_at >= v_since and v.visited_at < v_until
      ) as x
      join service.subscribers as s on s.tenant_id = v_tenant and s.id = x.subscriber_id
      where x.latitude is not null and x.longitude is not null and s.latitude is not null
    ) as f
    where f.metres > 1000

    union all
    select 'shift', h.member_id::text, h.member_id, h.at, null, null, null,
      jsonb_build_object('late_days', h.late_days, 'days', h.days, 'longest', h.longest, 'amount_minor', h.amount_minor, 'others_late_days', o.late_days,
        'others_days', o.days)
    from shifted as h
    cross join lateral (
      select coalesce(sum(x.late_days), 0)::bigint as late_days, coalesce(sum(x.days), 0)::bigint as days from shifted as x where x.member_id <> h.member_id
    ) as o
    where collections.stands_out(h.late_days, h.days, o.late_days, o.days, 3)

    union all
    select 'covered', r.id::text, r.collector_id, r.declared_at, null, r.id, null,
      jsonb_build_object('short_minor', -r.before_minor, 'short_at', r.before_at, 'over_minor', r.variance_minor)
    from hand_ins as r
    where r.declared_at >= v_since and r.before_minor < 0 and r.variance_minor > 0 and r.declared_at - r.before_at <= interval '3 days'

    union all
    select 'after_visit', a.member_id::text, a.member_id, a.at, a.payment_id, null, null,
      jsonb_build_object('hits', a.hits, 'receipts', a.receipts, 'others_hits', o.hits, 'others_receipts', o.receipts)
    from after_visit as a
    cross join lateral (
      select coalesce(sum(x.hits), 0)::bigint as hits, coalesce(sum(x.receipts), 0)::bigint as receipts from after_visit as x where x.member_id <> a.member_id
    ) as o
    where collections.stands_out(a.hits, a.receipts, o.hits, o.receipts, 5)
  )
  select f.kind, f.kind || ':' || f.id, f.member_id, m.full_name, f.at, f.payment_id, f.remittance_id, f.subscriber_id, s.name, f.facts
  from found as f
  join access.members as m on m.tenant_id = v_tenant and m.id = f.member_id
  left join service.subscribers as s on s.tenant_id = v_tenant and s.id = f.subscriber_id
  where watch.collector_id is null or f.member_id = watch.collector_id
  order by f.at desc, f.kind, f.id;
end
$$;
call access.stand_before_wall('collections.watch(date, date, uuid)');

create function api.watch(from_on date, until_on date, collector_id uuid default null)
returns table (kind text, id text, member_id uuid, member_name text, at timestamptz, payment_id uuid, remittance_id uuid, subscriber_id uuid,
  subscriber_name text, facts jsonb)
language sql stable set search_path = '' as $$ select * from collections.watch(from_on, until_on, collector_id) $$;
grant execute on function api.watch(date, date, uuid) to authenticated;
