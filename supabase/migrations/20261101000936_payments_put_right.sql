-- Payments put right: money given back, posted to another subscriber, never paid by a bank; certificates that came.

create function collections.refuse_refunded(payment collections.payments)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_refunded bigint := (select sum(f.amount_minor) from collections.refunds as f
    where f.tenant_id = payment.tenant_id and f.payment_id = payment.id);
begin
  if v_refunded > 0 then
    raise exception '% of this payment was refunded already, so it stays as it is.', collections.format_minor(v_refunded)
      using errcode = 'PT409', detail = 'payment_refunded';
  end if;
end
$$;

-- Whether so much can be given back: of a payment never more than it brought, of credit never more than there is.
create function collections.refuse_refund(subscriber_id uuid, payment collections.payments, amount_minor bigint)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_left   bigint;
begin
  if payment.id is null then
    if refuse_refund.amount_minor > collections.credit_of(refuse_refund.subscriber_id) then
      raise exception 'The credit is %, so no more than that can be refunded.',
        collections.format_minor(collections.credit_of(refuse_refund.subscriber_id)) using errcode = 'PT409', detail = 'refund_beyond_credit';
    end if;
    return;
  end if;
  if payment.stage = 'void' then
    raise exception 'This payment is void, so there is nothing to give back.' using errcode = 'PT409', detail = 'already_void';
  end if;
  if payment.method = 'withholding' then
    raise exception 'A withholding certificate is not money, so it cannot be refunded. Void it instead.' using errcode = 'PT409', detail = 'certificate';
  end if;
  if exists (select from billing.prepaid_periods as s where s.tenant_id = v_tenant and s.payment_id = payment.id and s.cancelled_at is null) then
    raise exception 'This payment bought prepaid time. Cancel that time first; what it cost is then credit that can be refunded.'
      using errcode = 'PT409', detail = 'payment_of_time';
  end if;
  v_left := payment.amount_minor
    - coalesce((select sum(f.amount_minor) from collections.refunds as f where f.tenant_id = v_tenant and f.payment_id = payment.id), 0)
    - coalesce((select sum(x.amount_minor) from collections.recoveries as x where x.tenant_id = v_tenant and x.payment_id = payment.id), 0)
    - coalesce((select sum(d.amount_minor) from billing.deposits as d where d.tenant_id = v_tenant and d.payment_id = payment.id), 0);
  v_left := least(v_left, collections.credit_of(payment.subscriber_id)
    + coalesce((select sum(a.left_minor) from collections.allocations_in_force(of_payment => payment.id) as a), 0));
  if refuse_refund.amount_minor > v_left then
    raise exception 'Of this payment no more than % can be given back.', collections.format_minor(v_left)
      using errcode = 'PT409', detail = 'refund_beyond_payment';
  end if;
end
$$;

-- Gives money back: out of credit, and, for a payment, out of what it settled as far as credit does not reach. Callers hold the subscriber.
create function collections.give_refund(refund_id uuid, subscriber_id uuid, payment_id uuid, amount_minor bigint, method text, reference text, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_payment collections.payments;
begin
  select p.* into v_payment from collections.payments as p
  where p.tenant_id = v_tenant and p.id = give_refund.payment_id for no key update;
  perform collections.refuse_refund(give_refund.subscriber_id, v_payment, give_refund.amount_minor);

  perform collections.release(give_refund.amount_minor - collections.credit_of(give_refund.subscriber_id), of_payment => v_payment.id);
  begin
    insert into collections.refunds (tenant_id, id, subscriber_id, payment_id, method, reference, amount_minor, reason, refunded_by)
    values (v_tenant, give_refund.refund_id, give_refund.subscriber_id, v_payment.id, give_refund.method, give_refund.reference,
      give_refund.amount_minor, give_refund.reason, access.member_id());
  exception when unique_violation then
    raise exception 'This reference was already used for another refund. Check the number.' using errcode = 'PT409', detail = 'reference_used';
  end;
  perform ledger.post('refund', 'refund:' || give_refund.refund_id, 'refund', give_refund.refund_id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', give_refund.subscriber_id), 'amount_minor', give_refund.amount_minor),
    jsonb_build_object('account', collections.money_account(give_refund.method, 'counter', access.member_id()), 'amount_minor', -give_refund.amount_minor)));
  -- What this money earned by being there on time is not earned without it.
  perform collections.reconsider(give_refund.subscriber_id);
end
$$;

