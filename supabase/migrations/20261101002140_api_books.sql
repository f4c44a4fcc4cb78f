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

-- Sales and VAT book ------------------------------------------------------------------------------

-- One row for each document in the month it is booked in. What takes a document back stands there on its own day with its amounts
-- below zero, so that the sums of any days are what the ledger says of sales and output VAT in those days.
create view api.sales_book with (security_invoker = true) as
  select x.tenant_id, x.id, x.book_on, x.kind, x.invoice_id, x.credit_note_id, x.number, x.serial, x.against,
    x.buyer ->> 'name' as buyer_name, x.buyer ->> 'tin' as buyer_tin, x.buyer ->> 'address' as buyer_address, x.buyer ->> 'account_no' as account_no,
    x.sign * case when x.regime = 'vat' then v.vatable_minor else 0 end as vatable_minor,
    x.sign * case when x.regime = 'vat' then v.exempt_minor else 0 end as exempt_minor,
    x.sign * case when x.regime = 'vat' then v.zero_rated_minor else 0 end as zero_rated_minor,
    x.sign * case when x.regime = 'vat' then 0 else x.net_minor end as non_vat_minor,
    x.sign * x.vat_minor as vat_minor,
    x.sign * (x.net_minor + x.vat_minor) as total_minor,
    x.is_void, x.branch, (select b.name from tenancy.branches as b where b.tenant_id = x.tenant_id and b.code = x.branch) as branch_name
  from (
    select t.tenant_id, t.id, t.accounting_on as book_on, 'invoice' as kind, i.id as invoice_id, null::uuid as credit_note_id, i.number, i.serial,
      null::text as against, i.buyer, i.regime, i.rate_bp, i.net_minor, i.vat_minor, 1 as sign, i.state = 'void' as is_void, i.branch
    from ledger.transactions as t
    join billing.invoices as i on i.tenant_id = t.tenant_id and i.id = t.source_id
    where t.kind = 'invoice'
    union all
    -- An invoice of nothing posts nothing, and has a number all the same.
    select i.tenant_id, i.id, i.issued_on, 'invoice', i.id, null, i.number, i.serial, null, i.buyer, i.regime, i.rate_bp, i.net_minor, i.vat_minor, 1,
      i.state = 'void', i.branch
    from billing.invoices as i
    where i.total_minor = 0
      and not exists (select from ledger.transactions as t where t.tenant_id = i.tenant_id and t.idempotency_key = 'invoice:' || i.id)
    union all
    select t.tenant_id, t.id, t.accounting_on, 'void', i.id, null, i.number, i.serial, null, i.buyer, i.regime, i.rate_bp, i.net_minor, i.vat_minor, -1, true, i.branch
    from ledger.transactions as t
    join ledger.transactions as o on o.tenant_id = t.tenant_id and o.id = t.reverses and o.kind = 'invoice'
    join billing.invoices as i on i.tenant_id = o.tenant_id and i.id = o.source_id
    where t.kind = 'reversal'
    union all
    select t.tenant_id, t.id, t.accounting_on, 'credit_note', n.invoice_id, n.id, n.number, n.serial, i.number, i.buyer, i.regime, i.rate_bp,
      n.net_minor, n.vat_minor, -1, false, n.branch
    from ledger.transactions as t
    join billing.credit_notes as n on n.tenant_id = t.tenant_id and n.id = t.source_id
    join billing.invoices as i on i.tenant_id = n.tenant_id and i.id = n.invoice_id
    where t.kind = 'credit_note'
  ) as x
  cross join lateral (
    select coalesce(sum(l.net_minor) filter (where l.vat_class = 'vatable'), 0)::bigint as vatable_minor,
      coalesce(sum(l.net_minor) filter (where l.vat_class = 'exempt'), 0)::bigint as exempt_minor,
      coalesce(sum(l.net_minor) filter (where l.vat_class = 'zero_rated'), 0)::bigint as zero_rated_minor
    from (
      select l.vat_class, l.net_minor from billing.invoice_lines as l
      where x.credit_note_id is null and l.tenant_id = x.tenant_id and l.invoice_id = x.invoice_id
      union all
      select l.vat_class, c.total_minor from billing.credit_note_lines as c
      join billing.invoice_lines as l on l.tenant_id = c.tenant_id and l.id = c.invoice_line_id
      where c.tenant_id = x.tenant_id and c.credit_note_id = x.credit_note_id
      union all
      select 'vatable', -x.vat_minor where x.credit_note_id is not null      -- lines of a note have their VAT in them
    ) as l
  ) as v;

