-- Terms of a service over time: start, change of plan, pause, end, return, bill day, and new prices of a plan.
-- A command says what shall be true from a day on, which may lie in the past; what was billed otherwise is mended by the next invoice.
-- A command brings its own id: the same again answers the same, and the same id with other content is refused.

create table service.changes (
  tenant_id       uuid        not null references tenancy.tenants (id),
  id              uuid        not null,
  subscription_id uuid        not null,
  kind            text        not null check (kind in ('plan', 'plan_cancelled', 'pause', 'pause_ended', 'ended', 'returned', 'bill_day')),
  on_day          date        not null,
  request         jsonb       not null,
  answer          jsonb       not null,
  made_by         uuid,
  made_at         timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  foreign key (tenant_id, subscription_id) references service.subscriptions (tenant_id, id),
  foreign key (tenant_id, made_by) references access.members (tenant_id, id)
);
comment on table service.changes is 'What was done to a service, with what was asked and answered: its history, and how a repeated command is known.';
create index changes_subscription_idx on service.changes (tenant_id, subscription_id, made_at);
create index changes_maker_idx on service.changes (tenant_id, made_by);

call access.wall('service.changes');
grant select on service.changes to authenticated;
create policy changes_read on service.changes for select to authenticated using ((select access.can('subscribers.read')));

-- The parts of a command -------------------------------------------------------------------------

-- Holds the subscriber of a service that somebody who may changes, as everything does that touches its money, and answers the service.
create function service.hold_subscription(subscription_id uuid)
returns service.subscriptions
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_service service.subscriptions;
begin
  perform access.require('subscribers.manage');
  perform from service.subscribers as s
  where s.tenant_id = v_tenant and s.id = (
    select u.subscriber_id from service.subscriptions as u where u.tenant_id = v_tenant and u.id = hold_subscription.subscription_id)
  for no key update;
  select u.* into v_service from service.subscriptions as u where u.tenant_id = v_tenant and u.id = hold_subscription.subscription_id;
  if not found then
    raise exception 'That service is not here. Reload the page.' using errcode = 'PT404', detail = 'subscription_unknown';
  end if;
  return v_service;
end
$$;

-- What this command was answered before, or null. The subscriber is held.
create function service.answer_of(kind text, change jsonb)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_change service.changes;
begin
  if (change ->> 'id') is null then
    raise exception 'A change needs an id of its own. Reload the page.' using errcode = 'PT400', detail = 'id_missing';
  end if;
  select c.* into v_change from service.changes as c where c.tenant_id = access.tenant_id() and c.id = (change ->> 'id')::uuid;
  if found and (v_change.kind, v_change.request) is distinct from (answer_of.kind, answer_of.change) then
    raise exception 'This change was already made with other facts. Reload the page and look at the service.'
      using errcode = 'PT409', detail = 'change_conflict';
  end if;
  return v_change.answer;
end
$$;

create function service.note_change(kind text, change jsonb, on_day date, answer jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into service.changes (tenant_id, id, subscription_id, kind, on_day, request, answer, made_by)
  values (access.tenant_id(), (change ->> 'id')::uuid, (change ->> 'subscription_id')::uuid, note_change.kind, note_change.on_day,
    note_change.change, note_change.answer, access.member_id());
  return note_change.answer;
end
$$;

-- The first day until which, as of now, a postpaid service is not billed; null when nothing is.
create function service.billed_until(subscription_id uuid)
returns date
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select (max(l.service_until) at time zone t.time_zone)::date
    from billing.invoice_lines as l
    join tenancy.tenants as t on t.id = l.tenant_id
    where l.tenant_id = access.tenant_id() and l.subscription_id = billed_until.subscription_id
      and l.kind in ('recurring', 'proration') and l.in_force
    group by t.time_zone);
end
$$;

-- The calendar of a service: the day its periods are counted from.
create function service.anchor_of(subscription service.subscriptions)
returns date
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce(subscription.bill_anchor_on, (
    select billing.anchor(s.invoice_day) from tenancy.billing_settings as s where s.tenant_id = access.tenant_id()));
end
$$;

-- The first day the running price does not cover: the end of what is billed, or else of the period today lies in.
create function service.period_end(subscription service.subscriptions)
returns date
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_today date := clock.today(access.tenant_id());
begin
  return coalesce(
    (select b.day from (select service.billed_until(subscription.id) as day) as b where b.day > v_today),
    (select p.until_on from billing.period_of(service.anchor_of(subscription), greatest(v_today, subscription.activated_on)) as p));
end
$$;

-- Reads a bill day as people say it: the ISP's own, the day the service began, a day of the month, or its last day.
create function service.bill_anchor(bill_day text, activated_on date)
returns date
language plpgsql
immutable
set search_path = ''
as $$
begin
  case
    when coalesce(bill_anchor.bill_day, '') in ('', 'isp') then return null;
    when bill_anchor.bill_day = 'anniversary' then return bill_anchor.activated_on;
    when bill_anchor.bill_day = 'last' then return billing.anchor(31::smallint);
    when bill_anchor.bill_day ~ '^([1-9]|1\d|2[0-8])$' then return billing.anchor(bill_anchor.bill_day::smallint);
    when bill_anchor.bill_day ~ '^(29|30|31)$' then
      raise exception 'Not every month has a day %. Choose the last day of the month, or a day from 1 to 28.', bill_anchor.bill_day
        using errcode = 'PT422', detail = 'bill_day_not_in_every_month';
    else
      raise exception 'Choose a bill day from 1 to 28, the last day of the month, or the day the service began.'
        using errcode = 'PT422', detail = 'invalid_bill_day';
  end case;
