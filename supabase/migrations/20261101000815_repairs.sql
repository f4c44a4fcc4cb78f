-- Repairs: what was billed is looked at again from the day a service notes as repair_from: a change of plan, a pause, an end.

create type billing.proposed_line as (
  subscriber_id   uuid,
  subscription_id uuid,
  position        integer,        -- within the subscriber's invoice; null: days it has no room to give back, so a credit note does
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

create type billing.service_to_mend as (
  id                    uuid,
  anchor                date,       -- of its calendar
  repair_from           date,
  billed_until          date,
  terminated_on         date,
  time_zone             text,
  bills_while_suspended boolean
);
comment on type billing.service_to_mend is 'A service whose billed days are looked at again.';

create type billing.mended_days as (
  id           uuid,                -- of the service
  stage        integer,             -- 1: given back, 2: charged anew
  days         daterange,
  plan_id      uuid,
  vat_class    text,                -- of what is given back, with its rate
  rate_bp      integer,
  price_minor  bigint,
  amount_minor bigint,
  line_id      uuid,                -- that charged for them
  has_gap      boolean              -- the service has no plan on some of its days
);
comment on type billing.mended_days is 'Days given back or charged anew.';

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

-- What a line of service really charged: its total less its share of the discounts on its invoice and of what was written off, and less its
-- credit notes that give back no days. A discount of a service is shared by the days of that service, one in percent by the days of all, any
-- other by all that the invoice charged. What is given back of the line is a part of this.
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
      - coalesce(l.total_minor * a.own_off_minor / nullif(a.own_days_minor, 0), 0)
      - coalesce(l.total_minor * p.off_minor / nullif(a.days_minor, 0), 0)
      - coalesce(l.total_minor * (a.off_minor - p.off_minor + f.given_up_minor) / nullif(a.charged_minor, 0), 0)
      - n.credited_minor))::bigint
    from billing.invoice_lines as l
    cross join lateral (
      select coalesce(-sum(x.total_minor) filter (where x.is_off and x.subscription_id = l.subscription_id), 0) as own_off_minor,
        sum(x.total_minor) filter (where x.is_day and x.subscription_id = l.subscription_id) as own_days_minor,
        sum(x.total_minor) filter (where x.is_day) as days_minor,
        coalesce(-sum(x.total_minor) filter (where x.is_off and x.subscription_id is null), 0) as off_minor,
        sum(x.total_minor) filter (where x.total_minor > 0) as charged_minor
      from (
        select x.subscription_id, x.total_minor, x.kind in ('discount', 'outage_credit') as is_off,
          x.kind in ('recurring', 'proration') and x.total_minor > 0 as is_day
        from billing.invoice_lines as x where x.tenant_id = l.tenant_id and x.invoice_id = l.invoice_id
      ) as x
    ) as a
    cross join lateral (
      select coalesce(-sum(x.amount_minor), 0) as off_minor
      from billing.charge_parts as x
      join billing.charges as c on c.tenant_id = x.tenant_id and c.id = x.charge_id
      where x.tenant_id = l.tenant_id and x.invoice_id = l.invoice_id and x.pay_by_on is null
        and c.percent_bp is not null and c.subscription_id is null
    ) as p
    cross join lateral (
      select coalesce(sum(n.total_minor), 0) as credited_minor
      from billing.credit_note_lines as n
      where n.tenant_id = l.tenant_id and n.invoice_line_id = l.id
        and not exists (select from billing.returned_days as r where r.tenant_id = n.tenant_id and r.credit_note_id = n.credit_note_id)
    ) as n
    cross join lateral (
      select coalesce(sum(f.amount_minor), 0) as given_up_minor
      from billing.write_offs as f where f.tenant_id = l.tenant_id and f.invoice_id = l.invoice_id
    ) as f
    where l.tenant_id = (select access.tenant_id()) and l.id = charged_for.line_id
  );
end
$$;

-- What the next invoices would mend of these services.
-- 1. A day that was charged and is wanted no more, or under another plan or price, is given back. A line that charged A (see charged_for)
--    for n days, of which k stay, keeps round(A x k / n); what it kept before beyond that is given back, shared by days among the gaps.
-- 2. A day that is wanted and not under a line is charged. The days of a period that stay and the new ones are rounded once together, so
--    the lines of a period always add up to the price of its days as they are now, and a change that changes no price nets to zero.
-- 3. While a hold stops billing, no new day is billed; days already billed stay.
-- The plan is kept, and must not scan a table that was small when it was made.
create function billing.mend(services billing.service_to_mend[])
returns setof billing.mended_days
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set jit = off
rows 10
as $$
begin
  if coalesce(cardinality(mend.services), 0) = 0 then
    return;
  end if;
  return query
  with repairs as materialized (
    select s.*, p.starts_on as looks_from,
      case when s.repair_from < least(s.billed_until, s.terminated_on)
        then datemultirange(daterange(s.repair_from, least(s.billed_until, s.terminated_on))) else '{}' end
      - coalesce((select range_agg(x.days) from service.pauses as x
          where x.tenant_id = (select access.tenant_id()) and x.subscription_id = s.id), '{}') as days
    from unnest(mend.services) as s
    cross join lateral billing.period_of(s.anchor, s.repair_from) as p
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
  )
  select r.id, x.stage, x.part, x.plan_id, x.vat_class, x.rate_bp, x.price_minor, x.amount_minor, x.line_id,
    r.days <> coalesce((select range_agg(d) from asked as a, unnest(a.days) as d where a.id = r.id), '{}')
  from repairs as r
  cross join lateral (
    select 1 as stage, p.part, p.plan_id, p.vat_class, p.rate_bp, null::bigint as price_minor, -p.part_minor::bigint as amount_minor, p.line_id
    from returns as p where p.id = r.id
    union all
    select 2, n.part, n.plan_id, null, null, n.price_minor, n.amount_minor::bigint, null
    from anew_shares as n where n.id = r.id
  ) as x;
end
$$;

grant execute on function billing.days_charged(billing.invoice_lines, text) to linyada_definer;
call access.stand_before_wall('billing.charged_for(uuid)', null);
call access.stand_before_wall('billing.mend(billing.service_to_mend[])', null);