create function collections.refuse_transfer(payment collections.payments, subscriber_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if payment.stage = 'void' then
    raise exception 'This payment is void, so it cannot go to anybody.' using errcode = 'PT409', detail = 'already_void';
  end if;
  if payment.stage = 'unidentified' then
    raise exception 'Nobody is credited with this money yet. Settle it under Parked instead.' using errcode = 'PT409', detail = 'unidentified';
  end if;
  if not exists (select from service.subscribers as s where s.tenant_id = payment.tenant_id and s.id = refuse_transfer.subscriber_id) then
    raise exception 'Choose the subscriber whose money it is.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  if payment.subscriber_id = refuse_transfer.subscriber_id then
    raise exception 'The payment is this subscriber''s already. Choose another one.' using errcode = 'PT409', detail = 'same_subscriber';
  end if;
  perform collections.refuse_refunded(payment);
end
$$;

-- Posts a payment to whom it belongs: the wrong posting is reversed, and the same money, with its receipt and the time it was received, is
-- posted anew. Time it buys begins now: until now nobody was given any. Callers hold both subscribers.
create function collections.transfer_payment(new_id uuid, payment_id uuid, subscriber_id uuid, subscription_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_old    collections.payments;
  v_new    collections.payments;
  v_plan   jsonb;
begin
  select p.* into strict v_old from collections.payments as p
  where p.tenant_id = v_tenant and p.id = transfer_payment.payment_id for update;
  perform collections.refuse_transfer(v_old, transfer_payment.subscriber_id);
  perform collections.void_payment(v_old, transfer_payment.reason, 'transferred');

  v_plan := collections.plan_payment(transfer_payment.subscriber_id, v_old.amount_minor, transfer_payment.subscription_id, false, clock.now());
  perform collections.refuse_certificate_beyond(v_old.method, v_plan);
  insert into collections.payments (tenant_id, id, subscriber_id, subscription_id, method, channel, reference, amount_minor, received_at,
    received_by, device_id, note, manual_serial, latitude, longitude, request_hash, stage, remittance_id, void_of)
  values (v_tenant, transfer_payment.new_id, transfer_payment.subscriber_id, transfer_payment.subscription_id, v_old.method, v_old.channel,
    v_old.reference, v_old.amount_minor, v_old.received_at, v_old.received_by, v_old.device_id, v_old.note, v_old.manual_serial, v_old.latitude,
    v_old.longitude, v_old.request_hash, v_old.stage, v_old.remittance_id, v_old.id)
  returning * into v_new;
  update collections.receipts as r set payment_id = v_new.id where r.tenant_id = v_tenant and r.payment_id = v_old.id;
  perform collections.settle(v_new, v_plan);
end
$$;

create function collections.refuse_bounce(payment collections.payments)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if payment.method <> 'cheque' then
    raise exception 'Only a cheque can bounce. Ask for a void instead.' using errcode = 'PT409', detail = 'not_a_cheque';
  end if;
  if payment.stage = 'void' then
    raise exception 'This cheque is taken back already.' using errcode = 'PT409', detail = 'already_void';
  end if;
  perform collections.refuse_refunded(payment);
end
$$;

-- The bank did not pay a cheque: its posting is reversed, what it settled is open again, and a fee may follow with the next invoice.
create function collections.bounce_cheque(payment_id uuid, reason text, fee_minor bigint)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_payment collections.payments;
begin
  select p.* into strict v_payment from collections.payments as p
  where p.tenant_id = v_tenant and p.id = bounce_cheque.payment_id for update;
  perform collections.refuse_bounce(v_payment);
  perform collections.void_payment(v_payment, bounce_cheque.reason, 'bounced');
  if bounce_cheque.fee_minor > 0 then
    insert into billing.charges (tenant_id, subscriber_id, kind, description, amount_minor, vat_class, starts_on, created_by)
    values (v_tenant, v_payment.subscriber_id, 'one_time', 'Returned cheque ' || v_payment.reference, bounce_cheque.fee_minor, 'vatable',
      clock.today(v_tenant), access.member_id());
  end if;
end
$$;

-- A certificate that was to come is in hand. Saying it again changes nothing.
create function collections.receive_certificate(payment_id uuid, received_on date default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant      uuid := access.tenant_id();
  v_day         date := coalesce(receive_certificate.received_on, clock.today(v_tenant));
  v_payment     collections.payments;
  v_certificate collections.certificates;
begin
  perform access.require('payments.record');
  select p.* into v_payment from collections.payments as p where p.tenant_id = v_tenant and p.id = receive_certificate.payment_id;
  perform service.hold_subscribers(array[v_payment.subscriber_id]);
  select c.* into v_certificate from collections.certificates as c
  where c.tenant_id = v_tenant and c.payment_id = v_payment.id for no key update;
  if not found or v_certificate.state = 'void' then
    raise exception 'No certificate is expected for this payment. Reload the page.' using errcode = 'PT404', detail = 'certificate_unknown';
  end if;
  if v_certificate.state = 'pending' then
    if v_day > clock.today(v_tenant) or v_day < (v_payment.received_at at time zone (select t.time_zone from tenancy.tenants as t where t.id = v_tenant))::date then
      raise exception 'The certificate came on a day between the payment and today. Check the date.' using errcode = 'PT422', detail = 'invalid_day';
    end if;
    update collections.certificates as c set state = 'received', received_on = v_day, received_by = access.member_id()
    where c.tenant_id = v_tenant and c.id = v_certificate.id;
    perform ledger.post('withholding', 'certificate:' || v_payment.id, 'payment', v_payment.id, clock.now(), jsonb_build_array(
      jsonb_build_object('account', ledger.account('creditable_tax'), 'amount_minor', v_payment.amount_minor),
      jsonb_build_object('account', ledger.account('certificates_pending'), 'amount_minor', -v_payment.amount_minor)));
  end if;
  return jsonb_build_object('payment_id', v_payment.id, 'state', 'received', 'duplicate', v_certificate.state = 'received');
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['collections.refuse_refunded(collections.payments)', 'collections.refuse_refund(uuid, collections.payments, bigint)',
    'collections.give_refund(uuid, uuid, uuid, bigint, text, text, text)', 'collections.refuse_transfer(collections.payments, uuid)',
    'collections.transfer_payment(uuid, uuid, uuid, uuid, text)', 'collections.refuse_bounce(collections.payments)',
    'collections.bounce_cheque(uuid, text, bigint)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
call access.stand_before_wall('collections.receive_certificate(uuid, date)');