end
$$;

-- From this day on, what was billed is looked at again by the next invoice.
create function service.look_again(subscription_id uuid, day date)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  update service.subscriptions as s set repair_from = least(s.repair_from, look_again.day), updated_at = clock.now()
  where s.tenant_id = access.tenant_id() and s.id = look_again.subscription_id;
end
$$;

-- A change may reach back, but not before the service began, nor into a month whose books are closed.
create function service.require_day(subscription service.subscriptions, day date)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_open date := ledger.open_day(require_day.day);
begin
  if require_day.day < subscription.activated_on then
    raise exception 'The service began on %. Choose that day or a later one.', to_char(subscription.activated_on, 'FMDD Mon YYYY')
      using errcode = 'PT409', detail = 'before_start';
  end if;
  if v_open > require_day.day then
    raise exception '% is closed, so nothing changes in it any more. Choose % or a later day.',
      to_char(require_day.day, 'FMMonth YYYY'), to_char(v_open, 'FMDD Mon YYYY') using errcode = 'PT409', detail = 'month_closed';
  end if;
end
$$;

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
  v_price record;
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
    for v_price in
      select p.price_minor, lower(p.valid) as from_on from catalog.plan_prices as p
      where p.tenant_id = subscription.tenant_id and p.plan_id = set_terms.plan_id and p.is_followed and lower(p.valid) > set_terms.from_on
      order by p.valid
    loop
      perform service.follow_price(set_terms.plan_id, v_price.price_minor, v_price.from_on, subscription.id);
    end loop;
  end if;
end
$$;

-- Lets the services of a plan follow its new price, all or one of them: each from the first period of its own calendar that begins on that
-- day or later and is not billed yet. Who has a special price keeps it.
create function service.follow_price(plan_id uuid, price_minor bigint, from_on date, subscription_id uuid default null)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_term   record;
  v_count  integer := 0;
begin
  -- A run that is at one of them now is waited for, so that what it bills counts as billed.
  perform from service.subscribers as s
  where s.tenant_id = v_tenant and s.id in (
    select u.subscriber_id from service.subscription_terms as t
    join service.subscriptions as u on u.tenant_id = t.tenant_id and u.id = t.subscription_id
    where t.tenant_id = v_tenant and t.plan_id = follow_price.plan_id
      and (follow_price.subscription_id is null or u.id = follow_price.subscription_id))
  order by s.id for no key update;
  for v_term in
    select t.id, t.subscription_id, lower(t.valid) as from_on, upper(t.valid) as until_on, greatest(lower(t.valid), d.begins_on) as begins_on
    from service.subscription_terms as t
    join service.subscriptions as u on u.tenant_id = t.tenant_id and u.id = t.subscription_id and u.billing_mode = 'postpaid'
    cross join lateral (
      select greatest(follow_price.from_on, u.activated_on, service.billed_until(u.id)) as day, service.anchor_of(u) as anchor
    ) as a
    cross join lateral (
      select case when p.starts_on = a.day then p.starts_on else p.until_on end as begins_on from billing.period_of(a.anchor, a.day) as p
    ) as d
    where t.tenant_id = v_tenant and t.plan_id = follow_price.plan_id and not t.is_special and t.price_minor <> follow_price.price_minor
      and u.state = 'active' and (follow_price.subscription_id is null or u.id = follow_price.subscription_id)
      and (upper(t.valid) is null or upper(t.valid) > d.begins_on)
  loop
    if v_term.from_on = v_term.begins_on then
      delete from service.subscription_terms as t where t.tenant_id = v_tenant and t.id = v_term.id;
    else
      update service.subscription_terms as t set valid = daterange(v_term.from_on, v_term.begins_on)
      where t.tenant_id = v_tenant and t.id = v_term.id;
    end if;
    insert into service.subscription_terms (tenant_id, subscription_id, plan_id, price_minor, valid)
    values (v_tenant, v_term.subscription_id, follow_price.plan_id, follow_price.price_minor, daterange(v_term.begins_on, v_term.until_on));
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

-- Start and bill day -----------------------------------------------------------------------------

