-- Asking and deciding: every correction is asked in one way, and above the tenant's limit a second person makes it.

-- What a request is about, checked as far as it can be without doing it: whom and what it concerns, how much, and how that stands now.
create type billing.weighed_correction as (
  subscriber_id uuid,
  invoice_id    uuid,
  payment_id    uuid,
  amount_minor  bigint,
  subject_state text
);
comment on type billing.weighed_correction is 'A correction as asked, found possible, and how its subject stands at that moment.';

create function billing.weigh_invoice_correction(kind text, request jsonb)
returns billing.weighed_correction
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice billing.invoices;
  v_is      billing.weighed_correction;
begin
  select i.* into v_invoice from billing.invoices as i where i.tenant_id = v_tenant and i.id = (request ->> 'invoice_id')::uuid;
  if not found then
    raise exception 'That invoice is not here. Reload the page.' using errcode = 'PT404', detail = 'invoice_unknown';
  end if;
  v_is.subscriber_id := v_invoice.subscriber_id;
  v_is.invoice_id := v_invoice.id;
  v_is.subject_state := concat_ws('|', v_invoice.state, v_invoice.balance_minor,
    (select sum(n.total_minor) from billing.credit_notes as n where n.tenant_id = v_tenant and n.invoice_id = v_invoice.id));
  case kind
    when 'credit_note' then
      v_is.amount_minor := billing.plan_credit_note(v_invoice.id, (request ->> 'amount_minor')::bigint, request -> 'lines') ->> 'total_minor';
    when 'invoice_void' then
      perform billing.refuse_void_of_invoice(v_invoice);
      v_is.amount_minor := v_invoice.total_minor;
    else
      perform billing.refuse_write_off(v_invoice);
      v_is.amount_minor := v_invoice.balance_minor;
  end case;
  return v_is;
end
$$;

create function billing.weigh_payment_correction(kind text, request jsonb)
returns billing.weighed_correction
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_payment collections.payments;
  v_is      billing.weighed_correction;
begin
  select p.* into v_payment from collections.payments as p where p.tenant_id = v_tenant and p.id = (request ->> 'payment_id')::uuid;
  if not found and (kind <> 'refund' or request ->> 'payment_id' is not null) then
    raise exception 'That payment is not here. Reload the page.' using errcode = 'PT404', detail = 'payment_unknown';
  end if;
  v_is.subscriber_id := coalesce(v_payment.subscriber_id, (request ->> 'subscriber_id')::uuid);
  v_is.payment_id := v_payment.id;
  v_is.amount_minor := v_payment.amount_minor;
  v_is.subject_state := concat_ws('|', v_payment.stage, v_payment.subscriber_id,
    (select sum(a.amount_minor) from collections.allocations as a where a.tenant_id = v_tenant and a.payment_id = v_payment.id),
    (select sum(f.amount_minor) from collections.refunds as f where f.tenant_id = v_tenant and f.payment_id = v_payment.id),
    case when v_payment.id is null then collections.credit_of(v_is.subscriber_id) end);
  case kind
    when 'refund' then
      if v_is.subscriber_id is null or not exists (select from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_is.subscriber_id) then
        raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
      end if;
      v_is.amount_minor := (request ->> 'amount_minor')::bigint;
      if coalesce(v_is.amount_minor, 0) <= 0 then
        raise exception 'Give an amount above 0.' using errcode = 'PT422', detail = 'invalid_amount';
      end if;
      if coalesce(request ->> 'method', '') not in ('cash', 'gcash', 'maya', 'bank') then
        raise exception 'Choose how it is given back: cash, GCash, Maya or bank.' using errcode = 'PT422', detail = 'invalid_method';
      end if;
      if request ->> 'method' <> 'cash' and coalesce(btrim(request ->> 'reference'), '') = '' then
        raise exception 'Type the reference number of the refund.' using errcode = 'PT422', detail = 'reference_missing';
      end if;
      perform collections.refuse_refund(v_is.subscriber_id, v_payment, v_is.amount_minor);
    when 'transfer' then
      perform collections.refuse_transfer(v_payment, (request ->> 'subscriber_id')::uuid);
    else
      perform collections.refuse_bounce(v_payment);
  end case;
  return v_is;
