-- What must never be: every money invariant, with its offenders by name. An empty answer is the only good one.
-- For the owner of the database alone; `npm run verify` prints it.

create function ledger.offences(tenant uuid default null)
returns table (invariant text, tenant_id uuid, subject text, detail text)
language sql
stable
set search_path = ''
as $$
  with chosen as materialized (
    select t.id, t.time_zone from tenancy.tenants as t where offences.tenant is null or t.id = offences.tenant
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
  ),
  invoices as materialized (
    select i.tenant_id, i.id, i.subscriber_id, i.number, i.state, i.net_minor, i.vat_minor, i.total_minor, i.balance_minor
    from billing.invoices as i join chosen as c on c.id = i.tenant_id
    where i.state <> 'draft'
  )

  select 'a transaction sums to zero', t.tenant_id, t.idempotency_key,
    format('%s lines, sum %s', coalesce(s.lines, 0), coalesce(s.amount_minor, 0))
  from ledger.transactions as t
  join chosen as c on c.id = t.tenant_id
  left join sums as s on s.tenant_id = t.tenant_id and s.transaction_id = t.id
  where coalesce(s.lines, 0) < 2 or s.amount_minor <> 0

  union all
  select 'the trial balance is zero', s.tenant_id, 'all accounts', sum(s.amount_minor)::text
  from account_sums as s
  group by s.tenant_id
  having sum(s.amount_minor) <> 0

  union all
  select 'a cached balance is the sum of its entries', a.tenant_id, a.code || ' ' || a.owner_id,
    format('cached %s, entries %s', coalesce(b.amount_minor, 0), coalesce(s.amount_minor, 0))
  from ledger.accounts as a
  join chosen as c on c.id = a.tenant_id
  left join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
  left join account_sums as s on s.tenant_id = a.tenant_id and s.account_id = a.id
  where a.owner_kind is not null and coalesce(b.amount_minor, 0) <> coalesce(s.amount_minor, 0)

  union all
  select 'a subscriber''s credit is not below zero', a.tenant_id, a.owner_id::text, b.amount_minor::text
  from ledger.accounts as a
  join chosen as c on c.id = a.tenant_id
  join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
  where a.code = 'subscriber_credit' and b.amount_minor > 0

  union all
  select 'an invoice is the sum of its lines', i.tenant_id, i.number,
    format('net %s, VAT %s, total %s; lines %s, %s, %s', i.net_minor, i.vat_minor, i.total_minor, l.net_minor, l.vat_minor, l.total_minor)
  from invoices as i
  left join lateral (
    select sum(l.net_minor) as net_minor, sum(l.vat_minor) as vat_minor, sum(l.total_minor) as total_minor
    from billing.invoice_lines as l where l.tenant_id = i.tenant_id and l.invoice_id = i.id
  ) as l on true
  where (i.net_minor, i.vat_minor, i.total_minor) is distinct from (l.net_minor, l.vat_minor, l.total_minor)

  union all
  select 'an invoice is posted as it stands', i.tenant_id, i.number,
    format('total %s, receivable %s; VAT %s, posted %s', i.total_minor, p.receivable_minor, i.vat_minor, p.vat_minor)
  from invoices as i
  left join lateral (
    select
      coalesce(sum(e.amount_minor) filter (where a.code = 'subscriber_receivable' and a.owner_id = i.subscriber_id), 0) as receivable_minor,
      coalesce(-sum(e.amount_minor) filter (where a.code = 'output_vat'), 0) as vat_minor
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.tenant_id = i.tenant_id and t.idempotency_key = 'invoice:' || i.id
  ) as p on true
  where (i.total_minor, i.vat_minor) is distinct from (p.receivable_minor::bigint, p.vat_minor::bigint)

  union all
  select 'a void invoice is reversed', i.tenant_id, i.number, 'its posting stands'
  from invoices as i
  join ledger.transactions as t on t.tenant_id = i.tenant_id and t.idempotency_key = 'invoice:' || i.id
  where i.state = 'void'
    and not exists (select from ledger.transactions as r where r.tenant_id = t.tenant_id and r.reverses = t.id)

  union all
  select 'an invoice''s balance is its total less allocations, credit notes and write-offs', i.tenant_id, i.number,
    format('balance %s, total %s, allocated %s, credited %s, written off %s', i.balance_minor, i.total_minor, coalesce(a.amount_minor, 0),
      coalesce(n.total_minor, 0), coalesce(w.amount_minor, 0))
  from invoices as i
  left join lateral (
    select sum(a.amount_minor) as amount_minor from collections.allocations as a where a.tenant_id = i.tenant_id and a.invoice_id = i.id
  ) as a on true
  left join lateral (
    select sum(n.total_minor - n.credit_minor) as total_minor from billing.credit_notes as n where n.tenant_id = i.tenant_id and n.invoice_id = i.id
  ) as n on true
  left join lateral (
    select sum(w.amount_minor) as amount_minor from billing.write_offs as w where w.tenant_id = i.tenant_id and w.invoice_id = i.id
  ) as w on true
  where case when i.state = 'void' then coalesce(a.amount_minor, 0) <> 0 or i.balance_minor <> 0
    else i.balance_minor <> i.total_minor - coalesce(a.amount_minor, 0) - coalesce(n.total_minor, 0) - coalesce(w.amount_minor, 0) end

  union all
  select 'an invoice is open exactly while something is owed', i.tenant_id, i.number, format('%s with balance %s', i.state, i.balance_minor)
  from invoices as i
  where i.state = 'open' and i.balance_minor = 0 or i.state in ('paid', 'written_off') and i.balance_minor <> 0
    or i.state = 'written_off' and not exists (select from billing.write_offs as w where w.tenant_id = i.tenant_id and w.invoice_id = i.id)

  union all
  select 'a subscriber''s receivable is the sum of the open invoices', s.tenant_id, s.account_no,
    format('receivable %s, open invoices %s', coalesce(b.amount_minor, 0), coalesce(o.balance_minor, 0))
  from service.subscribers as s
  join chosen as c on c.id = s.tenant_id
  left join ledger.accounts as a on a.tenant_id = s.tenant_id and a.code = 'subscriber_receivable' and a.owner_id = s.id
  left join account_sums as b on b.tenant_id = a.tenant_id and b.account_id = a.id
  left join lateral (
    select sum(i.balance_minor) as balance_minor from billing.invoices as i
    where i.tenant_id = s.tenant_id and i.subscriber_id = s.id and i.state = 'open'
  ) as o on true
  where coalesce(b.amount_minor, 0) <> coalesce(o.balance_minor, 0)

  union all
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
  select 'a collector''s cash is the field cash less what was remitted', m.tenant_id, m.full_name,
    format('books %s, payments less remitted %s', coalesce(b.amount_minor, 0), coalesce(p.amount_minor, 0) + coalesce(r.amount_minor, 0))
  from access.members as m
  join chosen as c on c.id = m.tenant_id
  left join ledger.accounts as a on a.tenant_id = m.tenant_id and a.code = 'collector_cash' and a.owner_id = m.id
  left join account_sums as b on b.tenant_id = a.tenant_id and b.account_id = a.id
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
  select 'a collector''s shortage is what was short less what was repaid', m.tenant_id, m.full_name,
    format('books %s, short %s, repaid %s', coalesce(b.amount_minor, 0), coalesce(r.amount_minor, 0), coalesce(p.amount_minor, 0))
  from access.members as m
  join chosen as c on c.id = m.tenant_id
  left join ledger.accounts as a on a.tenant_id = m.tenant_id and a.code = 'collector_shortage' and a.owner_id = m.id
  left join account_sums as b on b.tenant_id = a.tenant_id and b.account_id = a.id
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
  select 'an invoice series has no gap', s.tenant_id, s.branch, format('number %s is missing', n.serial)
  from tenancy.document_series as s
  join chosen as c on c.id = s.tenant_id
  cross join lateral (
    select g as serial
    from generate_series((select min(i.serial) from billing.invoices as i where i.tenant_id = s.tenant_id and i.branch = s.branch), s.next_number - 1) as g
    except
    select i.serial from billing.invoices as i where i.tenant_id = s.tenant_id and i.branch = s.branch
  ) as n
  where s.kind = 'invoice'

  union all
  select 'a credit note series has no gap', s.tenant_id, s.branch, format('number %s is missing', n.serial)
  from tenancy.document_series as s
  join chosen as c on c.id = s.tenant_id
  cross join lateral (
    select g as serial
    from generate_series((select min(i.serial) from billing.credit_notes as i where i.tenant_id = s.tenant_id and i.branch = s.branch), s.next_number - 1) as g
    except
    select i.serial from billing.credit_notes as i where i.tenant_id = s.tenant_id and i.branch = s.branch
  ) as n
  where s.kind = 'credit_note'

  union all
  select 'a document is numbered by the series of its branch', d.tenant_id, d.number, 'branch ' || d.branch
  from (
    select i.tenant_id, 'invoice' as kind, i.branch, i.number from billing.invoices as i where i.number is not null
    union all
    select n.tenant_id, 'credit_note', n.branch, n.number
    from billing.credit_notes as n
    union all
    select n.tenant_id, 'credit_note', null, n.number      -- a note with another branch than its invoice has the series of none
    from billing.credit_notes as n
    join billing.invoices as i on i.tenant_id = n.tenant_id and i.id = n.invoice_id and i.branch <> n.branch
  ) as d
  join chosen as c on c.id = d.tenant_id
  where not exists (select from tenancy.document_series as s where s.tenant_id = d.tenant_id and s.kind = d.kind and s.branch = d.branch)

  union all
  -- A number lent to a phone is accounted for by its block until the phone brings it.
  select 'a receipt series has no gap', s.tenant_id, s.branch, format('number %s is missing', n.serial)
  from tenancy.document_series as s
  join chosen as c on c.id = s.tenant_id
  cross join lateral (
    select g as serial
    from generate_series(least(
      (select min(r.serial) from collections.receipts as r where r.tenant_id = s.tenant_id),
      (select min(b.first_serial) from collections.receipt_blocks as b where b.tenant_id = s.tenant_id)), s.next_number - 1) as g
    except
    select r.serial from collections.receipts as r where r.tenant_id = s.tenant_id
    except
    select g from collections.receipt_blocks as b cross join lateral generate_series(b.first_serial, b.last_serial) as g
    where b.tenant_id = s.tenant_id
  ) as n
  where s.kind = 'receipt'

  union all
  select 'a series is ahead of its numbers', s.tenant_id, s.kind, format('next is %s, but %s is given', s.next_number, g.serial)
  from tenancy.document_series as s
  join chosen as c on c.id = s.tenant_id
  cross join lateral (
    select case s.kind
      when 'invoice' then (select max(i.serial) from billing.invoices as i where i.tenant_id = s.tenant_id and i.branch = s.branch)
      when 'receipt' then (select max(r.serial) from collections.receipts as r where r.tenant_id = s.tenant_id)
      else (select max(n.serial) from billing.credit_notes as n where n.tenant_id = s.tenant_id and n.branch = s.branch) end as serial
  ) as g
  where g.serial >= s.next_number

  union all
  -- What a line charges for, less the days that were given back.
  select 'a postpaid day is billed once', l.tenant_id, l.subscription_id::text,
    format('%s to %s lies under two lines', to_char(lower(d.days), 'YYYY-MM-DD'), to_char(upper(d.days), 'YYYY-MM-DD'))
  from billing.invoice_lines as l
  join chosen as c on c.id = l.tenant_id
  join billing.invoice_lines as m on m.tenant_id = l.tenant_id and m.subscription_id = l.subscription_id and m.id > l.id
    and m.service_from < l.service_until and m.service_until > l.service_from
  cross join lateral unnest(billing.days_charged(l, c.time_zone) * billing.days_charged(m, c.time_zone)) as d(days)
  where l.kind in ('recurring', 'proration') and m.kind in ('recurring', 'proration') and l.in_force and m.in_force
    and l.price_minor is not null and m.price_minor is not null

  union all
  -- Between the first and the last day billed. A void line waits for the next run, as does what is to be looked at again, and an open
  -- exception says why it is not billed.
  select 'a postpaid day is billed', u.tenant_id, u.id::text,
    format('%s to %s is under no line', to_char(lower(g.days), 'YYYY-MM-DD'), to_char(upper(g.days), 'YYYY-MM-DD'))
  from service.subscriptions as u
  join chosen as c on c.id = u.tenant_id
  join tenancy.billing_settings as s on s.tenant_id = u.tenant_id
  cross join lateral (
    select range_agg(d.days) as billed
    from billing.invoice_lines as l
    cross join lateral unnest(billing.days_charged(l, c.time_zone)) as d(days)
    where l.tenant_id = u.tenant_id and l.subscription_id = u.id and l.kind in ('recurring', 'proration') and l.price_minor is not null
  ) as b
  cross join lateral unnest(
    datemultirange(daterange(greatest(u.activated_on, s.first_period_on), greatest(upper(b.billed), u.activated_on, s.first_period_on)))
    - b.billed
    - coalesce((select range_agg(x.days) from service.pauses as x where x.tenant_id = u.tenant_id and x.subscription_id = u.id), '{}')
    - coalesce((select range_agg(daterange((h.opened_at at time zone c.time_zone)::date, (h.closed_at at time zone c.time_zone)::date))
        from service.holds as h where h.tenant_id = u.tenant_id and h.subscription_id = u.id), '{}')
    - case when u.terminated_on is null then '{}'::datemultirange else datemultirange(daterange(u.terminated_on, null)) end
    - case when u.repair_from is null then '{}'::datemultirange else datemultirange(daterange(u.repair_from, null)) end
  ) as g(days)
  where u.billing_mode = 'postpaid' and b.billed is not null
    and not exists (select from billing.run_exceptions as e
      where e.tenant_id = u.tenant_id and e.subscription_id = u.id and e.resolved_at is null)

  union all
  -- What is wrong in days already billed waits for the next invoice, and the service notes from which day on.
  select 'a day without service is not billed', u.tenant_id, u.id::text,
    format('%s to %s is under a line', to_char(lower(g.days), 'YYYY-MM-DD'), to_char(upper(g.days), 'YYYY-MM-DD'))
  from service.subscriptions as u
  join chosen as c on c.id = u.tenant_id
  join billing.invoice_lines as l on l.tenant_id = u.tenant_id and l.subscription_id = u.id and l.kind in ('recurring', 'proration')
    and l.in_force and l.price_minor is not null
  cross join lateral unnest(billing.days_charged(l, c.time_zone) * (
    coalesce((select range_agg(x.days) from service.pauses as x where x.tenant_id = u.tenant_id and x.subscription_id = u.id), '{}')
    + case when u.terminated_on is null then '{}'::datemultirange else datemultirange(daterange(u.terminated_on, null)) end
    + datemultirange(daterange(null, u.activated_on)))
    - case when u.repair_from is null then '{}'::datemultirange else datemultirange(daterange(u.repair_from, null)) end
  ) as g(days)
  where u.billing_mode = 'postpaid'

  union all
  -- The plan and the price of a line are those the service has on its days.
  select 'a day is billed at its plan and price', u.tenant_id, u.id::text,
    format('%s to %s at %s', to_char(lower(g.days), 'YYYY-MM-DD'), to_char(upper(g.days), 'YYYY-MM-DD'), l.price_minor)
  from service.subscriptions as u
  join chosen as c on c.id = u.tenant_id
  join billing.invoice_lines as l on l.tenant_id = u.tenant_id and l.subscription_id = u.id and l.kind in ('recurring', 'proration')
    and l.in_force and l.price_minor is not null
  join service.subscription_terms as t on t.tenant_id = u.tenant_id and t.subscription_id = u.id
    and (t.plan_id, t.price_minor) <> (l.plan_id, l.price_minor)
    and t.valid && daterange((l.service_from at time zone c.time_zone)::date, (l.service_until at time zone c.time_zone)::date)
  cross join lateral unnest(billing.days_charged(l, c.time_zone) * datemultirange(t.valid)
    - case when u.repair_from is null then '{}'::datemultirange else datemultirange(daterange(u.repair_from, null)) end
  ) as g(days)
  where u.billing_mode = 'postpaid'

  union all
  select 'a service has a plan on each of its days', u.tenant_id, u.id::text,
    format('none from %s to %s', to_char(lower(g.days), 'YYYY-MM-DD'), to_char(upper(g.days), 'YYYY-MM-DD'))
  from service.subscriptions as u
  join chosen as c on c.id = u.tenant_id
  cross join lateral unnest(
    case when u.terminated_on = u.activated_on then '{}' else datemultirange(daterange(u.activated_on, u.terminated_on)) end
    - coalesce((select range_agg(t.valid) from service.subscription_terms as t where t.tenant_id = u.tenant_id and t.subscription_id = u.id), '{}')
  ) as g(days)
  where u.state <> 'pending'
    and not exists (select from billing.run_exceptions as e
      where e.tenant_id = u.tenant_id and e.subscription_id = u.id and e.resolved_at is null)

  union all
  select 'no line gives back more than it charged', l.tenant_id, l.id::text,
    format('charged %s, given back %s for %s', l.total_minor, g.amount_minor, g.days)
  from billing.invoice_lines as l
  join chosen as c on c.id = l.tenant_id
  join (
    select r.tenant_id, r.line_id, sum(r.amount_minor) as amount_minor, range_agg(r.days) as days
    from billing.returned_days as r where r.in_force group by r.tenant_id, r.line_id
  ) as g on g.tenant_id = l.tenant_id and g.line_id = l.id
  where g.amount_minor > l.total_minor
    or not g.days <@ daterange((l.service_from at time zone c.time_zone)::date, (l.service_until at time zone c.time_zone)::date)

  union all
  select 'days given back stand as they are on their line', r.tenant_id, r.id::text, format('%s, the line %s', r.amount_minor, l.total_minor)
  from billing.returned_days as r
  join chosen as c on c.id = r.tenant_id
  join billing.invoice_lines as l on l.tenant_id = r.tenant_id and l.id = r.by_line_id
  where l.total_minor <> -r.amount_minor or l.in_force <> r.in_force

  union all
  select 'a finished run saw every service it was for', r.tenant_id, u.id::text, format('no line, no exception for the run of %s', r.period)
  from billing.runs as r
  join chosen as c on c.id = r.tenant_id
  join tenancy.billing_settings as s on s.tenant_id = r.tenant_id
  join service.subscriptions as u on u.tenant_id = r.tenant_id and u.billing_mode = 'postpaid' and u.state = 'active'
    and u.activated_on <= r.period and u.bill_anchor_on is null
    and greatest(u.created_at, u.updated_at) < r.started_at - interval '1 hour'      -- what was being written then is billed next time
  where r.state = 'done'
    and s.bills_while_suspended
    and extract(day from r.period) = extract(day from billing.boundary(billing.anchor(s.invoice_day), billing.months_between(billing.anchor(s.invoice_day), r.period)))
    and not exists (select from service.pauses as x where x.tenant_id = u.tenant_id and x.subscription_id = u.id and x.days && daterange(r.period, r.period_until))
    and not exists (select from billing.invoice_lines as l
      where l.tenant_id = u.tenant_id and l.subscription_id = u.id and l.kind in ('recurring', 'proration')
        and l.service_until > (r.period::timestamp at time zone c.time_zone) and l.service_from < (r.period_until::timestamp at time zone c.time_zone))
    and not exists (select from billing.run_exceptions as e where e.tenant_id = u.tenant_id and e.subscription_id = u.id)

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
  select 'a credit note is the sum of its lines and posted as it stands', n.tenant_id, n.number,
    format('total %s, lines %s, receivable %s; VAT %s, posted %s', n.total_minor, l.total_minor, p.receivable_minor, n.vat_minor, p.vat_minor)
  from billing.credit_notes as n
  join chosen as c on c.id = n.tenant_id
  left join lateral (
    select sum(l.total_minor) as total_minor from billing.credit_note_lines as l where l.tenant_id = n.tenant_id and l.credit_note_id = n.id
  ) as l on true
  left join lateral (
    select
      coalesce(-sum(e.amount_minor) filter (where a.code = 'subscriber_receivable' and a.owner_id = n.subscriber_id), 0) as receivable_minor,
      coalesce(-sum(e.amount_minor) filter (where a.code = 'subscriber_credit' and a.owner_id = n.subscriber_id), 0) as credit_minor,
      coalesce(sum(e.amount_minor) filter (where a.code = 'output_vat'), 0) as vat_minor
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.tenant_id = n.tenant_id and t.idempotency_key = 'credit_note:' || n.id
  ) as p on true
  where (n.total_minor, n.total_minor - n.credit_minor, n.credit_minor, n.vat_minor)
    is distinct from (l.total_minor::bigint, p.receivable_minor::bigint, p.credit_minor::bigint, p.vat_minor::bigint)

  union all
  -- What is beyond became credit, with its VAT.
  select 'credit notes stay within their invoice', i.tenant_id, i.number,
    format('credited %s of %s, VAT %s of %s', n.total_minor, i.total_minor, n.vat_minor, i.vat_minor)
  from (
    select n.tenant_id, n.invoice_id, sum(n.total_minor - n.credit_minor) as total_minor, sum(n.vat_minor) as vat_minor
    from billing.credit_notes as n
    join chosen as c on c.id = n.tenant_id
    group by n.tenant_id, n.invoice_id
  ) as n
  join billing.invoices as i on i.tenant_id = n.tenant_id and i.id = n.invoice_id
  cross join lateral (
    select coalesce(sum(l.total_minor), 0) as charged_minor, coalesce(sum(x.total_minor), 0) as credited_minor
    from billing.invoice_lines as l
    left join lateral (
      select sum(x.total_minor) as total_minor from billing.credit_note_lines as x where x.tenant_id = l.tenant_id and x.invoice_line_id = l.id
    ) as x on true
    where l.tenant_id = i.tenant_id and l.invoice_id = i.id and l.vat_class = 'vatable'
  ) as v
  where n.total_minor > i.total_minor or i.state = 'void'
    or n.vat_minor <> billing.vat_of_credit(i, v.charged_minor, v.credited_minor)

  union all
  select 'only days given back are credited beyond their invoice', n.tenant_id, n.number, n.credit_minor::text
  from billing.credit_notes as n
  join chosen as c on c.id = n.tenant_id
  where n.credit_minor > 0
    and not exists (select from billing.returned_days as r where r.tenant_id = n.tenant_id and r.credit_note_id = n.id)

  union all
  select 'a line is not credited beyond what it charged', l.tenant_id, l.id::text, format('charged %s, credited %s', l.total_minor, n.total_minor)
  from billing.invoice_lines as l
  join chosen as c on c.id = l.tenant_id
  join lateral (
    select sum(n.total_minor) as total_minor from billing.credit_note_lines as n where n.tenant_id = l.tenant_id and n.invoice_line_id = l.id
  ) as n on n.total_minor is not null
  where abs(n.total_minor) > abs(l.total_minor) or sign(n.total_minor) <> sign(l.total_minor)

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
  select 'paid until is the end of the last period bought', u.tenant_id, u.id::text,
    format('paid until %s, periods end %s', u.paid_until, p.ends_at)
  from service.subscriptions as u
  join chosen as c on c.id = u.tenant_id
  cross join lateral (
    select max(p.ends_at) as ends_at from billing.prepaid_periods as p
    where p.tenant_id = u.tenant_id and p.subscription_id = u.id and p.cancelled_at is null
  ) as p
  where u.billing_mode = 'prepaid' and p.ends_at is not null and u.paid_until is distinct from p.ends_at

  union all
  -- Behind another period, time begins when that ends, or when it was bought if that is later. The first may wait for time of an import.
  select 'bought time waits for nothing', p.tenant_id, p.subscription_id::text, format('%s begins at %s', p.id, p.starts_at)
  from (
    select p.*, lag(p.ends_at) over (partition by p.tenant_id, p.subscription_id order by p.starts_at) as ends_before
    from billing.prepaid_periods as p where p.cancelled_at is null
  ) as p
  join chosen as c on c.id = p.tenant_id
  join service.subscriptions as u on u.tenant_id = p.tenant_id and u.id = p.subscription_id
  where p.ends_before is not null
    and p.starts_at <> greatest(p.ends_before, p.bought_at, u.activated_on::timestamp at time zone c.time_zone)

  union all
  select 'a charge in parts adds up', h.tenant_id, h.description, format('%s of %s parts taken, %s of %s', p.count, h.parts, p.amount_minor, h.amount_minor)
  from billing.charges as h
  join chosen as c on c.id = h.tenant_id
  cross join lateral (
    select count(*) as count, coalesce(sum(x.amount_minor), 0) as amount_minor
    from billing.charge_parts as x
    join billing.invoices as i on i.tenant_id = x.tenant_id and i.id = x.invoice_id and i.state <> 'void'
    where x.tenant_id = h.tenant_id and x.charge_id = h.id
  ) as p
  where h.parts is not null and h.cancelled_at is null
    and case
      -- A credit in as many invoices as have room for it.
      when h.parts = 1 then p.amount_minor < h.amount_minor or (h.remaining = 0) <> (p.amount_minor = h.amount_minor)
      else p.count <> h.parts - h.remaining or h.remaining = 0 and p.amount_minor <> h.amount_minor or p.amount_minor > h.amount_minor end

  union all
  select 'discounts earned by paying on time are posted', c.tenant_id, 'prompt_discounts', format('books %s, earned %s', b.amount_minor, p.amount_minor)
  from (select t.id as tenant_id from chosen as t) as c
  cross join lateral (
    select coalesce(sum(s.amount_minor), 0) as amount_minor
    from ledger.accounts as a join account_sums as s on s.tenant_id = a.tenant_id and s.account_id = a.id
    where a.tenant_id = c.tenant_id and a.code = 'prompt_discounts'
  ) as b
  cross join lateral (
    select coalesce(-sum(x.amount_minor), 0) as amount_minor
    from billing.charge_parts as x where x.tenant_id = c.tenant_id and x.earned_at is not null
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
  select 'a subscriber''s deposit is not below zero', d.tenant_id, d.subscriber_id::text, sum(d.amount_minor)::text
  from billing.deposits as d
  join chosen as c on c.id = d.tenant_id
  group by d.tenant_id, d.subscriber_id
  having sum(d.amount_minor) < 0

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

  union all
  -- The rule, asked again with the facts that were written down with the stage.
  select 'a stage follows from its facts', t.tenant_id, i.number, format('%s on %s', t.stage, t.reached_on)
  from billing.dunning_stages as t
  join chosen as c on c.id = t.tenant_id
  join billing.invoices as i on i.tenant_id = t.tenant_id and i.id = t.invoice_id
  where (billing.dunning_verdict(jsonb_populate_record(null::billing.dunning_facts, t.facts))).stage is distinct from t.stage

  union all
  select 'nobody is cut against the calendar', h.tenant_id, h.subscription_id::text, format('cut at %s', h.opened_at)
  from service.holds as h
  join chosen as c on c.id = h.tenant_id
  where h.rule = 'dunning' and not coalesce(
    (billing.dunning_verdict(jsonb_populate_record(null::billing.dunning_facts, h.facts))).may_cut
    and (h.facts ->> 'today')::date = (h.opened_at at time zone c.time_zone)::date
    and (h.facts ->> 'at_time')::time = (h.opened_at at time zone c.time_zone)::time, false)

  union all
  select 'nobody stays cut who owes nothing late', h.tenant_id, s.account_no, format('cut at %s', h.opened_at)
  from service.holds as h
  join chosen as c on c.id = h.tenant_id
  join service.subscriptions as u on u.tenant_id = h.tenant_id and u.id = h.subscription_id
  join service.subscribers as s on s.tenant_id = u.tenant_id and s.id = u.subscriber_id
  where h.rule = 'dunning' and h.closed_at is null
    and not exists (select from billing.invoices as i
      where i.tenant_id = s.tenant_id and i.subscriber_id = s.id and i.state = 'open'
        and i.due_on < (clock.now() at time zone c.time_zone)::date)

  union all
  -- The day after a promise is the schedule's to break it.
  select 'a promise says what became of it', p.tenant_id, s.account_no, format('%s for %s, should be %s', p.state, p.promised_on, n.state)
  from collections.promises as p
  join chosen as c on c.id = p.tenant_id
  join service.subscribers as s on s.tenant_id = p.tenant_id and s.id = p.subscriber_id
  cross join lateral collections.promise_state(p.state, p.promised_on, p.amount_minor,
    (select coalesce(sum(r.amount_minor), 0)::bigint from collections.payments as r
      where r.tenant_id = p.tenant_id and r.subscriber_id = p.subscriber_id and r.stage <> 'void'
        and r.received_at >= p.made_at and (r.received_at at time zone c.time_zone)::date <= p.promised_on),
    exists (select from billing.invoices as i
      where i.tenant_id = p.tenant_id and i.subscriber_id = p.subscriber_id and i.state = 'open'
        and i.issued_on <= (p.made_at at time zone c.time_zone)::date),
    (clock.now() at time zone c.time_zone)::date - (p.state = 'open')::integer) as n(state)
  where p.state <> 'withdrawn' and p.state <> n.state
    and not exists (select from collections.promises as l
      where l.tenant_id = p.tenant_id and l.subscriber_id = p.subscriber_id and l.made_at > p.made_at)

  union all
  select 'a late fee is its charge', f.tenant_id, i.number, format('%s fee of %s, charge of %s', f.stage, f.amount_minor, h.amount_minor)
  from billing.late_fees as f
  join chosen as c on c.id = f.tenant_id
  join billing.invoices as i on i.tenant_id = f.tenant_id and i.id = f.invoice_id
  join billing.charges as h on h.tenant_id = f.tenant_id and h.id = f.charge_id
  where h.kind <> 'late_fee' or h.amount_minor <> f.amount_minor or h.subscriber_id <> f.subscriber_id
    or f.waived_at is not null and h.cancelled_at is null
$$;

-- A month is closed only over sound books.
grant execute on function ledger.offences(uuid) to linyada_definer;