-- Starts a service: the plan and its price from a day on. A postpaid one is billed from that day; a prepaid one waits for its first payment.
-- bill_day: isp (the default), anniversary, last, or a day from 1 to 28.
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
begin
  perform access.require('subscribers.manage');
  v_service.tenant_id := v_tenant;
  v_service.id := coalesce((subscription ->> 'id')::uuid, clock.uuid7());
  if exists (select from service.subscriptions as s where s.tenant_id = v_tenant and s.id = v_service.id) then
    return jsonb_build_object('id', v_service.id);      -- the same service sent twice
  end if;
  v_service.activated_on := coalesce((nullif(subscription ->> 'activated_on', ''))::date, clock.today(v_tenant));
  select p.* into v_plan from catalog.plans as p where p.tenant_id = v_tenant and p.id = (subscription ->> 'plan_id')::uuid;
  if not found then
    raise exception 'Choose a plan.' using errcode = 'PT404', detail = 'plan_unknown';
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
  values (v_tenant, v_service.id, (subscription ->> 'subscriber_id')::uuid, nullif(btrim(subscription ->> 'label'), ''), v_plan.billing_mode, 'active',
    v_service.activated_on,
    coalesce((nullif(subscription ->> 'bill_anchor_on', ''))::date, service.bill_anchor(subscription ->> 'bill_day', v_service.activated_on)),
    nullif(btrim(subscription ->> 'purok'), ''), nullif(btrim(subscription ->> 'landmark'), ''),
    (nullif(subscription ->> 'latitude', ''))::double precision, (nullif(subscription ->> 'longitude', ''))::double precision)
  returning * into v_service;
  perform service.set_terms(v_service, v_plan.id, coalesce(v_asked, v_price), coalesce(v_asked <> v_price, v_asked is not null), v_service.activated_on);
  if nullif(subscription ->> 'installation_fee_minor', '') is not null then
    insert into billing.charges (tenant_id, subscriber_id, subscription_id, kind, description, amount_minor, vat_class, starts_on, created_by)
    values (v_tenant, v_service.subscriber_id, v_service.id, 'one_time', 'Installation', (subscription ->> 'installation_fee_minor')::bigint,
      v_plan.vat_class, least(v_service.activated_on, clock.today(v_tenant)), access.member_id());
  end if;
  return jsonb_build_object('id', v_service.id);
exception
  when check_violation then
    raise exception 'The service could not be started: look at the price and the day.' using errcode = 'PT400', detail = 'invalid_subscription';
  when invalid_datetime_format or datetime_field_overflow then
    raise exception 'That day does not exist. Choose another.' using errcode = 'PT400', detail = 'invalid_day';
end
$$;

