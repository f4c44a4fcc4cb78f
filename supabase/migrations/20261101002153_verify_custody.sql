-- What must never be. Cash on its way from the collector to the bank.

create function ledger.offences_in_custody(tenant uuid default null)
returns table (invariant text, tenant_id uuid, subject text, detail text)
language sql
stable
set search_path = ''
as $$
  with chosen as materialized (
    select t.id, t.time_zone from tenancy.tenants as t where offences_in_custody.tenant is null or t.id = offences_in_custody.tenant
  )

  select 'a collector''s cash is the field cash less what was remitted', m.tenant_id, m.full_name,
    format('books %s, payments less remitted %s', coalesce(b.amount_minor, 0), coalesce(p.amount_minor, 0) + coalesce(r.amount_minor, 0))
  from access.members as m
  join chosen as c on c.id = m.tenant_id
  left join ledger.accounts as a on a.tenant_id = m.tenant_id and a.code = 'collector_cash' and a.owner_id = m.id
  left join lateral (
    select sum(e.amount_minor) as amount_minor from ledger.entries as e where e.tenant_id = a.tenant_id and e.account_id = a.id
  ) as b on true
  left join lateral (
    select sum(p.amount_minor) as amount_minor from collections.payments as p
    where p.tenant_id = m.tenant_id and p.received_by = m.id and p.method = 'cash' and p.channel = 'field' and p.stage <> 'void'
  ) as p on true
  left join lateral (
    select sum(e.amount_minor) as amount_minor
    from ledger.entries as e
    join ledger.transactions as t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
    where e.tenant_id = a.tenant_id and e.account_id = a.id and t.kind in ('remittance', 'shortage', 'overage', 'bank_deposit', 'refund')
  ) as r on true
  where coalesce(b.amount_minor, 0) <> coalesce(p.amount_minor, 0) + coalesce(r.amount_minor, 0)

  union all
  -- Nobody hands in what they do not hold.
  select 'a collector''s cash is not below zero', a.tenant_id, a.owner_id::text, b.amount_minor::text
  from ledger.accounts as a
  join chosen as c on c.id = a.tenant_id
  join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
  where a.code = 'collector_cash' and b.amount_minor < 0

  union all
  select 'a remittance expects the cash of its payments', r.tenant_id, r.id::text,
    format('expected %s, payments %s', r.expected_minor, coalesce(p.amount_minor, 0))
  from collections.remittances as r
  join chosen as c on c.id = r.tenant_id
  left join lateral (
    select sum(p.amount_minor) as amount_minor, count(*) as payments from collections.payments as p
    where p.tenant_id = r.tenant_id and p.remittance_id = r.id and p.stage <> 'void'
  ) as p on true
  where case when r.state = 'rejected' then p.payments > 0 else r.expected_minor <> coalesce(p.amount_minor, 0) end

  union all
  select 'a payment is remitted exactly when its remittance is accepted', p.tenant_id, p.id::text, format('%s, remittance %s', p.stage, r.state)
  from collections.payments as p
  join chosen as c on c.id = p.tenant_id
  left join collections.remittances as r on r.tenant_id = p.tenant_id and r.id = p.remittance_id
  where p.stage in ('posted', 'remitted') and (p.stage = 'remitted') <> coalesce(r.state = 'accepted', false)

  union all
  select 'an accepted remittance is posted as it stands', r.tenant_id, r.id::text,
    format('counted %s, expected %s; posted %s', r.counted_minor, r.expected_minor, coalesce(t.amounts::text, 'nothing'))
  from collections.remittances as r
  join chosen as c on c.id = r.tenant_id
  left join lateral (
    select jsonb_object_agg(a.code, e.amount_minor) as amounts
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.tenant_id = r.tenant_id and t.idempotency_key = 'remittance:' || r.id
      and (a.owner_id is null or a.owner_id = r.collector_id)
  ) as t on true
  where t.amounts is distinct from case when r.state = 'accepted' then (
    select jsonb_object_agg(x.code, x.amount_minor)
    from (values ('cash_office', r.counted_minor), ('collector_cash', -r.expected_minor),
      ('collector_shortage', greatest(-r.variance_minor, 0)), ('unidentified_receipts', -greatest(r.variance_minor, 0))) as x(code, amount_minor)
    where x.amount_minor <> 0) end

  union all
  -- The tables say so too; here they are asked again.
  select 'a remittance is counted and decided by others', r.tenant_id, r.id::text, format('%s with a difference of %s', r.state, r.variance_minor)
  from collections.remittances as r
  join chosen as c on c.id = r.tenant_id
  where r.counted_by in (r.collector_id, r.submitted_by) or r.approved_by in (r.collector_id, r.submitted_by, r.counted_by)
    or r.state = 'accepted' and r.variance_minor <> 0 and r.approved_by is null

  union all
  select 'who took a payment does not say that it is no double', d.tenant_id, d.id::text, d.decision
  from collections.doubles as d
  join chosen as c on c.id = d.tenant_id
  join collections.payments as p on p.tenant_id = d.tenant_id and p.id in (d.id, d.other_id)
  where p.received_by = d.settled_by

  union all
  select 'the payments of a pair are of one subscriber', d.tenant_id, d.id::text, format('and %s', d.other_id)
  from collections.doubles as d
  join chosen as c on c.id = d.tenant_id
  join collections.payments as p on p.tenant_id = d.tenant_id and p.id = d.id
  join collections.payments as o on o.tenant_id = d.tenant_id and o.id = d.other_id
  where p.subscriber_id is distinct from o.subscriber_id

  union all
  select 'a collector''s shortage is what was short less what was repaid', m.tenant_id, m.full_name,
    format('books %s, short %s, repaid %s', coalesce(b.amount_minor, 0), coalesce(r.amount_minor, 0), coalesce(p.amount_minor, 0))
  from access.members as m
  join chosen as c on c.id = m.tenant_id
  left join ledger.accounts as a on a.tenant_id = m.tenant_id and a.code = 'collector_shortage' and a.owner_id = m.id
  left join lateral (
    select sum(e.amount_minor) as amount_minor from ledger.entries as e where e.tenant_id = a.tenant_id and e.account_id = a.id
  ) as b on true
  left join lateral (
    select sum(-r.variance_minor) as amount_minor from collections.remittances as r
    where r.tenant_id = m.tenant_id and r.collector_id = m.id and r.state = 'accepted' and r.variance_minor < 0
  ) as r on true
  left join lateral (
    select sum(p.amount_minor) as amount_minor from collections.shortage_repayments as p
    where p.tenant_id = m.tenant_id and p.collector_id = m.id
  ) as p on true
  where coalesce(b.amount_minor, 0) <> coalesce(r.amount_minor, 0) - coalesce(p.amount_minor, 0) or b.amount_minor < 0

  union all
  select 'a bank deposit is posted as its slip says', d.tenant_id, d.slip_number, format('slip %s, posted %s', d.amount_minor, coalesce(t.amount_minor, 0))
  from collections.bank_deposits as d
  join chosen as c on c.id = d.tenant_id
  left join lateral (
    select sum(e.amount_minor) as amount_minor
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.tenant_id = d.tenant_id and t.source_kind = 'bank_deposit' and t.source_id = d.id and a.code = 'bank'
  ) as t on true
  where coalesce(t.amount_minor, 0) <> case when d.voided_at is null then d.amount_minor else 0 end

  union all
  select 'a bank deposit holds the remittances it names', d.tenant_id, d.slip_number, format('slip %s, remittances %s', d.amount_minor, r.amount_minor)
  from collections.bank_deposits as d
  join chosen as c on c.id = d.tenant_id
  join lateral (
    select sum(r.counted_minor) as amount_minor, bool_and(r.state = 'accepted') as are_accepted from collections.remittances as r
    where r.tenant_id = d.tenant_id and r.bank_deposit_id = d.id
  ) as r on true
  where r.amount_minor > d.amount_minor or r.are_accepted is false or r.amount_minor is not null and d.voided_at is not null

  union all
  select 'an ended phone holds no receipt numbers', d.tenant_id, d.code, format('%s to %s', b.first_serial, b.last_serial)
  from collections.devices as d
  join chosen as c on c.id = d.tenant_id
  join collections.receipt_blocks as b on b.tenant_id = d.tenant_id and b.device_id = d.id and b.state = 'out'
  where d.status = 'revoked'

  union all
  select 'a broken chain has its alarm', n.tenant_id, n.id::text, format('names %s', n.prev_hash)
  from sync.commands as n
  join chosen as c on c.id = n.tenant_id
  join sync.commands as b on b.tenant_id = n.tenant_id and b.device_id = n.device_id and b.device_seq = n.device_seq - 1
  where b.hash is not null and b.received_at <= n.received_at and n.prev_hash is distinct from b.hash
    and not exists (
      select from sync.alarms as a where a.tenant_id = n.tenant_id and a.command_id = n.id and a.kind in ('chain_broken', 'sequence_reused'))
$$;

grant execute on function ledger.offences_in_custody(uuid) to linyada_definer;
