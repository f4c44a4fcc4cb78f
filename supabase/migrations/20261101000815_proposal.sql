-- The proposal: what a run would bill.

create type billing.proposed_line as (
  subscriber_id   uuid,
  subscription_id uuid,
  position        integer,        -- within the subscriber's invoice
  kind            text,
  description     text,
  period          date,
  service_from    timestamptz,
  service_until   timestamptz,
  vat_class       text,
  amount_minor    bigint,         -- VAT included
  charge_id       uuid,
  problem         text,           -- why this subscription cannot be billed; then nothing else is set
  detail          text,
  plan_id         uuid,           -- what a line of service was reckoned from
  price_minor     bigint,
  returns_line_id uuid            -- the line whose days this one gives back
);
comment on type billing.proposed_line is 'A line a billing run would put on an invoice, or why it cannot.';
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

-- The days a line of service charges for: its own, less those given back.
create function billing.days_charged(line billing.invoice_lines, time_zone text)
returns datemultirange
language plpgsql
stable
set search_path = ''
as $$
begin
  return datemultirange(daterange(
      (line.service_from at time zone days_charged.time_zone)::date, (line.service_until at time zone days_charged.time_zone)::date))
    - coalesce((select range_agg(r.days) from billing.returned_days as r
        where r.tenant_id = line.tenant_id and r.line_id = line.id and r.in_force), '{}');
end
$$;

