-- The public face of the books: months, and the books a tax office asks for. Each number is the ledger's.

create view api.reopen_requests with (security_invoker = true) as
  select r.tenant_id, r.id, p.month, r.reason, r.state, r.requested_by, a.full_name as requested_by_name, r.requested_at,
    r.decided_by, d.full_name as decided_by_name, r.decided_at, r.decision_note
  from ledger.reopen_requests as r
  join ledger.periods as p on p.tenant_id = r.tenant_id and p.id = r.period_id
  left join access.colleagues() as a on a.id = r.requested_by
  left join access.colleagues() as d on d.id = r.decided_by;

-- The months of a year since the first entry, with what moved in them. Each sum is of ledger entries.
create function api.accounting_months(year integer)
returns table (month date, state text, closed_at timestamptz, closed_by_name text, trial_balance_hash text,
  entry_count bigint, debit_minor bigint, sales_minor bigint, vat_minor bigint, received_minor bigint, late_count bigint)
language sql
stable
set search_path = ''
as $$
  with moved as (
    select date_trunc('month', t.accounting_on)::date as month, count(*) as entry_count,
      sum(greatest(e.amount_minor, 0))::bigint as debit_minor,
      coalesce(-sum(e.amount_minor) filter (where a.class in ('income', 'contra_income')), 0)::bigint as sales_minor,
      coalesce(-sum(e.amount_minor) filter (where a.code = 'output_vat'), 0)::bigint as vat_minor,
      coalesce(sum(e.amount_minor) filter (where ledger.is_money(a.code)), 0)::bigint as received_minor,
      count(distinct t.id) filter (where (t.occurred_at at time zone z.time_zone)::date < date_trunc('month', t.accounting_on)) as late_count
    from ledger.transactions as t
    join tenancy.tenants as z on z.id = t.tenant_id
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.tenant_id = (select access.tenant_id())
      and t.accounting_on >= make_date(accounting_months.year, 1, 1) and t.accounting_on < make_date(accounting_months.year + 1, 1, 1)
    group by 1
  )
  select g.month::date, coalesce(p.state, 'open'), p.closed_at, p.closed_by_name, p.trial_balance_hash,
    coalesce(m.entry_count, 0), coalesce(m.debit_minor, 0), coalesce(m.sales_minor, 0), coalesce(m.vat_minor, 0),
    coalesce(m.received_minor, 0), coalesce(m.late_count, 0)
  from (
    select date_trunc('month', min(t.accounting_on)) as month from ledger.transactions as t where t.tenant_id = (select access.tenant_id())
  ) as f
  cross join lateral generate_series(greatest(f.month, make_date(accounting_months.year, 1, 1)),
    least(date_trunc('month', clock.today(access.tenant_id())::timestamp), make_date(accounting_months.year, 12, 1)), interval '1 month') as g(month)
  left join moved as m on m.month = g.month::date
  left join api.accounting_periods as p on p.month = g.month::date
  where f.month is not null
  order by 1 desc
$$;

create function api.close_month(month date, soft boolean default false) returns jsonb language sql set search_path = ''
  as $$ select ledger.close_month(month, soft) $$;
create function api.request_reopen(request jsonb) returns jsonb language sql set search_path = '' as $$ select ledger.request_reopen(request) $$;
create function api.approve_reopen(request_id uuid) returns jsonb language sql set search_path = ''
  as $$ select ledger.decide_reopen(request_id, true, null) $$;
create function api.refuse_reopen(request_id uuid, reason text default null) returns jsonb language sql set search_path = ''
  as $$ select ledger.decide_reopen(request_id, false, reason) $$;

grant select on api.reopen_requests to authenticated;
grant execute on function api.accounting_months(integer), api.close_month(date, boolean), api.request_reopen(jsonb), api.approve_reopen(uuid),
  api.refuse_reopen(uuid, text) to authenticated;
