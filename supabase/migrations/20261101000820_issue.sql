-- The issue of invoices: their VAT, their numbers, their posting.

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

-- Takes a number for the invoice of each of these subscribers from the series of its branch: for each branch the first, its prefix, and who
-- sells there. Branches in the order of their codes, so that two at once cannot wait for each other.
create function billing.take_invoice_numbers(subscribers uuid[])
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_taken   jsonb := '[]';
  v_of      record;
begin
  for v_of in
    select s.branch, count(*)::integer as invoices
    from service.subscribers as s
    where s.tenant_id = v_tenant and s.id = any (take_invoice_numbers.subscribers)
    group by s.branch order by s.branch
  loop
    v_taken := v_taken || jsonb_build_object('branch', v_of.branch, 'first', tenancy.take_numbers('invoice', v_of.invoices, v_of.branch),
      'prefix', (select s.prefix from tenancy.document_series as s where s.tenant_id = v_tenant and s.kind = 'invoice' and s.branch = v_of.branch),
      'seller', tenancy.seller(v_of.branch));
    if v_taken -> -1 -> 'first' = 'null' then
      raise exception 'There is no number series for invoices of branch %. Set it up first.', v_of.branch using errcode = 'PT409', detail = 'series_missing';
    end if;
  end loop;
  return v_taken;
end
$$;

-- Issues one invoice for each subscriber among the lines, with its branch's number, its posting and its balances, in one statement.
-- An invoice of a run takes the subscriber's credit at once, another where it is asked to. Callers hold the rows of the subscribers.
-- The plan is kept, as above.
create function billing.issue(
  lines billing.proposed_line[], issued_on date, due_on date, run_id uuid default null, period date default null,
  take_credit boolean default null)
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
  v_numbers jsonb;
  v_regime  tenancy.tax_regimes;
  v_revenue uuid := ledger.account('revenue');
  v_fees    uuid := ledger.account('other_income');
  v_vat     uuid := ledger.account('output_vat');
  v_booked  date;
  v_zone    text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