-- What a line of service really charged: its total less its share of the discounts on its invoice (those of its service, and those of the
-- whole invoice) and of what was written off, and less its credit notes that give back no days. What is given back of it is a part of this.
create function billing.charged_for(line_id uuid)
returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select greatest(0, round(l.total_minor
      - coalesce(l.total_minor * o.discount_minor / nullif(o.charged_minor, 0), 0)
      - coalesce(l.total_minor * w.discount_minor / nullif(w.charged_minor, 0), 0)
      - coalesce(n.credited_minor, 0)
      - coalesce(l.total_minor * f.given_up_minor / nullif(w.charged_minor, 0), 0)))::bigint
    from billing.invoice_lines as l
    cross join lateral (
      select -sum(x.total_minor) filter (where x.kind in ('discount', 'outage_credit')) as discount_minor,
        sum(x.total_minor) filter (where x.total_minor > 0) as charged_minor
      from billing.invoice_lines as x
      where x.tenant_id = l.tenant_id and x.invoice_id = l.invoice_id and x.subscription_id = l.subscription_id
    ) as o
    cross join lateral (
      select -sum(x.total_minor) filter (where x.kind in ('discount', 'outage_credit') and x.subscription_id is null) as discount_minor,
        sum(x.total_minor) filter (where x.total_minor > 0) as charged_minor
      from billing.invoice_lines as x
      where x.tenant_id = l.tenant_id and x.invoice_id = l.invoice_id
    ) as w
    cross join lateral (
      select sum(n.total_minor) as credited_minor
      from billing.credit_note_lines as n
      where n.tenant_id = l.tenant_id and n.invoice_line_id = l.id
        and not exists (select from billing.returned_days as r where r.tenant_id = n.tenant_id and r.credit_note_id = n.credit_note_id)
    ) as n
    cross join lateral (
      select sum(f.amount_minor) as given_up_minor from billing.write_offs as f where f.tenant_id = l.tenant_id and f.invoice_id = l.invoice_id
    ) as f
    where l.tenant_id = (select access.tenant_id()) and l.id = charged_for.line_id
  );
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
-- Repairs. What was billed is looked at again from the day a service notes as repair_from: a change of plan, a pause, an end.
-- 1. A day that was charged and is wanted no more, or under another plan or price, is given back. A line that charged A (see charged_for)
--    for n days, of which k stay, keeps round(A x k / n); what it kept before beyond that is given back, shared by days among the gaps.
-- 2. A day that is wanted and not under a line is charged. The days of a period that stay and the new ones are rounded once together, so
--    the lines of a period always add up to the price of its days as they are now, and a change that changes no price nets to zero.
-- 3. While a hold stops billing, no new day is billed; days already billed stay.
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
  -- Repairs: none of what follows finds a row for a service without one.
  repairs as materialized (
    select s.*, p.starts_on as looks_from,
      case when s.repair_from < least(s.billed_until, s.terminated_on)
        then datemultirange(daterange(s.repair_from, least(s.billed_until, s.terminated_on))) else '{}' end
      - coalesce((select range_agg(x.days) from service.pauses as x
          where x.tenant_id = (select access.tenant_id()) and x.subscription_id = s.id), '{}') as days
    from services as s
    cross join lateral billing.period_of(s.anchor, s.repair_from) as p
    where s.repair_from is not null
  ),
  covered as materialized (
    select r.id, r.repair_from, l.id as line_id, l.plan_id, l.price_minor, l.vat_class, l.total_minor, d.from_on, d.until_on, i.rate_bp,
      datemultirange(daterange(d.from_on, d.until_on)) - coalesce(g.days, '{}') as days, coalesce(g.amount_minor, 0) as returned_minor
    from repairs as r
    join billing.invoice_lines as l on l.tenant_id = (select access.tenant_id()) and l.subscription_id = r.id
      and l.service_until > (r.looks_from::timestamp at time zone r.time_zone)
    join billing.invoices as i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
    cross join lateral (
      select (l.service_from at time zone r.time_zone)::date as from_on, (l.service_until at time zone r.time_zone)::date as until_on
    ) as d
    left join lateral (
      select range_agg(x.days) as days, sum(x.amount_minor) as amount_minor
      from billing.returned_days as x
      where x.tenant_id = l.tenant_id and x.line_id = l.id and x.in_force
    ) as g on true
    where l.kind in ('recurring', 'proration') and l.in_force and l.price_minor is not null
  ),
  asked as materialized (
    select r.id, t.plan_id, t.price_minor, range_agg(t.valid) * r.days as days
    from repairs as r
    join service.subscription_terms as t on t.tenant_id = (select access.tenant_id()) and t.subscription_id = r.id
    group by r.id, r.days, t.plan_id, t.price_minor
  ),
  kept as materialized (
    select c.*, k.days as stays, c.days - k.days as goes
    from covered as c
    left join asked as a on a.id = c.id and a.plan_id = c.plan_id and a.price_minor = c.price_minor
    cross join lateral (
      select c.days * (datemultirange(daterange(null, c.repair_from)) + coalesce(a.days, '{}')) as days
    ) as k
  ),
  returns as (
    select k.*, g.days as part, k.amount_minor * (upper(g.days) - lower(g.days)) / k.day_count + (
        row_number() over (partition by k.line_id
          order by k.amount_minor * (upper(g.days) - lower(g.days)) % k.day_count desc, g.days)
        <= k.amount_minor - sum(k.amount_minor * (upper(g.days) - lower(g.days)) / k.day_count) over (partition by k.line_id)
      )::integer as part_minor
    from (
      select k.id, k.line_id, k.plan_id, k.vat_class, k.rate_bp, k.goes, n.day_count,
        greatest(0, c.charged_minor - k.returned_minor
          - round(c.charged_minor::numeric * n.stay_count / (k.until_on - k.from_on)))::bigint as amount_minor
      from kept as k
      cross join lateral (select billing.charged_for(k.line_id) as charged_minor) as c
      cross join lateral (
        select (select sum(upper(d) - lower(d)) from unnest(k.goes) as d) as day_count,
          (select coalesce(sum(upper(d) - lower(d)), 0) from unnest(k.stays) as d) as stay_count
      ) as n
      where not isempty(k.goes)
    ) as k
    cross join lateral unnest(k.goes) as g(days)
  ),
  under as (
    select r.id, coalesce((select range_agg(d) from kept as k, unnest(k.stays) as d where k.id = r.id), '{}') as stays,
      case when r.bills_while_suspended then '{}'::datemultirange else coalesce((
          select range_agg(daterange((h.opened_at at time zone r.time_zone)::date, (h.closed_at at time zone r.time_zone)::date))
          from service.holds as h
          where h.tenant_id = (select access.tenant_id()) and h.subscription_id = r.id and h.kind <> 'fault'
        ), '{}'::datemultirange)
        - coalesce((select range_agg(d) from kept as k, unnest(k.days) as d where k.id = r.id), '{}') end as held
    from repairs as r
  ),
  anew as materialized (
    select a.id, a.plan_id, a.price_minor, d.from_on, d.until_on, p.part, a.price_minor * (upper(p.part) - lower(p.part)) as weight
    from asked as a
    join under as u on u.id = a.id
    join repairs as r on r.id = a.id
    cross join lateral generate_series(billing.months_between(r.anchor, r.looks_from) - 1, billing.months_between(r.anchor, r.billed_until)) as g(k)
    cross join lateral (
      select (r.anchor + make_interval(months => g.k))::date as from_on, (r.anchor + make_interval(months => g.k + 1))::date as until_on
    ) as d
    cross join lateral unnest((a.days - u.stays - u.held) * datemultirange(daterange(d.from_on, d.until_on))) as p(part)
  ),
  -- What stays of a period counts with the amount its lines keep, unless a change of the bill day let them lie across it.
  anew_sums as (
    select n.id, n.from_on, n.until_on, n.weight,
      greatest(0, round((n.weight + s.weight) / (n.until_on - n.from_on)) - s.part_minor
        - case when s.is_within and abs(s.kept_minor - s.part_minor) <= s.line_count then s.kept_minor - s.part_minor else 0 end)::bigint
        as amount_minor
    from (
      select n.id, n.from_on, n.until_on, sum(n.weight) as weight from anew as n group by n.id, n.from_on, n.until_on
    ) as n
    cross join lateral (
      select coalesce(sum(k.price_minor * c.day_count), 0) as weight, count(*) as line_count,
        round(coalesce(sum(k.price_minor * c.day_count), 0) / (n.until_on - n.from_on)) as part_minor,
        coalesce(sum(round(k.total_minor::numeric * c.day_count / (k.until_on - k.from_on))), 0) as kept_minor,
        coalesce(bool_and(k.from_on >= n.from_on and k.until_on <= n.until_on), true) as is_within
      from kept as k
      cross join lateral (
        select sum(upper(d) - lower(d)) as day_count
        from unnest(k.stays * datemultirange(daterange(n.from_on, n.until_on))) as d
      ) as c
      where k.id = n.id and c.day_count > 0
    ) as s
  ),
  anew_shares as (
    select n.*, div(s.amount_minor * n.weight, s.weight) + (
        row_number() over (partition by n.id, n.from_on order by mod(s.amount_minor * n.weight, s.weight) desc, n.part)
        <= s.amount_minor - sum(div(s.amount_minor * n.weight, s.weight)) over (partition by n.id, n.from_on)
      )::integer as amount_minor
    from anew as n
    join anew_sums as s on s.id = n.id and s.from_on = n.from_on
  ),
  repaired as materialized (
    select r.id, r.subscriber_id, x.*, r.time_zone, count(*) over (partition by r.id) as line_count,
      r.days <> coalesce((select range_agg(d) from asked as a, unnest(a.days) as d where a.id = r.id), '{}') as has_gap
    from repairs as r
    cross join lateral (
      select 1 as stage, p.part, p.plan_id, p.vat_class, p.rate_bp, null::bigint as price_minor, -p.part_minor::bigint as amount_minor, p.line_id
      from returns as p where p.id = r.id
      union all
      select 2, n.part, n.plan_id, null, null, n.price_minor, n.amount_minor::bigint, null
      from anew_shares as n where n.id = r.id
    ) as x
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
      select r.id, r.subscriber_id, r.line_count, r.has_gap, lower(r.part), upper(r.part) from repaired as r
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
    select r.subscriber_id, r.id, 1, r.stage, lower(r.part), 0, 'proration',
      p.name || case r.stage when 1 then ' given back, ' else ', ' end
        || to_char(lower(r.part), 'FMDD Mon YYYY') || ' to ' || to_char(upper(r.part) - 1, 'FMDD Mon YYYY'),
      lower(r.part)::timestamp at time zone r.time_zone, upper(r.part)::timestamp at time zone r.time_zone,
      case when r.stage = 2 then p.vat_class when r.rate_bp = 0 and r.vat_class = 'vatable' then 'exempt' else r.vat_class end,
      r.amount_minor, null, case r.stage when 2 then r.plan_id end, r.price_minor, r.line_id
    from repaired as r
    join catalog.plans as p on p.tenant_id = (select access.tenant_id()) and p.id = r.plan_id
    where not exists (select from problems as x where x.id = r.id)
  ),
  candidates as materialized (
    select d.* from days as d
    union all
    select c.subscriber_id, c.subscription_id, 2, 0, null, row_number() over (order by c.created_at, c.id),
      c.kind, c.description || case when c.percent_bp is null then '' else ' (' || trim_scale(c.percent_bp / 100.0) || ' %)' end, null, null,
      c.vat_class, a.amount_minor, c.id, null, null, null
    from tenant as t
    cross join wanted as w
    join billing.charges as c on c.tenant_id = t.id and c.subscriber_id = w.id
    -- A discount in percent, or of one service, is of what the services cost now; days given back came at what they really cost.
    left join lateral (
      select coalesce(sum(d.amount_minor), 0)::bigint as amount_minor
      from days as d
      left join catalog.plan_discounts as o on o.tenant_id = t.id and o.id = c.plan_discount_id
      where d.subscriber_id = c.subscriber_id and (c.subscription_id is null or d.subscription_id = c.subscription_id)
        and d.amount_minor > 0 and (o.id is null or d.plan_id = o.plan_id)
    ) as o on c.kind = 'discount' and (c.percent_bp is not null or c.subscription_id is not null)
    cross join lateral (
      select case when c.percent_bp is not null then -round(o.amount_minor::numeric * c.percent_bp / 10000)::bigint
        when o.amount_minor is not null then greatest(c.amount_minor, -o.amount_minor)
        else billing.next_part(c.id, c.amount_minor, c.parts, c.remaining) end as amount_minor
    ) as a
    where c.remaining is distinct from 0 and c.cancelled_at is null and c.starts_on <= t.today
      and (c.until_on is null or c.until_on > propose.period)
      and c.kind <> 'deposit' and not c.is_conditional and a.amount_minor <> 0
      -- A run that is looked through again takes no second part of what its first invoice took.
      and not exists (select from billing.invoices as i
        where i.tenant_id = t.id and i.subscriber_id = c.subscriber_id and i.period = propose.period and i.state <> 'void'
          and i.created_at >= c.created_at)
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
  totals as (
    select c.*,
      sum(c.amount_minor) over whole as total_minor,
      coalesce(sum(c.amount_minor) filter (where c.vat_class = 'vatable') over whole, 0) as vatable_minor,
      bool_or(c.part_of = 1) over whole as has_days
    from candidates as c
    window whole as (partition by c.subscriber_id)
  )
  select t.subscriber_id, t.subscription_id,
    (row_number() over (partition by t.subscriber_id order by t.part_of, t.subscription_id, t.stage, t.from_on, t.part_no))::integer,
    t.kind, t.description, t.from_on, t.service_from, t.service_until, t.vat_class, t.amount_minor, t.charge_id, null::text, null::text,
    t.plan_id, t.price_minor, t.returns_line_id
  from totals as t
  -- A month that is wholly discounted is invoiced at nothing.
  where (t.vatable_minor >= 0 and (t.total_minor > 0 or (t.total_minor = 0 and t.vatable_minor = 0 and t.has_days)))
    or propose.subscription is not null
  union all
  select p.subscriber_id, p.id, null, null, null, null, null, null, null, null, null, p.problem, p.detail, null, null, null
  from problems as p
  union all
  -- Nothing is lost: days and discounts wait together for the next run.
  (select distinct on (t.subscription_id) t.subscriber_id, t.subscription_id, null::integer, null, null, null::date, null::timestamptz, null::timestamptz,
    null, null::bigint, null::uuid, 'discounts_cover_all', 'Waiting discounts and credits are larger than the charges, so there is nothing to invoice yet.',
    null::uuid, null::bigint, null::uuid
  from totals as t
  where (t.total_minor < 0 or t.vatable_minor < 0 or (t.total_minor = 0 and t.vatable_minor <> 0)) and t.part_of = 1
    and propose.subscription is null
  order by t.subscription_id);
end
$$;

grant execute on function billing.days_charged(billing.invoice_lines, text) to linyada_definer;
call access.stand_before_wall('billing.next_part(uuid, bigint, smallint, smallint)', null);
call access.stand_before_wall('billing.charged_for(uuid)', null);
call access.stand_before_wall('billing.propose(date, uuid[], uuid)', null);
