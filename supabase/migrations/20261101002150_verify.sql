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
  select 'an invoice''s balance is its total less allocations and credit notes', i.tenant_id, i.number,
    format('balance %s, total %s, allocated %s, credited %s', i.balance_minor, i.total_minor, coalesce(a.amount_minor, 0), coalesce(n.total_minor, 0))
  from invoices as i
  left join lateral (
    select sum(a.amount_minor) as amount_minor from collections.allocations as a where a.tenant_id = i.tenant_id and a.invoice_id = i.id
  ) as a on true
  left join lateral (
    select sum(n.total_minor) as total_minor from billing.credit_notes as n where n.tenant_id = i.tenant_id and n.invoice_id = i.id
  ) as n on true
  where case when i.state = 'void' then coalesce(a.amount_minor, 0) <> 0 or i.balance_minor <> 0
    else i.balance_minor <> i.total_minor - coalesce(a.amount_minor, 0) - coalesce(n.total_minor, 0) end

  union all
  select 'an invoice is open exactly while something is owed', i.tenant_id, i.number, format('%s with balance %s', i.state, i.balance_minor)
  from invoices as i
  where i.state = 'open' and i.balance_minor = 0 or i.state = 'paid' and i.balance_minor <> 0

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
    from collections.allocations as a where a.tenant_id = p.tenant_id and a.payment_id = p.id
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
  select 'a postpaid day is billed once', l.tenant_id, l.subscription_id::text,
    format('%s to %s lies under two lines', greatest(l.service_from, m.service_from), least(l.service_until, m.service_until))
  from billing.invoice_lines as l
  join chosen as c on c.id = l.tenant_id
  join billing.invoice_lines as m on m.tenant_id = l.tenant_id and m.subscription_id = l.subscription_id and m.id > l.id
    and m.service_from < l.service_until and m.service_until > l.service_from
  where l.kind in ('recurring', 'proration') and m.kind in ('recurring', 'proration') and l.in_force and m.in_force
    and l.total_minor >= 0 and m.total_minor >= 0

  union all
  -- Between the first and the last day billed. A void line waits for the next run, and an open exception says why it is not billed.
  select 'a postpaid day is billed', u.tenant_id, u.id::text,
    format('%s to %s is under no line', to_char(lower(g.days), 'YYYY-MM-DD'), to_char(upper(g.days), 'YYYY-MM-DD'))
  from service.subscriptions as u
  join chosen as c on c.id = u.tenant_id
  join tenancy.billing_settings as s on s.tenant_id = u.tenant_id
  cross join lateral (
    select range_agg(daterange((l.service_from at time zone c.time_zone)::date, (l.service_until at time zone c.time_zone)::date)) as billed
    from billing.invoice_lines as l
    where l.tenant_id = u.tenant_id and l.subscription_id = u.id and l.kind in ('recurring', 'proration')
  ) as b
  cross join lateral unnest(
    datemultirange(daterange(greatest(u.activated_on, s.first_period_on), greatest(upper(b.billed), u.activated_on, s.first_period_on)))
    - b.billed
    - coalesce((select range_agg(x.days) from service.pauses as x where x.tenant_id = u.tenant_id and x.subscription_id = u.id), '{}')
    - coalesce((select range_agg(daterange((h.opened_at at time zone c.time_zone)::date, (h.closed_at at time zone c.time_zone)::date))
        from service.holds as h where h.tenant_id = u.tenant_id and h.subscription_id = u.id), '{}')
    - case when u.terminated_on is null then '{}'::datemultirange else datemultirange(daterange(u.terminated_on, null)) end
  ) as g(days)
  where u.billing_mode = 'postpaid' and b.billed is not null
    and not exists (select from billing.run_exceptions as e
      where e.tenant_id = u.tenant_id and e.subscription_id = u.id and e.resolved_at is null)

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

-- A month is closed only over sound books.
grant execute on function ledger.offences(uuid) to linyada_definer;

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
