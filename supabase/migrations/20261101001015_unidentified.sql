-- Cash that changed hands is never refused: what cannot be booked for its subscriber is held as unidentified, until somebody says whose it is.

-- A text that is a number, or null: what a phone sends is not believed.
create function sync.number_of(value jsonb)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when value #>> '{}' ~ '^\d{1,15}$' then (value #>> '{}')::bigint end;
end
$$;

-- The printed number of a serial, as it was lent; null when it was not lent to this phone.
create function sync.lent_number(device_id uuid, serial bigint)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  return (
    select b.prefix || lpad(lent_number.serial::text, greatest(6, length(lent_number.serial::text)), '0')
    from collections.receipt_blocks as b
    where b.tenant_id = v_tenant and (b.device_id = lent_number.device_id or b.device_id is null)
      and lent_number.serial between b.first_serial and b.last_serial);
end
$$;

-- The same cash when it cannot be booked for anybody: it is in the collector's hand all the same. Null when there is no amount to
-- speak of, or the payment is in the books already. Keeps the number on the paper: as a receipt where it was lent, else as a note.
create function sync.hold_unidentified(id uuid, device_id uuid, member_id uuid, input jsonb, happened_at timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_amount  bigint := sync.number_of(input -> 'amount_minor');
  v_serial  bigint := sync.number_of(input -> 'serial');
  v_number  text := sync.lent_number(device_id, v_serial);
  v_payment collections.payments;
begin
  if coalesce(v_amount, 0) not between 1 and 9999999999
    or exists (select from collections.payments as p where p.tenant_id = v_tenant and p.id = hold_unidentified.id) then
    return null;
  end if;

  v_payment.tenant_id := v_tenant;
  v_payment.id := hold_unidentified.id;
  v_payment.method := 'cash';
  v_payment.channel := 'field';
  v_payment.amount_minor := v_amount;
  v_payment.received_at := happened_at;
  v_payment.recorded_at := clock.now();
  v_payment.received_by := hold_unidentified.member_id;
  v_payment.device_id := hold_unidentified.device_id;
  v_payment.note := nullif(left(btrim(input ->> 'note'), 300), '');
  v_payment.request_hash := sha256(convert_to(input::text, 'UTF8'));
  v_payment.stage := 'unidentified';
  v_payment.sync_xid := pg_current_xact_id();
  if v_number is null or exists (select from collections.receipts as r where r.tenant_id = v_tenant and r.serial = v_serial) then
    v_payment.manual_serial := left(coalesce(nullif(btrim(input ->> 'manual_serial'), ''), input ->> 'number'), 40);
    v_number := null;
  end if;
  insert into collections.payments values (v_payment.*);

  if v_number is not null then
    insert into collections.receipts (tenant_id, payment_id, number, serial)
    values (v_tenant, hold_unidentified.id, v_number, v_serial);
  end if;
  perform ledger.post('unidentified_cash', 'payment:' || v_payment.id, 'payment', v_payment.id, happened_at, jsonb_build_array(
    jsonb_build_object('account', ledger.account('collector_cash', 'member', v_payment.received_by), 'amount_minor', v_amount),
    jsonb_build_object('account', ledger.account('unidentified_receipts'), 'amount_minor', -v_amount)));

  return jsonb_build_object('payment_id', v_payment.id, 'stage', 'unidentified', 'receipt_number', v_number);
end
$$;

-- Cash without a name gets one: it leaves the unidentified receipts and pays what this subscriber owes, the rest is credit or,
-- where the collector named a prepaid service of the same subscriber, time. That time begins now: until now nobody was given any.
-- What cannot buy time stays as credit, because cash without a name helps nobody.
create function collections.identify_payment(payment_id uuid, subscriber_id uuid, subscription_id uuid default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_payment collections.payments;
  v_service uuid;
  v_plan    jsonb;
  v_credit  bigint;
begin
  perform from service.subscribers as s
  where s.tenant_id = v_tenant and s.id = identify_payment.subscriber_id for no key update;
  if not found then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  select p.* into v_payment from collections.payments as p
  where p.tenant_id = v_tenant and p.id = identify_payment.payment_id for no key update;
  if not found or v_payment.stage <> 'unidentified' then
    raise exception 'That money is identified already. Reload the page.' using errcode = 'PT409', detail = 'already_identified';
  end if;
  select u.id into v_service
  from service.subscriptions as u
  where u.tenant_id = v_tenant and u.id = identify_payment.subscription_id and u.subscriber_id = identify_payment.subscriber_id
    and u.state = 'active' and u.billing_mode = 'prepaid';

  begin
    v_plan := collections.plan_payment(identify_payment.subscriber_id, v_payment.amount_minor, v_service, false, clock.now());
  exception when sqlstate 'PT409' then
    v_service := null;
    v_plan := collections.plan_payment(identify_payment.subscriber_id, v_payment.amount_minor);
  end;
  v_credit := (v_plan ->> 'credit_minor')::bigint;

  update collections.payments as p
  set subscriber_id = identify_payment.subscriber_id, subscription_id = v_service,
    stage = case when exists (select from collections.remittances as r
        where r.tenant_id = v_tenant and r.id = v_payment.remittance_id and r.state = 'accepted')
      then 'remitted' else 'posted' end
  where p.tenant_id = v_tenant and p.id = v_payment.id
  returning p.* into v_payment;

  perform collections.allocate(v_payment.id, v_plan -> 'applies');
  if v_plan -> 'prepaid' <> 'null' then
    perform collections.sell_time(v_payment, v_plan -> 'prepaid');
  end if;
  perform ledger.post('identified_cash', 'identified:' || v_payment.id, 'payment', v_payment.id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('unidentified_receipts'), 'amount_minor', v_payment.amount_minor),
    jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', v_payment.subscriber_id),
      'amount_minor', v_credit - v_payment.amount_minor),
    jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', v_payment.subscriber_id), 'amount_minor', -v_credit)));
  perform billing.settle_prompt_discounts(v_payment.subscriber_id);
  perform collections.close_nonpayment_holds(v_payment.subscriber_id);
  perform collections.flag_double(v_payment, v_credit);

  return collections.payment_answer(v_payment.id, false);
end
$$;

call access.stand_before_wall('sync.lent_number(uuid, bigint)', null);
call access.stand_before_wall('sync.hold_unidentified(uuid, uuid, uuid, jsonb, timestamptz)', null);
call access.stand_before_wall('collections.identify_payment(uuid, uuid, uuid)', null);
grant execute on function sync.number_of(jsonb) to linyada_definer;
