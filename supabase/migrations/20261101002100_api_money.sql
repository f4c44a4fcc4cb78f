-- The public face of ledger, billing and payments: lists as views, intentions as functions.

create view api.invoices with (security_invoker = true) as
  select i.tenant_id, i.id, i.number, i.serial, i.state, i.subscriber_id, s.name as subscriber_name, s.account_no, i.period, i.issued_on, i.due_on,
    i.regime, i.rate_bp, i.net_minor, i.vat_minor, i.total_minor, i.balance_minor,
    case when i.state = 'open' then greatest((select clock.today(access.tenant_id())) - i.due_on, 0) else 0 end as days_past_due,
    i.run_id, i.voided_at, i.void_reason, i.created_at,
    (select coalesce(sum(n.total_minor - n.credit_minor), 0)::bigint from billing.credit_notes as n
      where n.tenant_id = i.tenant_id and n.invoice_id = i.id) as credited_minor
  from billing.invoices as i
  left join service.subscribers as s on s.tenant_id = i.tenant_id and s.id = i.subscriber_id;

create view api.invoice_lines with (security_invoker = true) as
  select l.tenant_id, l.id, l.invoice_id, l.line, l.kind, l.description, l.subscription_id, l.period, l.service_from, l.service_until,
    l.vat_class, l.net_minor, l.vat_minor, l.total_minor
  from billing.invoice_lines as l;

create view api.billing_runs with (security_invoker = true) as
  select r.tenant_id, r.id, r.period, r.period_until, r.state, r.expected_count, r.seen_count, r.invoice_count, r.exception_count,
    r.total_minor, r.last_error, r.started_at, r.finished_at, r.heartbeat_at, r.started_by, c.full_name as started_by_name,
    r.state = 'running' and billing.is_stalled(r.heartbeat_at) as is_stalled
  from billing.runs as r
  left join access.colleagues() as c on c.id = r.started_by;

create view api.run_exceptions with (security_invoker = true) as
  select e.tenant_id, e.id, e.run_id, r.period, e.subscription_id, u.subscriber_id, s.name as subscriber_name, s.account_no,
    e.reason, e.detail, e.resolved_at, e.created_at
  from billing.run_exceptions as e
  join billing.runs as r on r.tenant_id = e.tenant_id and r.id = e.run_id
  left join service.subscriptions as u on u.tenant_id = e.tenant_id and u.id = e.subscription_id
  left join service.subscribers as s on s.tenant_id = u.tenant_id and s.id = u.subscriber_id;

create view api.charges with (security_invoker = true) as
  select c.tenant_id, c.id, c.subscriber_id, s.name as subscriber_name, s.account_no, c.subscription_id, c.kind, c.description,
    c.amount_minor, c.vat_class, c.starts_on, c.remaining, c.cancelled_at, c.created_at, c.percent_bp, c.parts, c.is_conditional, c.until_on,
    c.plan_discount_id,
    case
      when c.remaining = 0 then 'done'
      when c.cancelled_at is not null then 'cancelled'
      when exists (select from billing.charge_parts as x
        join billing.invoices as i on i.tenant_id = x.tenant_id and i.id = x.invoice_id
        where x.tenant_id = c.tenant_id and x.charge_id = c.id and i.state <> 'void') then 'running'
      else 'waiting' end as state
  from billing.charges as c
  left join service.subscribers as s on s.tenant_id = c.tenant_id and s.id = c.subscriber_id;

create view api.credit_notes with (security_invoker = true) as
  select n.tenant_id, n.id, n.invoice_id, i.number as invoice_number, n.subscriber_id, s.name as subscriber_name, s.account_no, n.number, n.serial,
    n.issued_on, n.reason, n.net_minor, n.vat_minor, n.total_minor, n.credit_minor, n.created_at, c.full_name as created_by_name
  from billing.credit_notes as n
  join billing.invoices as i on i.tenant_id = n.tenant_id and i.id = n.invoice_id
  left join service.subscribers as s on s.tenant_id = n.tenant_id and s.id = n.subscriber_id
  left join access.colleagues() as c on c.id = n.created_by;