-- Cash receipts book -------------------------------------------------------------------------------

-- Every event that brought or took money, and every withholding certificate: what came in, and what it was for. Refunds and voids stand
-- there below zero. Money that only changed hands inside the house is in the journal alone. The branch is the one the receipt prints:
-- that of who pays, and the head office while nobody knows.
create view api.cash_receipts_book with (security_invoker = true) as
  select t.tenant_id, t.id, t.accounting_on as book_on, t.kind, t.source_kind, t.source_id,
    case when t.source_kind = 'payment' then p.id end as payment_id,
    (select r.number from collections.receipts as r where r.tenant_id = t.tenant_id and r.payment_id = p.id) as receipt_number,
    u.id as subscriber_id, u.name as subscriber_name, u.account_no, coalesce(p.method, s.method) as method, p.reference,
    coalesce(u.branch, '00000') as branch, s.money_minor, s.withheld_minor, s.receivable_minor, s.credit_minor, s.money_minor + s.withheld_minor - s.receivable_minor - s.credit_minor as other_minor
  from ledger.transactions as t
  cross join lateral (
    select
      coalesce(sum(e.amount_minor) filter (where ledger.is_money(a.code)), 0)::bigint as money_minor,
      coalesce(sum(e.amount_minor) filter (where a.code = 'creditable_tax'), 0)::bigint as withheld_minor,
      coalesce(-sum(e.amount_minor) filter (where a.code = 'subscriber_receivable'), 0)::bigint as receivable_minor,
      coalesce(-sum(e.amount_minor) filter (where a.code = 'subscriber_credit'), 0)::bigint as credit_minor,
      (array_agg(a.owner_id) filter (where a.owner_kind = 'subscriber'))[1] as subscriber_id,
      (array_agg(case a.code when 'wallet_gcash' then 'gcash' when 'wallet_maya' then 'maya' when 'bank' then 'bank' when 'cheques' then 'cheque'
          when 'creditable_tax' then 'withholding' else 'cash' end order by e.line)
        filter (where ledger.is_money(a.code) or a.code = 'creditable_tax'))[1] as method
    from ledger.entries as e
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where e.tenant_id = t.tenant_id and e.transaction_id = t.id
  ) as s
  left join collections.payments as p on p.tenant_id = t.tenant_id and p.id = t.source_id and t.source_kind = 'payment'
  left join service.subscribers as u on u.tenant_id = t.tenant_id and u.id = coalesce(s.subscriber_id, p.subscriber_id)
  where t.kind not in ('invoice', 'credit_applied') and (s.money_minor <> 0 or s.withheld_minor <> 0);

-- General journal ----------------------------------------------------------------------------------

create view api.general_journal with (security_invoker = true) as
  select e.tenant_id, e.transaction_id, e.line, t.accounting_on as book_on, t.kind, t.occurred_at, t.source_kind, t.source_id, t.reverses,
    coalesce(
      (select i.number from billing.invoices as i where i.tenant_id = t.tenant_id and i.id = t.source_id and t.source_kind = 'invoice'),
      (select r.number from collections.receipts as r where r.tenant_id = t.tenant_id and r.payment_id = t.source_id and t.source_kind = 'payment'),
      (select n.number from billing.credit_notes as n where n.tenant_id = t.tenant_id and n.id = t.source_id and t.source_kind = 'credit_note')) as document,
    a.code, a.name as account_name, a.owner_kind, a.owner_id,
    case a.owner_kind
      when 'subscriber' then (select s.name from service.subscribers as s where s.tenant_id = a.tenant_id and s.id = a.owner_id)
      when 'member' then (select m.full_name from access.colleagues() as m where m.id = a.owner_id) end as owner_name,
    greatest(e.amount_minor, 0) as debit_minor, greatest(-e.amount_minor, 0) as credit_minor
  from ledger.transactions as t
  join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
  join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id;

