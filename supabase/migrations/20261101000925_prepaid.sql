-- Prepaid: money buys time, to the second. Periods queue one behind the other; what is cancelled delays nothing behind it.

-- What an amount would buy for a prepaid service, or null when the service is not prepaid. Time begins at the later of the payment, the end
-- of what is bought already and the first day of the service, and costs what the plan of that moment costs: a plan change queues behind it.
create function billing.plan_time(subscriber_id uuid, subscription_id uuid, amount_minor bigint, bought_at timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_zone    text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_service record;
  v_seconds bigint;
begin
  select u.state, u.billing_mode, t.plan_id, t.price_minor, p.name, p.prepaid_days, p.vat_class, s.starts_at
  into v_service
  from service.subscriptions as u
  cross join lateral (
    select greatest(plan_time.bought_at, u.paid_until, u.activated_on::timestamp at time zone v_zone) as starts_at
  ) as s
  left join lateral (
    select t.plan_id, t.price_minor
    from service.subscription_terms as t
    where t.tenant_id = u.tenant_id and t.subscription_id = u.id
    order by t.valid @> (s.starts_at at time zone v_zone)::date desc, lower(t.valid) desc
    limit 1
  ) as t on true
  left join catalog.plans as p on p.tenant_id = u.tenant_id and p.id = t.plan_id
  where u.tenant_id = v_tenant and u.id = plan_time.subscription_id and u.subscriber_id = plan_time.subscriber_id;
  if not found then
    raise exception 'That service does not belong to this subscriber. Choose it again.' using errcode = 'PT404', detail = 'subscription_unknown';
  end if;
  if v_service.billing_mode <> 'prepaid' then
    return null;
  end if;
  if v_service.state <> 'active' then
    raise exception 'That service is not running, so it cannot be given time. Take the payment without it; it stays as credit.'
      using errcode = 'PT409', detail = 'subscription_not_active';
  end if;
  if v_service.price_minor is null or v_service.prepaid_days is null then
    raise exception 'That service has no prepaid price. Give it a plan first.' using errcode = 'PT409', detail = 'no_price';
  end if;
  v_seconds := billing.seconds_bought(plan_time.amount_minor, v_service.price_minor, v_service.prepaid_days);
  if v_seconds > 3660::bigint * 86400 then
    raise exception 'That would buy more than ten years. Check the amount.' using errcode = 'PT409', detail = 'too_far_ahead';
  end if;
  return jsonb_build_object('subscription_id', plan_time.subscription_id, 'plan_id', v_service.plan_id,
    'plan_name', v_service.name, 'vat_class', v_service.vat_class, 'seconds', v_seconds, 'amount_minor', plan_time.amount_minor,
    'bought_at', plan_time.bought_at, 'starts_at', v_service.starts_at, 'ends_at', v_service.starts_at + make_interval(secs => v_seconds));
end
$$;

-- Sells the planned time: an invoice of this moment, and the period. Without a payment the credit settles it; else the caller does.
-- Answers the invoice.
create function billing.sell_time(period_id uuid, subscriber_id uuid, payment_id uuid, prepaid jsonb)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant       uuid := access.tenant_id();
  v_zone         text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_bought       timestamptz := (prepaid ->> 'bought_at')::timestamptz;
  v_starts       timestamptz := (prepaid ->> 'starts_at')::timestamptz;
  v_ends         timestamptz := (prepaid ->> 'ends_at')::timestamptz;
  v_subscription uuid := (prepaid ->> 'subscription_id')::uuid;
  v_amount       bigint := (prepaid ->> 'amount_minor')::bigint;
  v_day          date := ledger.open_day((v_bought at time zone v_zone)::date);
  v_invoice      uuid;
begin
  perform ledger.account('subscriber_receivable', 'subscriber', sell_time.subscriber_id);
  select i.invoice_id into strict v_invoice
  from billing.issue(array[row(
    sell_time.subscriber_id, v_subscription, 1, 'prepaid_time',
    (prepaid ->> 'plan_name') || ', ' || to_char(v_starts at time zone v_zone, 'FMDD Mon YYYY HH24:MI') || ' to '
      || to_char(v_ends at time zone v_zone, 'FMDD Mon YYYY HH24:MI'),
    null, v_starts, v_ends, prepaid ->> 'vat_class', v_amount, null, null, null, null, null, null
  )::billing.proposed_line], v_day, v_day, take_credit => sell_time.payment_id is null) as i;

  insert into billing.prepaid_periods (tenant_id, id, subscription_id, invoice_id, payment_id, plan_id, amount_minor, bought_at, starts_at, ends_at)
  values (v_tenant, sell_time.period_id, v_subscription, v_invoice, sell_time.payment_id, (prepaid ->> 'plan_id')::uuid, v_amount,
    v_bought, v_starts, v_ends);
  update service.subscriptions as u set paid_until = v_ends where u.tenant_id = v_tenant and u.id = v_subscription;
  return v_invoice;
end
$$;

-- Sells what a payment buys: the sale is invoiced at the moment of payment and settled by it. Answers the invoice.
create function collections.sell_time(payment collections.payments, prepaid jsonb)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_invoice uuid := billing.sell_time(clock.uuid7(), payment.subscriber_id, payment.id, prepaid);
begin
  perform collections.allocate(payment.id, jsonb_build_array(jsonb_build_object(
    'invoice_id', v_invoice, 'amount_minor', prepaid -> 'amount_minor')));
  return v_invoice;
end
$$;

-- Takes a period out of the queue. Those behind it move to where they would be had it never existed: no earlier than they were bought,
-- and no later than they are.
create function billing.close_up(sale billing.prepaid_periods)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_zone   text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_queued billing.prepaid_periods;
  v_end    timestamptz;
  v_start  timestamptz;
begin
  update billing.prepaid_periods as s set cancelled_at = clock.now() where s.tenant_id = v_tenant and s.id = sale.id;

  -- Time that was paid before the first sale here (an import) stays.
  select greatest(
    (select max(s.ends_at) from billing.prepaid_periods as s
      where s.tenant_id = v_tenant and s.subscription_id = sale.subscription_id and s.cancelled_at is null and s.starts_at < sale.starts_at),
    (select case when s.starts_at > s.bought_at then s.starts_at end
      from billing.prepaid_periods as s
      where s.tenant_id = v_tenant and s.subscription_id = sale.subscription_id
      order by s.id limit 1))
  into v_end;
  for v_queued in
    select s.* from billing.prepaid_periods as s
    where s.tenant_id = v_tenant and s.subscription_id = sale.subscription_id and s.cancelled_at is null and s.starts_at > sale.starts_at
    order by s.starts_at
  loop
    v_start := greatest(v_end, v_queued.bought_at, (select u.activated_on::timestamp at time zone v_zone
      from service.subscriptions as u where u.tenant_id = v_tenant and u.id = v_queued.subscription_id));
    if v_start < v_queued.starts_at then
      update billing.prepaid_periods as s set cancelled_at = clock.now() where s.tenant_id = v_tenant and s.id = v_queued.id;
      insert into billing.prepaid_periods (tenant_id, subscription_id, invoice_id, payment_id, plan_id, amount_minor, bought_at, starts_at, ends_at)
      values (v_tenant, v_queued.subscription_id, v_queued.invoice_id, v_queued.payment_id, v_queued.plan_id, v_queued.amount_minor,
        v_queued.bought_at, v_start, v_start + (v_queued.ends_at - v_queued.starts_at))
      returning ends_at into v_end;
    else
      v_end := v_queued.ends_at;
    end if;
  end loop;

  update service.subscriptions as u set paid_until = v_end where u.tenant_id = v_tenant and u.id = sale.subscription_id;
  perform billing.queue_plan(sale.subscription_id, v_end);
end
$$;

-- A plan that waits behind the time bought begins when that time ends, also when it now ends earlier.
create function billing.queue_plan(subscription_id uuid, paid_until timestamptz)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_zone   text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_day    date := (greatest(queue_plan.paid_until, clock.now()) at time zone v_zone)::date;
  v_next   service.subscription_terms;
begin
  select t.* into v_next from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = queue_plan.subscription_id order by lower(t.valid) desc limit 1;
  if lower(v_next.valid) <= v_day then
    return;
  end if;
  update service.subscription_terms as t set valid = daterange(lower(t.valid), greatest(v_day, lower(t.valid) + 1))
  where t.tenant_id = v_tenant and t.subscription_id = queue_plan.subscription_id and upper(t.valid) = lower(v_next.valid);
  update service.subscription_terms as t set valid = daterange(
      coalesce((select upper(o.valid) from service.subscription_terms as o
        where o.tenant_id = v_tenant and o.subscription_id = queue_plan.subscription_id and o.id <> t.id order by lower(o.valid) desc limit 1), v_day),
      upper(t.valid))
  where t.tenant_id = v_tenant and t.id = v_next.id;
end
$$;

-- Undoes a sale of a payment that is void: its invoice is void (and keeps its number), its period is cancelled.
create function collections.take_back_sale(sale billing.prepaid_periods, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  perform ledger.reverse(t.id, 'invoice', sale.invoice_id)
  from ledger.transactions as t
  where t.tenant_id = v_tenant and t.idempotency_key = 'invoice:' || sale.invoice_id;
  update billing.invoices as i set state = 'void', balance_minor = 0, voided_at = clock.now(), void_reason = take_back_sale.reason
  where i.tenant_id = v_tenant and i.id = sale.invoice_id;
  update billing.invoice_lines as l set in_force = false where l.tenant_id = v_tenant and l.invoice_id = sale.invoice_id;
  perform billing.close_up(sale);
end
$$;

-- Time from credit -------------------------------------------------------------------------------

-- How much time the credit of a subscriber would buy, for the button.
create function billing.preview_time(subscription_id uuid, amount_minor bigint default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant     uuid := access.tenant_id();
  v_subscriber uuid;
  v_credit     bigint;
  v_amount     bigint;
begin
  perform access.require('payments.record');
  select u.subscriber_id into v_subscriber from service.subscriptions as u where u.tenant_id = v_tenant and u.id = preview_time.subscription_id;
  if not found then
    raise exception 'That service is not here. Reload the page.' using errcode = 'PT404', detail = 'subscription_unknown';
  end if;
  v_credit := collections.credit_of(v_subscriber);
  v_amount := coalesce(preview_time.amount_minor, v_credit);
  if v_amount <= 0 or v_amount > v_credit then
    return jsonb_build_object('credit_minor', v_credit, 'prepaid', null);
  end if;
  return jsonb_build_object('credit_minor', v_credit,
    'prepaid', billing.plan_time(v_subscriber, preview_time.subscription_id, v_amount, clock.now()) - '{plan_id,vat_class}'::text[]);
end
$$;

-- Buys time for a prepaid service from the subscriber's credit: id, subscription_id, amount_minor. The same id again answers the same.
create function billing.buy_time(purchase jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant       uuid := access.tenant_id();
  v_id           uuid;
  v_subscription uuid;
  v_amount       bigint;
  v_subscriber   uuid;
  v_invoice      uuid;
  v_prepaid      jsonb;
  v_old          billing.prepaid_periods;
begin
  perform access.require('payments.record');
  begin
    v_id := (purchase ->> 'id')::uuid;
    v_subscription := (purchase ->> 'subscription_id')::uuid;
    v_amount := (purchase ->> 'amount_minor')::bigint;
  exception when invalid_text_representation or numeric_value_out_of_range then
    v_id := null;
  end;
  if v_id is null or coalesce(v_amount, 0) not between 1 and 9999999999 then
    raise exception 'Give an amount above 0 and at most the credit.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  select u.subscriber_id into v_subscriber from service.subscriptions as u where u.tenant_id = v_tenant and u.id = v_subscription;
  if not found then
    raise exception 'That service is not here. Reload the page.' using errcode = 'PT404', detail = 'subscription_unknown';
  end if;
  perform service.hold_subscriber(v_subscriber);

  select s.* into v_old from billing.prepaid_periods as s where s.tenant_id = v_tenant and s.id = v_id;
  if found then
    if (v_old.subscription_id, v_old.amount_minor) is distinct from (v_subscription, v_amount) then
      raise exception 'This purchase was already recorded with other facts. Reload the page and start again.' using errcode = 'PT409', detail = 'purchase_conflict';
    end if;
    return jsonb_build_object('id', v_old.id, 'invoice_id', v_old.invoice_id, 'starts_at', v_old.starts_at, 'ends_at', v_old.ends_at, 'duplicate', true);
  end if;
  if v_amount > collections.credit_of(v_subscriber) then
    raise exception 'The credit is only %. Use at most that much.', collections.format_minor(collections.credit_of(v_subscriber))
      using errcode = 'PT409', detail = 'credit_too_small';
  end if;

  v_prepaid := billing.plan_time(v_subscriber, v_subscription, v_amount, clock.now());
  if v_prepaid is null then
    raise exception 'That service is billed monthly; its next invoice takes the credit by itself.' using errcode = 'PT409', detail = 'not_prepaid';
  end if;
  v_invoice := billing.sell_time(v_id, v_subscriber, null, v_prepaid);
  perform collections.close_nonpayment_holds(v_subscriber);
  return jsonb_build_object('id', v_id, 'invoice_id', v_invoice, 'starts_at', v_prepaid -> 'starts_at', 'ends_at', v_prepaid -> 'ends_at', 'duplicate', false);
end
$$;

-- Cancelling -------------------------------------------------------------------------------------

create function billing.refuse_cancel_of_time(sale billing.prepaid_periods)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if sale.id is null then
    raise exception 'That period is not here. Reload the page.' using errcode = 'PT404', detail = 'period_unknown';
  end if;
  if sale.cancelled_at is not null then
    raise exception 'That period was cancelled or moved already. Reload the page.' using errcode = 'PT409', detail = 'period_cancelled';
  end if;
  if sale.starts_at <= clock.now() then
    raise exception 'That period has begun. Only time that waits can be cancelled; end the service to stop it.' using errcode = 'PT409', detail = 'period_begun';
  end if;
end
$$;

-- Cancels a period that has not begun. Its price comes back as credit, with a credit note, and the periods behind it close up. Callers hold
-- the subscriber.
create function billing.cancel_time(note_id uuid, period_id uuid, reason text)
returns billing.credit_notes
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_sale billing.prepaid_periods;
begin
  select s.* into v_sale from billing.prepaid_periods as s where s.tenant_id = access.tenant_id() and s.id = cancel_time.period_id;
  perform billing.refuse_cancel_of_time(v_sale);
  -- First the time, then its price: the credit may pay what else is open.
  perform billing.close_up(v_sale);
  return billing.issue_credit_note(cancel_time.note_id, v_sale.invoice_id, cancel_time.reason, v_sale.amount_minor);
end
$$;

-- A new plan for a prepaid service. It begins when the time bought already ends, or now when there is none: that time was sold with the old
-- plan. A plan that waits already is replaced. Asking for the plan the service has takes a waiting one back.
create function billing.change_prepaid_plan(subscription_id uuid, plan_id uuid, price_minor bigint default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_zone    text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_service service.subscriptions;
  v_plan    catalog.plans;
  v_day     date;
  v_price   bigint;
  v_current service.subscription_terms;
begin
  perform access.require('subscribers.manage');
  v_service := service.hold_subscription(change_prepaid_plan.subscription_id);
  if v_service.state <> 'active' then
    raise exception 'That service is not running, so its plan cannot change.' using errcode = 'PT409', detail = 'subscription_not_active';
  end if;
  select p.* into v_plan from catalog.plans as p where p.tenant_id = v_tenant and p.id = change_prepaid_plan.plan_id;
  if not found or not v_plan.is_active then
    raise exception 'Choose a plan that is on offer.' using errcode = 'PT404', detail = 'plan_unknown';
  end if;
  if v_service.billing_mode <> 'prepaid' or v_plan.billing_mode <> 'prepaid' then
    raise exception 'A prepaid service takes a prepaid plan. To bill it monthly, end it and start a new service.' using errcode = 'PT409', detail = 'other_mode';
  end if;

  v_day := greatest((greatest(v_service.paid_until, clock.now()) at time zone v_zone)::date, v_service.activated_on);
  v_price := coalesce(change_prepaid_plan.price_minor, catalog.price_on(v_plan.id, v_day), catalog.price_on(v_plan.id, clock.today(v_tenant)));
  if v_price is null then
    raise exception 'Plan % has no price yet. Give it one first.', v_plan.name using errcode = 'PT409', detail = 'plan_without_price';
  end if;

  delete from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = v_service.id and lower(t.valid) >= v_day;
  select t.* into v_current from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = v_service.id order by lower(t.valid) desc limit 1;
  if v_current.plan_id = v_plan.id and v_current.price_minor = v_price then
    update service.subscription_terms as t set valid = daterange(lower(t.valid), null) where t.tenant_id = v_tenant and t.id = v_current.id;
  else
    update service.subscription_terms as t set valid = daterange(lower(t.valid), v_day) where t.tenant_id = v_tenant and t.id = v_current.id;
    insert into service.subscription_terms (tenant_id, subscription_id, plan_id, price_minor, valid)
    values (v_tenant, v_service.id, v_plan.id, v_price, daterange(v_day, null));
  end if;
  return jsonb_build_object('subscription_id', v_service.id, 'plan_id', v_plan.id, 'price_minor', v_price, 'from_on', v_day,
    'from_at', greatest(v_service.paid_until, clock.now()));
exception when check_violation then
  raise exception 'A price is more than 0 and at most 99,999,999.99.' using errcode = 'PT400', detail = 'invalid_price';
end
$$;
grant delete on service.subscription_terms to linyada_definer;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['billing.plan_time(uuid, uuid, bigint, timestamptz)', 'billing.sell_time(uuid, uuid, uuid, jsonb)',
    'collections.sell_time(collections.payments, jsonb)', 'billing.close_up(billing.prepaid_periods)', 'billing.queue_plan(uuid, timestamptz)',
    'collections.take_back_sale(billing.prepaid_periods, text)', 'billing.refuse_cancel_of_time(billing.prepaid_periods)',
    'billing.cancel_time(uuid, uuid, text)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['billing.preview_time(uuid, bigint)', 'billing.buy_time(jsonb)', 'billing.change_prepaid_plan(uuid, uuid, bigint)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
