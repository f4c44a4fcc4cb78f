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

-- What an amount would do for a subscriber: oldest due invoice first, the id settles ties; the rest buys prepaid time when a prepaid
-- service is named, else it stays as credit. Changes nothing. Preview and posting both ask here.
create function collections.plan_payment(
  subscriber_id uuid, amount_minor bigint, subscription_id uuid default null, pay_ahead boolean default false, received_at timestamptz default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_zone     text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_at       timestamptz := coalesce(plan_payment.received_at, clock.now());
  v_applies  jsonb;
  v_used     bigint;
  v_open     bigint;
  v_rest     bigint;
  v_service  record;
  v_seconds  bigint;
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
      case when i.period is null or i.period <= clock.today(v_tenant) or plan_payment.pay_ahead
        then least(i.balance_minor, plan_payment.amount_minor - coalesce(sum(i.balance_minor)
          filter (where i.period is null or i.period <= clock.today(v_tenant) or plan_payment.pay_ahead)
          over (order by i.due_on, i.id rows between unbounded preceding and 1 preceding), 0))
        else 0 end as taken
    from billing.invoices as i
    where i.tenant_id = v_tenant and i.subscriber_id = plan_payment.subscriber_id and i.state = 'open'
  ) as i;
  v_rest := plan_payment.amount_minor - v_used;

  if plan_payment.subscription_id is not null and v_rest > 0 then
    select u.state, u.billing_mode, t.plan_id, t.price_minor, p.name, p.prepaid_days, p.vat_class,
      greatest(v_at, u.paid_until, u.activated_on::timestamp at time zone v_zone) as starts_at      -- never before the service itself
    into v_service
    from service.subscriptions as u
    left join lateral (
      select t.plan_id, t.price_minor
      from service.subscription_terms as t
      where t.tenant_id = u.tenant_id and t.subscription_id = u.id
      order by t.valid @> (v_at at time zone v_zone)::date desc, lower(t.valid) desc
      limit 1
    ) as t on true
    left join catalog.plans as p on p.tenant_id = u.tenant_id and p.id = t.plan_id
    where u.tenant_id = v_tenant and u.id = plan_payment.subscription_id and u.subscriber_id = plan_payment.subscriber_id;
    if not found then
      raise exception 'That service does not belong to this subscriber. Choose it again.' using errcode = 'PT404', detail = 'subscription_unknown';
    end if;

    if v_service.billing_mode = 'prepaid' then
      if v_service.state <> 'active' then
        raise exception 'That service is not running, so it cannot be given time. Take the payment without it; it stays as credit.'
          using errcode = 'PT409', detail = 'subscription_not_active';
      end if;
      if v_service.price_minor is null or v_service.prepaid_days is null then
        raise exception 'That service has no prepaid price. Give it a plan first.' using errcode = 'PT409', detail = 'no_price';
      end if;
      v_seconds := billing.seconds_bought(v_rest, v_service.price_minor, v_service.prepaid_days);
      if v_seconds > 3660::bigint * 86400 then
        raise exception 'That would buy more than ten years. Check the amount.' using errcode = 'PT409', detail = 'too_far_ahead';
      end if;
      v_prepaid := jsonb_build_object('subscription_id', plan_payment.subscription_id, 'plan_id', v_service.plan_id,
        'plan_name', v_service.name, 'vat_class', v_service.vat_class, 'seconds', v_seconds, 'amount_minor', v_rest,
        'starts_at', v_service.starts_at, 'ends_at', v_service.starts_at + make_interval(secs => v_seconds));
      v_rest := 0;
    end if;
  end if;

  return jsonb_build_object('applies', v_applies, 'prepaid', v_prepaid, 'credit_minor', v_rest, 'open_after_minor', v_open - v_used);
end
$$;

create function collections.preview_payment(
  subscriber_id uuid, amount_minor bigint, subscription_id uuid default null, pay_ahead boolean default false)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not (access.can('payments.record') or access.can('collections.collect')) then
    perform access.require('payments.record');
  end if;
  if preview_payment.amount_minor is null or preview_payment.amount_minor not between 1 and 9999999999 then
    raise exception 'Give an amount above 0 and at most 99,999,999.99.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  if not exists (select from service.subscribers as s where s.tenant_id = access.tenant_id() and s.id = preview_payment.subscriber_id) then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  return collections.plan_payment(preview_payment.subscriber_id, preview_payment.amount_minor, preview_payment.subscription_id,
    coalesce(preview_payment.pay_ahead, false)) #- '{prepaid,plan_id}' #- '{prepaid,vat_class}';
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

