-- What must never be. The books themselves: entries, balances, accounts that stand for something else, months.

create function ledger.offences_in_books(tenant uuid default null)
returns table (invariant text, tenant_id uuid, subject text, detail text)
language sql
stable
set search_path = ''
as $$
  with chosen as materialized (
    select t.id, t.time_zone from tenancy.tenants as t where offences_in_books.tenant is null or t.id = offences_in_books.tenant
  ),
  sums as materialized (
    select e.tenant_id, e.transaction_id, count(*) as lines, sum(e.amount_minor) as amount_minor
    from ledger.entries as e join chosen as c on c.id = e.tenant_id
    group by e.tenant_id, e.transaction_id
  ),
  account_sums as materialized (
    select e.tenant_id, e.account_id, sum(e.amount_minor) as amount_minor
    from ledger.entries as e join chosen as c on c.id = e.tenant_id
    group by e.tenant_id, e.account_id
  )

  select 'a transaction sums to zero', t.tenant_id, t.idempotency_key, format('%s lines, sum %s', s.lines, s.amount_minor)
  from sums as s
  join ledger.transactions as t on t.tenant_id = s.tenant_id and t.id = s.transaction_id
  where s.lines < 2 or s.amount_minor <> 0

  union all
  select 'a transaction sums to zero', t.tenant_id, t.idempotency_key, '0 lines'
  from ledger.transactions as t
  join chosen as c on c.id = t.tenant_id
  where not exists (select from ledger.entries as e where e.tenant_id = t.tenant_id and e.transaction_id = t.id)

  union all
  select 'the trial balance is zero', s.tenant_id, 'all accounts', sum(s.amount_minor)::text
  from account_sums as s
  group by s.tenant_id
  having sum(s.amount_minor) <> 0

  union all
  select 'a cached balance is the sum of its entries', a.tenant_id, a.code || ' ' || a.owner_id,
    format('cached %s, entries %s', b.cached_minor, b.entries_minor)
  from (
    select x.tenant_id, x.account_id, sum(x.cached_minor) as cached_minor, sum(x.entries_minor) as entries_minor
    from (
      select b.tenant_id, b.account_id, b.amount_minor as cached_minor, 0 as entries_minor
      from ledger.balances as b join chosen as c on c.id = b.tenant_id
      union all
      select s.tenant_id, s.account_id, 0, s.amount_minor from account_sums as s
    ) as x
    group by x.tenant_id, x.account_id
    having sum(x.cached_minor) <> sum(x.entries_minor)
  ) as b
  join ledger.accounts as a on a.tenant_id = b.tenant_id and a.id = b.account_id and a.owner_kind is not null

  union all
  select 'a subscriber''s credit is not below zero', a.tenant_id, a.owner_id::text, b.amount_minor::text
  from ledger.accounts as a
  join chosen as c on c.id = a.tenant_id
  join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
  where a.code = 'subscriber_credit' and b.amount_minor > 0

  union all
  select 'a subscriber''s receivable is the sum of the open invoices', s.tenant_id, s.account_no,
    format('receivable %s, open invoices %s', r.receivable_minor, r.open_minor)
  from (
    select x.tenant_id, x.subscriber_id, sum(x.receivable_minor) as receivable_minor, sum(x.open_minor) as open_minor
    from (
      select a.tenant_id, a.owner_id as subscriber_id, b.amount_minor as receivable_minor, 0 as open_minor
      from account_sums as b
      join ledger.accounts as a on a.tenant_id = b.tenant_id and a.id = b.account_id and a.code = 'subscriber_receivable'
      union all
      select i.tenant_id, i.subscriber_id, 0, i.balance_minor
      from billing.invoices as i join chosen as c on c.id = i.tenant_id
      where i.state = 'open'
    ) as x
    group by x.tenant_id, x.subscriber_id
    having sum(x.receivable_minor) <> sum(x.open_minor)
  ) as r
  join service.subscribers as s on s.tenant_id = r.tenant_id and s.id = r.subscriber_id

  union all
  select 'recovered debts are what payments recovered', c.tenant_id, 'recovered_debts', format('books %s, recoveries %s', c.books_minor, c.recovered_minor)
  from (
    select c.id as tenant_id,
      coalesce((select -sum(s.amount_minor) from account_sums as s
        join ledger.accounts as a on a.tenant_id = s.tenant_id and a.id = s.account_id where s.tenant_id = c.id and a.code = 'recovered_debts'), 0) as books_minor,
      coalesce((select sum(r.amount_minor) from collections.recoveries as r where r.tenant_id = c.id), 0) as recovered_minor
    from chosen as c
  ) as c
  where c.books_minor <> c.recovered_minor

  union all
  select 'a certificate stands in the books where it is', c.tenant_id, 'certificates_pending', format('books %s, certificates to come %s', c.books_minor, c.pending_minor)
  from (
    select c.id as tenant_id,
      coalesce((select sum(s.amount_minor) from account_sums as s
        join ledger.accounts as a on a.tenant_id = s.tenant_id and a.id = s.account_id where s.tenant_id = c.id and a.code = 'certificates_pending'), 0) as books_minor,
      coalesce((select sum(p.amount_minor) from collections.certificates as k
        join collections.payments as p on p.tenant_id = k.tenant_id and p.id = k.payment_id where k.tenant_id = c.id and k.state = 'pending'), 0) as pending_minor
    from chosen as c
  ) as c
  where c.books_minor <> c.pending_minor

  union all
  select 'discounts earned by paying on time are posted', c.tenant_id, 'prompt_discounts', format('books %s, earned %s', b.amount_minor, p.amount_minor)
  from (select t.id as tenant_id from chosen as t) as c
  cross join lateral (
    select coalesce(sum(s.amount_minor), 0) as amount_minor
    from ledger.accounts as a join account_sums as s on s.tenant_id = a.tenant_id and s.account_id = a.id
    where a.tenant_id = c.tenant_id and a.code = 'prompt_discounts'
  ) as b
  cross join lateral (
    select coalesce(sum(x.earned_minor), 0) as amount_minor
    from billing.charge_parts as x where x.tenant_id = c.tenant_id
  ) as p
  where b.amount_minor <> p.amount_minor

  union all
  select 'the deposits account is what is held of subscribers', c.tenant_id, 'deposits', format('books %s, held %s', -b.amount_minor, p.amount_minor)
  from (select t.id as tenant_id from chosen as t) as c
  cross join lateral (
    select coalesce(sum(s.amount_minor), 0) as amount_minor
    from ledger.accounts as a join account_sums as s on s.tenant_id = a.tenant_id and s.account_id = a.id
    where a.tenant_id = c.tenant_id and a.code = 'deposits'
  ) as b
  cross join lateral (
    select coalesce(sum(d.amount_minor), 0) as amount_minor from billing.deposits as d where d.tenant_id = c.tenant_id
  ) as p
  where -b.amount_minor <> p.amount_minor

  union all
  select 'nothing is posted into a closed month', t.tenant_id, t.idempotency_key, format('%s, closed at %s', t.accounting_on, p.closed_at)
  from ledger.transactions as t
  join chosen as c on c.id = t.tenant_id
  join ledger.periods as p on p.tenant_id = t.tenant_id and p.month = date_trunc('month', t.accounting_on)::date
    and p.state = 'closed' and p.closed_at < t.recorded_at

  union all
  -- So the sales book, which lists documents, adds up to the ledger.
  select 'revenue and VAT move only by a document', t.tenant_id, t.idempotency_key, format('%s on %s', e.amount_minor, a.code)
  from ledger.accounts as a
  join chosen as c on c.id = a.tenant_id
  join ledger.entries as e on e.tenant_id = a.tenant_id and e.account_id = a.id
  join ledger.transactions as t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
  left join ledger.transactions as o on o.tenant_id = t.tenant_id and o.id = t.reverses
  where a.code in ('revenue', 'output_vat') and coalesce(o.kind, t.kind) not in ('invoice', 'credit_note')

  union all
  select 'a closed month has the trial balance it was closed with', p.tenant_id, p.month::text,
    format('sealed %s, now %s', left(p.trial_balance_hash, 12), left(h.hash, 12))
  from chosen as c
  cross join lateral (
    select array_agg(p.month) as months from ledger.periods as p where p.tenant_id = c.id and p.state = 'closed'
  ) as k
  cross join lateral ledger.trial_balance_hashes(c.id, k.months) as h
  join ledger.periods as p on p.tenant_id = c.id and p.month = h.month
  where h.hash <> p.trial_balance_hash

  union all
  select 'months are closed in their order', p.tenant_id, p.month::text, format('an earlier month is %s', coalesce(q.state, 'open'))
  from ledger.periods as p
  join chosen as c on c.id = p.tenant_id
  cross join lateral (
    select date_trunc('month', min(t.accounting_on))::date as month from ledger.transactions as t where t.tenant_id = p.tenant_id
  ) as f
  cross join lateral generate_series(f.month, p.month - 1, interval '1 month') as g(month)
  left join ledger.periods as q on q.tenant_id = p.tenant_id and q.month = g.month::date
  where p.state <> 'open' and (q.state is null or q.state = 'open' or p.state = 'closed' and q.state = 'soft')
$$;

grant execute on function ledger.offences_in_books(uuid) to linyada_definer;
