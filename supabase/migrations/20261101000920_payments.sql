-- Payments: what money received does. One posting for counter and field; a retry is the same payment.

-- Names of colleagues, for those who work here: they print on receipts and stand in lists.
create function access.colleagues()
returns table (id uuid, full_name text)
language sql
stable
security definer
set search_path = ''
as $$
  select m.id, m.full_name
  from access.members as m
  where m.tenant_id = (select access.tenant_id()) and (select access.member_id()) is not null
$$;

-- Where the money of a payment stands in the books.
create function collections.money_account(method text, channel text, received_by uuid)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  return case money_account.method
    when 'cash' then case when money_account.channel = 'field'
      then ledger.account('collector_cash', 'member', money_account.received_by) else ledger.account('cash_office') end
    when 'gcash' then ledger.account('wallet_gcash')
    when 'maya' then ledger.account('wallet_maya')
    when 'bank' then ledger.account('bank')
    when 'cheque' then ledger.account('cheques')
    when 'withholding' then ledger.account('creditable_tax')
  end;
end
$$;

create function collections.format_minor(amount_minor bigint)
returns text
language sql
immutable
set search_path = ''
as $$
  select to_char(format_minor.amount_minor / 100.0, 'FM999,999,999,990.00')
$$;

-- Refuses invoices that no money can be put on: one that is not this subscriber's, a draft, a void one, one with nothing left to pay.
create function collections.refuse_unpayable(subscriber_id uuid, invoices uuid[])
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice record;
begin
  for v_invoice in
    select i.number, i.state, i.balance_minor,
      (select coalesce(sum(w.amount_minor), 0) from billing.write_offs as w where w.tenant_id = v_tenant and w.invoice_id = i.id) as lost_minor
    from unnest(refuse_unpayable.invoices) as c(id)
    left join billing.invoices as i on i.tenant_id = v_tenant and i.id = c.id and i.subscriber_id = refuse_unpayable.subscriber_id
  loop
    if v_invoice.state is null or v_invoice.state = 'draft' then
      raise exception 'One of the chosen invoices is not this subscriber''s. Reload the page and choose again.'
        using errcode = 'PT404', detail = 'invoice_unknown';
    end if;
    if v_invoice.state = 'void' then
      raise exception 'Invoice % is void, so nothing can be paid on it. Choose another one.', v_invoice.number
        using errcode = 'PT409', detail = 'invoice_void';
    end if;
    if v_invoice.balance_minor = 0 and v_invoice.lost_minor = 0 then
      raise exception 'Invoice % is paid already. Choose another one.', v_invoice.number using errcode = 'PT409', detail = 'invoice_paid';
    end if;
  end loop;
end
$$;