-- Sells prepaid time: the sale is invoiced at the moment of payment and settled by it. Answers the invoice.
create function collections.sell_time(payment collections.payments, prepaid jsonb)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_zone    text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_day     date := ledger.open_day((payment.received_at at time zone v_zone)::date);
  v_starts  timestamptz := (prepaid ->> 'starts_at')::timestamptz;
  v_ends    timestamptz := (prepaid ->> 'ends_at')::timestamptz;
  v_invoice uuid;
begin
  perform ledger.account('subscriber_receivable', 'subscriber', payment.subscriber_id);
  select i.invoice_id into strict v_invoice
  from billing.issue(array[row(
    payment.subscriber_id, payment.subscription_id, 1, 'prepaid_time',
    (prepaid ->> 'plan_name') || ', ' || to_char(v_starts at time zone v_zone, 'FMDD Mon YYYY HH24:MI') || ' to '
      || to_char(v_ends at time zone v_zone, 'FMDD Mon YYYY HH24:MI'),
    null, v_starts, v_ends, prepaid ->> 'vat_class', (prepaid ->> 'amount_minor')::bigint, null, null, null
  )::billing.proposed_line], v_day, v_day) as i;

  perform collections.allocate(payment.id, jsonb_build_array(jsonb_build_object(
    'invoice_id', v_invoice, 'amount_minor', prepaid -> 'amount_minor')));

  insert into billing.prepaid_periods (tenant_id, subscription_id, invoice_id, payment_id, plan_id, amount_minor, starts_at, ends_at)
  values (v_tenant, payment.subscription_id, v_invoice, payment.id, (prepaid ->> 'plan_id')::uuid, (prepaid ->> 'amount_minor')::bigint,
    v_starts, v_ends);
  update service.subscriptions as u set paid_until = v_ends
  where u.tenant_id = v_tenant and u.id = payment.subscription_id;
  return v_invoice;
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
          - (select coalesce(sum(n.total_minor), 0) from billing.credit_notes as n
              where n.tenant_id = a.tenant_id and n.invoice_id = i.id and n.id < a.id) as left_minor
      ) as l
      where a.tenant_id = p.tenant_id and a.payment_id = p.id and a.reverses is null
        and not exists (select from billing.prepaid_periods as s where s.tenant_id = i.tenant_id and s.invoice_id = i.id)
    ), '[]'),
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
      where a.tenant_id = p.tenant_id and a.payment_id = p.id and a.reverses is null) end,
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

