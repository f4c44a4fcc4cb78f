-- Writes of the descriptive rooms: settings, places, plans, subscribers, services. Each is one intention.

-- Settings ---------------------------------------------------------------------------------------

create function tenancy.save_tenant(tenant jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform access.require('settings.manage');
  if not exists (select from pg_catalog.pg_timezone_names as z where z.name = coalesce(tenant ->> 'time_zone', 'Asia/Manila')) then
    raise exception 'That time zone is not known. Choose one from the list.' using errcode = 'PT400', detail = 'invalid_time_zone';
  end if;
  update tenancy.tenants as t set
    trade_name = coalesce(nullif(btrim(tenant ->> 'trade_name'), ''), t.trade_name),
    legal_name = nullif(btrim(tenant ->> 'legal_name'), ''),
    tin = nullif(btrim(tenant ->> 'tin'), ''),
    address = nullif(btrim(tenant ->> 'address'), ''),
    phone = nullif(btrim(tenant ->> 'phone'), ''),
    email = nullif(lower(btrim(tenant ->> 'email')), ''),
    brand_color = nullif(lower(btrim(tenant ->> 'brand_color')), ''),
    time_zone = coalesce(tenant ->> 'time_zone', t.time_zone),
    currency = coalesce(upper(tenant ->> 'currency'), t.currency),
    updated_at = clock.now()
  where t.id = access.tenant_id();
exception when check_violation then
  raise exception 'Something there is not in its form. A TIN is written 123-456-789-00000, a colour #1f6feb; names have at most 200 letters.'
    using errcode = 'PT400', detail = 'invalid_tenant';
end
$$;

-- What saves nothing is no answer to somebody who meant to save something.
create function tenancy.require_settings(settings jsonb, known text[])
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(settings) is distinct from 'object' or not settings ?| known then
    raise exception 'Nothing there is a setting of this page. Reload it and change at least one.' using errcode = 'PT400', detail = 'no_settings';
  end if;
end
$$;

create function tenancy.save_billing_settings(settings jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform access.require('settings.manage');
  perform tenancy.require_settings(settings, array['first_period_on', 'invoice_day', 'due_days', 'bills_while_suspended', 'quiet_from',
    'quiet_until', 'collector_cash_limit_minor', 'approval_limit_minor', 'collector_unsent_limit', 'collector_unsent_hours', 'collector_lock_minutes']);
  if settings ? 'first_period_on' and exists (select from billing.runs as r where r.tenant_id = access.tenant_id())
    and (settings ->> 'first_period_on')::date is distinct from (
      select s.first_period_on from tenancy.billing_settings as s where s.tenant_id = access.tenant_id()) then
    raise exception 'Billing has begun already, so its first month cannot move.' using errcode = 'PT409', detail = 'billing_began';
  end if;
  update tenancy.billing_settings as s set
    first_period_on = coalesce((settings ->> 'first_period_on')::date, s.first_period_on),
    invoice_day = coalesce((settings ->> 'invoice_day')::smallint, s.invoice_day),
    due_days = coalesce((settings ->> 'due_days')::smallint, s.due_days),
    bills_while_suspended = coalesce((settings ->> 'bills_while_suspended')::boolean, s.bills_while_suspended),
    quiet_from = coalesce((settings ->> 'quiet_from')::time, s.quiet_from),
    quiet_until = coalesce((settings ->> 'quiet_until')::time, s.quiet_until),
    collector_cash_limit_minor = case when settings ? 'collector_cash_limit_minor'
      then (settings ->> 'collector_cash_limit_minor')::bigint else s.collector_cash_limit_minor end,
    approval_limit_minor = case when settings ? 'approval_limit_minor'
      then (settings ->> 'approval_limit_minor')::bigint else s.approval_limit_minor end,
    collector_unsent_limit = coalesce((settings ->> 'collector_unsent_limit')::smallint, s.collector_unsent_limit),
    collector_unsent_hours = coalesce((settings ->> 'collector_unsent_hours')::smallint, s.collector_unsent_hours),
    collector_lock_minutes = coalesce((settings ->> 'collector_lock_minutes')::smallint, s.collector_lock_minutes),
    updated_at = clock.now()
  where s.tenant_id = access.tenant_id();
exception when check_violation or numeric_value_out_of_range or invalid_text_representation or invalid_datetime_format or datetime_field_overflow then
  raise exception 'A number is out of its range. The invoice day is 1 to 28, or the last day of the month; days are whole numbers.'
    using errcode = 'PT400', detail = 'invalid_billing_settings';
end
$$;

-- VAT or non-VAT from a day on. A regime that an issued invoice already used is not rewritten.
create function tenancy.save_tax_regime(regime text, rate_bp integer, effective_from date)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform access.require('settings.manage');
  if exists (
    select from billing.invoices as i
    where i.tenant_id = access.tenant_id() and i.issued_on >= save_tax_regime.effective_from
      and (i.regime, i.rate_bp) is distinct from (save_tax_regime.regime, save_tax_regime.rate_bp)
  ) then
    raise exception 'Invoices were already issued on or after %. Choose a later day for the new regime.', save_tax_regime.effective_from
      using errcode = 'PT409', detail = 'regime_in_use';
  end if;
  insert into tenancy.tax_regimes as r (tenant_id, regime, rate_bp, effective_from)
  values (access.tenant_id(), save_tax_regime.regime, save_tax_regime.rate_bp, save_tax_regime.effective_from)
  on conflict on constraint tax_regimes_tenant_id_effective_from_key do update set regime = excluded.regime, rate_bp = excluded.rate_bp;
exception when check_violation or not_null_violation then
  raise exception 'Choose VAT with its rate (12 %%), or non-VAT without one, and a day.' using errcode = 'PT400', detail = 'invalid_tax_regime';
end
$$;

-- The set-up list of a new ISP.
create function tenancy.setup_progress()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if access.member_id() is null then
    raise exception 'Only who works for this ISP sees how far its set-up is.' using errcode = 'PT403', detail = 'not_a_member';
  end if;
  return jsonb_build_object(
    'profile', (select t.legal_name is not null and t.address is not null from tenancy.tenants as t where t.id = access.tenant_id()),
    'billing_day', (select s.updated_at > t.created_at from tenancy.billing_settings as s join tenancy.tenants as t on t.id = s.tenant_id
      where t.id = access.tenant_id()),
    'plans', (select count(*) from catalog.plans as p where p.tenant_id = access.tenant_id()),
    'barangays', (select count(*) from places.barangays as b where b.tenant_id = access.tenant_id()),
    'members', (select count(*) from access.members as m where m.tenant_id = access.tenant_id() and m.status = 'active'),
    'invitations', (select count(*) from access.invitations as i where i.tenant_id = access.tenant_id() and i.kind = 'member'
      and i.accepted_at is null and i.withdrawn_at is null),
    'subscribers', (select count(*) from service.subscribers as s where s.tenant_id = access.tenant_id()));
end
$$;

-- Places -----------------------------------------------------------------------------------------

-- Takes barangays of the national list into service. Picking one again changes nothing. Answers how many are new.
create function places.pick_barangays(codes text[])
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count integer;
begin
  perform access.require('places.manage');
  insert into places.barangays (tenant_id, psgc_code, name, municipality)
  select access.tenant_id(), p.code, p.barangay, p.municipality
  from places.psgc as p where p.code = any (pick_barangays.codes)
  on conflict do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

create function places.save_route(route jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant    uuid := access.tenant_id();
  v_id        uuid := coalesce((route ->> 'id')::uuid, clock.uuid7());
  v_collector uuid := (nullif(route ->> 'collector_id', ''))::uuid;
begin
  perform access.require('places.manage');
  if v_collector is not null and not exists (
    select from access.members as m where m.tenant_id = v_tenant and m.id = v_collector and m.status = 'active') then
    raise exception 'That collector is not active here. Choose another.' using errcode = 'PT404', detail = 'collector_unknown';
  end if;
  insert into places.routes as r (tenant_id, id, name, collector_id)
  values (v_tenant, v_id, btrim(route ->> 'name'), v_collector)
  on conflict (tenant_id, id) do update
    set name = excluded.name, collector_id = excluded.collector_id, updated_at = clock.now();
  return jsonb_build_object('id', v_id);
exception
  when unique_violation then
    raise exception 'A route of that name exists. Choose another name.' using errcode = 'PT409', detail = 'route_name_taken';
  when check_violation or not_null_violation then
    raise exception 'Give the route a name of at most 80 letters.' using errcode = 'PT400', detail = 'invalid_route';
end
$$;

-- Sets the stops of a route in walking order. A subscriber on another route moves here.
create function places.set_route_stops(route_id uuid, subscriber_ids uuid[])
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  perform access.require('places.manage');
  if not exists (select from places.routes as r where r.tenant_id = v_tenant and r.id = set_route_stops.route_id) then
    raise exception 'That route is not here. Reload the page.' using errcode = 'PT404', detail = 'route_unknown';
  end if;
  delete from places.route_stops as s
  where s.tenant_id = v_tenant and s.route_id = set_route_stops.route_id and s.subscriber_id <> all (subscriber_ids);
  insert into places.route_stops as s (tenant_id, route_id, subscriber_id, position)
  select v_tenant, set_route_stops.route_id, w.id, min(w.position)
  from unnest(subscriber_ids) with ordinality as w(id, position)
  group by w.id
  on conflict (tenant_id, subscriber_id) do update set route_id = excluded.route_id, position = excluded.position
    where (s.route_id, s.position) is distinct from (excluded.route_id, excluded.position);
  return cardinality(subscriber_ids);
exception when foreign_key_violation then
  raise exception 'A subscriber of that list is not here. Reload the page.' using errcode = 'PT404', detail = 'subscriber_unknown';
end
$$;

-- Puts every subscriber of a barangay that is on no route yet behind the stops of this one.
create function places.add_barangay_to_route(route_id uuid, barangay_id uuid)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_count  integer;
begin
  perform access.require('places.manage');
  if not exists (select from places.routes as r where r.tenant_id = v_tenant and r.id = add_barangay_to_route.route_id) then
    raise exception 'That route is not here. Reload the page.' using errcode = 'PT404', detail = 'route_unknown';
  end if;
  insert into places.route_stops (tenant_id, route_id, subscriber_id, position)
  select v_tenant, add_barangay_to_route.route_id, s.id,
    coalesce((select max(r.position) from places.route_stops as r
      where r.tenant_id = v_tenant and r.route_id = add_barangay_to_route.route_id), 0)
    + row_number() over (order by s.purok nulls last, s.name, s.id)
  from service.subscribers as s
  where s.tenant_id = v_tenant and s.barangay_id = add_barangay_to_route.barangay_id
    and not exists (select from places.route_stops as r where r.tenant_id = v_tenant and r.subscriber_id = s.id);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- Plans ------------------------------------------------------------------------------------------

-- Creates or changes a plan. A new price counts from today and only for services started from now on.
create function catalog.save_plan(plan jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_id     uuid := coalesce((plan ->> 'id')::uuid, clock.uuid7());
  v_price  bigint := (plan ->> 'price_minor')::bigint;
  v_mode   text;
begin
  perform access.require('plans.manage');
  select p.billing_mode into v_mode from catalog.plans as p where p.tenant_id = v_tenant and p.id = v_id;
  if found and v_mode is distinct from coalesce(plan ->> 'billing_mode', v_mode) then
    raise exception 'A plan stays prepaid or postpaid. Make a new plan for the other mode.' using errcode = 'PT409', detail = 'plan_mode_fixed';
  end if;
  insert into catalog.plans as p (tenant_id, id, name, billing_mode, prepaid_days, down_mbps, up_mbps, vat_class, is_active)
  values (v_tenant, v_id, btrim(plan ->> 'name'), plan ->> 'billing_mode',
    case when plan ->> 'billing_mode' = 'prepaid' then (plan ->> 'prepaid_days')::smallint end,
    (plan ->> 'down_mbps')::integer, (plan ->> 'up_mbps')::integer,
    coalesce(plan ->> 'vat_class', 'vatable'), coalesce((plan ->> 'is_active')::boolean, true))
  on conflict (tenant_id, id) do update set
    name = excluded.name, down_mbps = excluded.down_mbps, up_mbps = excluded.up_mbps,
    vat_class = excluded.vat_class, is_active = excluded.is_active, updated_at = clock.now();
  if v_price is not null and v_price is distinct from catalog.price_on(v_id, clock.today(v_tenant)) then
    perform catalog.set_plan_price(v_id, v_price, clock.today(v_tenant));
  end if;
  return jsonb_build_object('id', v_id);
exception
  when unique_violation then
    raise exception 'A plan of that name exists. Choose another name.' using errcode = 'PT409', detail = 'plan_name_taken';
  when check_violation or not_null_violation or numeric_value_out_of_range or invalid_text_representation then
    raise exception 'A plan needs a name, a mode, speeds above 0 and a price above 0; a prepaid plan also the days one price buys (1 to 366).'
      using errcode = 'PT400', detail = 'invalid_plan';
end
$$;

-- A price from a day on. What was planned from that day is replaced; the past stays. It is for services that start from then on, or, when it
-- is followed, for everyone on the plan from their next period that is not billed yet; a special price stays. Who followed what is replaced
-- goes back, from the same period, to what was agreed and to the followed prices before it.
create function catalog.set_plan_price(plan_id uuid, price_minor bigint, from_on date, is_followed boolean default false)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_replaced boolean;
  v_count    integer := 0;
begin
  perform access.require('plans.manage');
  with replaced as (
    delete from catalog.plan_prices as p
    where p.tenant_id = v_tenant and p.plan_id = set_plan_price.plan_id and lower(p.valid) >= from_on
    returning p.is_followed
  )
  select bool_or(r.is_followed) into v_replaced from replaced as r;
  update catalog.plan_prices as p set valid = daterange(lower(p.valid), from_on)
  where p.tenant_id = v_tenant and p.plan_id = set_plan_price.plan_id and p.valid @> from_on;
  insert into catalog.plan_prices (tenant_id, plan_id, price_minor, is_followed, valid)
  values (v_tenant, set_plan_price.plan_id, set_plan_price.price_minor, set_plan_price.is_followed, daterange(from_on, null));
  if set_plan_price.is_followed then
    v_count := service.follow_price(set_plan_price.plan_id, set_plan_price.price_minor, from_on);
  elsif v_replaced then
    perform service.follow_price(set_plan_price.plan_id, null, from_on);
    perform service.follow_prices(set_plan_price.plan_id, '-infinity');
  end if;
  return jsonb_build_object('follower_count', v_count);
exception
  when foreign_key_violation then
    raise exception 'That plan is not here. Reload the page.' using errcode = 'PT404', detail = 'plan_unknown';
  when check_violation or not_null_violation then
    raise exception 'A price is more than 0 and at most 99,999,999.99.' using errcode = 'PT400', detail = 'invalid_price';
end
$$;

-- Subscribers ------------------------------------------------------------------------------------

-- The account number after the highest numeric one.
create function service.next_account_no()
returns text
language sql
stable
security definer
set search_path = ''
as $$
  -- Padded, never cut: an import may bring longer numbers.
  select lpad(n.next::text, greatest(6, length(n.next::text)), '0')
  from (
    select coalesce(max(s.account_no::bigint), 1000) + 1 as next
    from service.subscribers as s
    where s.tenant_id = access.tenant_id() and s.account_no ~ '^\d{1,12}$'
  ) as n
$$;

-- Adds or changes a subscriber. Without an account number the next one is taken.
create function service.save_subscriber(subscriber jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_id      uuid := coalesce((subscriber ->> 'id')::uuid, clock.uuid7());
  v_name    text := coalesce(nullif(btrim(subscriber ->> 'name'), ''), btrim(concat_ws(' ', btrim(subscriber ->> 'first_name'), btrim(subscriber ->> 'last_name'))));
  v_account text := nullif(btrim(subscriber ->> 'account_no'), '');
  v_barangay uuid := nullif(subscriber ->> 'barangay_id', '')::uuid;
begin
  perform access.require('subscribers.manage');
  if coalesce(v_name, '') = '' then
    raise exception 'Give the subscriber''s name.' using errcode = 'PT400', detail = 'name_missing';
  end if;
  if v_barangay is not null and not exists (select from places.barangays as b where b.tenant_id = v_tenant and b.id = v_barangay) then
    raise exception 'That barangay is not in your list. Pick it in Settings, Places, first.' using errcode = 'PT404', detail = 'barangay_unknown';
  end if;
  if nullif(subscriber ->> 'branch', '') is not null and not exists (select from tenancy.branches as b
    where b.tenant_id = v_tenant and b.code = subscriber ->> 'branch' and b.is_open) then
    raise exception 'That branch is not open. Choose another one.' using errcode = 'PT404', detail = 'branch_unknown';
  end if;
  if v_account is null then
    select s.account_no into v_account from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_id;
  end if;
  if v_account is null then
    perform pg_advisory_xact_lock(hashtextextended('account_no:' || v_tenant, 0));
    v_account := service.next_account_no();
  end if;

  insert into service.subscribers as s (tenant_id, id, account_no, kind, name, first_name, last_name, contact_person, phone, other_phone,
    email, tin, branch, barangay_id, purok, landmark, latitude, longitude, location_source, notes, source_key)
  values (v_tenant, v_id, v_account, coalesce(nullif(subscriber ->> 'kind', ''), 'person'), v_name,
    nullif(btrim(subscriber ->> 'first_name'), ''), nullif(btrim(subscriber ->> 'last_name'), ''), nullif(btrim(subscriber ->> 'contact_person'), ''),
    nullif(btrim(subscriber ->> 'phone'), ''), nullif(btrim(subscriber ->> 'other_phone'), ''), nullif(lower(btrim(subscriber ->> 'email')), ''),
    nullif(btrim(subscriber ->> 'tin'), ''), coalesce(nullif(subscriber ->> 'branch', ''), tenancy.default_branch()), v_barangay, nullif(btrim(subscriber ->> 'purok'), ''), nullif(btrim(subscriber ->> 'landmark'), ''),
    nullif(subscriber ->> 'latitude', '')::double precision, nullif(subscriber ->> 'longitude', '')::double precision,
    case when nullif(subscriber ->> 'latitude', '') is not null then coalesce(nullif(subscriber ->> 'location_source', ''), 'pin') end,
    nullif(btrim(subscriber ->> 'notes'), ''), nullif(subscriber ->> 'source_key', ''))
  on conflict (tenant_id, id) do update set
    account_no = excluded.account_no, kind = excluded.kind, name = excluded.name, first_name = excluded.first_name, last_name = excluded.last_name,
    contact_person = excluded.contact_person, phone = excluded.phone, other_phone = excluded.other_phone, email = excluded.email,
    tin = excluded.tin, branch = coalesce(nullif(subscriber ->> 'branch', ''), s.branch), barangay_id = excluded.barangay_id, purok = excluded.purok, landmark = excluded.landmark,
    latitude = excluded.latitude, longitude = excluded.longitude, location_source = excluded.location_source, notes = excluded.notes,
    updated_at = clock.now();
  return jsonb_build_object('id', v_id, 'account_no', v_account);
exception
  when unique_violation then
    raise exception 'Account number % is already used by %. Choose another.', v_account,
      coalesce((select s.name from service.subscribers as s where s.tenant_id = v_tenant and s.account_no = v_account), 'another subscriber')
      using errcode = 'PT409', detail = 'account_no_taken';
  when check_violation then
    raise exception 'Something there is too long or not in its form. Account numbers have letters, digits, dots and dashes; a pin needs both latitude and longitude.'
      using errcode = 'PT400', detail = 'invalid_subscriber';
  when invalid_text_representation or numeric_value_out_of_range then
    raise exception 'The position on the map is not a number. Set the pin again.' using errcode = 'PT400', detail = 'invalid_position';
end
$$;

create function service.open_hold(subscription_id uuid, kind text, reason text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_id uuid := clock.uuid7();
begin
  perform access.require('subscribers.manage');
  if open_hold.kind = 'nonpayment' and access.system_tenant_id() is null then
    raise exception 'Holds for nonpayment are opened by the billing calendar. Choose a manual hold.' using errcode = 'PT409', detail = 'automatic_hold';
  end if;
  insert into service.holds (tenant_id, id, subscription_id, kind, reason, opened_by)
  values (access.tenant_id(), v_id, open_hold.subscription_id, open_hold.kind, btrim(open_hold.reason), access.member_id());
  return jsonb_build_object('id', v_id);
exception
  when unique_violation then
    raise exception 'Such a hold is open already.' using errcode = 'PT409', detail = 'hold_open';
  when foreign_key_violation then
    raise exception 'That service is not here. Reload the page.' using errcode = 'PT404', detail = 'subscription_unknown';
  when check_violation or not_null_violation then
    raise exception 'Choose a kind of hold and say why, in at most 300 letters.' using errcode = 'PT400', detail = 'invalid_hold';
end
$$;

create function service.close_hold(hold_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform access.require('subscribers.manage');
  update service.holds as h set closed_at = greatest(clock.now(), h.opened_at), closed_by = access.member_id(), closed_reason = left(nullif(btrim(close_hold.reason), ''), 300)
  where h.tenant_id = access.tenant_id() and h.id = close_hold.hold_id and h.closed_at is null and h.kind <> 'nonpayment';
  if not found then
    raise exception 'That hold is not open, or only a payment closes it.' using errcode = 'PT409', detail = 'hold_not_open';
  end if;
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array[
    'tenancy.save_tenant(jsonb)', 'tenancy.save_billing_settings(jsonb)', 'tenancy.save_tax_regime(text, integer, date)', 'tenancy.setup_progress()',
    'places.pick_barangays(text[])', 'places.save_route(jsonb)', 'places.set_route_stops(uuid, uuid[])', 'places.add_barangay_to_route(uuid, uuid)',
    'catalog.save_plan(jsonb)', 'catalog.set_plan_price(uuid, bigint, date, boolean)',
    'service.next_account_no()', 'service.save_subscriber(jsonb)', 'service.open_hold(uuid, text, text)', 'service.close_hold(uuid, text)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function tenancy.require_settings(jsonb, text[]) to linyada_definer;