-- Moves a postpaid service to another bill day: {id, subscription_id, bill_day}. The next invoice runs from the last day billed to the new
-- boundary, so that every day is billed once.
create function service.change_bill_day(change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_service service.subscriptions;
  v_answer  jsonb;
  v_anchor  date;
begin
  v_service := service.hold_subscription((change ->> 'subscription_id')::uuid);
  v_answer := service.answer_of('bill_day', change);
  if v_answer is not null then
    return v_answer;
  end if;
  perform service.require_running(v_service);
  v_anchor := service.bill_anchor(change ->> 'bill_day', v_service.activated_on);
  if v_anchor is not distinct from v_service.bill_anchor_on then
    raise exception 'The service has that bill day already.' using errcode = 'PT409', detail = 'nothing_changes';
  end if;
  update service.subscriptions as s set bill_anchor_on = v_anchor, updated_at = clock.now()
  where s.tenant_id = v_service.tenant_id and s.id = v_service.id;
  return service.note_change('bill_day', change, clock.today(v_service.tenant_id), jsonb_build_object('bill_anchor_on', v_anchor));
end
$$;

-- A postpaid service that has not ended; else a sentence says why not.
create function service.require_running(subscription service.subscriptions)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if subscription.billing_mode <> 'postpaid' then
    raise exception 'This service is prepaid: its time is bought, not billed. What comes next is set on its prepaid time.'
      using errcode = 'PT409', detail = 'service_prepaid';
  end if;
  if subscription.state = 'terminated' then
    raise exception 'This service ends on %. Take it back first.', to_char(subscription.terminated_on, 'FMDD Mon YYYY')
      using errcode = 'PT409', detail = 'already_terminated';
  end if;
end
$$;

-- Plans ------------------------------------------------------------------------------------------

-- Moves a postpaid service to another plan: {id, subscription_id, plan_id, on_day, price_minor}. The day belongs to the new plan. Without a
-- day a higher price counts from today and a lower one from the end of the period. What was planned from that day on is replaced. On a day
-- already billed, the next invoice gives back what the old plan charged from then on and charges the new one.
create function service.change_plan(change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_today   date := clock.today(v_tenant);
  v_service service.subscriptions;
  v_answer  jsonb;
  v_plan    catalog.plans;
  v_old     service.subscription_terms;
  v_day     date := (nullif(change ->> 'on_day', ''))::date;
  v_asked   bigint := (nullif(change ->> 'price_minor', ''))::bigint;
  v_price   bigint;
begin
  v_service := service.hold_subscription((change ->> 'subscription_id')::uuid);
  v_answer := service.answer_of('plan', change);
  if v_answer is not null then
    return v_answer;
  end if;
  perform service.require_running(v_service);
  select p.* into v_plan from catalog.plans as p where p.tenant_id = v_tenant and p.id = (change ->> 'plan_id')::uuid;
  if not found then
    raise exception 'Choose a plan.' using errcode = 'PT404', detail = 'plan_unknown';
  end if;
  if v_plan.billing_mode <> v_service.billing_mode then
    raise exception '% is a % plan. Choose a % one; for the other kind, end this service and start a new one.', v_plan.name, v_plan.billing_mode,
      v_service.billing_mode using errcode = 'PT409', detail = 'plan_of_other_mode';
  end if;

  select t.* into v_old from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = v_service.id and t.valid @> greatest(coalesce(v_day, v_today), v_service.activated_on);
  if v_day is null then
    v_price := coalesce(v_asked, catalog.price_on(v_plan.id, v_today));
    v_day := case when v_price < v_old.price_minor then service.period_end(v_service) else greatest(v_today, v_service.activated_on) end;
  end if;
  perform service.require_day(v_service, v_day);
  v_price := coalesce(v_asked, catalog.price_on(v_plan.id, v_day), catalog.price_on(v_plan.id, v_today));
  if v_price is null then
    raise exception 'Plan % has no price yet. Give it one first.', v_plan.name using errcode = 'PT409', detail = 'plan_without_price';
  end if;
  select t.* into v_old from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = v_service.id and t.valid @> v_day;
  if (v_old.plan_id, v_old.price_minor) = (v_plan.id, v_price) and not exists (
    select from service.subscription_terms as t
    where t.tenant_id = v_tenant and t.subscription_id = v_service.id and lower(t.valid) > v_day and t.plan_id <> v_plan.id) then
    raise exception 'The service has % at that price from % already.', v_plan.name, to_char(v_day, 'FMDD Mon YYYY')
      using errcode = 'PT409', detail = 'nothing_changes';
  end if;
  if not v_plan.is_active and v_old.plan_id <> v_plan.id then
    raise exception 'Plan % is no longer on offer. Choose another.', v_plan.name using errcode = 'PT409', detail = 'plan_retired';
  end if;

  perform service.set_terms(v_service, v_plan.id, v_price, v_asked is distinct from null and v_asked is distinct from catalog.price_on(v_plan.id, v_day), v_day);
  perform service.look_again(v_service.id, v_day);
  return service.note_change('plan', change, v_day, jsonb_build_object('on_day', v_day, 'plan_id', v_plan.id, 'plan_name', v_plan.name,
    'price_minor', v_price, 'old_plan_name', (select p.name from catalog.plans as p where p.tenant_id = v_tenant and p.id = v_old.plan_id),
    'old_price_minor', v_old.price_minor));
exception
  when check_violation or numeric_value_out_of_range or invalid_text_representation then
    raise exception 'A price is more than 0 and at most 99,999,999.99.' using errcode = 'PT400', detail = 'invalid_price';
  when invalid_datetime_format or datetime_field_overflow then
    raise exception 'That day does not exist. Choose another.' using errcode = 'PT400', detail = 'invalid_day';
end
$$;

-- Takes back the changes of plan that have not come yet: {id, subscription_id}. The plan of today goes on.
create function service.cancel_plan_change(change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_service service.subscriptions;
  v_answer  jsonb;
  v_now     service.subscription_terms;
  v_day     date;
begin
  v_service := service.hold_subscription((change ->> 'subscription_id')::uuid);
  v_answer := service.answer_of('plan_cancelled', change);
  if v_answer is not null then
    return v_answer;
  end if;
  perform service.require_running(v_service);
  select t.* into v_now from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = v_service.id
    and t.valid @> greatest(clock.today(v_tenant), v_service.activated_on);
  select min(lower(t.valid)) into v_day from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = v_service.id and lower(t.valid) >= upper(v_now.valid) and t.plan_id <> v_now.plan_id;
  if v_day is null then
    raise exception 'No change of plan is planned for this service.' using errcode = 'PT409', detail = 'nothing_planned';
  end if;

  select t.* into v_now from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = v_service.id and upper(t.valid) = v_day;
  perform service.set_terms(v_service, v_now.plan_id, v_now.price_minor, v_now.is_special, v_day);
  perform service.look_again(v_service.id, v_day);
  return service.note_change('plan_cancelled', change, v_day, jsonb_build_object('on_day', v_day,
    'plan_name', (select p.name from catalog.plans as p where p.tenant_id = v_tenant and p.id = v_now.plan_id)));
end
$$;

-- Pauses -----------------------------------------------------------------------------------------

-- Pauses a postpaid service: {id, subscription_id, from_on, until_on, fee_minor, reason}. until_on is the first day of service again; without
-- it the pause lasts until it is ended. Paused days are not billed; days billed already are given back by the next invoice, which also
-- takes the fee.
create function service.pause(change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_service service.subscriptions;
  v_answer  jsonb;
  v_from    date := (nullif(change ->> 'from_on', ''))::date;
  v_until   date := (nullif(change ->> 'until_on', ''))::date;
  v_fee     bigint := coalesce((nullif(change ->> 'fee_minor', ''))::bigint, 0);
begin
  v_service := service.hold_subscription((change ->> 'subscription_id')::uuid);
  v_answer := service.answer_of('pause', change);
  if v_answer is not null then
    return v_answer;
  end if;
  perform service.require_running(v_service);
  v_from := coalesce(v_from, clock.today(v_tenant));
  if v_until <= v_from then
    raise exception 'The first day of service again comes after the first day of the pause.' using errcode = 'PT422', detail = 'invalid_range';
  end if;
  perform service.require_day(v_service, v_from);

  insert into service.pauses (tenant_id, id, subscription_id, days, fee_minor, reason)
  values (v_tenant, (change ->> 'id')::uuid, v_service.id, daterange(v_from, v_until), v_fee, nullif(btrim(change ->> 'reason'), ''));
  if v_fee > 0 then
    insert into billing.charges (tenant_id, id, subscriber_id, subscription_id, kind, description, amount_minor, vat_class, starts_on, created_by)
    select v_tenant, (change ->> 'id')::uuid, v_service.subscriber_id, v_service.id, 'one_time',
      p.name || ', fee for the pause from ' || to_char(v_from, 'FMDD Mon YYYY'), v_fee, p.vat_class, v_from, access.member_id()
    from service.subscription_terms as t
    join catalog.plans as p on p.tenant_id = t.tenant_id and p.id = t.plan_id
    where t.tenant_id = v_tenant and t.subscription_id = v_service.id and t.valid @> v_from;
  end if;
  perform service.look_again(v_service.id, v_from);
  return service.note_change('pause', change, v_from,
    jsonb_build_object('id', change ->> 'id', 'from_on', v_from, 'until_on', v_until, 'fee_minor', v_fee));
exception
  when exclusion_violation then
    raise exception 'Some of those days are paused already. End that pause first, or choose other days.' using errcode = 'PT409', detail = 'paused_already';
  when check_violation or numeric_value_out_of_range then
    raise exception 'A fee is not below 0, and a reason has at most 300 letters.' using errcode = 'PT400', detail = 'invalid_pause';
  when invalid_datetime_format or datetime_field_overflow then
    raise exception 'That day does not exist. Choose another.' using errcode = 'PT400', detail = 'invalid_day';
end
$$;

-- Ends a pause on a day, the first of service again: {id, subscription_id, pause_id, on_day}. On its first day or before, the pause never was,
-- and its fee is not charged where no invoice took it yet.
create function service.end_pause(change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_service service.subscriptions;
  v_answer  jsonb;
  v_pause   service.pauses;
  v_day     date;
begin
  v_service := service.hold_subscription((change ->> 'subscription_id')::uuid);
  v_answer := service.answer_of('pause_ended', change);
  if v_answer is not null then
    return v_answer;
  end if;
  perform service.require_running(v_service);
  v_day := coalesce((nullif(change ->> 'on_day', ''))::date, clock.today(v_tenant));
  select p.* into v_pause from service.pauses as p
  where p.tenant_id = v_tenant and p.subscription_id = v_service.id and p.id = (change ->> 'pause_id')::uuid and p.kind = 'pause';
  if not found or upper(v_pause.days) <= v_day then
    raise exception 'That pause is over already.' using errcode = 'PT409', detail = 'pause_over';
  end if;
  perform service.require_day(v_service, greatest(v_day, lower(v_pause.days)));

  if v_day > lower(v_pause.days) then
    update service.pauses as p set days = daterange(lower(p.days), v_day) where p.tenant_id = v_tenant and p.id = v_pause.id;
  else
    v_day := lower(v_pause.days);
    delete from service.pauses as p where p.tenant_id = v_tenant and p.id = v_pause.id;
    update billing.charges as c set cancelled_at = clock.now()
    where c.tenant_id = v_tenant and c.id = v_pause.id and c.remaining > 0 and c.cancelled_at is null;
  end if;
  perform service.look_again(v_service.id, v_day);
  return service.note_change('pause_ended', change, v_day, jsonb_build_object('on_day', v_day));
exception when invalid_datetime_format or datetime_field_overflow then
  raise exception 'That day does not exist. Choose another.' using errcode = 'PT400', detail = 'invalid_day';
end
$$;

-- End and return ---------------------------------------------------------------------------------

-- Ends a service: {id, subscription_id, on_day, reason}. The day is the first without service. A postpaid one is settled at once: what is
-- not billed up to that day goes on a final invoice, less what was billed beyond it.
create function service.terminate(change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_service service.subscriptions;
  v_answer  jsonb;
  v_day     date := coalesce((nullif(change ->> 'on_day', ''))::date, clock.today(access.tenant_id()));
begin
  v_service := service.hold_subscription((change ->> 'subscription_id')::uuid);
  v_answer := service.answer_of('ended', change);
  if v_answer is not null then
    return v_answer;
  end if;
  if v_service.state = 'terminated' then
    raise exception 'That service has ended already.' using errcode = 'PT409', detail = 'already_terminated';
  end if;
  if v_service.state = 'pending' or v_day < v_service.activated_on then
    raise exception 'A service cannot end before it began.' using errcode = 'PT400', detail = 'ends_before_start';
  end if;
  perform service.require_day(v_service, v_day);
  perform set_config('linyada.reason', coalesce(change ->> 'reason', ''), true);

  delete from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = v_service.id and lower(t.valid) >= v_day and lower(t.valid) > v_service.activated_on;
  update service.subscription_terms as t set valid = daterange(lower(t.valid), v_day)
  where t.tenant_id = v_tenant and t.subscription_id = v_service.id and t.valid @> v_day and lower(t.valid) < v_day;
  delete from service.pauses as p where p.tenant_id = v_tenant and p.subscription_id = v_service.id and lower(p.days) >= v_day;
  update service.pauses as p set days = daterange(lower(p.days), v_day)
  where p.tenant_id = v_tenant and p.subscription_id = v_service.id and p.days @> v_day;
  update service.subscriptions as s set state = 'terminated', terminated_on = v_day, updated_at = clock.now()
  where s.tenant_id = v_tenant and s.id = v_service.id
  returning s.* into v_service;

  v_answer := jsonb_build_object('on_day', v_day);
  if v_service.billing_mode = 'postpaid' then
    perform service.look_again(v_service.id, v_day);
    v_answer := v_answer || service.settle(v_service);
  end if;
  return service.note_change('ended', change, v_day, v_answer);
exception when invalid_datetime_format or datetime_field_overflow then
  raise exception 'That day does not exist. Choose another.' using errcode = 'PT400', detail = 'invalid_day';
end
$$;

-- What the final invoice of an ended service would have: its lines, and why it cannot be made.
create function service.final_lines(subscription service.subscriptions)
returns setof billing.proposed_line
language sql
stable
security definer
set search_path = ''
as $$
  select p.* from billing.propose(greatest(subscription.terminated_on - 1, subscription.activated_on), array[subscription.subscriber_id], subscription.id) as p
$$;

-- Settles an ended service now, by a final invoice. Where more was billed than is owed, each invoice gets a credit note for its days, and
-- what else waits goes on the final invoice.
create function service.settle(subscription service.subscriptions)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_today  date := clock.today(access.tenant_id());
  v_due    integer := (select s.due_days from tenancy.billing_settings as s where s.tenant_id = access.tenant_id());
  v_lines  billing.proposed_line[] := array(select p from service.final_lines(subscription) as p);
  v_kept   billing.proposed_line[];
  v_notes  jsonb := '[]';
  v_answer jsonb;
begin
  if exists (select from unnest(v_lines) as l where l.problem is not null) then
    return jsonb_build_object('problem', (select l.detail from unnest(v_lines) as l where l.problem is not null limit 1));
  end if;
  if not billing.can_stand(v_lines) then
    v_notes := billing.return_by_notes(array(select l from unnest(v_lines) as l where l.returns_line_id is not null));
    v_lines := array(select l from unnest(v_lines) as l where l.returns_line_id is null);
    v_kept := array(select l from unnest(v_lines) as l where l.amount_minor > 0 or l.subscription_id = subscription.id);
    v_lines := case when billing.can_stand(v_lines) then v_lines when billing.can_stand(v_kept) then v_kept end;
  end if;
  if cardinality(v_lines) > 0 then
    select jsonb_build_object('invoice_id', i.invoice_id, 'number', i.number, 'total_minor', i.total_minor) into v_answer
    from billing.issue(v_lines, v_today, v_today + v_due, take_credit => true) as i;
  end if;
  update service.subscriptions as s set repair_from = null
  where s.tenant_id = subscription.tenant_id and s.id = subscription.id and s.repair_from is not null;
  return jsonb_build_object('invoice', v_answer, 'credit_notes', v_notes);
end
$$;

-- Whether lines make an invoice: it and its VAT are not below nothing.
create function billing.can_stand(lines billing.proposed_line[])
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(sum(l.amount_minor) >= 0 and coalesce(sum(l.amount_minor) filter (where l.vat_class = 'vatable'), 0) >= 0, true)
  from unnest(can_stand.lines) as l
$$;

-- Takes an ended service back from a day on: {id, subscription_id, on_day, plan_id, price_minor}. Without a plan it has its last one. The days
-- between stay without service; an end that has not come yet is simply taken back.
create function service.reactivate(change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_service service.subscriptions;
  v_answer  jsonb;
  v_last    service.subscription_terms;
  v_plan    catalog.plans;
  v_day     date;
  v_asked   bigint := (nullif(change ->> 'price_minor', ''))::bigint;
  v_price   bigint;
begin
  v_service := service.hold_subscription((change ->> 'subscription_id')::uuid);
  v_answer := service.answer_of('returned', change);
  if v_answer is not null then
    return v_answer;
  end if;
  if v_service.state <> 'terminated' then
    raise exception 'That service has not ended.' using errcode = 'PT409', detail = 'not_terminated';
  end if;
  v_day := coalesce((nullif(change ->> 'on_day', ''))::date, clock.today(v_tenant));
  v_day := case when v_service.terminated_on > clock.today(v_tenant) then v_service.terminated_on else v_day end;
  if v_day < v_service.terminated_on then
    raise exception 'The service ended on %. Choose that day or a later one.', to_char(v_service.terminated_on, 'FMDD Mon YYYY')
      using errcode = 'PT409', detail = 'before_end';
  end if;
  perform service.require_day(v_service, v_day);
  select t.* into strict v_last from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = v_service.id order by t.valid desc limit 1;
  select p.* into v_plan from catalog.plans as p
  where p.tenant_id = v_tenant and p.id = coalesce((nullif(change ->> 'plan_id', ''))::uuid, v_last.plan_id);
  if not found or v_plan.billing_mode <> v_service.billing_mode then
    raise exception 'Choose a % plan.', v_service.billing_mode using errcode = 'PT404', detail = 'plan_unknown';
  end if;
  v_price := coalesce(v_asked, case when v_plan.id = v_last.plan_id and v_last.is_special then v_last.price_minor end,
    catalog.price_on(v_plan.id, v_day), catalog.price_on(v_plan.id, clock.today(v_tenant)), v_last.price_minor);

  if v_service.billing_mode = 'postpaid' and v_day > v_service.terminated_on then
    insert into service.pauses (tenant_id, id, subscription_id, kind, days)
    values (v_tenant, (change ->> 'id')::uuid, v_service.id, 'ended', daterange(v_service.terminated_on, v_day));
  end if;
  -- The last plan counts up to the day of return, so that the terms have no gap; the days between are not billed.
  update service.subscription_terms as t set valid = daterange(lower(t.valid), v_day)
  where t.tenant_id = v_tenant and t.id = v_last.id and v_day > lower(t.valid);
  update service.subscriptions as s set state = 'active', terminated_on = null, updated_at = clock.now()
  where s.tenant_id = v_tenant and s.id = v_service.id
  returning s.* into v_service;
  perform service.set_terms(v_service, v_plan.id, v_price,
    case when v_asked is null then v_last.is_special and v_plan.id = v_last.plan_id else v_asked is distinct from catalog.price_on(v_plan.id, v_day) end, v_day);
  perform service.look_again(v_service.id, v_day);
  return service.note_change('returned', change, v_day,
    jsonb_build_object('on_day', v_day, 'plan_name', v_plan.name, 'price_minor', v_price));
exception
  when check_violation or numeric_value_out_of_range or invalid_text_representation then
    raise exception 'A price is more than 0 and at most 99,999,999.99.' using errcode = 'PT400', detail = 'invalid_price';
  when invalid_datetime_format or datetime_field_overflow then
    raise exception 'That day does not exist. Choose another.' using errcode = 'PT400', detail = 'invalid_day';
end
$$;

-- Gives days back by credit notes, one for each invoice that charged for them. What was given up as a bad debt gives nothing back.
create function billing.return_by_notes(lines billing.proposed_line[])
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_zone   text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_credit record;
  v_note   billing.credit_notes;
  v_notes  jsonb := '[]';
begin
  for v_credit in
    select i.id, left(string_agg(l.description, '; ' order by l.position), 300) as reason, array_agg(l order by l.position) as lines,
      sum(-l.amount_minor) as total_minor, (
        select jsonb_object_agg(x.line_id, x.amount_minor)
        from (
          select g.returns_line_id as line_id, sum(-g.amount_minor)::bigint as amount_minor
          from unnest(array_agg(l)) as g group by g.returns_line_id having sum(g.amount_minor) < 0
        ) as x) as amounts
    from unnest(return_by_notes.lines) as l
    join billing.invoice_lines as c on c.tenant_id = v_tenant and c.id = l.returns_line_id
    join billing.invoices as i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
    group by i.id, i.serial
    order by i.serial
  loop
    v_note := null;
    if v_credit.total_minor > 0 then
      v_note := billing.issue_credit_note(clock.uuid7(), v_credit.id, v_credit.reason, lines => v_credit.amounts);
      v_notes := v_notes || jsonb_build_object('credit_note_id', v_note.id, 'number', v_note.number, 'total_minor', v_note.total_minor);
    end if;
    insert into billing.returned_days (tenant_id, line_id, days, amount_minor, credit_note_id)
    select v_tenant, l.returns_line_id,
      daterange((l.service_from at time zone v_zone)::date, (l.service_until at time zone v_zone)::date), -l.amount_minor, v_note.id
    from unnest(v_credit.lines) as l;
  end loop;
  return v_notes;
end
$$;

-- A void invoice charges for no day and gives none back, so its services are looked at again. One whose days a later invoice gave back stays.
create function billing.forget_lines()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_number text;
begin
  select i.number into v_number
  from new_rows as n
  join old_rows as o on o.tenant_id = n.tenant_id and o.id = n.id and o.in_force
  join billing.returned_days as r on r.tenant_id = n.tenant_id and r.line_id = n.id and r.in_force and r.by_line_id is not null
  join billing.invoice_lines as l on l.tenant_id = r.tenant_id and l.id = r.by_line_id and l.invoice_id <> n.invoice_id
  join billing.invoices as i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
  where not n.in_force
  limit 1;
  if found then
    raise exception 'Invoice % gives back days of this one. Void that invoice first, or issue a credit note instead.', v_number
      using errcode = 'PT409', detail = 'invoice_given_back';
  end if;

  update billing.returned_days as r set in_force = false
  from new_rows as n
  where not n.in_force and r.tenant_id = n.tenant_id and r.by_line_id = n.id and r.in_force;
  update service.subscriptions as s set repair_from = least(s.repair_from, x.day)
  from (
    select n.tenant_id, n.subscription_id, min((n.service_from at time zone t.time_zone)::date) as day
    from new_rows as n
    join old_rows as o on o.tenant_id = n.tenant_id and o.id = n.id and o.in_force
    join tenancy.tenants as t on t.id = n.tenant_id
    where not n.in_force and n.kind in ('recurring', 'proration')
    group by n.tenant_id, n.subscription_id
  ) as x
  where s.tenant_id = x.tenant_id and s.id = x.subscription_id;
  return null;
end
$$;
create trigger forget_lines after update on billing.invoice_lines
  referencing old table as old_rows new table as new_rows for each statement execute function billing.forget_lines();

-- What it would be -------------------------------------------------------------------------------

-- Lines as a screen shows them.
create function billing.lines_answer(lines billing.proposed_line[])
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('total_minor', coalesce(sum(l.amount_minor) filter (where l.problem is null), 0)::bigint,
    'problem', min(l.detail) filter (where l.problem is not null),
    'lines', coalesce(jsonb_agg(jsonb_build_object('subscription_id', l.subscription_id, 'kind', l.kind, 'description', l.description,
        'amount_minor', l.amount_minor, 'service_from', l.service_from, 'service_until', l.service_until,
        'gives_back', l.returns_line_id is not null) order by l.position) filter (where l.problem is null), '[]'))
  from unnest(lines_answer.lines) as l
$$;

-- The next invoice of a service's subscriber, as things stand: {"period", "total_minor", "lines", "problem"}. The run asks the same function.
create function billing.next_invoice(subscription_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_today   date := clock.today(v_tenant);
  v_service service.subscriptions;
  v_anchor  date;
  v_period  date;
  v_lines   billing.proposed_line[];
begin
  select s.* into strict v_service from service.subscriptions as s where s.tenant_id = v_tenant and s.id = next_invoice.subscription_id;
  v_anchor := service.anchor_of(v_service);
  select min(b.day) into v_period
  from (
    select billing.boundary(v_anchor, billing.months_between(v_anchor, greatest(v_today, v_service.activated_on)) + k) as day
    from generate_series(-1, 2) as k
  ) as b
  join tenancy.billing_settings as g on g.tenant_id = v_tenant and b.day >= g.first_period_on
  left join billing.runs as r on r.tenant_id = v_tenant and r.period = b.day
  where b.day >= v_service.activated_on and r.state is distinct from 'done' and (b.day >= v_today or b.day > coalesce((
    select max(d.period) from billing.runs as d where d.tenant_id = v_tenant and d.state = 'done'), v_today));
  v_lines := array(select p from billing.propose(v_period, array[v_service.subscriber_id]) as p);
  -- What waits for larger charges is shown with its lines all the same.
  if not exists (select from unnest(v_lines) as l where l.problem is distinct from 'discounts_cover_all') then
    v_lines := v_lines || array(select p from billing.propose(v_period, array[v_service.subscriber_id], v_service.id) as p);
  end if;
  return jsonb_build_object('period', v_period) || billing.lines_answer(v_lines);
end
$$;

create function service.next_invoice(subscription_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform access.require('subscribers.read');
  if not exists (select from service.subscriptions as s where s.tenant_id = access.tenant_id() and s.id = next_invoice.subscription_id) then
    raise exception 'That service is not here. Reload the page.' using errcode = 'PT404', detail = 'subscription_unknown';
  end if;
  return billing.next_invoice(next_invoice.subscription_id);
end
$$;

-- Does a command, looks at what it leads to, and takes it all back: so a quote is what the command does, and stores nothing.
-- kind: plan, plan_cancelled, pause, pause_ended, ended, returned, bill_day.
-- Answers {"change", "next_invoice"}; the change of an end says its final invoice and credit notes, with their lines in "final".
create function service.quote(kind text, change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_change jsonb := quote.change || jsonb_build_object('id', clock.uuid7());
  v_id     uuid := (quote.change ->> 'subscription_id')::uuid;
  v_answer jsonb;
  v_next   jsonb;
begin
  perform access.require('subscribers.manage');
  begin
    v_answer := case kind
      when 'plan' then service.change_plan(v_change)
      when 'plan_cancelled' then service.cancel_plan_change(v_change)
      when 'pause' then service.pause(v_change)
      when 'pause_ended' then service.end_pause(v_change)
      when 'ended' then service.terminate(v_change)
      when 'returned' then service.reactivate(v_change)
      when 'bill_day' then service.change_bill_day(v_change) end;
    if v_answer is null then
      raise exception 'There is no such change of a service. Reload the page.' using errcode = 'PT400', detail = 'change_unknown';
    end if;
    v_next := case when kind <> 'ended' then billing.next_invoice(v_id) end;
    raise exception 'Only a quote' using errcode = 'QUOTE';
  exception when sqlstate 'QUOTE' then
    return jsonb_build_object('change', v_answer, 'next_invoice', v_next);
  end;
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['service.hold_subscription(uuid)', 'service.answer_of(text, jsonb)', 'service.note_change(text, jsonb, date, jsonb)',
    'service.billed_until(uuid)', 'service.anchor_of(service.subscriptions)', 'service.period_end(service.subscriptions)',
    'service.look_again(uuid, date)', 'service.require_day(service.subscriptions, date)', 'service.require_running(service.subscriptions)',
    'service.set_terms(service.subscriptions, uuid, bigint, boolean, date)', 'service.follow_price(uuid, bigint, date, uuid)',
    'service.final_lines(service.subscriptions)', 'service.settle(service.subscriptions)', 'billing.return_by_notes(billing.proposed_line[])',
    'billing.forget_lines()', 'billing.next_invoice(uuid)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['service.start_subscription(jsonb)', 'service.change_bill_day(jsonb)', 'service.change_plan(jsonb)',
    'service.cancel_plan_change(jsonb)', 'service.pause(jsonb)', 'service.end_pause(jsonb)', 'service.terminate(jsonb)',
    'service.reactivate(jsonb)', 'service.next_invoice(uuid)', 'service.quote(text, jsonb)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function service.bill_anchor(text, date), billing.can_stand(billing.proposed_line[]), billing.lines_answer(billing.proposed_line[])
  to linyada_definer;