-- What an amount would do for a subscriber: oldest due invoice first, the id settles ties; the rest buys prepaid time when a prepaid
-- service is named, else it stays as credit. When the payer chose invoices, only those are paid, and those of them that were written off
-- are recovered. Changes nothing. Preview and posting both ask here.
create function collections.plan_payment(
  subscriber_id uuid, amount_minor bigint, subscription_id uuid default null, pay_ahead boolean default false, received_at timestamptz default null,
  invoices uuid[] default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_at       timestamptz := coalesce(plan_payment.received_at, clock.now());
  v_today    date := clock.today(v_tenant);
  v_applies  jsonb;
  v_recovers jsonb := '[]';
  v_used     bigint;
  v_open     bigint;
  v_rest     bigint;
  v_prepaid  jsonb;
begin
  select
    coalesce(jsonb_agg(jsonb_build_object('invoice_id', i.id, 'number', i.number, 'period', i.period, 'due_on', i.due_on,
      'amount_minor', i.taken, 'settles', i.taken = i.balance_minor, 'left_minor', i.balance_minor - i.taken)
      order by i.due_on, i.id) filter (where i.taken > 0), '[]'),
    coalesce(sum(i.taken) filter (where i.taken > 0), 0),
    coalesce(sum(i.balance_minor), 0)
  into v_applies, v_used, v_open
  from (
    select i.id, i.number, i.period, i.due_on, i.balance_minor,
      case when c.counts
        then least(i.balance_minor, plan_payment.amount_minor - coalesce(sum(i.balance_minor) filter (where c.counts)
          over (order by i.due_on, i.id rows between unbounded preceding and 1 preceding), 0))
        else 0 end as taken
    from billing.invoices as i
    cross join lateral (
      select case when plan_payment.invoices is null then i.period is null or i.period <= v_today or plan_payment.pay_ahead
        else i.id = any (plan_payment.invoices) end as counts
    ) as c
    where i.tenant_id = v_tenant and i.subscriber_id = plan_payment.subscriber_id and i.state = 'open'
  ) as i;
  v_rest := plan_payment.amount_minor - v_used;

  if plan_payment.invoices is not null and v_rest > 0 then
    select coalesce(jsonb_agg(jsonb_build_object('write_off_id', w.id, 'invoice_id', w.invoice_id, 'number', w.number,
        'amount_minor', w.taken, 'left_minor', w.left_minor - w.taken) order by w.id) filter (where w.taken > 0), '[]'),
      v_rest - coalesce(sum(w.taken) filter (where w.taken > 0), 0)
    into v_recovers, v_rest
    from (
      select w.id, w.invoice_id, i.number, r.left_minor,
        least(r.left_minor, v_rest - coalesce(sum(r.left_minor) over (order by w.id rows between unbounded preceding and 1 preceding), 0)) as taken
      from billing.write_offs as w
      join billing.invoices as i on i.tenant_id = w.tenant_id and i.id = w.invoice_id
      cross join lateral (
        select w.amount_minor - coalesce(sum(x.amount_minor), 0)::bigint as left_minor
        from collections.recoveries as x where x.tenant_id = w.tenant_id and x.write_off_id = w.id
      ) as r
      where w.tenant_id = v_tenant and w.invoice_id = any (plan_payment.invoices) and r.left_minor > 0
    ) as w;
  end if;

  if plan_payment.subscription_id is not null and v_rest > 0 then
    v_prepaid := billing.plan_time(plan_payment.subscriber_id, plan_payment.subscription_id, v_rest, v_at);
    if v_prepaid is not null then
      v_rest := 0;
    end if;
  end if;

  return jsonb_build_object('applies', v_applies, 'recovers', v_recovers, 'prepaid', v_prepaid, 'credit_minor', v_rest,
    'open_after_minor', v_open - v_used);
end
$$;

-- How many whole months of the postpaid services running now a credit would pay, from the first month not billed yet; at today's terms.
create function collections.paid_ahead(subscriber_id uuid, credit_minor bigint)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_today  date := clock.today(v_tenant);
  v_anchor date;
  v_k      integer;
  v_month  date;
  v_cost   bigint;
  v_left   bigint := paid_ahead.credit_minor;
  v_months date[] := '{}';
begin
  select billing.anchor(s.invoice_day), billing.months_between(billing.anchor(s.invoice_day), greatest(v_today, s.first_period_on))
  into strict v_anchor, v_k
  from tenancy.billing_settings as s where s.tenant_id = v_tenant;
  loop
    v_month := billing.boundary(v_anchor, v_k);
    if v_month > v_today or not exists (select from billing.invoice_lines as l
      join service.subscriptions as u on u.tenant_id = l.tenant_id and u.id = l.subscription_id
      where u.tenant_id = v_tenant and u.subscriber_id = paid_ahead.subscriber_id and l.kind = 'recurring' and l.in_force and l.period = v_month) then
      select coalesce(sum(t.price_minor), 0) into v_cost
      from service.subscriptions as u
      join service.subscription_terms as t on t.tenant_id = u.tenant_id and t.subscription_id = u.id and t.valid @> greatest(v_month, u.activated_on)
      where u.tenant_id = v_tenant and u.subscriber_id = paid_ahead.subscriber_id and u.billing_mode = 'postpaid' and u.state = 'active';
      exit when v_cost = 0 or v_left < v_cost or cardinality(v_months) = 24;
      v_left := v_left - v_cost;
      v_months := v_months || v_month;
    end if;
    v_k := v_k + 1;
  end loop;
  return case when cardinality(v_months) = 0 then null else jsonb_build_object('months', cardinality(v_months),
    'first_on', v_months[1], 'last_on', v_months[cardinality(v_months)], 'left_minor', v_left) end;
end
$$;

create function collections.preview_payment(
  subscriber_id uuid, amount_minor bigint, subscription_id uuid default null, pay_ahead boolean default false, invoices uuid[] default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_plan   jsonb;
  v_credit bigint;
begin
  if not (access.can('payments.record') or access.can('collections.collect')) then
    perform access.require('payments.record');
  end if;
  if preview_payment.amount_minor is null or preview_payment.amount_minor not between 1 and 9999999999 then
    raise exception 'Give an amount above 0 and at most 99,999,999.99.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  if not exists (select from service.subscribers as s where s.tenant_id = v_tenant and s.id = preview_payment.subscriber_id) then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  perform collections.refuse_unpayable(preview_payment.subscriber_id, preview_payment.invoices);
  v_plan := collections.plan_payment(preview_payment.subscriber_id, preview_payment.amount_minor, preview_payment.subscription_id,
    coalesce(preview_payment.pay_ahead, false), null, preview_payment.invoices) #- '{prepaid,plan_id}' #- '{prepaid,vat_class}';
  v_credit := (v_plan ->> 'credit_minor')::bigint;
  return v_plan || jsonb_build_object('earns', (
      select coalesce(jsonb_agg(jsonb_build_object('number', a.value -> 'number', 'amount_minor', o.amount_minor)), '[]')
      from jsonb_array_elements(v_plan -> 'applies') as a
      cross join lateral (select billing.offered_for((a.value ->> 'invoice_id')::uuid) as amount_minor) as o
      where o.amount_minor > 0 and (a.value ->> 'left_minor')::bigint <= o.amount_minor),
    'ahead', case when v_credit > 0 and (v_plan ->> 'open_after_minor')::bigint = 0
    then collections.paid_ahead(preview_payment.subscriber_id, v_credit + collections.credit_of(preview_payment.subscriber_id)) end);
end
$$;

-- Gives a payment its receipt number: the next of the series, or, from the field, one of the numbers lent to its device.
create function collections.take_receipt_number(payment_id uuid, serial bigint default null, number text default null)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_serial bigint := take_receipt_number.serial;
  v_number text := take_receipt_number.number;
begin
  if v_serial is null then
    v_serial := tenancy.take_numbers('receipt');
    if v_serial is null then
      raise exception 'There is no number series for receipts. Set it up first.' using errcode = 'PT409', detail = 'series_missing';
    end if;
  else
    perform collections.claim_serial((
      select p.device_id from collections.payments as p where p.tenant_id = v_tenant and p.id = take_receipt_number.payment_id), v_serial);
  end if;
  v_number := coalesce(v_number, tenancy.format_number('receipt', v_serial));

  insert into collections.receipts (tenant_id, payment_id, number, serial)
  values (v_tenant, take_receipt_number.payment_id, v_number, v_serial);
  return v_number;
end
$$;

-- Puts allocations of a payment on invoices, as the plan says, and brings their balances along.
create function collections.allocate(payment_id uuid, applies jsonb)
returns void
language plpgsql
volatile
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_tenant   uuid := access.tenant_id();
  -- Looked up by these: a plan cannot know how few elements a document has, and would read all invoices of the tenant.
  v_invoices uuid[] := array(select (a.value ->> 'invoice_id')::uuid from jsonb_array_elements(allocate.applies) as a);
begin
  if cardinality(v_invoices) = 0 then
    return;
  end if;
  with taken as (
    insert into collections.allocations (tenant_id, invoice_id, payment_id, amount_minor)
    select v_tenant, (a.value ->> 'invoice_id')::uuid, allocate.payment_id, (a.value ->> 'amount_minor')::bigint
    from jsonb_array_elements(allocate.applies) with ordinality as a(value, position)
    order by a.position
    returning invoice_id, amount_minor
  )
  update billing.invoices as i set
    balance_minor = i.balance_minor - t.amount_minor,
    state = case when i.balance_minor = t.amount_minor then 'paid' else 'open' end
  from taken as t
  where i.tenant_id = v_tenant and i.id = any (v_invoices) and i.id = t.invoice_id;
end
$$;

-- What a posted payment did, as it is stored.
create function collections.payment_answer(payment_id uuid, duplicate boolean)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (select jsonb_build_object(
    'payment_id', p.id,
    'receipt_number', r.number,
    'stage', p.stage,
    'applies', coalesce((
      select jsonb_agg(jsonb_build_object('invoice_id', i.id, 'number', i.number, 'period', i.period, 'due_on', i.due_on,
        'amount_minor', a.amount_minor, 'settles', l.left_minor = 0, 'left_minor', l.left_minor) order by i.due_on, i.id)
      from collections.allocations as a
      join billing.invoices as i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
      cross join lateral (
        select i.total_minor
          - (select coalesce(sum(b.amount_minor), 0) from collections.allocations as b
              where b.tenant_id = a.tenant_id and b.invoice_id = i.id and b.id <= a.id)
          - (select coalesce(sum(n.total_minor - n.credit_minor), 0) from billing.credit_notes as n
              where n.tenant_id = a.tenant_id and n.invoice_id = i.id and n.created_at < a.created_at)
          - (select coalesce(sum(w.amount_minor), 0) from billing.write_offs as w
              where w.tenant_id = a.tenant_id and w.invoice_id = i.id and w.id < a.id) as left_minor
      ) as l
      where a.tenant_id = p.tenant_id and a.payment_id = p.id and a.reverses is null
        and not exists (select from billing.prepaid_periods as s where s.tenant_id = i.tenant_id and s.invoice_id = i.id)
    ), '[]'),
    'recovers', coalesce((
      select jsonb_agg(jsonb_build_object('invoice_id', w.invoice_id, 'number', i.number, 'amount_minor', x.amount_minor) order by x.id)
      from collections.recoveries as x
      join billing.write_offs as w on w.tenant_id = x.tenant_id and w.id = x.write_off_id
      join billing.invoices as i on i.tenant_id = w.tenant_id and i.id = w.invoice_id
      where x.tenant_id = p.tenant_id and x.payment_id = p.id and x.amount_minor > 0), '[]'),
    'prepaid', (
      select jsonb_build_object('subscription_id', s.subscription_id, 'plan_name', c.name,
        'seconds', extract(epoch from s.ends_at - s.starts_at)::bigint, 'starts_at', s.starts_at, 'ends_at', s.ends_at,
        'amount_minor', s.amount_minor, 'invoice_id', s.invoice_id,
        'invoice_number', (select i.number from billing.invoices as i where i.tenant_id = s.tenant_id and i.id = s.invoice_id))
      from billing.prepaid_periods as s
      join catalog.plans as c on c.tenant_id = s.tenant_id and c.id = s.plan_id
      where s.tenant_id = p.tenant_id and s.payment_id = p.id
      order by s.id
      limit 1
    ),
    'credit_minor', case when p.subscriber_id is null then 0 else p.amount_minor - (
      select coalesce(sum(a.amount_minor), 0)::bigint from collections.allocations as a
      where a.tenant_id = p.tenant_id and a.payment_id = p.id and a.reverses is null) - (
      select coalesce(sum(x.amount_minor), 0)::bigint from collections.recoveries as x
      where x.tenant_id = p.tenant_id and x.payment_id = p.id and x.amount_minor > 0) end,
    'duplicate', payment_answer.duplicate)
  from collections.payments as p
  left join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
  where p.tenant_id = (select access.tenant_id()) and p.id = payment_answer.payment_id);
end
$$;

-- Refuses a reference that another payment of the same method used already, and says whose and when.
create function collections.refuse_used_reference(method text, reference text)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_used   record;
begin
  select s.name, r.number, to_char(p.received_at at time zone t.time_zone, 'FMDD Mon YYYY') as day
  into v_used
  from collections.payments as p
  join tenancy.tenants as t on t.id = p.tenant_id
  left join service.subscribers as s on s.tenant_id = p.tenant_id and s.id = p.subscriber_id
  left join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
  where p.tenant_id = v_tenant and p.method = refuse_used_reference.method
    and lower(p.reference) = lower(refuse_used_reference.reference) and p.stage <> 'void';
  if found then
    raise exception 'This reference was already used for % on % (receipt %). Check the number, or open that payment.',
      coalesce(v_used.name, 'money not yet identified'), v_used.day, coalesce(v_used.number, 'none')
      using errcode = 'PT409', detail = 'reference_used';
  end if;
end
$$;

-- What follows once it is known whose a payment is: allocations, recovered debts, prepaid time, posting, reconnection.
create function collections.settle(payment collections.payments, plan jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant    uuid := access.tenant_id();
  v_account   uuid;
  v_lines     jsonb;
  v_recovered bigint := 0;
  v_credit    bigint := (plan ->> 'credit_minor')::bigint;
begin
  perform collections.allocate(payment.id, plan -> 'applies');
  if plan -> 'recovers' <> '[]' then
    insert into collections.recoveries (tenant_id, write_off_id, payment_id, amount_minor)
    select v_tenant, (r.value ->> 'write_off_id')::uuid, payment.id, (r.value ->> 'amount_minor')::bigint
    from jsonb_array_elements(plan -> 'recovers') as r;
    v_recovered := (select sum((r.value ->> 'amount_minor')::bigint) from jsonb_array_elements(plan -> 'recovers') as r);
  end if;
  if plan -> 'prepaid' <> 'null' then
    perform collections.sell_time(payment, plan -> 'prepaid');
  end if;

  if payment.method = 'withholding' then
    v_account := collections.keep_certificate(payment);
  else
    v_account := collections.money_account(payment.method, payment.channel, payment.received_by);
  end if;
  v_lines := jsonb_build_array(
    jsonb_build_object('account', v_account, 'amount_minor', payment.amount_minor),
    jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', payment.subscriber_id),
      'amount_minor', v_credit + v_recovered - payment.amount_minor));
  if v_credit <> 0 then
    v_lines := v_lines || jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', payment.subscriber_id),
      'amount_minor', -v_credit);
  end if;
  if v_recovered <> 0 then
    v_lines := v_lines || jsonb_build_object('account', ledger.account('recovered_debts'), 'amount_minor', -v_recovered);
  end if;
  perform ledger.post(case when payment.method = 'withholding' then 'withholding' else 'payment' end,
    'payment:' || payment.id, 'payment', payment.id, payment.received_at, v_lines);
  perform billing.settle_prompt_discounts(payment.subscriber_id);
  perform collections.close_nonpayment_holds(payment.subscriber_id);
end
$$;

-- Keeps the certificate that a payment is, and answers where it stands in the books: among those to come until it is in hand.
create function collections.keep_certificate(payment collections.payments)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into collections.certificates (tenant_id, payment_id, state, received_on, received_by)
  select access.tenant_id(), payment.id, case when r.is_here then 'received' else 'pending' end,
    case when r.is_here then clock.today(access.tenant_id()) end, case when r.is_here then access.member_id() end
  from (select payment.reference is not null as is_here) as r;
  return ledger.account(case when payment.reference is null then 'certificates_pending' else 'creditable_tax' end);
end
$$;

-- Takes a payment and does everything that follows from it, whole or not at all:
-- allocations, prepaid time, posting, reconnection, receipt. Callers have checked who may take it.
-- payment: id, subscriber_id (null: cash not yet identified), subscription_id, method, channel, reference, amount_minor, received_at,
-- received_by, device_id, note, manual_serial, pay_ahead, invoices (only these), as_credit (none), latitude, longitude, receipt_serial, receipt_number.
-- A withholding certificate without its reference is one that will follow.
create function collections.take_payment(payment jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant    uuid := access.tenant_id();
  v_method    text := payment ->> 'method';
  v_reference text := nullif(btrim(regexp_replace(coalesce(payment ->> 'reference', ''), '\s+', ' ', 'g')), '');
  v_new       collections.payments;
  v_old       collections.payments;
  v_plan      jsonb;
  v_invoices  uuid[];
  v_number    text;
begin
  if coalesce(payment ->> 'amount_minor', '') !~ '^\d{1,10}$' or (payment ->> 'amount_minor')::bigint = 0 then
    raise exception 'Give an amount above 0 and at most 99,999,999.99.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  if v_method is null or v_method not in ('cash', 'gcash', 'maya', 'bank', 'cheque', 'withholding') then
    raise exception 'Choose how it was paid: cash, GCash, Maya, bank, cheque or a withholding certificate.'
      using errcode = 'PT422', detail = 'invalid_method';
  end if;
  if v_method in ('gcash', 'maya') then
    v_reference := replace(v_reference, ' ', '');       -- wallets print the same number with and without spaces
  end if;
  if v_reference is null and v_method not in ('cash', 'withholding') then
    raise exception 'Type the reference number of the payment.' using errcode = 'PT422', detail = 'reference_missing';
  end if;

  begin
    v_new.id := (payment ->> 'id')::uuid;
    v_new.subscriber_id := nullif(payment ->> 'subscriber_id', '')::uuid;
    v_new.subscription_id := nullif(payment ->> 'subscription_id', '')::uuid;
    v_new.received_at := coalesce((payment ->> 'received_at')::timestamptz, clock.now());
    v_new.received_by := nullif(payment ->> 'received_by', '')::uuid;
    v_new.device_id := nullif(payment ->> 'device_id', '')::uuid;
    v_new.latitude := (payment ->> 'latitude')::double precision;
    v_new.longitude := (payment ->> 'longitude')::double precision;
    if jsonb_typeof(payment -> 'invoices') = 'array' and payment -> 'invoices' <> '[]' then
      v_invoices := array(select distinct i.id::uuid from jsonb_array_elements_text(payment -> 'invoices') as i(id));
    elsif (payment ->> 'as_credit')::boolean then
      v_invoices := '{}';
    end if;
  exception when invalid_text_representation or invalid_datetime_format or datetime_field_overflow then
    raise exception 'The payment could not be read. Reload the page and type it again.' using errcode = 'PT400', detail = 'invalid_payment';
  end;
  if v_new.id is null or payment ->> 'received_at' !~ '^\d{4}-\d{2}-\d{2}T' then
    raise exception 'The payment could not be read. Reload the page and type it again.' using errcode = 'PT400', detail = 'invalid_payment';
  end if;
  if length(v_reference) > 80 or length(btrim(payment ->> 'note')) > 300 or length(btrim(payment ->> 'manual_serial')) > 40 then
    raise exception 'Too long: a reference has at most 80 letters, a note 300, a booklet number 40.' using errcode = 'PT422', detail = 'invalid_payment';
  end if;
  v_new.tenant_id := v_tenant;
  v_new.method := v_method;
  v_new.channel := payment ->> 'channel';
  v_new.reference := v_reference;
  v_new.amount_minor := (payment ->> 'amount_minor')::bigint;
  v_new.note := nullif(btrim(payment ->> 'note'), '');
  v_new.manual_serial := nullif(btrim(payment ->> 'manual_serial'), '');
  v_new.stage := case when v_new.subscriber_id is null then 'unidentified' else 'posted' end;
  v_new.request_hash := sha256(convert_to(jsonb_build_array(v_new.subscriber_id, v_new.subscription_id, v_method, v_new.channel, lower(v_reference),
    v_new.amount_minor, payment ->> 'received_at' is null, extract(epoch from (payment ->> 'received_at')::timestamptz),
    v_new.received_by, v_new.device_id, v_new.note, v_new.manual_serial, payment ->> 'receipt_serial',
    v_invoices)::text, 'UTF8'));

  -- From here on one payment of a subscriber at a time.
  if v_new.subscriber_id is not null then
    perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_new.subscriber_id for no key update;
    if not found then
      raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
    end if;
  end if;

  select p.* into v_old from collections.payments as p where p.tenant_id = v_tenant and p.id = v_new.id;
  if found then
    if v_old.request_hash is distinct from v_new.request_hash then
      raise exception 'This payment was already recorded with other facts. Open it, or start a new one.' using errcode = 'PT409', detail = 'payment_conflict';
    end if;
    return collections.payment_answer(v_old.id, true);
  end if;

  if v_new.received_at > clock.now() + interval '5 minutes' then
    raise exception 'The payment is dated in the future. Check the date and the clock of this device.' using errcode = 'PT422', detail = 'received_in_future';
  end if;
  -- The same bound as for phones: earlier than this is a typing mistake, and would buy time that is long over.
  if v_new.received_at < clock.now() - interval '400 days' then
    raise exception 'The payment is dated more than a year ago. Check the date.' using errcode = 'PT422', detail = 'received_long_ago';
  end if;

  if v_new.subscriber_id is not null then
    if v_invoices is not null then
      perform collections.refuse_unpayable(v_new.subscriber_id, v_invoices);
    end if;
    v_plan := collections.plan_payment(v_new.subscriber_id, v_new.amount_minor, v_new.subscription_id,
      coalesce((payment ->> 'pay_ahead')::boolean, false), v_new.received_at, v_invoices);
    if v_method = 'withholding' and (v_plan ->> 'credit_minor')::bigint > 0 then
      raise exception 'A withholding certificate can only settle invoices. It is % more than they leave open.',
        collections.format_minor((v_plan ->> 'credit_minor')::bigint) using errcode = 'PT422', detail = 'certificate_beyond_open';
    end if;
  end if;

  insert into collections.payments (tenant_id, id, subscriber_id, subscription_id, method, channel, reference, amount_minor, received_at,
    received_by, device_id, note, manual_serial, latitude, longitude, request_hash, stage)
  values (v_tenant, v_new.id, v_new.subscriber_id, v_new.subscription_id, v_method, v_new.channel, v_reference, v_new.amount_minor,
    v_new.received_at, v_new.received_by, v_new.device_id, v_new.note, v_new.manual_serial, v_new.latitude, v_new.longitude,
    v_new.request_hash, v_new.stage)
  on conflict do nothing;
  if not found then
    -- The same reference, or another subscriber's payment with the same id. The index finds it at no cost; asking first would
    -- read every payment of that method, because under row level security lower() may not look into an index.
    if v_reference is not null then
      perform collections.refuse_used_reference(v_method, v_reference);
    end if;
    raise exception 'This payment was already recorded with other facts. Open it, or start a new one.' using errcode = 'PT409', detail = 'payment_conflict';
  end if;

  if v_new.subscriber_id is null then
    perform ledger.post('unidentified_cash', 'payment:' || v_new.id, 'payment', v_new.id, v_new.received_at, jsonb_build_array(
      jsonb_build_object('account', collections.money_account(v_method, v_new.channel, v_new.received_by), 'amount_minor', v_new.amount_minor),
      jsonb_build_object('account', ledger.account('unidentified_receipts'), 'amount_minor', -v_new.amount_minor)));
  else
    perform collections.settle(v_new, v_plan);
  end if;

  -- Last, because until the end of this transaction nobody else of this ISP gets a number.
  v_number := collections.take_receipt_number(v_new.id, (payment ->> 'receipt_serial')::bigint, payment ->> 'receipt_number');
  if v_plan is null or v_plan -> 'prepaid' <> 'null' or v_plan -> 'recovers' <> '[]' then
    return collections.payment_answer(v_new.id, false);
  end if;
  -- It did what was planned, so nothing has to be read back.
  return jsonb_build_object('payment_id', v_new.id, 'receipt_number', v_number, 'stage', v_new.stage, 'duplicate', false)
    || (v_plan - 'open_after_minor');
end
$$;

-- A payment at the counter.
create function collections.record_payment(payment jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform access.require('payments.record');
  if nullif(record_payment.payment ->> 'subscriber_id', '') is null then
    raise exception 'Choose whom the payment is for.' using errcode = 'PT422', detail = 'subscriber_missing';
  end if;
  return collections.take_payment(
    record_payment.payment - '{device_id,receipt_serial,receipt_number,latitude,longitude}'::text[]
    || jsonb_build_object('channel', 'counter', 'received_by', access.member_id()));
end
$$;

-- Voids: one person asks, another decides --------------------------------------------------------

create function collections.request_void(payment_id uuid, reason text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_id      uuid := clock.uuid7();
  v_payment collections.payments;
begin
  perform access.require('payments.request_void');
  if coalesce(length(btrim(request_void.reason)), 0) not between 3 and 300 then
    raise exception 'Say why, in 3 to 300 letters.' using errcode = 'PT422', detail = 'reason_missing';
  end if;
  select p.* into v_payment from collections.payments as p
  where p.tenant_id = v_tenant and p.id = request_void.payment_id for update;
  if not found then
    raise exception 'That payment is not here. Reload the page.' using errcode = 'PT404', detail = 'payment_unknown';
  end if;
  perform collections.refuse_void_of(v_payment);
  if exists (select from collections.void_requests as r
    where r.tenant_id = v_tenant and r.payment_id = v_payment.id and r.state = 'open') then
    raise exception 'A void of this payment is already asked for and waits for a decision.' using errcode = 'PT409', detail = 'void_requested';
  end if;
  insert into collections.void_requests (tenant_id, id, payment_id, reason, requested_by)
  values (v_tenant, v_id, v_payment.id, btrim(request_void.reason), access.member_id());
  return jsonb_build_object('request_id', v_id, 'payment_id', v_payment.id, 'state', 'open');
end
$$;

-- Cash that is being counted or was handed in has left the collector; a refund gave money of it out again.
create function collections.refuse_void_of(payment collections.payments)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if payment.stage = 'void' then
    raise exception 'This payment is void already.' using errcode = 'PT409', detail = 'already_void';
  end if;
  -- A remittance expects the cash of its payments, so none of them may go from under it.
  if exists (select from collections.remittances as r
    where r.tenant_id = payment.tenant_id and r.id = payment.remittance_id and r.state in ('submitted', 'counted')) then
    raise exception 'The cash of this payment was handed in and is being counted. Finish the count first.' using errcode = 'PT409', detail = 'being_remitted';
  end if;
  if payment.stage = 'remitted' or payment.remittance_id is not null then
    raise exception 'The cash of this payment was already handed in and counted. Refund it instead.' using errcode = 'PT409', detail = 'already_remitted';
  end if;
  perform collections.refuse_refunded(payment);
end
$$;

-- Takes the request under lock and checks that somebody else asked.
create function collections.decide_void(request_id uuid)
returns collections.void_requests
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_request collections.void_requests;
begin
  perform access.require('payments.approve_void');
  select r.* into v_request from collections.void_requests as r
  where r.tenant_id = access.tenant_id() and r.id = decide_void.request_id for update;
  if not found then
    raise exception 'That request is not here. Reload the page.' using errcode = 'PT404', detail = 'request_unknown';
  end if;
  if v_request.state <> 'open' then
    raise exception 'That request is decided already.' using errcode = 'PT409', detail = 'request_decided';
  end if;
  if v_request.requested_by is not distinct from access.member_id() then
    raise exception 'You asked for this void, so somebody else has to decide.' using errcode = 'PT403', detail = 'second_person_needed';
  end if;
  return v_request;
end
$$;

-- Voids a payment: exact negation of its postings, allocations reversed, its prepaid time taken back. The row and its receipt number stay.
create function collections.approve_void(request_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_request collections.void_requests := collections.decide_void(approve_void.request_id);
  v_payment collections.payments;
begin
  select p.* into strict v_payment from collections.payments as p where p.tenant_id = v_tenant and p.id = v_request.payment_id;
  perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_payment.subscriber_id for no key update;
  select p.* into strict v_payment from collections.payments as p where p.tenant_id = v_tenant and p.id = v_request.payment_id for update;
  perform collections.refuse_void_of(v_payment);

  perform collections.void_payment(v_payment, v_request.reason);
  update collections.void_requests as r set state = 'approved', decided_by = access.member_id(), decided_at = clock.now()
  where r.tenant_id = v_tenant and r.id = v_request.id;
  return jsonb_build_object('request_id', v_request.id, 'payment_id', v_payment.id, 'state', 'approved');
end
$$;

create function collections.refuse_void(request_id uuid, reason text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_request collections.void_requests := collections.decide_void(refuse_void.request_id);
begin
  update collections.void_requests as r set state = 'refused', decided_by = access.member_id(), decided_at = clock.now(),
    decision_note = nullif(left(btrim(refuse_void.reason), 300), '')
  where r.tenant_id = access.tenant_id() and r.id = v_request.id;
  return jsonb_build_object('request_id', v_request.id, 'payment_id', v_request.payment_id, 'state', 'refused');
end
$$;

-- kind says why: a mistake, a cheque that bounced, a payment that goes to another subscriber. Callers hold the subscriber and the payment.
create function collections.void_payment(payment collections.payments, reason text, kind text default 'mistake')
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_sale    billing.prepaid_periods;
  v_missing bigint;
  v_taken   record;
begin
  perform ledger.reverse(t.id, 'payment', payment.id)
  from (
    select t.id from ledger.transactions as t
    where t.tenant_id = v_tenant and t.source_id = payment.id and t.source_kind = 'payment' and t.kind <> 'reversal'
      and not exists (select from ledger.transactions as r where r.tenant_id = t.tenant_id and r.reverses = t.id)
    order by t.id
  ) as t;

  perform collections.reverse_allocation(a.id, a.left_minor)
  from collections.allocations_in_force(of_payment => payment.id) as a
  order by a.id;
  insert into collections.recoveries (tenant_id, write_off_id, payment_id, amount_minor)
  select v_tenant, x.write_off_id, payment.id, -sum(x.amount_minor)
  from collections.recoveries as x
  where x.tenant_id = v_tenant and x.payment_id = payment.id
  group by x.write_off_id having sum(x.amount_minor) > 0;
  update collections.certificates as c set state = 'void'
  where c.tenant_id = v_tenant and c.payment_id = payment.id;

  for v_sale in
    select s.* from billing.prepaid_periods as s
    where s.tenant_id = v_tenant and s.payment_id = payment.id and s.cancelled_at is null
  loop
    perform collections.take_back_sale(v_sale, reason);
  end loop;

  perform billing.take_back_deposits(payment.id);
  perform billing.settle_prompt_discounts(payment.subscriber_id);

  -- Credit of this payment that later invoices took already is missing now: the newest of them give so much back.
  v_missing := -collections.credit_of(payment.subscriber_id);
  for v_taken in
    select a.id, a.left_minor from collections.allocations_in_force(from_credit_of => payment.subscriber_id) as a order by a.id desc
  loop
    exit when v_missing <= 0;
    perform collections.release_allocation(v_taken.id, least(v_taken.left_minor, v_missing));
    v_missing := v_missing - v_taken.left_minor;
  end loop;
  if v_missing > 0 then
    raise exception '% of this payment was credit that has been refunded since, so it cannot be taken back whole. Charge that sum to the subscriber instead.',
      collections.format_minor(v_missing) using errcode = 'PT409', detail = 'credit_refunded';
  end if;

  update collections.payments as p set stage = 'void', voided_at = clock.now(), void_kind = void_payment.kind
  where p.tenant_id = v_tenant and p.id = payment.id;
  -- No credit stands beside what it could pay.
  perform collections.apply_credit(payment.subscriber_id);
  perform collections.review_promises(array[payment.subscriber_id]);
end
$$;

-- What of a subscriber's money is not used yet.
create function collections.credit_of(subscriber_id uuid)
returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce((
    select -b.amount_minor
    from ledger.accounts as a
    join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
    where a.tenant_id = access.tenant_id() and a.code = 'subscriber_credit' and a.owner_id = credit_of.subscriber_id), 0);
end
$$;

-- Allocations with what of them was not taken back: those of a payment, those on an invoice, or those a subscriber's credit made.
create function collections.allocations_in_force(of_payment uuid default null, on_invoice uuid default null, from_credit_of uuid default null)
returns table (id uuid, payment_id uuid, left_minor bigint)
language plpgsql
stable
security definer
set search_path = ''
rows 5
as $$
begin
  return query
  select a.id, a.payment_id, r.left_minor
  from (
    -- Only the one that was asked for finds anything, each by its index.
    select p.* from collections.allocations as p
    where p.tenant_id = access.tenant_id() and p.payment_id = allocations_in_force.of_payment
    union all
    select p.* from collections.allocations as p
    where p.tenant_id = access.tenant_id() and p.invoice_id = allocations_in_force.on_invoice
    union all
    select p.* from billing.invoices as i
    join collections.allocations as p on p.tenant_id = i.tenant_id and p.invoice_id = i.id and p.payment_id is null
    where i.tenant_id = access.tenant_id() and i.subscriber_id = allocations_in_force.from_credit_of
  ) as a
  cross join lateral (
    select a.amount_minor + coalesce(sum(r.amount_minor), 0)::bigint as left_minor
    from collections.allocations as r where r.tenant_id = a.tenant_id and r.reverses = a.id
  ) as r
  where a.reverses is null and r.left_minor > 0;
end
$$;

-- Takes back an allocation, or a part of it: its invoice is open again by so much. Answers the row that says so.
create function collections.reverse_allocation(allocation_id uuid, amount_minor bigint)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_id uuid := clock.uuid7();
begin
  with reversal as (
    insert into collections.allocations (tenant_id, id, invoice_id, payment_id, amount_minor, reverses)
    select a.tenant_id, v_id, a.invoice_id, a.payment_id, -reverse_allocation.amount_minor, a.id
    from collections.allocations as a
    where a.tenant_id = access.tenant_id() and a.id = reverse_allocation.allocation_id
    returning allocations.invoice_id, allocations.amount_minor
  )
  update billing.invoices as i set balance_minor = i.balance_minor - r.amount_minor, state = 'open'
  from reversal as r
  where i.tenant_id = access.tenant_id() and i.id = r.invoice_id;
  return v_id;
end
$$;

-- Takes back an allocation, or a part of it, as the subscriber's credit. Callers hold the subscriber.
create function collections.release_allocation(allocation_id uuid, amount_minor bigint)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_of     record;
begin
  select a.payment_id, a.invoice_id, i.subscriber_id into strict v_of
  from collections.allocations as a
  join billing.invoices as i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
  where a.tenant_id = v_tenant and a.id = release_allocation.allocation_id;
  -- Of the payment, so that its void takes this back too.
  perform ledger.post('credit_released', 'release:' || collections.reverse_allocation(release_allocation.allocation_id, release_allocation.amount_minor),
    case when v_of.payment_id is null then 'invoice' else 'payment' end, coalesce(v_of.payment_id, v_of.invoice_id), clock.now(), jsonb_build_array(
      jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', v_of.subscriber_id), 'amount_minor', release_allocation.amount_minor),
      jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', v_of.subscriber_id), 'amount_minor', -release_allocation.amount_minor)));
end
$$;

-- A row that takes back may take no more than what is left of the one it reverses.
create function collections.prove_reversal()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if (select sum(a.amount_minor) from collections.allocations as a
    where a.tenant_id = new.tenant_id and (a.id = new.reverses or a.reverses = new.reverses)) < 0 then
    raise exception 'Allocation % would be taken back beyond its amount.', new.reverses
      using errcode = 'check_violation', schema = 'collections', table = 'allocations', constraint = 'allocations_reversed_within';
  end if;
  return null;
end
$$;
create trigger reversed_within after insert on collections.allocations
  for each row when (new.reverses is not null) execute function collections.prove_reversal();

do $$
declare
  v_function text;
begin
  foreach v_function in array array['collections.money_account(text, text, uuid)',
    'collections.plan_payment(uuid, bigint, uuid, boolean, timestamptz, uuid[])', 'collections.take_receipt_number(uuid, bigint, text)',
    'collections.allocate(uuid, jsonb)',
    'collections.payment_answer(uuid, boolean)', 'collections.refuse_unpayable(uuid, uuid[])', 'collections.paid_ahead(uuid, bigint)',
    'collections.settle(collections.payments, jsonb)', 'collections.keep_certificate(collections.payments)', 'collections.credit_of(uuid)',
    'collections.allocations_in_force(uuid, uuid, uuid)', 'collections.release_allocation(uuid, bigint)', 'collections.refuse_used_reference(text, text)', 'collections.take_payment(jsonb)',
    'collections.refuse_void_of(collections.payments)', 'collections.decide_void(uuid)', 'collections.void_payment(collections.payments, text, text)',
    'collections.reverse_allocation(uuid, bigint)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['access.colleagues()', 'collections.preview_payment(uuid, bigint, uuid, boolean, uuid[])',
    'collections.record_payment(jsonb)', 'collections.request_void(uuid, text)', 'collections.approve_void(uuid)',
    'collections.refuse_void(uuid, text)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function collections.format_minor(bigint) to authenticated, linyada_definer;