create view api.prepaid_periods with (security_invoker = true) as
  select p.tenant_id, p.id, p.subscription_id, p.invoice_id, p.payment_id, p.plan_id, c.name as plan_name, p.amount_minor,
    p.bought_at, p.starts_at, p.ends_at, p.cancelled_at, p.created_at, p.ends_at <= clock.now() as is_over
  from billing.prepaid_periods as p
  join catalog.plans as c on c.tenant_id = p.tenant_id and c.id = p.plan_id;

-- The receipt is looked up for the rows of a page; joined, it was read for every payment there is.
create view api.payments with (security_invoker = true) as
  select p.tenant_id, p.id,
    (select r.number from collections.receipts as r where r.tenant_id = p.tenant_id and r.payment_id = p.id) as receipt_number,
    p.subscriber_id, s.name as subscriber_name, s.account_no, p.subscription_id,
    p.method, p.channel, p.reference, p.amount_minor,
    (select coalesce(sum(a.amount_minor), 0)::bigint from collections.allocations as a
      where a.tenant_id = p.tenant_id and a.payment_id = p.id) as allocated_minor,
    p.received_at, p.recorded_at, p.received_by, c.full_name as received_by_name, p.device_id, p.stage, p.note, p.manual_serial, p.voided_at,
    p.void_kind, p.void_of, (select n.id from collections.payments as n where n.tenant_id = p.tenant_id and n.void_of = p.id) as goes_on_as,
    (select coalesce(sum(f.amount_minor), 0)::bigint from collections.refunds as f where f.tenant_id = p.tenant_id and f.payment_id = p.id) as refunded_minor,
    (select coalesce(sum(x.amount_minor), 0)::bigint from collections.recoveries as x where x.tenant_id = p.tenant_id and x.payment_id = p.id) as recovered_minor,
    (select coalesce(sum(d.amount_minor), 0)::bigint from billing.deposits as d where d.tenant_id = p.tenant_id and d.payment_id = p.id) as deposited_minor,
    (p.received_at at time zone (select t.time_zone from tenancy.tenants as t where t.id = (select access.tenant_id())))::date as received_on
  from collections.payments as p
  left join service.subscribers as s on s.tenant_id = p.tenant_id and s.id = p.subscriber_id
  left join access.colleagues() as c on c.id = p.received_by;

create view api.allocations with (security_invoker = true) as
  select a.tenant_id, a.id, a.payment_id, r.number as receipt_number, a.invoice_id, i.number as invoice_number, i.period, a.amount_minor,
    a.reverses, a.created_at
  from collections.allocations as a
  left join billing.invoices as i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
  left join collections.receipts as r on r.tenant_id = a.tenant_id and r.payment_id = a.payment_id;

create view api.receipts with (security_invoker = true) as
  select r.tenant_id, r.id, r.payment_id, r.number, r.serial, r.created_at from collections.receipts as r;

create view api.void_requests with (security_invoker = true) as
  select v.tenant_id, v.id, v.payment_id, r.number as receipt_number, p.subscriber_id, s.name as subscriber_name, s.account_no, p.amount_minor,
    p.method, p.received_at, v.reason, v.state, v.requested_by, a.full_name as requested_by_name, v.requested_at, v.decided_by,
    d.full_name as decided_by_name, v.decided_at, v.decision_note
  from collections.void_requests as v
  join collections.payments as p on p.tenant_id = v.tenant_id and p.id = v.payment_id
  left join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
  left join service.subscribers as s on s.tenant_id = p.tenant_id and s.id = p.subscriber_id
  left join access.colleagues() as a on a.id = v.requested_by
  left join access.colleagues() as d on d.id = v.decided_by;

create view api.accounts with (security_invoker = true) as
  select a.tenant_id, a.id, a.code, a.name, a.class, a.owner_kind, a.owner_id, b.amount_minor as balance_minor
  from ledger.accounts as a
  left join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id;

