-- Which plan and price a service has from when on: its start, its changes of plan, the prices of a plan that everyone follows, its bill day.

-- Gives a service a plan and price from a day on, in place of whatever was planned from then. Prices of the plan that everyone follows
-- later are followed.
create function service.set_terms(subscription service.subscriptions, plan_id uuid, price_minor bigint, is_special boolean, from_on date)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_until date;
begin
  delete from service.subscription_terms as t
  where t.tenant_id = subscription.tenant_id and t.subscription_id = subscription.id and lower(t.valid) >= set_terms.from_on;
  v_until := subscription.terminated_on;

  update service.subscription_terms as t set valid = daterange(lower(t.valid), v_until)
  where t.tenant_id = subscription.tenant_id and t.subscription_id = subscription.id
    and (t.valid @> set_terms.from_on or upper(t.valid) = set_terms.from_on)
    and (t.plan_id, t.price_minor, t.is_special) = (set_terms.plan_id, set_terms.price_minor, set_terms.is_special);
  if not found then
    update service.subscription_terms as t set valid = daterange(lower(t.valid), set_terms.from_on)
    where t.tenant_id = subscription.tenant_id and t.subscription_id = subscription.id and t.valid @> set_terms.from_on;
    insert into service.subscription_terms (tenant_id, subscription_id, plan_id, price_minor, is_special, valid)
    values (subscription.tenant_id, subscription.id, set_terms.plan_id, set_terms.price_minor, set_terms.is_special, daterange(set_terms.from_on, v_until));
  end if;

  if not set_terms.is_special then
    perform service.follow_prices(set_terms.plan_id, set_terms.from_on, subscription.id);
  end if;
end
$$;

-- Lets the services of a plan follow its new price, all or one of them: each from the first period of its own calendar that begins on that
-- day or later and is not billed yet. Who has a special price keeps it. Without a price they go back to what was agreed.
create function service.follow_price(plan_id uuid, price_minor bigint, from_on date, subscription_id uuid default null)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_term   record;
  v_next   service.subscription_terms;
  v_count  integer := 0;
begin
  -- A run that is at one of them now is waited for, so that what it bills counts as billed.
  perform service.hold_subscribers(array(
    select u.subscriber_id from service.subscription_terms as t
    join service.subscriptions as u on u.tenant_id = t.tenant_id and u.id = t.subscription_id
    where t.tenant_id = v_tenant and t.plan_id = follow_price.plan_id
      and (follow_price.subscription_id is null or u.id = follow_price.subscription_id)));
  for v_term in
    select t.id, t.subscription_id, lower(t.valid) as from_on, upper(t.valid) as until_on, greatest(lower(t.valid), d.begins_on) as begins_on,
      n.price_minor, coalesce(t.agreed_minor, t.price_minor) as agreed_minor
    from service.subscription_terms as t
    join service.subscriptions as u on u.tenant_id = t.tenant_id and u.id = t.subscription_id and u.billing_mode = 'postpaid'
    cross join lateral (select coalesce(follow_price.price_minor, t.agreed_minor, t.price_minor) as price_minor) as n
    cross join lateral (
      select greatest(follow_price.from_on, u.activated_on, service.billed_until(u.id)) as day, service.anchor_of(u) as anchor
    ) as a
    cross join lateral (
      select case when p.starts_on = a.day then p.starts_on else p.until_on end as begins_on from billing.period_of(a.anchor, a.day) as p
    ) as d
    where t.tenant_id = v_tenant and t.plan_id = follow_price.plan_id and not t.is_special and t.price_minor <> n.price_minor
      and u.state = 'active' and (follow_price.subscription_id is null or u.id = follow_price.subscription_id)
      and (upper(t.valid) is null or upper(t.valid) > d.begins_on)
    order by t.subscription_id, t.valid
  loop
    if v_term.from_on = v_term.begins_on then
      delete from service.subscription_terms as t where t.tenant_id = v_tenant and t.id = v_term.id;
    else
      update service.subscription_terms as t set valid = daterange(v_term.from_on, v_term.begins_on)
      where t.tenant_id = v_tenant and t.id = v_term.id;
    end if;
    v_next := row(v_tenant, clock.uuid7(), v_term.subscription_id, follow_price.plan_id, v_term.price_minor, false,
      nullif(v_term.agreed_minor, v_term.price_minor), daterange(v_term.begins_on, v_term.until_on), pg_current_xact_id());
    -- What is the same before it goes on.
    update service.subscription_terms as t set valid = t.valid + v_next.valid
    where t.tenant_id = v_tenant and t.subscription_id = v_next.subscription_id and upper(t.valid) = v_term.begins_on
      and (t.plan_id, t.price_minor, t.is_special) = (v_next.plan_id, v_next.price_minor, false)
      and t.agreed_minor is not distinct from v_next.agreed_minor;
    if not found then
      insert into service.subscription_terms select v_next.*;
    end if;
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