end
$$;

create function billing.weigh_time_cancel(request jsonb)
returns billing.weighed_correction
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_sale   billing.prepaid_periods;
  v_is     billing.weighed_correction;
begin
  select s.* into v_sale from billing.prepaid_periods as s where s.tenant_id = v_tenant and s.id = (request ->> 'period_id')::uuid;
  perform billing.refuse_cancel_of_time(v_sale);
  v_is.subscriber_id := (select u.subscriber_id from service.subscriptions as u where u.tenant_id = v_tenant and u.id = v_sale.subscription_id);
  v_is.invoice_id := v_sale.invoice_id;
  v_is.amount_minor := billing.plan_credit_note(v_sale.invoice_id, v_sale.amount_minor) ->> 'total_minor';
  v_is.subject_state := extract(epoch from v_sale.starts_at);
  return v_is;
end
$$;

create function billing.weigh_deposit_return(request jsonb)
returns billing.weighed_correction
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_is billing.weighed_correction;
begin
  v_is.subscriber_id := (request ->> 'subscriber_id')::uuid;
  v_is.amount_minor := (request ->> 'amount_minor')::bigint;
  perform billing.refuse_return_of_deposit(v_is.subscriber_id, v_is.amount_minor, request ->> 'method');
  v_is.subject_state := billing.deposit_of(v_is.subscriber_id);
  return v_is;
end
$$;

create function billing.weigh_correction(kind text, request jsonb)
returns billing.weighed_correction
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return case
    when kind in ('credit_note', 'invoice_void', 'write_off') then billing.weigh_invoice_correction(kind, request)
    when kind = 'time_cancel' then billing.weigh_time_cancel(request)
    when kind = 'deposit_return' then billing.weigh_deposit_return(request)
    else billing.weigh_payment_correction(kind, request) end;
end
$$;

-- Makes a correction that was weighed. Answers what came of it.
create function billing.make_correction(correction billing.corrections)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_request jsonb := correction.request;
  v_note    billing.credit_notes;
begin
  case correction.kind
    when 'credit_note' then
      v_note := billing.issue_credit_note(correction.id, correction.invoice_id, correction.reason, (v_request ->> 'amount_minor')::bigint, v_request -> 'lines');
      return jsonb_build_object('credit_note_id', v_note.id, 'number', v_note.number, 'total_minor', v_note.total_minor);
    when 'invoice_void' then
      perform billing.void_invoice(correction.invoice_id, correction.reason);
      return jsonb_build_object('invoice_id', correction.invoice_id);
    when 'write_off' then
      perform billing.write_off(correction.id, correction.invoice_id, correction.reason);
      return jsonb_build_object('write_off_id', correction.id);
    when 'refund' then
      perform collections.give_refund(correction.id, correction.subscriber_id, correction.payment_id, correction.amount_minor,
        v_request ->> 'method', nullif(btrim(v_request ->> 'reference'), ''), correction.reason);
      return jsonb_build_object('refund_id', correction.id);
    when 'transfer' then
      perform collections.transfer_payment(correction.id, correction.payment_id, (v_request ->> 'subscriber_id')::uuid,
        nullif(v_request ->> 'subscription_id', '')::uuid, correction.reason);
      return jsonb_build_object('payment_id', correction.id);
    when 'time_cancel' then
      v_note := billing.cancel_time(correction.id, (v_request ->> 'period_id')::uuid, correction.reason);
      return jsonb_build_object('credit_note_id', v_note.id, 'number', v_note.number, 'total_minor', v_note.total_minor);
    when 'deposit_return' then
      perform billing.return_deposit(correction.id, correction.subscriber_id, correction.amount_minor, v_request ->> 'method',
        nullif(btrim(v_request ->> 'reference'), ''), correction.reason);
      return jsonb_build_object('held_minor', billing.deposit_of(correction.subscriber_id));
    else
      perform collections.bounce_cheque(correction.payment_id, correction.reason, coalesce((v_request ->> 'fee_minor')::bigint, 0));
      return jsonb_build_object('payment_id', correction.payment_id);
  end case;
end
$$;

