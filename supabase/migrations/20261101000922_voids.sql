-- Voids: one person asks, another decides.

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
  v_tenant uuid := access.tenant_id();
  v_sale   billing.prepaid_periods;
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
  update collections.payments as p set stage = 'void', voided_at = clock.now(), void_kind = void_payment.kind
  where p.tenant_id = v_tenant and p.id = payment.id;
  perform collections.reconsider(payment.subscriber_id);
  perform collections.review_promises(array[payment.subscriber_id]);
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['collections.refuse_void_of(collections.payments)', 'collections.decide_void(uuid)',
    'collections.void_payment(collections.payments, text, text)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['collections.request_void(uuid, text)', 'collections.approve_void(uuid)', 'collections.refuse_void(uuid, text)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