-- Lets the services of a plan follow the prices it has after a day, as far as those are followed.
create function service.follow_prices(plan_id uuid, after_on date, subscription_id uuid default null)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_price record;
begin
  for v_price in
    select p.price_minor, lower(p.valid) as from_on from catalog.plan_prices as p
    where p.tenant_id = access.tenant_id() and p.plan_id = follow_prices.plan_id and p.is_followed and lower(p.valid) > follow_prices.after_on
    order by p.valid
  loop
    perform service.follow_price(follow_prices.plan_id, v_price.price_minor, v_price.from_on, follow_prices.subscription_id);
  end loop;
end
$$;

-- Start and bill day -------------------------------------------------------------------------------

-- Starts a service: the plan and its price from a day on. A postpaid one is billed from that day; a prepaid one waits for its first payment.
-- bill_day: isp (the default), anniversary, last, or a day from 1 to 28. With waits a postpaid one is sold now and begins when it is activated.
create function service.start_subscription(subscription jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_service service.subscriptions;
  v_plan    catalog.plans;
  v_price   bigint;
  v_asked   bigint;
  v_waits   boolean := coalesce((subscription ->> 'waits')::boolean, false);
begin
  perform access.require('subscribers.manage');
  v_service.tenant_id := v_tenant;
  v_service.id := coalesce((subscription ->> 'id')::uuid, clock.uuid7());
  if exists (select from service.subscriptions as s where s.tenant_id = v_tenant and s.id = v_service.id) then
    return jsonb_build_object('id', v_service.id);      -- the same service sent twice
  end if;
  v_service.activated_on := case when not v_waits then coalesce(service.command_day(subscription, 'activated_on'), clock.today(v_tenant)) end;
  select p.* into v_plan from catalog.plans as p where p.tenant_id = v_tenant and p.id = (subscription ->> 'plan_id')::uuid;
  if not found then
    raise exception 'Choose a plan.' using errcode = 'PT404', detail = 'plan_unknown';
  end if;
  if v_waits and v_plan.billing_mode = 'prepaid' then
    raise exception 'Prepaid time begins when it is bought, so there is nothing to activate. Give the service its first day.'
      using errcode = 'PT422', detail = 'prepaid_waits_for_payment';
  end if;
  if not exists (select from service.subscribers as s where s.tenant_id = v_tenant and s.id = (subscription ->> 'subscriber_id')::uuid) then
    raise exception 'That subscriber is not here.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  v_asked := (nullif(subscription ->> 'price_minor', ''))::bigint;
  v_price := coalesce(catalog.price_on(v_plan.id, v_service.activated_on), catalog.price_on(v_plan.id, clock.today(v_tenant)));
  if coalesce(v_asked, v_price) is null then
    raise exception 'Plan % has no price yet. Give it one first.', v_plan.name using errcode = 'PT409', detail = 'plan_without_price';
  end if;

  insert into service.subscriptions (tenant_id, id, subscriber_id, label, billing_mode, state, activated_on, bill_anchor_on, purok, landmark, latitude, longitude)
  values (v_tenant, v_service.id, (subscription ->> 'subscriber_id')::uuid, nullif(btrim(subscription ->> 'label'), ''), v_plan.billing_mode,
    case when v_waits then 'pending' else 'active' end,
    v_service.activated_on,
    coalesce(service.command_day(subscription, 'bill_anchor_on'), service.bill_anchor(subscription ->> 'bill_day', v_service.activated_on)),
    nullif(btrim(subscription ->> 'purok'), ''), nullif(btrim(subscription ->> 'landmark'), ''),
    (nullif(subscription ->> 'latitude', ''))::double precision, (nullif(subscription ->> 'longitude', ''))::double precision)
  returning * into v_service;
  perform service.set_terms(v_service, v_plan.id, coalesce(v_asked, v_price), coalesce(v_asked <> v_price, v_asked is not null),
    coalesce(v_service.activated_on, clock.today(v_tenant)));
  if v_waits then
    -- What was agreed is kept until then.
    insert into service.changes (tenant_id, id, subscription_id, kind, on_day, request, answer, made_by)
    values (v_tenant, v_service.id, v_service.id, 'sold', clock.today(v_tenant), subscription, jsonb_build_object('plan_name', v_plan.name),
      access.member_id());
  else
    perform service.charge_installation(v_service, subscription);
  end if;
  return jsonb_build_object('id', v_service.id);
exception
  when check_violation then
    raise exception 'The service could not be started: look at the price and the day.' using errcode = 'PT400', detail = 'invalid_subscription';
end
$$;

-- Moves a postpaid service to another bill day: {id, subscription_id, bill_day}. The next invoice runs from the last day billed to the new
-- boundary, so that every day is billed once.
create function service.change_bill_day(subscription service.subscriptions, change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_anchor date := service.bill_anchor(change ->> 'bill_day', subscription.activated_on);
begin
  if v_anchor is not distinct from subscription.bill_anchor_on then
    raise exception 'The service has that bill day already.' using errcode = 'PT409', detail = 'nothing_changes';
  end if;
  update service.subscriptions as s set bill_anchor_on = v_anchor, updated_at = clock.now()
  where s.tenant_id = subscription.tenant_id and s.id = subscription.id;
  return jsonb_build_object('on_day', clock.today(subscription.tenant_id), 'bill_anchor_on', v_anchor);
end
$$;

-- Plans --------------------------------------------------------------------------------------------

-- Moves a postpaid service to another plan: {id, subscription_id, plan_id, on_day, price_minor}. The day belongs to the new plan. Without a
-- day a higher price counts from today and a lower one from the end of the period. What was planned from that day on is replaced. On a day
-- already billed, the next invoice gives back what the old plan charged from then on and charges the new one.
create function service.change_plan(subscription service.subscriptions, change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_today   date := clock.today(v_tenant);
  v_plan    catalog.plans;
  v_old     service.subscription_terms;
  v_day     date := service.command_day(change, 'on_day');
  v_asked   bigint := (nullif(change ->> 'price_minor', ''))::bigint;
  v_price   bigint;
begin
  select p.* into v_plan from catalog.plans as p where p.tenant_id = v_tenant and p.id = (change ->> 'plan_id')::uuid;
  if not found then
    raise exception 'Choose a plan.' using errcode = 'PT404', detail = 'plan_unknown';
  end if;
  if v_plan.billing_mode <> subscription.billing_mode then
    raise exception '% is a % plan. Choose a % one; for the other kind, end this service and start a new one.', v_plan.name, v_plan.billing_mode,
      subscription.billing_mode using errcode = 'PT409', detail = 'plan_of_other_mode';
  end if;

  select t.* into v_old from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = subscription.id and t.valid @> greatest(coalesce(v_day, v_today), subscription.activated_on);
  if v_day is null then
    v_price := coalesce(v_asked, catalog.price_on(v_plan.id, v_today));
    v_day := case when v_price < v_old.price_minor then service.period_end(subscription) else greatest(v_today, subscription.activated_on) end;
  end if;
  perform service.require_day(subscription, v_day);
  v_price := coalesce(v_asked, catalog.price_on(v_plan.id, v_day), catalog.price_on(v_plan.id, v_today));
  if v_price is null then
    raise exception 'Plan % has no price yet. Give it one first.', v_plan.name using errcode = 'PT409', detail = 'plan_without_price';
  end if;
  select t.* into v_old from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = subscription.id and t.valid @> v_day;
  if (v_old.plan_id, v_old.price_minor) = (v_plan.id, v_price) and not exists (
    select from service.subscription_terms as t
    where t.tenant_id = v_tenant and t.subscription_id = subscription.id and lower(t.valid) > v_day and t.plan_id <> v_plan.id) then
    raise exception 'The service has % at that price from % already.', v_plan.name, to_char(v_day, 'FMDD Mon YYYY')
      using errcode = 'PT409', detail = 'nothing_changes';
  end if;
  if not v_plan.is_active and v_old.plan_id <> v_plan.id then
    raise exception 'Plan % is no longer on offer. Choose another.', v_plan.name using errcode = 'PT409', detail = 'plan_retired';
  end if;

  perform service.set_terms(subscription, v_plan.id, v_price, v_asked is distinct from null and v_asked is distinct from catalog.price_on(v_plan.id, v_day), v_day);
  perform service.look_again(subscription.id, v_day);
  return jsonb_build_object('on_day', v_day, 'plan_id', v_plan.id, 'plan_name', v_plan.name, 'price_minor', v_price,
    'old_plan_name', (select p.name from catalog.plans as p where p.tenant_id = v_tenant and p.id = v_old.plan_id),
    'old_price_minor', v_old.price_minor);
exception
  when check_violation or numeric_value_out_of_range or invalid_text_representation then
    raise exception 'A price is more than 0 and at most 99,999,999.99.' using errcode = 'PT400', detail = 'invalid_price';
end
$$;

-- Takes back the changes of plan that have not come yet: {id, subscription_id}. The plan of today goes on.
create function service.cancel_plan_change(subscription service.subscriptions)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_now     service.subscription_terms;
  v_day     date;
begin
  select t.* into v_now from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = subscription.id
    and t.valid @> greatest(clock.today(v_tenant), subscription.activated_on);
  select min(lower(t.valid)) into v_day from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = subscription.id and lower(t.valid) >= upper(v_now.valid) and t.plan_id <> v_now.plan_id;
  if v_day is null then
    raise exception 'No change of plan is planned for this service.' using errcode = 'PT409', detail = 'nothing_planned';
  end if;

  select t.* into v_now from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = subscription.id and upper(t.valid) = v_day;
  perform service.set_terms(subscription, v_now.plan_id, v_now.price_minor, v_now.is_special, v_day);
  perform service.look_again(subscription.id, v_day);
  return jsonb_build_object('on_day', v_day,
    'plan_name', (select p.name from catalog.plans as p where p.tenant_id = v_tenant and p.id = v_now.plan_id));
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['service.set_terms(service.subscriptions, uuid, bigint, boolean, date)',
    'service.follow_price(uuid, bigint, date, uuid)', 'service.follow_prices(uuid, date, uuid)',
    'service.change_bill_day(service.subscriptions, jsonb)',
    'service.change_plan(service.subscriptions, jsonb)', 'service.cancel_plan_change(service.subscriptions)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
call access.stand_before_wall('service.start_subscription(jsonb)');