-- Takes a payment and does everything that follows from it, whole or not at all:
-- allocations, prepaid time, posting, reconnection, receipt. Callers have checked who may take it.
-- payment: id, subscriber_id (null: cash not yet identified), subscription_id, method, channel, reference, amount_minor, received_at,
-- received_by, device_id, note, manual_serial, pay_ahead, latitude, longitude, receipt_serial, receipt_number.
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
  v_applied   bigint := 0;
  v_credit    bigint := 0;
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
    v_new.received_by, v_new.device_id, v_new.note, v_new.manual_serial, payment ->> 'receipt_serial')::text, 'UTF8'));

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
    v_plan := collections.plan_payment(v_new.subscriber_id, v_new.amount_minor, v_new.subscription_id,
      coalesce((payment ->> 'pay_ahead')::boolean, false), v_new.received_at);
  end if;

  begin
    insert into collections.payments (tenant_id, id, subscriber_id, subscription_id, method, channel, reference, amount_minor, received_at,
      received_by, device_id, note, manual_serial, latitude, longitude, request_hash, stage)
    values (v_tenant, v_new.id, v_new.subscriber_id, v_new.subscription_id, v_method, v_new.channel, v_reference, v_new.amount_minor,
      v_new.received_at, v_new.received_by, v_new.device_id, v_new.note, v_new.manual_serial, v_new.latitude, v_new.longitude,
      v_new.request_hash, v_new.stage);
  exception when unique_violation then
    -- The same reference, or another subscriber's payment with the same id. The index finds it at no cost; asking first would
    -- read every payment of that method, because under row level security lower() may not look into an index.
    if v_reference is not null then
      perform collections.refuse_used_reference(v_method, v_reference);
    end if;
    raise exception 'This payment was already recorded with other facts. Open it, or start a new one.' using errcode = 'PT409', detail = 'payment_conflict';
  end;

  if v_new.subscriber_id is null then
    perform ledger.post('unidentified_cash', 'payment:' || v_new.id, 'payment', v_new.id, v_new.received_at, jsonb_build_array(
      jsonb_build_object('account', collections.money_account(v_method, v_new.channel, v_new.received_by), 'amount_minor', v_new.amount_minor),
      jsonb_build_object('account', ledger.account('unidentified_receipts'), 'amount_minor', -v_new.amount_minor)));
  else
    perform collections.allocate(v_new.id, v_plan -> 'applies');
    if v_plan -> 'prepaid' <> 'null' then
      perform collections.sell_time(v_new, v_plan -> 'prepaid');
    end if;
    v_credit := (v_plan ->> 'credit_minor')::bigint;
    v_applied := v_new.amount_minor - v_credit;
    perform ledger.post(case when v_method = 'withholding' then 'withholding' else 'payment' end,
      'payment:' || v_new.id, 'payment', v_new.id, v_new.received_at, jsonb_build_array(
        jsonb_build_object('account', collections.money_account(v_method, v_new.channel, v_new.received_by), 'amount_minor', v_new.amount_minor),
        jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', v_new.subscriber_id), 'amount_minor', -v_applied),
        jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', v_new.subscriber_id), 'amount_minor', -v_credit)));
    perform collections.close_nonpayment_holds(v_new.subscriber_id);
  end if;

  perform collections.take_receipt_number(v_new.id, (payment ->> 'receipt_serial')::bigint, payment ->> 'receipt_number');
  return collections.payment_answer(v_new.id, false);
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

create function collections.void_payment(payment collections.payments, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_sale    billing.prepaid_periods;
  v_credit  bigint;
  v_taken   record;
begin
  perform ledger.reverse(t.id, 'payment', payment.id)
  from ledger.transactions as t
  where t.tenant_id = v_tenant and t.idempotency_key in ('payment:' || payment.id, 'identified:' || payment.id);

  perform collections.reverse_allocation(a.id)
  from collections.allocations as a
  where a.tenant_id = v_tenant and a.payment_id = payment.id and a.reverses is null
  order by a.id;

  for v_sale in
    select s.* from billing.prepaid_periods as s
    where s.tenant_id = v_tenant and s.payment_id = payment.id and s.cancelled_at is null
  loop
    perform collections.take_back_sale(v_sale, reason);
  end loop;

  -- Credit of this payment that later invoices took already is missing now: the newest of them give it back.
  select coalesce(sum(b.amount_minor), 0) into v_credit
  from ledger.accounts as a
  join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
  where a.tenant_id = v_tenant and a.code = 'subscriber_credit' and a.owner_id = payment.subscriber_id;
  for v_taken in
    select a.id, a.amount_minor, t.id as transaction_id
    from billing.invoices as i
    join collections.allocations as a on a.tenant_id = i.tenant_id and a.invoice_id = i.id and a.payment_id is null and a.reverses is null
    join ledger.transactions as t on t.tenant_id = i.tenant_id and t.idempotency_key = 'credit:' || i.id
    where i.tenant_id = v_tenant and i.subscriber_id = payment.subscriber_id
      and not exists (select from collections.allocations as r where r.tenant_id = a.tenant_id and r.reverses = a.id)
    order by a.id desc
  loop
    exit when v_credit <= 0;
    perform ledger.reverse(v_taken.transaction_id, 'payment', payment.id);
    perform collections.reverse_allocation(v_taken.id);
    v_credit := v_credit - v_taken.amount_minor;
  end loop;

  update collections.payments as p set stage = 'void', voided_at = clock.now() where p.tenant_id = v_tenant and p.id = payment.id;
end
$$;

create function collections.reverse_allocation(allocation_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  with reversal as (
    insert into collections.allocations (tenant_id, invoice_id, payment_id, amount_minor, reverses)
    select a.tenant_id, a.invoice_id, a.payment_id, -a.amount_minor, a.id
    from collections.allocations as a
    where a.tenant_id = access.tenant_id() and a.id = reverse_allocation.allocation_id
    returning invoice_id, amount_minor
  )
  update billing.invoices as i set balance_minor = i.balance_minor - r.amount_minor, state = 'open'
  from reversal as r
  where i.tenant_id = access.tenant_id() and i.id = r.invoice_id;
end
$$;

-- Undoes a sale of prepaid time: its invoice is void (and keeps its number), its period is cancelled, and the periods queued behind it
-- move to where they would be had it never existed.
create function collections.take_back_sale(sale billing.prepaid_periods, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_queued billing.prepaid_periods;
  v_end    timestamptz;
  v_start  timestamptz;
begin
  perform ledger.reverse(t.id, 'invoice', sale.invoice_id)
  from ledger.transactions as t
  where t.tenant_id = v_tenant and t.idempotency_key = 'invoice:' || sale.invoice_id;
  update billing.invoices as i set state = 'void', balance_minor = 0, voided_at = clock.now(), void_reason = take_back_sale.reason
  where i.tenant_id = v_tenant and i.id = sale.invoice_id;
  update billing.invoice_lines as l set in_force = false where l.tenant_id = v_tenant and l.invoice_id = sale.invoice_id;
  update billing.prepaid_periods as s set cancelled_at = clock.now() where s.tenant_id = v_tenant and s.id = sale.id;

  -- Time that was paid before the first sale here (an import) stays.
  select greatest(
    (select max(s.ends_at) from billing.prepaid_periods as s
      where s.tenant_id = v_tenant and s.subscription_id = sale.subscription_id and s.cancelled_at is null and s.starts_at < sale.starts_at),
    (select case when s.starts_at > p.received_at then s.starts_at end
      from billing.prepaid_periods as s
      join collections.payments as p on p.tenant_id = s.tenant_id and p.id = s.payment_id
      where s.tenant_id = v_tenant and s.subscription_id = sale.subscription_id
      order by s.id limit 1))
  into v_end;
  for v_queued in
    select s.* from billing.prepaid_periods as s
    where s.tenant_id = v_tenant and s.subscription_id = sale.subscription_id and s.cancelled_at is null and s.starts_at > sale.starts_at
    order by s.starts_at
  loop
    v_start := greatest(v_end,
      (select u.activated_on::timestamp at time zone z.time_zone
        from service.subscriptions as u join tenancy.tenants as z on z.id = u.tenant_id
        where u.tenant_id = v_tenant and u.id = v_queued.subscription_id),
      (select p.received_at from collections.payments as p where p.tenant_id = v_tenant and p.id = v_queued.payment_id),
      (select t.occurred_at from ledger.transactions as t
        where t.tenant_id = v_tenant and t.idempotency_key = 'identified:' || v_queued.payment_id));
    if v_start < v_queued.starts_at then
      update billing.prepaid_periods as s set cancelled_at = clock.now() where s.tenant_id = v_tenant and s.id = v_queued.id;
      insert into billing.prepaid_periods (tenant_id, subscription_id, invoice_id, payment_id, plan_id, amount_minor, starts_at, ends_at)
      values (v_tenant, v_queued.subscription_id, v_queued.invoice_id, v_queued.payment_id, v_queued.plan_id, v_queued.amount_minor,
        v_start, v_start + (v_queued.ends_at - v_queued.starts_at))
      returning ends_at into v_end;
    else
      v_end := v_queued.ends_at;
    end if;
  end loop;

  update service.subscriptions as u set paid_until = v_end where u.tenant_id = v_tenant and u.id = sale.subscription_id;
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['collections.money_account(text, text, uuid)',
    'collections.plan_payment(uuid, bigint, uuid, boolean, timestamptz)', 'collections.take_receipt_number(uuid, bigint, text)',
    'collections.allocate(uuid, jsonb)', 'collections.sell_time(collections.payments, jsonb)',
    'collections.payment_answer(uuid, boolean)', 'collections.refuse_used_reference(text, text)', 'collections.take_payment(jsonb)',
    'collections.refuse_void_of(collections.payments)', 'collections.decide_void(uuid)', 'collections.void_payment(collections.payments, text)',
    'collections.reverse_allocation(uuid)', 'collections.take_back_sale(billing.prepaid_periods, text)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['access.colleagues()', 'collections.preview_payment(uuid, bigint, uuid, boolean)',
    'collections.record_payment(jsonb)', 'collections.request_void(uuid, text)', 'collections.approve_void(uuid)',
    'collections.refuse_void(uuid, text)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function collections.format_minor(bigint) to authenticated, linyada_definer;
