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

-- Gives a payment its receipt number: the next of the series, or, from the field, one of the numbers lent to its device.
create function collections.take_receipt_number(payment_id uuid, serial bigint default null, number text default null)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_number text := take_receipt_number.number;
begin
  if take_receipt_number.serial is null then
    -- In one statement, because from here to the end of the transaction nobody else of this ISP gets a number.
    with taken as (
      update tenancy.document_series as s set next_number = s.next_number + 1
      where s.tenant_id = v_tenant and s.kind = 'receipt' and s.branch = '00000'
      returning s.prefix, s.next_number - 1 as serial
    )
    insert into collections.receipts (tenant_id, payment_id, number, serial)
    select v_tenant, take_receipt_number.payment_id,
      coalesce(v_number, t.prefix || lpad(t.serial::text, greatest(6, length(t.serial::text)), '0')), t.serial
    from taken as t
    returning receipts.number into v_number;
    if not found then
      raise exception 'There is no number series for receipts. Set it up first.' using errcode = 'PT409', detail = 'series_missing';
    end if;
    return v_number;
  end if;

  perform collections.claim_serial((
    select p.device_id from collections.payments as p where p.tenant_id = v_tenant and p.id = take_receipt_number.payment_id),
    take_receipt_number.serial);
  v_number := coalesce(v_number, tenancy.format_number('receipt', take_receipt_number.serial));
  insert into collections.receipts (tenant_id, payment_id, number, serial)
  values (v_tenant, take_receipt_number.payment_id, v_number, take_receipt_number.serial);
  return v_number;
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

-- A certificate is not money: it settles invoices, and leaves no credit that could be refunded.
create function collections.refuse_certificate_beyond(method text, plan jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if refuse_certificate_beyond.method = 'withholding' and (plan ->> 'credit_minor')::bigint > 0 then
    raise exception 'A withholding certificate can only settle invoices. It is % more than they leave open.',
      collections.format_minor((plan ->> 'credit_minor')::bigint) using errcode = 'PT422', detail = 'certificate_beyond_open';
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
  v_offers    uuid[];
  v_follows   boolean;
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

  -- Nearly every payment has none of these behind it. They are asked for together, because beginning a question costs more than its answer.
  select
    -- Invoice by invoice, each by its key: a join, which `exists` would be planned as, would read all offers of the tenant.
    array(select (a.value ->> 'invoice_id')::uuid from jsonb_array_elements(plan -> 'applies') as a
      where (select count(*) from billing.charge_parts as x
        where x.tenant_id = v_tenant and x.invoice_id = (a.value ->> 'invoice_id')::uuid and x.pay_by_on is not null) > 0),
    exists (select from collections.promises as p
      where p.tenant_id = v_tenant and p.subscriber_id = payment.subscriber_id and p.state <> 'withdrawn')
    or exists (select from service.subscriptions as u
      join service.holds as h on h.tenant_id = u.tenant_id and h.subscription_id = u.id and h.kind = 'nonpayment' and h.closed_at is null
      where u.tenant_id = v_tenant and u.subscriber_id = payment.subscriber_id)
  into v_offers, v_follows;
  if v_offers <> '{}' then
    perform billing.settle_prompt_discounts(payment.subscriber_id, v_offers);
  end if;
  if v_follows then
    perform collections.close_nonpayment_holds(payment.subscriber_id);
  end if;
  perform collections.flag_double(payment, v_credit);
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
    perform collections.refuse_certificate_beyond(v_method, v_plan);
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

do $$
declare
  v_function text;
begin
  foreach v_function in array array['collections.money_account(text, text, uuid)', 'collections.take_receipt_number(uuid, bigint, text)',
    'collections.payment_answer(uuid, boolean)', 'collections.refuse_used_reference(text, text)',
    'collections.settle(collections.payments, jsonb)', 'collections.keep_certificate(collections.payments)',
    'collections.take_payment(jsonb)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['access.colleagues()', 'collections.record_payment(jsonb)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function collections.refuse_certificate_beyond(text, jsonb) to linyada_definer;
