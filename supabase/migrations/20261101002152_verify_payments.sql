-- What must never be. Money received, given back and given up.

create function ledger.offences_in_payments(tenant uuid default null)
returns table (invariant text, tenant_id uuid, subject text, detail text)
language sql
stable
set search_path = ''
as $$
  with chosen as materialized (
    select t.id, t.time_zone from tenancy.tenants as t where offences_in_payments.tenant is null or t.id = offences_in_payments.tenant
  )

  select 'a payment is not allocated beyond its amount', p.tenant_id, p.id::text, format('amount %s, allocated %s', p.amount_minor, a.amount_minor)
  from collections.payments as p
  join chosen as c on c.id = p.tenant_id
  join lateral (
    select coalesce(sum(a.amount_minor), 0) as amount_minor
    from (
      select a.amount_minor from collections.allocations as a where a.tenant_id = p.tenant_id and a.payment_id = p.id
      union all
      select r.amount_minor from collections.recoveries as r where r.tenant_id = p.tenant_id and r.payment_id = p.id
    ) as a
  ) as a on true
  where a.amount_minor > p.amount_minor or a.amount_minor < 0 or (p.stage = 'void' and a.amount_minor <> 0)

  union all
  select 'a payment is posted as it stands', p.tenant_id, p.id::text, format('amount %s, posted %s', p.amount_minor, coalesce(t.amount_minor, 0))
  from collections.payments as p
  join chosen as c on c.id = p.tenant_id
  left join lateral (
    select sum(e.amount_minor) filter (where e.amount_minor > 0) as amount_minor
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    where t.tenant_id = p.tenant_id and t.idempotency_key = 'payment:' || p.id
  ) as t on true
  where p.amount_minor is distinct from t.amount_minor::bigint

  union all
  select 'an allocation is not taken back beyond its amount', a.tenant_id, a.id::text, format('amount %s, taken back %s', a.amount_minor, -r.amount_minor)
  from collections.allocations as a
  join chosen as c on c.id = a.tenant_id
  cross join lateral (
    select sum(r.amount_minor) as amount_minor from collections.allocations as r where r.tenant_id = a.tenant_id and r.reverses = a.id
  ) as r
  where a.amount_minor + r.amount_minor < 0

  union all
  -- What it settled, bought and left as credit is undone, account by account.
  select 'a void payment leaves nothing in the books', p.tenant_id, p.id::text, format('%s on %s', sum(e.amount_minor), a.code)
  from collections.payments as p
  join chosen as c on c.id = p.tenant_id
  join ledger.transactions as t on t.tenant_id = p.tenant_id and t.source_id = p.id and t.source_kind = 'payment'
  join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
  join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
  where p.stage = 'void'
  group by p.tenant_id, p.id, a.code, a.owner_id
  having sum(e.amount_minor) <> 0

  union all
  select 'a payment posted to another subscriber goes on as one like it', p.tenant_id, p.id::text, coalesce('goes on as ' || n.id, 'goes on as none')
  from collections.payments as p
  join chosen as c on c.id = p.tenant_id
  left join collections.payments as n on n.tenant_id = p.tenant_id and n.void_of = p.id
  where (p.void_kind is not distinct from 'transferred') <> (n.id is not null)
    or n.id is not null and (p.method, p.channel, p.amount_minor, p.received_at, p.received_by)
      is distinct from (n.method, n.channel, n.amount_minor, n.received_at, n.received_by)

  union all
  select 'a write-off is posted as it stands', w.tenant_id, w.id::text, format('amount %s, bad debts %s', w.amount_minor, p.amount_minor)
  from billing.write_offs as w
  join chosen as c on c.id = w.tenant_id
  left join lateral (
    select sum(e.amount_minor) as amount_minor
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.tenant_id = w.tenant_id and t.idempotency_key = 'write_off:' || w.id and a.code = 'bad_debts'
  ) as p on true
  where w.amount_minor is distinct from p.amount_minor::bigint

  union all
  select 'a debt is not recovered beyond what was written off', w.tenant_id, w.id::text, format('written off %s, recovered %s', w.amount_minor, r.amount_minor)
  from billing.write_offs as w
  join chosen as c on c.id = w.tenant_id
  cross join lateral (
    select sum(r.amount_minor) as amount_minor from collections.recoveries as r where r.tenant_id = w.tenant_id and r.write_off_id = w.id
  ) as r
  where r.amount_minor > w.amount_minor or r.amount_minor < 0

  union all
  select 'a refund is posted as it stands, and is of one payment no more than it brought', f.tenant_id, f.id::text,
    format('amount %s, posted %s, all of this payment %s', f.amount_minor, p.amount_minor, o.amount_minor)
  from collections.refunds as f
  join chosen as c on c.id = f.tenant_id
  left join lateral (
    select sum(e.amount_minor) as amount_minor
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.tenant_id = f.tenant_id and t.idempotency_key = 'refund:' || f.id and a.code = 'subscriber_credit' and a.owner_id = f.subscriber_id
  ) as p on true
  left join lateral (
    select sum(o.amount_minor) as amount_minor, min(m.amount_minor) as payment_minor
    from collections.refunds as o
    join collections.payments as m on m.tenant_id = o.tenant_id and m.id = o.payment_id
    where o.tenant_id = f.tenant_id and o.payment_id = f.payment_id
  ) as o on true
  where f.amount_minor is distinct from p.amount_minor::bigint or o.amount_minor > o.payment_minor

  union all
  select 'a correction above the limit has two people', k.tenant_id, k.id::text, format('%s of %s, limit %s', k.kind, k.amount_minor, k.limit_minor)
  from billing.corrections as k
  join chosen as c on c.id = k.tenant_id
  where k.state = 'done' and k.kind <> 'bounce' and k.amount_minor > k.limit_minor and (k.decided_by is null or k.decided_by = k.asked_by)

  union all
  select 'what is given back or given up comes from a correction', d.tenant_id, d.id::text, d.kind
  from (
    select f.tenant_id, f.id, 'refund' as kind, f.amount_minor from collections.refunds as f
    union all
    select w.tenant_id, w.id, 'write_off', w.amount_minor from billing.write_offs as w
    union all
    select d.tenant_id, d.id, 'deposit_return', -d.amount_minor from billing.deposits as d where d.kind = 'returned'
    union all
    select n.tenant_id, n.id, coalesce(
      (select k.kind from billing.corrections as k where k.tenant_id = n.tenant_id and k.id = n.id and k.kind = 'credit_note'), 'time_cancel'), n.total_minor
    from billing.credit_notes as n
    where exists (select from billing.prepaid_periods as s where s.tenant_id = n.tenant_id and s.invoice_id = n.invoice_id)
  ) as d
  join chosen as c on c.id = d.tenant_id
  where not exists (select from billing.corrections as k
    where k.tenant_id = d.tenant_id and k.id = d.id and k.kind = d.kind and k.state = 'done' and k.amount_minor = d.amount_minor)

  union all
  select 'a subscriber''s deposit is not below zero', d.tenant_id, d.subscriber_id::text, sum(d.amount_minor)::text
  from billing.deposits as d
  join chosen as c on c.id = d.tenant_id
  group by d.tenant_id, d.subscriber_id
  having sum(d.amount_minor) < 0
$$;

grant execute on function ledger.offences_in_payments(uuid) to linyada_definer;
