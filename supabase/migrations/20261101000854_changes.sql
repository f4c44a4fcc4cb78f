-- Changes of a service: what is said to be true from a day on, which may lie in the past; what was billed otherwise is mended by the next
-- invoice. Here is what all changes share; what each does stands with its subject.

create table service.changes (
  tenant_id       uuid        not null references tenancy.tenants (id),
  id              uuid        not null,
  subscription_id uuid        not null,
  kind            text        not null check (kind in ('sold', 'activated', 'sale_cancelled', 'plan', 'plan_cancelled', 'pause', 'pause_ended', 'ended',
    'returned', 'bill_day')),
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
create unique index changes_sold_idx on service.changes (tenant_id, subscription_id) where kind = 'sold';
create index changes_maker_idx on service.changes (tenant_id, made_by);

call access.wall('service.changes');
grant select on service.changes to authenticated;
create policy changes_read on service.changes for select to authenticated using ((select access.can('subscribers.read')));

-- The change ---------------------------------------------------------------------------------------

-- Makes a change that somebody may make: {id, subscription_id, …} of a kind. The same again answers the same, and the same id with other
-- content is refused. Who does it answers what came of it, with the day it counts from in on_day.
create function service.make_change(kind text, change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_id      uuid := service.command_id(change);
  v_service service.subscriptions;
  v_made    service.changes;
  v_answer  jsonb;
begin
  perform access.require('subscribers.manage');
  v_service := service.hold_subscription((change ->> 'subscription_id')::uuid);
  select c.* into v_made from service.changes as c where c.tenant_id = v_tenant and c.id = v_id;
  if service.is_command_known(v_made.request || jsonb_build_object('kind', v_made.kind),
    make_change.change || jsonb_build_object('kind', make_change.kind), 'change_conflict') then
    return v_made.answer;
  end if;
  if make_change.kind not in ('activated', 'sale_cancelled', 'ended', 'returned') then
    perform service.require_running(v_service);
  end if;

  v_answer := case make_change.kind
    when 'activated' then service.activate(v_service, change)
    when 'sale_cancelled' then service.cancel_sale(v_service, change)
    when 'plan' then service.change_plan(v_service, change)
    when 'plan_cancelled' then service.cancel_plan_change(v_service)
    when 'pause' then service.pause(v_service, change)
    when 'pause_ended' then service.end_pause(v_service, change)
    when 'ended' then service.terminate(v_service, change)
    when 'returned' then service.reactivate(v_service, change)
    when 'bill_day' then service.change_bill_day(v_service, change) end;
  if v_answer is null then
    raise exception 'There is no such change of a service. Reload the page.' using errcode = 'PT400', detail = 'change_unknown';
  end if;

  insert into service.changes (tenant_id, id, subscription_id, kind, on_day, request, answer, made_by)
  values (v_tenant, v_id, v_service.id, make_change.kind, (v_answer ->> 'on_day')::date, make_change.change, v_answer, access.member_id());
  return v_answer;
end
$$;

-- The parts of a change ----------------------------------------------------------------------------

-- Holds the subscriber of a service, and answers the service.
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
  perform service.hold_subscribers(array(
    select u.subscriber_id from service.subscriptions as u where u.tenant_id = v_tenant and u.id = hold_subscription.subscription_id));
  select u.* into v_service from service.subscriptions as u where u.tenant_id = v_tenant and u.id = hold_subscription.subscription_id;
  if not found then
    raise exception 'That service is not here. Reload the page.' using errcode = 'PT404', detail = 'subscription_unknown';
  end if;
  return v_service;
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
  if subscription.state = 'pending' then
    raise exception 'This service has not begun. Activate it first.' using errcode = 'PT409', detail = 'not_begun';
  end if;
  if subscription.state = 'terminated' then
    raise exception 'This service ends on %. Take it back first.', to_char(subscription.terminated_on, 'FMDD Mon YYYY')
      using errcode = 'PT409', detail = 'already_terminated';
  end if;
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

do $$
declare
  v_function text;
begin
  foreach v_function in array array['service.make_change(text, jsonb)', 'service.hold_subscription(uuid)',
    'service.require_running(service.subscriptions)', 'service.billed_until(uuid)', 'service.anchor_of(service.subscriptions)',
    'service.period_end(service.subscriptions)', 'service.look_again(uuid, date)', 'service.require_day(service.subscriptions, date)']
  loop
    call access.stand_before_wall(v_function::regprocedure, case when v_function like 'service.make_change%' then 'authenticated' end);
  end loop;
end
$$;
grant execute on function service.bill_anchor(text, date) to linyada_definer;