-- Sums of a book over days, both included; or of the part of it that is asked for.
create function api.sales_book_totals(from_on date, until_on date, branch text default null)
returns table (row_count bigint, vatable_minor bigint, exempt_minor bigint, zero_rated_minor bigint, non_vat_minor bigint, vat_minor bigint,
  total_minor bigint)
language sql
stable
set search_path = ''
as $$
  select count(*), coalesce(sum(b.vatable_minor), 0)::bigint, coalesce(sum(b.exempt_minor), 0)::bigint,
    coalesce(sum(b.zero_rated_minor), 0)::bigint, coalesce(sum(b.non_vat_minor), 0)::bigint, coalesce(sum(b.vat_minor), 0)::bigint,
    coalesce(sum(b.total_minor), 0)::bigint
  from api.sales_book as b
  where b.tenant_id = (select access.tenant_id()) and b.book_on between sales_book_totals.from_on and sales_book_totals.until_on
    and (sales_book_totals.branch is null or b.branch = sales_book_totals.branch)
$$;

create function api.cash_receipts_totals(from_on date, until_on date, method text default null, branch text default null)
returns table (row_count bigint, money_minor bigint, withheld_minor bigint, receivable_minor bigint, credit_minor bigint, other_minor bigint)
language sql
stable
set search_path = ''
as $$
  select count(*), coalesce(sum(b.money_minor), 0)::bigint, coalesce(sum(b.withheld_minor), 0)::bigint,
    coalesce(sum(b.receivable_minor), 0)::bigint, coalesce(sum(b.credit_minor), 0)::bigint, coalesce(sum(b.other_minor), 0)::bigint
  from api.cash_receipts_book as b
  where b.tenant_id = (select access.tenant_id()) and b.book_on between cash_receipts_totals.from_on and cash_receipts_totals.until_on
    and (cash_receipts_totals.method is null or b.method = cash_receipts_totals.method)
    and (cash_receipts_totals.branch is null or b.branch = cash_receipts_totals.branch)
$$;

create function api.general_journal_totals(from_on date, until_on date, kind text default null, account text default null)
returns table (row_count bigint, debit_minor bigint, credit_minor bigint)
language sql
stable
set search_path = ''
as $$
  select count(*), coalesce(sum(b.debit_minor), 0)::bigint, coalesce(sum(b.credit_minor), 0)::bigint
  from api.general_journal as b
  where b.tenant_id = (select access.tenant_id()) and b.book_on between general_journal_totals.from_on and general_journal_totals.until_on
    and (general_journal_totals.kind is null or b.kind = general_journal_totals.kind)
    and (general_journal_totals.account is null or b.code = general_journal_totals.account)
$$;

create function api.close_month(month date, soft boolean default false) returns jsonb language sql set search_path = ''
  as $$ select ledger.close_month(month, soft) $$;
create function api.request_reopen(request jsonb) returns jsonb language sql set search_path = '' as $$ select ledger.request_reopen(request) $$;
create function api.approve_reopen(request_id uuid) returns jsonb language sql set search_path = ''
  as $$ select ledger.decide_reopen(request_id, true, null) $$;
create function api.refuse_reopen(request_id uuid, reason text default null) returns jsonb language sql set search_path = ''
  as $$ select ledger.decide_reopen(request_id, false, reason) $$;

grant select on api.reopen_requests, api.sales_book, api.cash_receipts_book, api.general_journal to authenticated;
grant execute on function api.accounting_months(integer), api.sales_book_totals(date, date, text),
  api.cash_receipts_totals(date, date, text, text), api.general_journal_totals(date, date, text, text), api.close_month(date, boolean), api.request_reopen(jsonb), api.approve_reopen(uuid),
  api.refuse_reopen(uuid, text) to authenticated;
