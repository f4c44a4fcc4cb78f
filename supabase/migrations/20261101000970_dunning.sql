-- Dunning: what happens to an invoice that is not paid, day by day, and what ends it.

-- Switches services on again that were off for nonpayment, once nothing of the subscriber is past due.
create function collections.close_nonpayment_holds(subscriber_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  if exists (
    select from billing.invoices as i
    where i.tenant_id = v_tenant and i.subscriber_id = close_nonpayment_holds.subscriber_id and i.state = 'open'
      and i.due_on < clock.today(v_tenant)
  ) then
    return;
  end if;
  update service.holds as h set
    closed_at = greatest(clock.now(), h.opened_at), closed_by = access.member_id(), closed_reason = 'Paid'
  from service.subscriptions as u
  where u.tenant_id = v_tenant and u.subscriber_id = close_nonpayment_holds.subscriber_id
    and (u.billing_mode = 'postpaid' or u.paid_until > clock.now())
    and h.tenant_id = u.tenant_id and h.subscription_id = u.id and h.kind = 'nonpayment' and h.closed_at is null;
end
$$;
call access.stand_before_wall('collections.close_nonpayment_holds(uuid)', null);

create function collections.take_promise(id uuid, subscriber_id uuid, promised_on date, amount_minor bigint, note text, made_at timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into collections.promises (tenant_id, id, subscriber_id, promised_on, amount_minor, note, taken_by, made_at)
  values (access.tenant_id(), take_promise.id, take_promise.subscriber_id, take_promise.promised_on, take_promise.amount_minor,
    nullif(left(btrim(take_promise.note), 300), ''), access.member_id(), take_promise.made_at);
  return jsonb_build_object('promise_id', id);
end
$$;
call access.stand_before_wall('collections.take_promise(uuid, uuid, date, bigint, text, timestamptz)', null);