begin
  select r.* into v_regime from tenancy.tax_regimes as r
  where r.tenant_id = v_tenant and r.effective_from <= issue.issued_on order by r.effective_from desc limit 1;
  if not found then
    raise exception 'No tax regime is set for %. Choose VAT or non-VAT in the settings first.', issue.issued_on
      using errcode = 'PT409', detail = 'tax_regime_missing';
  end if;

  perform ledger.hold_books();
  v_booked := ledger.open_day(issue.issued_on);

  v_numbers := billing.take_invoice_numbers(array(select distinct l.subscriber_id from unnest(issue.lines) as l));

  return query
  with lines as materialized (
    select l.*, coalesce(v.vat_minor, 0) as vat_minor, (v_time || substr(gen_random_uuid()::text, 16))::uuid as id
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
      u.branch, row_number() over (partition by u.branch order by s.subscriber_id) as position,
      (v_time || substr(gen_random_uuid()::text, 16))::uuid as id,
      (v_time || substr(gen_random_uuid()::text, 16))::uuid as transaction_id,
      jsonb_strip_nulls(jsonb_build_object('name', u.name, 'account_no', u.account_no, 'tin', u.tin,
        'address', nullif(concat_ws(', ', u.purok, b.name, b.municipality), ''))) as buyer,
      r.id as receivable_id,
      c.account_id as credit_id,
      coalesce(c.applied_minor, 0) as applied_minor,
      case when c.applied_minor > 0 then (v_time || substr(gen_random_uuid()::text, 16))::uuid end as credit_transaction_id
    from sums as s
    join service.subscribers as u on u.tenant_id = v_tenant and u.id = s.subscriber_id
    left join places.barangays as b on b.tenant_id = u.tenant_id and b.id = u.barangay_id
    -- Opened with the subscriber; were one missing, its entry would fail rather than its invoice be left out.
    left join ledger.accounts as r on r.tenant_id = v_tenant and r.code = 'subscriber_receivable' and r.owner_id = s.subscriber_id
    left join lateral (
      select a.id as account_id, least(-b.amount_minor, s.total_minor) as applied_minor
      from ledger.accounts as a
      join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
      where a.tenant_id = v_tenant and a.code = 'subscriber_credit' and a.owner_id = s.subscriber_id and b.amount_minor < 0
    ) as c on coalesce(issue.take_credit, issue.run_id is not null)
  ),
  numbered as materialized (
    select h.*, n.seller, s.serial, n.prefix || lpad(s.serial::text, greatest(6, length(s.serial::text)), '0') as number
    from heads as h
    join jsonb_to_recordset(v_numbers) as n(branch text, first bigint, prefix text, seller jsonb) on n.branch = h.branch
    cross join lateral (select n.first - 1 + h.position as serial) as s
  ),
  new_invoices as (
    insert into billing.invoices (tenant_id, id, subscriber_id, run_id, state, branch, serial, number, period, issued_on, due_on, regime, rate_bp,
      net_minor, vat_minor, total_minor, balance_minor, seller, buyer, created_at, created_by)
    select v_tenant, h.id, h.subscriber_id, issue.run_id, case when h.applied_minor = h.total_minor then 'paid' else 'open' end,
      h.branch, h.serial, h.number, issue.period, issue.issued_on, issue.due_on, v_regime.regime, v_regime.rate_bp,
      h.total_minor - h.vat_minor, h.vat_minor, h.total_minor, h.total_minor - h.applied_minor, h.seller, h.buyer,
      v_now, v_member
    from numbered as h
  ),
  new_lines as (
    insert into billing.invoice_lines (tenant_id, id, invoice_id, line, kind, description, subscription_id, period, service_from, service_until,
      vat_class, net_minor, vat_minor, total_minor, plan_id, price_minor)
    select v_tenant, l.id, h.id, l.position, l.kind, l.description, l.subscription_id,
      l.period, l.service_from, l.service_until, l.vat_class, l.amount_minor - l.vat_minor, l.vat_minor, l.amount_minor, l.plan_id, l.price_minor
    from numbered as h
    join lines as l on l.subscriber_id = h.subscriber_id
  ),
  new_returns as (
    insert into billing.returned_days (tenant_id, line_id, days, amount_minor, by_line_id)
    select v_tenant, l.returns_line_id,
      daterange((l.service_from at time zone v_zone)::date, (l.service_until at time zone v_zone)::date), -l.amount_minor, l.id
    from lines as l where l.returns_line_id is not null
  ),
  new_transactions as (
    insert into ledger.transactions (tenant_id, id, kind, accounting_on, occurred_at, recorded_at, source_kind, source_id, idempotency_key, recorded_by)
    select v_tenant, h.transaction_id, 'invoice', v_booked, v_now, v_now, 'invoice', h.id, 'invoice:' || h.id, v_member
    from numbered as h where (h.total_minor, h.fee_minor) <> (0, 0)      -- nothing is posted for an invoice of nothing
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
    -- Of a sum, what this invoice has no room for waits for the next; who takes all that is left of it leaves no part.
    update billing.charges as c set remaining = case
        when c.parts is not null and l.amount_minor = billing.next_part(c.id, c.amount_minor, c.parts, 1::smallint) then 0
        else c.remaining - (c.parts is distinct from 1)::integer end
    from (
      select l.charge_id, sum(l.amount_minor) as amount_minor from lines as l where l.charge_id is not null group by l.charge_id
    ) as l
    where c.tenant_id = v_tenant and c.id = l.charge_id
  ),
  new_parts as (
    insert into billing.charge_parts (tenant_id, charge_id, invoice_id, amount_minor, created_at)
    select v_tenant, l.charge_id, h.id, sum(l.amount_minor)::bigint, v_now
    from lines as l
    join numbered as h on h.subscriber_id = l.subscriber_id
    where l.charge_id is not null
    group by l.charge_id, h.id
  )
  select h.subscriber_id, h.id, h.number, h.total_minor, h.total_minor - h.applied_minor from numbered as h;
end
$$;

call access.stand_before_wall('billing.take_invoice_numbers(uuid[])', null);
call access.stand_before_wall('billing.issue(billing.proposed_line[], date, date, uuid, date, boolean)', null);
grant execute on function clock.uuid7_prefix() to linyada_definer;
grant execute on function billing.vat_within(bigint, integer), billing.spread_vat(billing.proposed_line[], integer)
  to authenticated, linyada_definer;