create view api.ledger_entries with (security_invoker = true) as
  select e.tenant_id, e.transaction_id, e.line, t.kind, t.accounting_on, t.occurred_at, t.recorded_at, t.source_kind, t.source_id, t.reverses,
    e.account_id, a.code, a.name as account_name, a.owner_kind, a.owner_id, e.amount_minor,
    greatest(e.amount_minor, 0) as debit_minor, greatest(-e.amount_minor, 0) as credit_minor
  from ledger.entries as e
  join ledger.transactions as t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
  join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id;

create view api.accounting_periods with (security_invoker = true) as
  select p.tenant_id, p.id, p.month, p.state, p.closed_at, c.full_name as closed_by_name, p.trial_balance_hash
  from ledger.periods as p
  left join access.colleagues() as c on c.id = p.closed_by;

grant select on api.invoices, api.invoice_lines, api.billing_runs, api.run_exceptions, api.charges, api.credit_notes, api.prepaid_periods,
  api.payments, api.allocations, api.receipts, api.void_requests, api.accounts, api.ledger_entries, api.accounting_periods to authenticated;

-- Documents --------------------------------------------------------------------------------------

-- What a signed-in person may see of one subscriber's money.
create function access.require_subscriber_money(subscriber_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if require_subscriber_money.subscriber_id is not distinct from access.subscriber_id() and access.subscriber_id() is not null then
    return;
  end if;
  perform access.require('billing.read');
end
$$;

create function billing.tenant_brand()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('trade_name', t.trade_name, 'legal_name', t.legal_name, 'tin', t.tin, 'address', t.address, 'phone', t.phone,
    'email', t.email, 'logo_path', t.logo_path, 'brand_color', t.brand_color, 'currency', t.currency, 'time_zone', t.time_zone)
  from tenancy.tenants as t where t.id = (select access.tenant_id())
$$;

-- All an invoice prints. Seller and buyer are as they were at issue; brand is today's.
create function billing.invoice_document(invoice_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice billing.invoices;
begin
  select i.* into v_invoice from billing.invoices as i where i.tenant_id = v_tenant and i.id = invoice_document.invoice_id;
  if not found then
    raise exception 'That invoice is not here. Reload the page.' using errcode = 'PT404', detail = 'invoice_unknown';
  end if;
  perform access.require_subscriber_money(v_invoice.subscriber_id);

  return to_jsonb(v_invoice) - '{tenant_id,sync_xid,created_by,branch}'::text[] || jsonb_build_object(
    'brand', billing.tenant_brand(),
    'days_past_due', case when v_invoice.state = 'open' then greatest(clock.today(v_tenant) - v_invoice.due_on, 0) else 0 end,
    'lines', (
      select jsonb_agg(jsonb_build_object('line', l.line, 'kind', l.kind, 'description', l.description, 'service_from', l.service_from,
        'service_until', l.service_until, 'vat_class', l.vat_class, 'net_minor', l.net_minor, 'vat_minor', l.vat_minor,
        'total_minor', l.total_minor) order by l.line)
      from billing.invoice_lines as l where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id),
    'vat_summary', (
      select jsonb_build_object(
        'vatable_minor', coalesce(sum(l.net_minor) filter (where l.vat_class = 'vatable' and v_invoice.regime = 'vat'), 0),
        'exempt_minor', coalesce(sum(l.net_minor) filter (where l.vat_class = 'exempt' and v_invoice.regime = 'vat'), 0),
        'zero_rated_minor', coalesce(sum(l.net_minor) filter (where l.vat_class = 'zero_rated' and v_invoice.regime = 'vat'), 0),
        'vat_minor', coalesce(sum(l.vat_minor), 0))
      from billing.invoice_lines as l where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id),
    'offers', coalesce((
      select jsonb_agg(jsonb_build_object('description', c.description, 'amount_minor', -x.amount_minor, 'pay_by_on', x.pay_by_on,
        'earned_at', x.earned_at, 'earned_minor', x.earned_minor) order by x.id)
      from billing.charge_parts as x
      join billing.charges as c on c.tenant_id = x.tenant_id and c.id = x.charge_id
      where x.tenant_id = v_tenant and x.invoice_id = v_invoice.id and x.pay_by_on is not null), '[]'),
    'payments', coalesce((
      select jsonb_agg(jsonb_build_object('payment_id', p.id, 'receipt_number', r.number, 'method', p.method, 'received_at', p.received_at,
        'amount_minor', a.amount_minor, 'from_credit', a.payment_id is null, 'reversed', a.reverses is not null, 'at', a.created_at) order by a.made)
      from collections.allocations as a
      left join collections.payments as p on p.tenant_id = a.tenant_id and p.id = a.payment_id
      left join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
      where a.tenant_id = v_tenant and a.invoice_id = v_invoice.id), '[]'),
    'credit_notes', coalesce((
      select jsonb_agg(jsonb_build_object('number', n.number, 'issued_on', n.issued_on, 'total_minor', n.total_minor, 'reason', n.reason) order by n.serial)
      from billing.credit_notes as n where n.tenant_id = v_tenant and n.invoice_id = v_invoice.id), '[]'));
end
$$;

create function collections.receipt_document(payment_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_payment collections.payments;
begin
  select p.* into v_payment from collections.payments as p where p.tenant_id = v_tenant and p.id = receipt_document.payment_id;
  if not found then
    raise exception 'That payment is not here. Reload the page.' using errcode = 'PT404', detail = 'payment_unknown';
  end if;
  -- Plain comparisons: nobody is not the one who received it, and no subscriber not the one who paid.
  if not coalesce(v_payment.received_by = access.member_id() or v_payment.subscriber_id = access.subscriber_id(), false) then
    perform access.require('payments.read');
  end if;

  return collections.payment_answer(v_payment.id, false) - 'duplicate' || jsonb_build_object(
    'seller', billing.tenant_brand() || tenancy.seller(coalesce(
      (select s.branch from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_payment.subscriber_id), '00000')),
    'subscriber', (
      select jsonb_build_object('id', s.id, 'name', s.name, 'account_no', s.account_no, 'tin', s.tin,
        'address', nullif(concat_ws(', ', s.purok, b.name, b.municipality), ''))
      from service.subscribers as s
      left join places.barangays as b on b.tenant_id = s.tenant_id and b.id = s.barangay_id
      where s.tenant_id = v_tenant and s.id = v_payment.subscriber_id),
    'method', v_payment.method, 'channel', v_payment.channel, 'reference', v_payment.reference, 'amount_minor', v_payment.amount_minor,
    'received_at', v_payment.received_at, 'recorded_at', v_payment.recorded_at, 'note', v_payment.note,
    'manual_serial', v_payment.manual_serial, 'voided_at', v_payment.voided_at,
    'received_by_name', (select m.full_name from access.members as m where m.tenant_id = v_tenant and m.id = v_payment.received_by),
    'balance_minor', (select coalesce(sum(i.balance_minor), 0)::bigint from billing.invoices as i
      where i.tenant_id = v_tenant and i.subscriber_id = v_payment.subscriber_id and i.state = 'open'),
    'disclaimer', 'THIS DOCUMENT IS NOT VALID FOR CLAIM OF INPUT TAX');
end
$$;

create function ledger.trial_balance(until_on date default null)
returns table (code text, name text, class text, debit_minor bigint, credit_minor bigint, balance_minor bigint)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform access.require('ledger.read');
  return query
  select a.code, min(a.name), min(a.class),
    coalesce(sum(e.amount_minor) filter (where e.amount_minor > 0), 0)::bigint,
    coalesce(-sum(e.amount_minor) filter (where e.amount_minor < 0), 0)::bigint,
    coalesce(sum(e.amount_minor), 0)::bigint
  from ledger.entries as e
  join ledger.transactions as t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
  join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
  where e.tenant_id = access.tenant_id() and (trial_balance.until_on is null or t.accounting_on <= trial_balance.until_on)
  group by a.code
  order by array_position(array['asset', 'liability', 'income', 'contra_income', 'expense'], min(a.class)), a.code;
end
$$;

-- The first screen of a subscriber's portal.
create function billing.portal_home()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant     uuid := access.tenant_id();
  v_subscriber uuid := access.subscriber_id();
begin
  if v_subscriber is null then
    raise exception 'This page is for subscribers. Sign in with the link your provider gave you.' using errcode = 'PT403', detail = 'not_a_subscriber';
  end if;
  return jsonb_build_object(
    'tenant', billing.tenant_brand(),
    'subscriber', (select jsonb_build_object('id', s.id, 'name', s.name, 'account_no', s.account_no)
      from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_subscriber),
    'balance_minor', (select coalesce(sum(i.balance_minor), 0)::bigint from billing.invoices as i
      where i.tenant_id = v_tenant and i.subscriber_id = v_subscriber and i.state = 'open'),
    'credit_minor', (select coalesce(-sum(b.amount_minor), 0)::bigint from ledger.accounts as a
      join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
      where a.tenant_id = v_tenant and a.code = 'subscriber_credit' and a.owner_id = v_subscriber),
    'oldest_due_on', (select min(i.due_on) from billing.invoices as i
      where i.tenant_id = v_tenant and i.subscriber_id = v_subscriber and i.state = 'open'),
    'services', coalesce((
      select jsonb_agg(jsonb_build_object('subscription_id', u.id, 'label', u.label, 'plan_name', u.plan_name, 'billing_mode', u.billing_mode,
        'price_minor', u.price_minor, 'state', u.state, 'paid_until', u.paid_until, 'is_on', u.is_on, 'reasons', u.reasons,
        'periods', coalesce((select jsonb_agg(jsonb_build_object('plan_name', c.name, 'starts_at', p.starts_at, 'ends_at', p.ends_at) order by p.starts_at)
          from billing.prepaid_periods as p join catalog.plans as c on c.tenant_id = p.tenant_id and c.id = p.plan_id
          where p.tenant_id = v_tenant and p.subscription_id = u.id and p.cancelled_at is null and p.ends_at > clock.now()), '[]')) order by u.id)
      from service.portal_services(v_subscriber) as u), '[]'),
    'open_invoices', coalesce((
      select jsonb_agg(jsonb_build_object('id', i.id, 'number', i.number, 'period', i.period, 'issued_on', i.issued_on, 'due_on', i.due_on,
        'total_minor', i.total_minor, 'balance_minor', i.balance_minor, 'offer_minor', billing.offered_for(i.id),
        'days_past_due', greatest(clock.today(v_tenant) - i.due_on, 0)) order by i.due_on, i.id)
      from billing.invoices as i where i.tenant_id = v_tenant and i.subscriber_id = v_subscriber and i.state = 'open'), '[]'),
    'recent_receipts', coalesce((
      select jsonb_agg(r.receipt order by r.received_at desc)
      from (
        select p.received_at, jsonb_build_object('payment_id', p.id, 'number', r.number, 'method', p.method, 'amount_minor', p.amount_minor,
          'received_at', p.received_at, 'stage', p.stage) as receipt
        from collections.payments as p
        left join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
        where p.tenant_id = v_tenant and p.subscriber_id = v_subscriber
        order by p.received_at desc limit 10) as r), '[]'),
    'in_progress', coalesce((
      select jsonb_agg(jsonb_build_object('id', c.id, 'method', c.method, 'reference', c.reference, 'amount_minor', c.amount_minor,
        'claimed_at', c.claimed_at, 'state', c.state) order by c.claimed_at desc)
      from collections.claims as c where c.tenant_id = v_tenant and c.subscriber_id = v_subscriber and c.state = 'waiting'), '[]'));
end
$$;

-- A subscriber's services as api.subscriptions shows them; read here by our own code, which stands before the same wall.
create function service.portal_services(subscriber_id uuid)
returns table (id uuid, label text, plan_name text, billing_mode text, price_minor bigint, state text, paid_until timestamptz, is_on boolean, reasons text[])
language sql
stable
security definer
set search_path = ''
as $$
  select u.id, u.label, p.name, u.billing_mode, t.price_minor, u.state, u.paid_until, w.is_on, w.reasons
  from service.subscriptions as u
  left join lateral (
    select t.plan_id, t.price_minor from service.subscription_terms as t
    where t.tenant_id = u.tenant_id and t.subscription_id = u.id
    order by t.valid @> clock.today(u.tenant_id) desc, lower(t.valid) desc
    limit 1
  ) as t on true
  left join catalog.plans as p on p.tenant_id = u.tenant_id and p.id = t.plan_id
  join api.service_status as w on w.tenant_id = u.tenant_id and w.id = u.id
  where u.tenant_id = (select access.tenant_id()) and u.subscriber_id = portal_services.subscriber_id
$$;

call access.stand_before_wall('access.require_subscriber_money(uuid)', null);
call access.stand_before_wall('billing.tenant_brand()', null);
call access.stand_before_wall('service.portal_services(uuid)', null);
call access.stand_before_wall('billing.invoice_document(uuid)');
call access.stand_before_wall('collections.receipt_document(uuid)');
call access.stand_before_wall('ledger.trial_balance(date)');
call access.stand_before_wall('billing.portal_home()');

-- Intentions: one line each ----------------------------------------------------------------------

create function api.preview_payment(
  subscriber_id uuid, amount_minor bigint, subscription_id uuid default null, pay_ahead boolean default false, invoices uuid[] default null)
returns jsonb language sql stable set search_path = ''
  as $$ select collections.preview_payment(subscriber_id, amount_minor, subscription_id, pay_ahead, invoices) $$;
-- In plpgsql, because it is called at every counter all day: an SQL function is planned anew for each call.
create function api.record_payment(payment jsonb) returns jsonb language plpgsql set search_path = ''
  as $$ begin return collections.record_payment(payment); end $$;
create function api.request_void(payment_id uuid, reason text) returns jsonb language sql set search_path = ''
  as $$ select collections.request_void(payment_id, reason) $$;
create function api.approve_void(request_id uuid) returns jsonb language sql set search_path = ''
  as $$ select collections.approve_void(request_id) $$;
create function api.refuse_void(request_id uuid, reason text) returns jsonb language sql set search_path = ''
  as $$ select collections.refuse_void(request_id, reason) $$;

create function api.next_billing_run() returns jsonb language sql stable set search_path = '' as $$ select billing.next_run() $$;
create function api.preview_billing_run(period date, skipped integer default 0, shown integer default 50, search text default null,
  sort text default 'account_no') returns jsonb
language sql stable set search_path = ''
  as $$ select billing.preview_run(period, skipped, shown, search, sort) $$;
create function api.run_billing(period date) returns jsonb language sql set search_path = '' as $$ select billing.run_now(period) $$;
create function api.pause_billing_run(run_id uuid) returns jsonb language sql set search_path = '' as $$ select billing.pause_run(run_id) $$;
create function api.resume_billing_run(run_id uuid) returns jsonb language sql set search_path = '' as $$ select billing.resume_run(run_id) $$;

create function api.invoice_document(invoice_id uuid) returns jsonb language sql stable set search_path = ''
  as $$ select billing.invoice_document(invoice_id) $$;
create function api.receipt_document(payment_id uuid) returns jsonb language sql stable set search_path = ''
  as $$ select collections.receipt_document(payment_id) $$;
create function api.subscriber_statement(subscriber_id uuid, from_on date, until_on date) returns jsonb language sql stable set search_path = ''
  as $$ select billing.subscriber_statement(subscriber_id, from_on, until_on) $$;
create function api.trial_balance(until_on date default null)
returns table (code text, name text, class text, debit_minor bigint, credit_minor bigint, balance_minor bigint)
language sql stable set search_path = ''
  as $$ select * from ledger.trial_balance(until_on) $$;
create function api.portal_home() returns jsonb language sql stable set search_path = '' as $$ select billing.portal_home() $$;

grant execute on function api.preview_payment(uuid, bigint, uuid, boolean, uuid[]), api.record_payment(jsonb), api.request_void(uuid, text),
  api.approve_void(uuid), api.refuse_void(uuid, text), api.next_billing_run(), api.preview_billing_run(date, integer, integer, text, text), api.run_billing(date),
  api.pause_billing_run(uuid), api.resume_billing_run(uuid), api.invoice_document(uuid), api.receipt_document(uuid),
  api.subscriber_statement(uuid, date, date), api.trial_balance(date), api.portal_home() to authenticated;
