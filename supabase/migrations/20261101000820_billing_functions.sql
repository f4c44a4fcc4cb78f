-- Billing rules: periods, the proposal of a run, VAT, and the issue of invoices.

-- Periods ----------------------------------------------------------------------------------------

-- The day all periods of a tenant are counted from. Day 31 stands for the last day of the month.
create function billing.anchor(invoice_day smallint)
returns date
language sql
immutable
set search_path = ''
as $$
  select make_date(2000, 1, anchor.invoice_day)
$$;

-- Boundary k of a calendar: always counted from the anchor, clamped to the end of its month.
create function billing.boundary(anchor date, k integer)
returns date
language sql
immutable
set search_path = ''
as $$
  select (boundary.anchor + make_interval(months => boundary.k))::date
$$;

-- How many calendar months lie between two days, whatever their days of the month.
create function billing.months_between(anchor date, day date)
returns integer
language sql
immutable
set search_path = ''
as $$
  select (12 * (extract(year from day) - extract(year from anchor)) + extract(month from day) - extract(month from anchor))::integer
$$;

-- The period a day lies in: [starts_on, until_on).
create function billing.period_of(anchor date, day date)
returns table (starts_on date, until_on date)
language sql
immutable
set search_path = ''
as $$
  select billing.boundary(period_of.anchor, n.k), billing.boundary(period_of.anchor, n.k + 1)
  from (
    select m.k - (billing.boundary(period_of.anchor, m.k) > period_of.day)::integer as k
    from (select billing.months_between(period_of.anchor, period_of.day) as k) as m
  ) as n
$$;

-- A part of a price by calendar day, half away from zero.
create function billing.prorate(price_minor bigint, days integer, of_days integer)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select round(prorate.price_minor::numeric * prorate.days / prorate.of_days)::bigint
$$;

-- The seconds a payment buys. Never truncated in the seller's favour: a begun second is given whole.
create function billing.seconds_bought(amount_minor bigint, price_minor bigint, prepaid_days integer)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select ceil(seconds_bought.amount_minor::numeric * seconds_bought.prepaid_days * 86400 / seconds_bought.price_minor)::bigint
$$;

-- The proposal -----------------------------------------------------------------------------------

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
  detail          text
);
comment on type billing.proposed_line is 'A line a billing run would put on an invoice, or why it cannot.';