create function billing.correction_answer(correction billing.corrections)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('id', correction.id, 'kind', correction.kind, 'state', correction.state, 'amount_minor', correction.amount_minor)
    || coalesce(correction.result, '{}')
$$;

-- Puts something right, or, above the tenant's limit, asks a second person to. The same id again answers the same.
-- request: id, reason, and invoice_id, payment_id, period_id or subscriber_id with what the kind needs.
create function billing.ask_correction(kind text, request jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_request jsonb := jsonb_strip_nulls(ask_correction.request);
  v_id      uuid := service.command_id(v_request);
  v_is      billing.weighed_correction;
  v_limit   bigint;
  v_new     billing.corrections;
  v_old     billing.corrections;
begin
  perform access.require(case when kind in ('refund', 'transfer', 'bounce') then 'payments.correct' else 'invoices.manage' end);
  begin
    perform (v_request ->> 'invoice_id')::uuid, (v_request ->> 'period_id')::uuid, (v_request ->> 'payment_id')::uuid, (v_request ->> 'subscriber_id')::uuid,
      nullif(v_request ->> 'subscription_id', '')::uuid, (v_request ->> 'amount_minor')::bigint, (v_request ->> 'fee_minor')::bigint;
  exception when invalid_text_representation or numeric_value_out_of_range then
    raise exception 'This could not be read. Reload the page and type it again.' using errcode = 'PT400', detail = 'invalid_correction';
  end;
  if coalesce(length(btrim(v_request ->> 'reason')), 0) not between 3 and 300 then
    raise exception 'Say why, in 3 to 300 letters.' using errcode = 'PT422', detail = 'reason_missing';
  end if;
  if coalesce((v_request ->> 'fee_minor')::bigint, 0) not between 0 and 9999999999 or length(v_request ->> 'reference') > 80 then
    raise exception 'Check the fee and the reference: one of them is out of its range.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;

  perform service.hold_subscribers(array[
    (v_request ->> 'subscriber_id')::uuid,
    (select i.subscriber_id from billing.invoices as i where i.tenant_id = v_tenant and i.id = (v_request ->> 'invoice_id')::uuid),
    (select p.subscriber_id from collections.payments as p where p.tenant_id = v_tenant and p.id = (v_request ->> 'payment_id')::uuid),
    (select u.subscriber_id from billing.prepaid_periods as s
      join service.subscriptions as u on u.tenant_id = s.tenant_id and u.id = s.subscription_id
      where s.tenant_id = v_tenant and s.id = (v_request ->> 'period_id')::uuid)]);

  select c.* into v_old from billing.corrections as c where c.tenant_id = v_tenant and c.id = v_id;
  if service.is_command_known(v_old.request || jsonb_build_object('kind', v_old.kind),
    v_request || jsonb_build_object('kind', ask_correction.kind), 'correction_conflict') then
    return billing.correction_answer(v_old) || '{"duplicate": true}';
  end if;

  v_is := billing.weigh_correction(ask_correction.kind, v_request);
  v_limit := (select s.approval_limit_minor from tenancy.billing_settings as s where s.tenant_id = v_tenant);
  v_new := row(v_tenant, v_id, ask_correction.kind, v_is.subscriber_id, v_is.invoice_id, v_is.payment_id, v_is.amount_minor,
    btrim(v_request ->> 'reason'), v_request, v_is.subject_state, v_limit,
    case when ask_correction.kind <> 'bounce' and v_is.amount_minor > v_limit then 'waiting' else 'done' end,
    access.member_id(), clock.now(), null, null, null, null);
  if v_new.state = 'done' then
    v_new.result := billing.make_correction(v_new);
  end if;
  begin
    insert into billing.corrections select v_new.*;
  exception when unique_violation then
    raise exception 'The same is asked for already and waits for a second person. Look under Approvals.' using errcode = 'PT409', detail = 'correction_waiting';
  end;
  return billing.correction_answer(v_new);
end
$$;

-- Takes a waiting request under lock, the subscribers first.
create function billing.take_correction(correction_id uuid)
returns billing.corrections
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_taken  billing.corrections;
begin
  perform service.hold_subscribers(array(
    select unnest(array[c.subscriber_id, (c.request ->> 'subscriber_id')::uuid])
    from billing.corrections as c where c.tenant_id = v_tenant and c.id = take_correction.correction_id));
  select c.* into v_taken from billing.corrections as c
  where c.tenant_id = v_tenant and c.id = take_correction.correction_id for no key update;
  if not found then
    raise exception 'That request is not here. Reload the page.' using errcode = 'PT404', detail = 'request_unknown';
  end if;
  if v_taken.state <> 'waiting' then
    raise exception 'That request is decided already.' using errcode = 'PT409', detail = 'request_decided';
  end if;
  return v_taken;
end
$$;

create function billing.require_second_person(correction billing.corrections)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if correction.asked_by is not distinct from access.member_id() then
    raise exception 'You asked for this, so somebody else has to decide.' using errcode = 'PT403', detail = 'second_person_needed';
  end if;
end
$$;

-- A second person makes what was asked. When its subject is another than it was then, the request ends instead, and says why.
create function billing.approve_correction(correction_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_asked  billing.corrections;
  v_why    text;
  v_code   text;
begin
  perform access.require('corrections.approve');
  v_asked := billing.take_correction(approve_correction.correction_id);
  perform billing.require_second_person(v_asked);
  begin
    if (billing.weigh_correction(v_asked.kind, v_asked.request)).subject_state is distinct from v_asked.subject_state then
      v_why := 'Since this was asked, something else changed there. Look again and ask anew.';
    else
      v_asked.result := billing.make_correction(v_asked);
    end if;
  exception when others then
    get stacked diagnostics v_why = message_text, v_code = returned_sqlstate;
    if v_code not like 'PT4%' then
      raise;
    end if;
  end;
  update billing.corrections as c set state = case when v_why is null then 'done' else 'expired' end, result = v_asked.result,
    decided_by = access.member_id(), decided_at = clock.now(), decision_note = left(v_why, 300)
  where c.tenant_id = v_tenant and c.id = v_asked.id
  returning c.* into v_asked;
  return billing.correction_answer(v_asked) || jsonb_build_object('note', v_why);
end
$$;

create function billing.refuse_correction(correction_id uuid, reason text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_asked billing.corrections;
begin
  perform access.require('corrections.approve');
  if coalesce(length(btrim(refuse_correction.reason)), 0) not between 3 and 300 then
    raise exception 'Say why, in 3 to 300 letters.' using errcode = 'PT422', detail = 'reason_missing';
  end if;
  v_asked := billing.take_correction(refuse_correction.correction_id);
  perform billing.require_second_person(v_asked);
  update billing.corrections as c set state = 'refused', decided_by = access.member_id(), decided_at = clock.now(),
    decision_note = btrim(refuse_correction.reason)
  where c.tenant_id = access.tenant_id() and c.id = v_asked.id
  returning c.* into v_asked;
  return billing.correction_answer(v_asked);
end
$$;

-- Who asked may take the request back while nobody has decided it.
create function billing.withdraw_correction(correction_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_asked billing.corrections := billing.take_correction(withdraw_correction.correction_id);
begin
  if v_asked.asked_by is distinct from access.member_id() then
    raise exception 'Only who asked can take a request back. You can refuse it.' using errcode = 'PT403', detail = 'not_the_asker';
  end if;
  update billing.corrections as c set state = 'withdrawn', decided_at = clock.now()
  where c.tenant_id = access.tenant_id() and c.id = v_asked.id
  returning c.* into v_asked;
  return billing.correction_answer(v_asked);
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['billing.weigh_invoice_correction(text, jsonb)', 'billing.weigh_payment_correction(text, jsonb)', 'billing.weigh_time_cancel(jsonb)',
    'billing.weigh_deposit_return(jsonb)', 'billing.weigh_correction(text, jsonb)', 'billing.make_correction(billing.corrections)',
    'billing.take_correction(uuid)', 'billing.require_second_person(billing.corrections)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
grant execute on function billing.correction_answer(billing.corrections) to linyada_definer;
call access.stand_before_wall('billing.ask_correction(text, jsonb)');
call access.stand_before_wall('billing.approve_correction(uuid)');
call access.stand_before_wall('billing.refuse_correction(uuid, text)');
call access.stand_before_wall('billing.withdraw_correction(uuid)');
