-- The proposal: what a run would bill. Preview and run are two callers of one function.

-- What the next invoice takes of a charge. A sum in parts shares what is left of it among the invoices that are left, the earlier one takes
-- the odd unit: so the parts add up, also after an invoice that took one is void.
create function billing.next_part(charge_id uuid, amount_minor bigint, parts smallint, remaining smallint)
returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_rest bigint;
begin
  if next_part.parts is null then
    return next_part.amount_minor;
  end if;
  select next_part.amount_minor - coalesce(sum(x.amount_minor), 0) into v_rest
  from billing.charge_parts as x
  join billing.invoices as i on i.tenant_id = x.tenant_id and i.id = x.invoice_id and i.state <> 'void'
  where x.tenant_id = access.tenant_id() and x.charge_id = next_part.charge_id;
  return (v_rest + next_part.remaining - 1) / next_part.remaining;
end
$$;

-- What the run of a period would bill, to everyone or to some subscribers. Preview and run both ask here.
-- A run is for every postpaid service whose own calendar has a boundary on that day, and bills, in advance, each day from the last one
-- billed until the next boundary, whatever the bill day was before. With a subscription it is about that one alone, whatever its
-- boundaries: up to the end of the period the day lies in.
--
-- The price of a period is for all its days: a part of it is price x days / days of the period, its parts are rounded once together and
-- left-over units go to the largest remainder, the earlier part first.
--
-- Order within a service: days given back, days charged anew, the regular period; each by day. Then charges and discounts.
--
-- The hot path: calendar arithmetic is written out, because a function that pins its search path is called, never inlined; the plan is kept,
-- and must not scan a table that was small when it was made.
create function billing.propose(period date, subscribers uuid[] default null, subscription uuid default null)
returns setof billing.proposed_line
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set jit = off
rows 500
as $$
begin
  return query
  with tenant as materialized (
    select t.id, t.time_zone, s.first_period_on, s.bills_while_suspended, s.max_lines_per_subscription,
      billing.anchor(s.invoice_day) as anchor,
      billing.months_between(billing.anchor(s.invoice_day), propose.period) as k,
      greatest(clock.today(t.id), propose.period) as today
    from tenancy.tenants as t
    join tenancy.billing_settings as s on s.tenant_id = t.id
    where t.id = (select access.tenant_id())
  ),
  wanted as materialized (
    select w.id from unnest(propose.subscribers) as w(id)
    union all
    select s.id from service.subscribers as s where propose.subscribers is null and s.tenant_id = (select access.tenant_id())
  ),
  services as materialized (
    select s.id, s.subscriber_id, s.terminated_on, a.anchor,
      a.k - ((a.anchor + make_interval(months => a.k))::date > propose.period)::integer as k, t.time_zone, t.bills_while_suspended,
      b.billed_until, greatest(s.activated_on, t.first_period_on, b.billed_until) as bills_from_on,
      case when s.repair_from < b.billed_until then greatest(s.repair_from, s.activated_on, t.first_period_on) end as repair_from
    from tenant as t
    cross join wanted as w
    join service.subscriptions as s on s.tenant_id = t.id and s.subscriber_id = w.id
    cross join lateral (
      select coalesce(s.bill_anchor_on, t.anchor) as anchor,
        case when s.bill_anchor_on is null then t.k else billing.months_between(s.bill_anchor_on, propose.period) end as k
    ) as a
    left join lateral (
      select (l.service_until at time zone t.time_zone)::date as billed_until
      from billing.invoice_lines as l
      where l.tenant_id = (select access.tenant_id()) and l.subscription_id = s.id and l.kind in ('recurring', 'proration') and l.in_force
        and l.service_until is not null
      order by l.service_until desc
      limit 1
    ) as b on true
    where s.billing_mode = 'postpaid'
      and s.state <> 'pending'
      and case when propose.subscription is null then (a.anchor + make_interval(months => a.k))::date = propose.period
        else s.id = propose.subscription end
  ),
  periods as materialized (
    select s.id, s.subscriber_id, s.time_zone, s.bills_while_suspended, d.from_on, d.until_on,
      greatest(d.from_on, s.bills_from_on) as bills_from_on, least(d.until_on, s.terminated_on) as bills_until_on
    from services as s
    -- No month is shorter than 28 days, so this begins early enough; what lies before the first day falls out below.
    cross join lateral generate_series(
      s.k - case when s.bills_from_on >= propose.period then 0 else 1 + (propose.period - s.bills_from_on) / 28 end, s.k) as g(k)
    cross join lateral (
      select (s.anchor + make_interval(months => g.k))::date as from_on,
        (s.anchor + make_interval(months => g.k + 1))::date as until_on
    ) as d
    where greatest(d.from_on, s.bills_from_on) < least(d.until_on, s.terminated_on)
  ),
  spans as materialized (
    select p.*,
      datemultirange(daterange(p.bills_from_on, p.bills_until_on))
      - coalesce((
          select range_agg(x.days) from service.pauses as x
          where x.tenant_id = (select access.tenant_id()) and x.subscription_id = p.id and x.days && daterange(p.from_on, p.until_on)
        ), '{}'::datemultirange)
      - case when p.bills_while_suspended then '{}'::datemultirange else coalesce((
          select range_agg(daterange((h.opened_at at time zone p.time_zone)::date, (h.closed_at at time zone p.time_zone)::date))
          from service.holds as h
          where h.tenant_id = (select access.tenant_id()) and h.subscription_id = p.id and h.kind <> 'fault'
        ), '{}'::datemultirange) end as days
    from periods as p
  ),
  parts as (
    select s.id, s.subscriber_id, s.time_zone, s.from_on, s.until_on, s.bills_from_on, s.days, t.plan_id, t.price_minor, t.part,
      t.price_minor * (upper(t.part) - lower(t.part)) as weight       -- the amount is weight / days of the period
    from spans as s
    left join lateral (
      select t.plan_id, t.price_minor, d.part
      from service.subscription_terms as t
      cross join lateral unnest(s.days * datemultirange(t.valid)) as d(part)
      where t.tenant_id = (select access.tenant_id()) and t.subscription_id = s.id
    ) as t on true
    where not isempty(s.days)
  ),
  -- The whole is rounded once; left-over units go to the largest remainders, so the parts add up to it.
  shares as (
    select p.*,
      row_number() over (partition by p.id, p.from_on order by p.part) as part_no,
      p.weight / (p.until_on - p.from_on) + (
        row_number() over (partition by p.id, p.from_on order by p.weight % (p.until_on - p.from_on) desc, p.part)
        <= (2 * sum(p.weight) over same + (p.until_on - p.from_on)) / (2 * (p.until_on - p.from_on))
          - sum(p.weight / (p.until_on - p.from_on)) over same
      )::integer as amount_minor,
      p.days <> coalesce(range_agg(p.part) over same, '{}') as has_gap,
      count(*) over (partition by p.id) as line_count
    from parts as p
    window same as (partition by p.id, p.from_on)
  ),
  -- For a service without a repair nothing is asked.
  repaired as materialized (
    select m.*, s.subscriber_id, s.time_zone, count(*) over (partition by m.id) as line_count
    from billing.mend(array(
      select row(s.id, s.anchor, s.repair_from, s.billed_until, s.terminated_on, s.time_zone, s.bills_while_suspended)::billing.service_to_mend
      from services as s where s.repair_from is not null)) as m
    join services as s on s.id = m.id
  ),
  problems as materialized (
    select distinct on (s.id) s.id, s.subscriber_id,
      case when s.line_count > t.max_lines_per_subscription then 'too_many_lines' else 'no_price' end as problem,
      case when s.line_count > t.max_lines_per_subscription
        then format('%s lines at once; the limit is %s. Look at the day the service began and at its breaks.', s.line_count, t.max_lines_per_subscription)
        else format('No plan and price for some days between %s and %s.',
          to_char(s.from_on, 'FMDD Mon YYYY'), to_char(s.until_on - 1, 'FMDD Mon YYYY')) end as detail
    from (
      select s.id, s.subscriber_id, s.line_count, s.has_gap, s.from_on, s.until_on from shares as s
      union all
      select r.id, r.subscriber_id, r.line_count, r.has_gap, lower(r.days), upper(r.days) from repaired as r
    ) as s
    cross join tenant as t
    where s.line_count > t.max_lines_per_subscription or s.has_gap
    order by s.id, s.line_count > t.max_lines_per_subscription desc, s.from_on
  ),
  days as materialized (
    select s.subscriber_id, s.id as subscription_id, 1 as part_of, 3 as stage, s.bills_from_on as from_on, s.part_no,
      case when s.part_no = 1 then 'recurring' else 'proration' end as kind,
      p.name || ', ' || to_char(lower(s.part), 'FMDD Mon YYYY') || ' to ' || to_char(upper(s.part) - 1, 'FMDD Mon YYYY') as description,
      lower(s.part)::timestamp at time zone s.time_zone as service_from,
      upper(s.part)::timestamp at time zone s.time_zone as service_until,
      p.vat_class, s.amount_minor::bigint as amount_minor, null::uuid as charge_id, s.plan_id, s.price_minor, null::uuid as returns_line_id
    from shares as s
    join catalog.plans as p on p.tenant_id = (select access.tenant_id()) and p.id = s.plan_id
    where not exists (select from problems as x where x.id = s.id)
    union all
    -- A line that carried no VAT gives none back.
    select r.subscriber_id, r.id, 1, r.stage, lower(r.days), 0, 'proration',
      p.name || case r.stage when 1 then ' given back, ' else ', ' end
        || to_char(lower(r.days), 'FMDD Mon YYYY') || ' to ' || to_char(upper(r.days) - 1, 'FMDD Mon YYYY'),
      lower(r.days)::timestamp at time zone r.time_zone, upper(r.days)::timestamp at time zone r.time_zone,
      case when r.stage = 2 then p.vat_class when r.rate_bp = 0 and r.vat_class = 'vatable' then 'exempt' else r.vat_class end,
      r.amount_minor, null, case r.stage when 2 then r.plan_id end, r.price_minor, r.line_id
    from repaired as r
    join catalog.plans as p on p.tenant_id = (select access.tenant_id()) and p.id = r.plan_id
    where not exists (select from problems as x where x.id = r.id)
  ),
  waiting as materialized (
    select c.id, c.subscriber_id, c.subscription_id, c.kind, c.vat_class, c.percent_bp, o.plan_id,
      row_number() over (partition by c.subscriber_id order by c.created_at, coalesce(c.plan_discount_id, c.id), c.id) as part_no,
      c.description || case when c.percent_bp is null then '' else ' (' || trim_scale(c.percent_bp / 100.0) || ' %)' end as description,
      -- No invoice follows the last one, so it takes all the parts that are left.
      billing.next_part(c.id, c.amount_minor, c.parts, case when propose.subscription is null then c.remaining else 1::smallint end) as amount_minor,
      c.kind in ('discount', 'outage_credit') as is_credit
    from tenant as t
    cross join wanted as w
    join billing.charges as c on c.tenant_id = t.id and c.subscriber_id = w.id
    left join catalog.plan_discounts as o on o.tenant_id = t.id and o.id = c.plan_discount_id
    where c.remaining is distinct from 0 and c.cancelled_at is null and c.starts_on <= t.today
      and (c.until_on is null or c.until_on > propose.period)
      and c.kind <> 'deposit' and not c.is_conditional
      and case when propose.subscription is null then
        -- A run that is looked through again takes no second part of what its first invoice took.
        not exists (select from billing.invoices as i
          where i.tenant_id = t.id and i.subscriber_id = c.subscriber_id and i.period = propose.period and i.state <> 'void'
            and i.created_at >= c.created_at)
        -- Nor does the last invoice take again what comes once a period: the period it ends in may have been billed.
        else c.parts is not null or c.kind <> 'one_time' or not exists (
          select from billing.charge_parts as x
          join billing.invoices as i on i.tenant_id = x.tenant_id and i.id = x.invoice_id
          where x.tenant_id = t.id and x.charge_id = c.id and i.state <> 'void'
            and i.period between (select (s.anchor + make_interval(months => s.k))::date from services as s) and propose.period)
        end
      and case when propose.subscription is null then
        exists (select from billing.period_of(t.anchor, propose.period) as o where o.starts_on = propose.period)
        or c.subscriber_id in (select d.subscriber_id from days as d)
      else
        -- The last invoice of the last service takes all that waits.
        c.subscription_id = propose.subscription
        or not exists (select from service.subscriptions as o
          where o.tenant_id = t.id and o.subscriber_id = c.subscriber_id and o.id <> propose.subscription and o.state <> 'terminated')
      end
  ),
  charged as materialized (
    select d.* from days as d
    union all
    select c.subscriber_id, c.subscription_id, 2, 0, null, c.part_no, c.kind, c.description, null, null, c.vat_class, c.amount_minor, c.id,
      null, null, null
    from waiting as c where not c.is_credit and c.amount_minor <> 0
  ),
  -- A credit lowers what is charged, in the class of VAT that it is charged in. One in percent, or of one service, is of what the services
  -- cost now: days given back came at what they really cost.
  lowers as (
    select c.id, p.vat_class, sum(p.amount_minor) as base_minor
    from waiting as c
    join charged as p on p.subscriber_id = c.subscriber_id and p.amount_minor > 0
      and (c.kind <> 'discount' or (c.percent_bp is null and c.subscription_id is null)
        or (p.part_of = 1 and (c.subscription_id is null or p.subscription_id = c.subscription_id) and (c.plan_id is null or p.plan_id = c.plan_id)))
    where c.is_credit
    group by c.id, p.vat_class
  ),
  -- Its whole is rounded once; left-over units go to the largest remainders.
  lowered as (
    select l.id, l.vat_class, div(w.whole_minor * l.base_minor, w.base_minor) + (
        row_number() over (partition by l.id order by mod(w.whole_minor * l.base_minor, w.base_minor) desc, l.vat_class)
        <= w.whole_minor - sum(div(w.whole_minor * l.base_minor, w.base_minor)) over (partition by l.id)
      )::integer as amount_minor
    from lowers as l
    join (
      select c.id, sum(l.base_minor) as base_minor,
        coalesce(round(sum(l.base_minor) * c.percent_bp / 10000), least(-c.amount_minor, sum(l.base_minor))) as whole_minor
      from waiting as c
      join lowers as l on l.id = c.id
      group by c.id, c.percent_bp, c.amount_minor
    ) as w on w.id = l.id
  ),
  -- Together they lower nothing below zero, the first one first.
  credits as (
    select c.*, l.vat_class as of_class, l.amount_minor as wish_minor, r.room_minor,
      sum(l.amount_minor) over (partition by c.subscriber_id, l.vat_class order by c.part_no) as until_minor
    from lowered as l
    join waiting as c on c.id = l.id
    join (
      select p.subscriber_id, p.vat_class, sum(p.amount_minor) as room_minor from charged as p where p.amount_minor > 0
      group by p.subscriber_id, p.vat_class
    ) as r on r.subscriber_id = c.subscriber_id and r.vat_class = l.vat_class
  ),
  candidates as (
    select p.* from charged as p
    union all
    select c.subscriber_id, c.subscription_id, 2, 0, null, c.part_no, c.kind, c.description, null, null, c.of_class,
      (least(c.until_minor - c.wish_minor, c.room_minor) - least(c.until_minor, c.room_minor))::bigint, c.id, null, null, null
    from credits as c
    where c.until_minor - c.wish_minor < c.room_minor and c.wish_minor > 0
  ),
  -- Neither an invoice nor its VAT is below nothing: where the days given back are more than that, credit notes give them back.
  weighed as (
    select c.*, c.returns_line_id is not null and not (
        coalesce(sum(c.amount_minor) filter (where c.vat_class = 'vatable') over whole, 0) >= 0
        and (sum(c.amount_minor) over whole > 0
          or sum(c.amount_minor) over whole = 0 and coalesce(sum(c.amount_minor) filter (where c.vat_class = 'vatable') over whole, 0) = 0)
      ) as is_by_note
    from candidates as c
    window whole as (partition by c.subscriber_id)
  ),
  totals as (
    select w.*, sum(w.amount_minor) over whole as total_minor, bool_or(w.part_of = 1) over whole as has_days
    from weighed as w
    window whole as (partition by w.subscriber_id, w.is_by_note)
  )
  select t.subscriber_id, t.subscription_id,
    case when not t.is_by_note then
      row_number() over (partition by t.subscriber_id, t.is_by_note order by t.part_of, t.subscription_id, t.stage, t.from_on, t.part_no, t.vat_class) end::integer,
    t.kind, t.description, t.from_on, t.service_from, t.service_until, t.vat_class, t.amount_minor, t.charge_id, null::text, null::text,
    t.plan_id, t.price_minor, t.returns_line_id
  from totals as t
  -- A month that is wholly discounted is invoiced at nothing; charges that come to nothing wait for one.
  where t.total_minor > 0 or t.has_days or propose.subscription is not null
  union all
  select p.subscriber_id, p.id, null, null, null, null, null, null, null, null, null, p.problem, p.detail, null, null, null
  from problems as p;
end
$$;

call access.stand_before_wall('billing.next_part(uuid, bigint, smallint, smallint)', null);
call access.stand_before_wall('billing.propose(date, uuid[], uuid)', null);