-- What the run of a period would bill, to everyone or to some subscribers. Preview and run both ask here.
-- A run is for every postpaid service whose own calendar has a boundary on that day, and bills, in advance, each day until the next
-- boundary that is not billed yet: a period once billed is never looked at again, and a day under another line is not billed twice.
-- The hot path: calendar arithmetic is written out, because a function that pins its search path is called, never inlined; the plan is kept,
-- and must not scan a table that was small when it was made.
create function billing.propose(period date, subscribers uuid[] default null)
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
    select s.id, s.subscriber_id, s.terminated_on, a.anchor, a.k, t.time_zone, t.bills_while_suspended,
      greatest(s.activated_on, t.first_period_on) as starts_on
    from tenant as t
    cross join wanted as w
    join service.subscriptions as s on s.tenant_id = t.id and s.subscriber_id = w.id
    cross join lateral (
      select coalesce(s.bill_anchor_on, t.anchor) as anchor,
        case when s.bill_anchor_on is null then t.k else billing.months_between(s.bill_anchor_on, propose.period) end as k
    ) as a
    where s.billing_mode = 'postpaid'
      and s.state <> 'pending'
      and (a.anchor + make_interval(months => a.k))::date = propose.period
  ),
  periods as materialized (
    select s.id, s.subscriber_id, s.time_zone, s.bills_while_suspended, d.from_on, d.until_on,
      greatest(d.from_on, s.starts_on) as bills_from_on, least(d.until_on, s.terminated_on) as bills_until_on
    from services as s
    cross join lateral (
      select coalesce(array_agg(l.period), '{}') as periods
      from billing.invoice_lines as l
      where l.tenant_id = (select access.tenant_id()) and l.subscription_id = s.id and l.kind = 'recurring' and l.in_force
    ) as billed
    -- No month is shorter than 28 days, so this begins early enough; what lies before the first day falls out below.
    cross join lateral generate_series(s.k - 1 - (propose.period - s.starts_on) / 28, s.k) as g(k)
    cross join lateral (
      select (s.anchor + make_interval(months => g.k))::date as from_on,
        (s.anchor + make_interval(months => g.k + 1))::date as until_on
    ) as d
    where d.from_on <> all (billed.periods)
      and greatest(d.from_on, s.starts_on) < least(d.until_on, s.terminated_on)
  ),
  spans as materialized (
    select p.*,
      datemultirange(case when p.bills_from_on < p.bills_until_on then daterange(p.bills_from_on, p.bills_until_on) else 'empty' end)
      - coalesce((
          select range_agg(x.days) from service.pauses as x
          where x.tenant_id = (select access.tenant_id()) and x.subscription_id = p.id and x.days && daterange(p.from_on, p.until_on)
        ), '{}'::datemultirange)
      - coalesce((
          select range_agg(daterange((l.service_from at time zone p.time_zone)::date, (l.service_until at time zone p.time_zone)::date))
          from billing.invoice_lines as l
          where l.tenant_id = (select access.tenant_id()) and l.subscription_id = p.id and l.in_force and l.kind in ('recurring', 'proration')
            and l.service_until > (p.from_on::timestamp at time zone p.time_zone)
            and l.service_from < (p.until_on::timestamp at time zone p.time_zone)
        ), '{}'::datemultirange)
      - case when p.bills_while_suspended then '{}'::datemultirange else coalesce((
          select range_agg(daterange((h.opened_at at time zone p.time_zone)::date, (h.closed_at at time zone p.time_zone)::date))
          from service.holds as h
          where h.tenant_id = (select access.tenant_id()) and h.subscription_id = p.id and h.kind <> 'fault'
        ), '{}'::datemultirange) end as days
    from periods as p
  ),
  parts as (
    select s.id, s.subscriber_id, s.time_zone, s.from_on, s.until_on, s.days, t.plan_id, t.part,
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
  problems as materialized (
    select distinct on (s.id) s.id, s.subscriber_id,
      case when s.line_count > t.max_lines_per_subscription then 'too_many_lines' else 'no_price' end as problem,
      case when s.line_count > t.max_lines_per_subscription
        then format('%s lines at once; the limit is %s. Look at the day the service began and at its breaks.', s.line_count, t.max_lines_per_subscription)
        else format('No plan and price for some days between %s and %s.',
          to_char(s.from_on, 'FMDD Mon YYYY'), to_char(s.until_on - 1, 'FMDD Mon YYYY')) end as detail
    from shares as s
    cross join tenant as t
    where s.line_count > t.max_lines_per_subscription or s.has_gap
    order by s.id, s.line_count > t.max_lines_per_subscription desc, s.from_on
  ),
  candidates as materialized (
    select s.subscriber_id, s.id as subscription_id, 1 as part_of, s.from_on, s.part_no,
      case when s.part_no = 1 then 'recurring' else 'proration' end as kind,
      p.name || ', ' || to_char(lower(s.part), 'FMDD Mon YYYY') || ' to ' || to_char(upper(s.part) - 1, 'FMDD Mon YYYY') as description,
      lower(s.part)::timestamp at time zone s.time_zone as service_from,
      upper(s.part)::timestamp at time zone s.time_zone as service_until,
      p.vat_class, s.amount_minor::bigint as amount_minor, null::uuid as charge_id
    from shares as s
    join catalog.plans as p on p.tenant_id = (select access.tenant_id()) and p.id = s.plan_id
    where not exists (select from problems as x where x.id = s.id)
    union all
    select c.subscriber_id, c.subscription_id, 2, null, row_number() over (order by c.created_at, c.id),
      c.kind, c.description, null, null, c.vat_class, c.amount_minor, c.id
    from tenant as t
    cross join wanted as w
    join billing.charges as c on c.tenant_id = t.id and c.subscriber_id = w.id
    where c.remaining > 0 and c.cancelled_at is null and c.starts_on <= t.today
      -- A run that is looked through again takes no second part of what its first invoice took.
      and not exists (select from billing.invoices as i
        where i.tenant_id = t.id and i.subscriber_id = c.subscriber_id and i.period = propose.period and i.state <> 'void'
          and i.created_at >= c.created_at)
      and (
        exists (select from billing.period_of(t.anchor, propose.period) as o where o.starts_on = propose.period)
        or c.subscriber_id in (select s.subscriber_id from shares as s)
      )
  ),
  totals as (
    select c.*,
      sum(c.amount_minor) over whole as total_minor,
      coalesce(sum(c.amount_minor) filter (where c.vat_class = 'vatable') over whole, 0) as vatable_minor
    from candidates as c
    window whole as (partition by c.subscriber_id)
  )
  select t.subscriber_id, t.subscription_id,
    (row_number() over (partition by t.subscriber_id order by t.part_of, t.subscription_id, t.from_on, t.part_no))::integer,
    t.kind, t.description, t.from_on, t.service_from, t.service_until, t.vat_class, t.amount_minor, t.charge_id, null::text, null::text
  from totals as t
  where t.total_minor > 0 and t.vatable_minor >= 0
  union all
  select p.subscriber_id, p.id, null, null, null, null, null, null, null, null, null, p.problem, p.detail
  from problems as p
  union all
  -- Nothing is lost: days and discounts wait together for the next run.
  (select distinct on (t.subscription_id) t.subscriber_id, t.subscription_id, null::integer, null, null, null::date, null::timestamptz, null::timestamptz,
    null, null::bigint, null::uuid, 'discounts_cover_all', 'Waiting discounts and credits are as large as the charges, so there is nothing to invoice yet.'
  from totals as t
  where (t.total_minor <= 0 or t.vatable_minor < 0) and t.part_of = 1
  order by t.subscription_id);
end
$$;

-- VAT --------------------------------------------------------------------------------------------

-- The VAT inside an amount, half away from zero.
create function billing.vat_within(amount_minor bigint, rate_bp integer)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select round(vat_within.amount_minor::numeric * vat_within.rate_bp / (10000 + vat_within.rate_bp))::bigint
$$;

-- The VAT of each line: rounded once on the vatable sum of each subscriber's invoice, then handed to its lines by largest remainder.
create function billing.spread_vat(lines billing.proposed_line[], rate_bp integer)
returns table (subscriber_id uuid, "position" integer, vat_minor bigint)
language plpgsql
immutable
set search_path = ''
rows 500
as $$
#variable_conflict use_column
begin
  return query
  with shares as (
    select l.subscriber_id, l.position, l.amount_minor,
      mod(mod(l.amount_minor * r.rate, r.divisor) + r.divisor, r.divisor) as remainder, r.rate, r.divisor
    from unnest(lines) as l
    cross join (select rate_bp::bigint as rate, 10000::bigint + rate_bp as divisor) as r
    where l.vat_class = 'vatable'
  )
  select s.subscriber_id, s.position,
    (s.amount_minor * s.rate - s.remainder) / s.divisor + (
      row_number() over (partition by s.subscriber_id order by s.remainder desc, s.position)
      <= sign(sum(s.amount_minor) over same)
          * ((2 * abs(sum(s.amount_minor) over same) * s.rate + s.divisor)::bigint / (2 * s.divisor))
        - sum((s.amount_minor * s.rate - s.remainder) / s.divisor) over same
    )::integer
  from shares as s
  window same as (partition by s.subscriber_id);
end
$$;

-- Issue ------------------------------------------------------------------------------------------

-- The first part of a UUIDv7 of this moment, up to its version; the rest of each id is random.
create function clock.uuid7_prefix()
returns text
language sql
volatile
set search_path = ''
as $$
  select left(clock.uuid7()::text, 15)
$$;

-- Issues one invoice for each subscriber among the lines, with its number, its posting and its balances, in one statement.
-- An invoice of a run takes the subscriber's credit at once. Callers hold the rows of the subscribers. The plan is kept, as above.
create function billing.issue(
  lines billing.proposed_line[], issued_on date, due_on date, run_id uuid default null, period date default null)
returns table (subscriber_id uuid, invoice_id uuid, number text, total_minor bigint, balance_minor bigint)
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set jit = off
rows 500
as $$
#variable_conflict use_column
declare
  v_tenant  uuid := access.tenant_id();
  v_now     timestamptz := clock.now();
  v_member  uuid := access.member_id();
  v_time    text := clock.uuid7_prefix();      -- of the ids made below, hundreds at a time
  v_seller  jsonb;
  v_regime  tenancy.tax_regimes;
  v_series  tenancy.document_series;
  v_first   bigint;
  v_revenue uuid := ledger.account('revenue');
  v_fees    uuid := ledger.account('other_income');
  v_vat     uuid := ledger.account('output_vat');
  v_booked  date;
begin
  select jsonb_strip_nulls(jsonb_build_object('trade_name', t.trade_name, 'legal_name', t.legal_name, 'tin', t.tin, 'address', t.address,
    'phone', t.phone, 'email', t.email))
  into strict v_seller from tenancy.tenants as t where t.id = v_tenant;

  select r.* into v_regime from tenancy.tax_regimes as r
  where r.tenant_id = v_tenant and r.effective_from <= issue.issued_on order by r.effective_from desc limit 1;
  if not found then
    raise exception 'No tax regime is set for %. Choose VAT or non-VAT in the settings first.', issue.issued_on
      using errcode = 'PT409', detail = 'tax_regime_missing';
  end if;

  perform ledger.hold_books();
  v_booked := ledger.open_day(issue.issued_on);

  -- The numbers last: the counter's row is held to the end of the transaction.
  v_first := tenancy.take_numbers('invoice', (select count(distinct l.subscriber_id)::integer from unnest(issue.lines) as l));
  select s.* into v_series from tenancy.document_series as s
  where s.tenant_id = v_tenant and s.kind = 'invoice' and s.branch = '00000';
  if v_first is null or not found then
    raise exception 'There is no number series for invoices. Set it up first.' using errcode = 'PT409', detail = 'series_missing';
  end if;

  return query
  with lines as materialized (
    select l.*, coalesce(v.vat_minor, 0) as vat_minor
    from unnest(issue.lines) as l
    left join billing.spread_vat(case when v_regime.rate_bp > 0 then issue.lines end, v_regime.rate_bp) as v
      on v.subscriber_id = l.subscriber_id and v.position = l.position
  ),
  sums as (
    select l.subscriber_id,
      sum(l.amount_minor)::bigint as total_minor,
      sum(l.vat_minor)::bigint as vat_minor,
      coalesce(sum(l.amount_minor - l.vat_minor) filter (where l.kind = 'late_fee'), 0)::bigint as fee_minor
    from lines as l
    group by l.subscriber_id
  ),
  heads as materialized (
    select s.subscriber_id, s.total_minor, s.vat_minor, s.fee_minor, s.total_minor - s.vat_minor - s.fee_minor as revenue_minor,
      v_first - 1 + row_number() over (order by s.subscriber_id) as serial,
      (v_time || substr(gen_random_uuid()::text, 16))::uuid as id,
      (v_time || substr(gen_random_uuid()::text, 16))::uuid as transaction_id,
      r.id as receivable_id,
      c.account_id as credit_id,
      coalesce(c.applied_minor, 0) as applied_minor,
      case when c.applied_minor > 0 then (v_time || substr(gen_random_uuid()::text, 16))::uuid end as credit_transaction_id
    from sums as s
    -- Opened with the subscriber; were one missing, its entry would fail rather than its invoice be left out.
    left join ledger.accounts as r on r.tenant_id = v_tenant and r.code = 'subscriber_receivable' and r.owner_id = s.subscriber_id
    left join lateral (
      select a.id as account_id, least(-b.amount_minor, s.total_minor) as applied_minor
      from ledger.accounts as a
      join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
      where a.tenant_id = v_tenant and a.code = 'subscriber_credit' and a.owner_id = s.subscriber_id and b.amount_minor < 0
    ) as c on issue.run_id is not null
  ),
  numbered as materialized (
    select h.*, v_series.prefix || lpad(h.serial::text, greatest(6, length(h.serial::text)), '0') as number from heads as h
  ),
  new_invoices as (
    insert into billing.invoices (tenant_id, id, subscriber_id, run_id, state, serial, number, period, issued_on, due_on, regime, rate_bp,
      net_minor, vat_minor, total_minor, balance_minor, seller, buyer, created_at, created_by)
    select v_tenant, h.id, h.subscriber_id, issue.run_id, case when h.applied_minor = h.total_minor then 'paid' else 'open' end,
      h.serial, h.number, issue.period, issue.issued_on, issue.due_on, v_regime.regime, v_regime.rate_bp,
      h.total_minor - h.vat_minor, h.vat_minor, h.total_minor, h.total_minor - h.applied_minor, v_seller,
      jsonb_strip_nulls(jsonb_build_object('name', s.name, 'account_no', s.account_no, 'tin', s.tin,
        'address', nullif(concat_ws(', ', s.purok, b.name, b.municipality), ''))),
      v_now, v_member
    from numbered as h
    join service.subscribers as s on s.tenant_id = v_tenant and s.id = h.subscriber_id
    left join places.barangays as b on b.tenant_id = s.tenant_id and b.id = s.barangay_id
  ),
  new_lines as (
    insert into billing.invoice_lines (tenant_id, id, invoice_id, line, kind, description, subscription_id, period, service_from, service_until,
      vat_class, net_minor, vat_minor, total_minor)
    select v_tenant, (v_time || substr(gen_random_uuid()::text, 16))::uuid, h.id, l.position, l.kind, l.description, l.subscription_id,
      l.period, l.service_from, l.service_until, l.vat_class, l.amount_minor - l.vat_minor, l.vat_minor, l.amount_minor
    from numbered as h
    join lines as l on l.subscriber_id = h.subscriber_id
  ),
  new_transactions as (
    insert into ledger.transactions (tenant_id, id, kind, accounting_on, occurred_at, recorded_at, source_kind, source_id, idempotency_key, recorded_by)
    select v_tenant, h.transaction_id, 'invoice', v_booked, v_now, v_now, 'invoice', h.id, 'invoice:' || h.id, v_member
    from numbered as h
    union all
    select v_tenant, h.credit_transaction_id, 'credit_applied', v_booked, v_now, v_now, 'invoice', h.id, 'credit:' || h.id, v_member
    from numbered as h where h.applied_minor > 0
  ),
  new_entries as (
    insert into ledger.entries (tenant_id, transaction_id, line, account_id, amount_minor)
    select v_tenant, h.transaction_id, e.line, e.account_id, e.amount_minor
    from numbered as h
    cross join lateral (values
      (1, h.receivable_id, h.total_minor), (2, v_revenue, -h.revenue_minor), (3, v_vat, -h.vat_minor), (4, v_fees, -h.fee_minor)
    ) as e(line, account_id, amount_minor)
    where e.amount_minor <> 0
    union all
    select v_tenant, h.credit_transaction_id, e.line, e.account_id, e.amount_minor
    from numbered as h
    cross join lateral (values (1, h.credit_id, h.applied_minor), (2, h.receivable_id, -h.applied_minor)) as e(line, account_id, amount_minor)
    where h.applied_minor > 0
  ),
  new_balances as (
    insert into ledger.balances as b (tenant_id, account_id, amount_minor)
    select v_tenant, c.account_id, c.amount_minor
    from (
      select h.receivable_id as account_id, h.total_minor - h.applied_minor as amount_minor from numbered as h
      union all
      select h.credit_id, h.applied_minor from numbered as h where h.applied_minor > 0
    ) as c
    order by c.account_id
    on conflict (tenant_id, account_id) do update set amount_minor = b.amount_minor + excluded.amount_minor
  ),
  new_allocations as (
    insert into collections.allocations (tenant_id, id, invoice_id, amount_minor, created_at)
    select v_tenant, (v_time || substr(gen_random_uuid()::text, 16))::uuid, h.id, h.applied_minor, v_now
    from numbered as h where h.applied_minor > 0
  ),
  taken_charges as (
    update billing.charges as c set remaining = c.remaining - 1
    from lines as l
    where c.tenant_id = v_tenant and c.id = l.charge_id
  )
  select h.subscriber_id, h.id, h.number, h.total_minor, h.total_minor - h.applied_minor from numbered as h;
end
$$;

call access.stand_before_wall('billing.propose(date, uuid[])', null);
call access.stand_before_wall('billing.issue(billing.proposed_line[], date, date, uuid, date)', null);
grant execute on function clock.uuid7_prefix() to linyada_definer;
grant execute on function billing.anchor(smallint), billing.boundary(date, integer), billing.months_between(date, date),
  billing.period_of(date, date), billing.prorate(bigint, integer, integer), billing.seconds_bought(bigint, bigint, integer),
  billing.vat_within(bigint, integer), billing.spread_vat(billing.proposed_line[], integer) to authenticated, linyada_definer;
