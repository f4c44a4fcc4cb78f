-- Services that are sold and not begun: they wait without being billed until somebody activates them, or the sale is cancelled.

-- Begins a service that was sold: {id, subscription_id, on_day}. It is billed from that day, at the price it was sold at or, where none was agreed
-- with this subscriber, at the one that everyone on the plan follows since. The installation fee goes on its first invoice.
create function service.activate(subscription service.subscriptions, change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_day    date := coalesce(service.command_day(change, 'on_day'), clock.today(access.tenant_id()));
  v_sold   jsonb;
  v_term   service.subscription_terms;
  v_price  bigint;
begin
  perform service.require_waiting(subscription);
  perform service.require_day(subscription, v_day);
  select c.request into strict v_sold from service.changes as c
  where c.tenant_id = v_tenant and c.subscription_id = subscription.id and c.kind = 'sold';
  delete from service.subscription_terms as t where t.tenant_id = v_tenant and t.subscription_id = subscription.id
  returning t.* into strict v_term;
  v_price := coalesce(case when not v_term.is_special then (
    select p.price_minor from catalog.plan_prices as p
    where p.tenant_id = v_tenant and p.plan_id = v_term.plan_id and p.is_followed
      and lower(p.valid) > lower(v_term.valid) and lower(p.valid) <= v_day
    order by p.valid desc limit 1) end, v_term.price_minor);

  update service.subscriptions as s set state = 'active', activated_on = v_day,
    bill_anchor_on = coalesce(s.bill_anchor_on, service.bill_anchor(v_sold ->> 'bill_day', v_day)), updated_at = clock.now()
  where s.tenant_id = v_tenant and s.id = subscription.id
  returning s.* into subscription;
  perform service.set_terms(subscription, v_term.plan_id, v_price, v_term.is_special, v_day);
  perform service.charge_installation(subscription, v_sold);
  return jsonb_build_object('on_day', v_day, 'price_minor', v_price,
    'plan_name', (select p.name from catalog.plans as p where p.tenant_id = v_tenant and p.id = v_term.plan_id));
end
$$;

-- Takes back the sale of a service that never began: {id, subscription_id, reason}. Nothing of it is billed any more.
create function service.cancel_sale(subscription service.subscriptions, change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_today  date := clock.today(access.tenant_id());
begin
  perform service.require_waiting(subscription);
  if coalesce(length(btrim(change ->> 'reason')), 0) not between 1 and 250 then
    raise exception 'Say why, in at most 250 letters.' using errcode = 'PT422', detail = 'reason_missing';
  end if;
  perform set_config('linyada.reason', change ->> 'reason', true);
  update billing.charges as c set cancelled_at = clock.now()
  where c.tenant_id = v_tenant and c.subscription_id = subscription.id and c.remaining is distinct from 0 and c.cancelled_at is null;
  -- A service of no days: it began and ended on the day nothing came of it.
  update service.subscriptions as s set state = 'terminated', activated_on = v_today, terminated_on = v_today, updated_at = clock.now()
  where s.tenant_id = v_tenant and s.id = subscription.id;
  return jsonb_build_object('on_day', v_today);
end
$$;

-- A service that was sold and waits to begin; else a sentence says why not.
create function service.require_waiting(subscription service.subscriptions)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if subscription.state = 'active' then
    raise exception 'This service began on % already. Reload the page.', to_char(subscription.activated_on, 'FMDD Mon YYYY')
      using errcode = 'PT409', detail = 'already_active';
  end if;
  if subscription.state = 'terminated' then
    raise exception 'This service was cancelled or has ended. Reload the page.' using errcode = 'PT409', detail = 'already_terminated';
  end if;
end
$$;

-- Asks the installation fee of a service, on its first invoice.
create function service.charge_installation(subscription service.subscriptions, sold jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into billing.charges (tenant_id, subscriber_id, subscription_id, kind, description, amount_minor, vat_class, starts_on, created_by)
  select subscription.tenant_id, subscription.subscriber_id, subscription.id, 'one_time', 'Installation', (sold ->> 'installation_fee_minor')::bigint,
    p.vat_class, least(subscription.activated_on, clock.today(subscription.tenant_id)), access.member_id()
  from catalog.plans as p
  where p.tenant_id = subscription.tenant_id and p.id = (sold ->> 'plan_id')::uuid and nullif(sold ->> 'installation_fee_minor', '') is not null;
end
$$;

call access.stand_before_wall('service.activate(service.subscriptions, jsonb)', null);
call access.stand_before_wall('service.cancel_sale(service.subscriptions, jsonb)', null);
call access.stand_before_wall('service.charge_installation(service.subscriptions, jsonb)', null);
grant execute on function service.require_waiting(service.subscriptions) to linyada_definer;
