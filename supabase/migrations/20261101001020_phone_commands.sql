-- What each command of a phone does, as the phone's own person did it.

-- Is this subscriber on a route that this collector walks today?
create function sync.on_route_of(member_id uuid, subscriber_id uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  return exists (
    select
    from places.route_stops as s
    join places.routes as r on r.tenant_id = s.tenant_id and r.id = s.route_id
    where s.tenant_id = v_tenant and s.subscriber_id = on_route_of.subscriber_id
      and r.id = any ((select places.routes_walked_by(on_route_of.member_id, clock.today(access.tenant_id())))::uuid[]));
end
$$;

-- Field cash for a subscriber: the same posting as at the counter, with the number its paper bears.
create function sync.record_payment(id uuid, device collections.devices, input jsonb, happened_at timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_subscriber uuid := (input ->> 'subscriber_id')::uuid;
  v_serial     bigint := sync.number_of(input -> 'serial');
begin
  if v_subscriber is null then
    raise exception 'The payment names no subscriber.' using errcode = 'PT422', detail = 'subscriber_missing';
  end if;
  if v_serial is null then
    raise exception 'The payment bears no receipt number.' using errcode = 'PT422', detail = 'receipt_missing';
  end if;
  return collections.take_payment(jsonb_build_object(
      'id', id,
      'subscriber_id', v_subscriber,
      'subscription_id', input -> 'subscription_id',
      'method', 'cash',
      'channel', 'field',
      'amount_minor', input -> 'amount_minor',
      'received_at', happened_at,
      'received_by', device.member_id,
      'device_id', device.id,
      'note', input -> 'note',
      'manual_serial', input -> 'manual_serial',
      'pay_ahead', input -> 'pay_ahead',
      'latitude', input -> 'latitude',
      'longitude', input -> 'longitude',
      'receipt_serial', v_serial,
      'receipt_number', sync.lent_number(device.id, v_serial)))
    || case when sync.on_route_of(device.member_id, v_subscriber) then '{}'::jsonb else '{"off_route": true}'::jsonb end;
end
$$;

-- Refuses a subscriber this tenant does not have.
create function sync.require_subscriber(subscriber_id uuid)
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not exists (
    select from service.subscribers as s where s.tenant_id = access.tenant_id() and s.id = require_subscriber.subscriber_id
  ) then
    raise exception 'That subscriber is not here.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  return subscriber_id;
end
$$;

create function sync.record_visit(id uuid, member_id uuid, input jsonb, happened_at timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into collections.visits (tenant_id, id, subscriber_id, collector_id, outcome, note, visited_at, latitude, longitude)
  values (access.tenant_id(), record_visit.id, sync.require_subscriber((input ->> 'subscriber_id')::uuid),
    record_visit.member_id, input ->> 'outcome', nullif(left(btrim(input ->> 'note'), 300), ''), happened_at,
    (input ->> 'latitude')::double precision, (input ->> 'longitude')::double precision);
  return jsonb_build_object('visit_id', id);
end
$$;

create function sync.record_promise(id uuid, member_id uuid, input jsonb, happened_at timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  return collections.take_promise(record_promise.id, sync.require_subscriber((input ->> 'subscriber_id')::uuid), (input ->> 'promised_on')::date,
    sync.number_of(input -> 'amount_minor'), input ->> 'note', happened_at, record_promise.member_id);
end
$$;

-- A collector corrects how a subscriber on the own route is reached, and nothing else.
create function sync.fix_subscriber_contact(member_id uuid, input jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_subscriber uuid := sync.require_subscriber((input ->> 'subscriber_id')::uuid);
begin
  if not sync.on_route_of(fix_subscriber_contact.member_id, v_subscriber) then
    raise exception 'That subscriber is on somebody else''s route.' using errcode = 'PT403', detail = 'not_on_route';
  end if;
  update service.subscribers as s set
    phone = case when input ? 'phone' then nullif(btrim(input ->> 'phone'), '') else s.phone end,
    landmark = case when input ? 'landmark' then nullif(btrim(input ->> 'landmark'), '') else s.landmark end,
    latitude = coalesce((input ->> 'latitude')::double precision, s.latitude),
    longitude = coalesce((input ->> 'longitude')::double precision, s.longitude),
    location_source = case when input ? 'latitude' then 'gps' else s.location_source end,
    updated_at = clock.now()
  where s.tenant_id = access.tenant_id() and s.id = v_subscriber;
  return jsonb_build_object('subscriber_id', v_subscriber);
end
$$;

-- The collector counted the cash on this phone and hands it in. What the phone took since comes behind it.
create function sync.submit_remittance(id uuid, device collections.devices, input jsonb, happened_at timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  return collections.take_remittance(jsonb_build_object(
    'id', id,
    'collector_id', device.member_id,
    'submitted_by', device.member_id,
    'device_id', device.id,
    'declared_at', happened_at,
    'denominations', input -> 'denominations',
    'declared_minor', input -> 'declared_minor'));
end
$$;

-- A paper of a receipt that this phone's printer made.
create function sync.record_print(id uuid, member_id uuid, input jsonb, happened_at timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  return jsonb_build_object('copy', billing.keep_print(record_print.id, (input ->> 'payment_id')::uuid,
    sync.number_of(input -> 'copy')::integer, happened_at, record_print.member_id));
end
$$;

-- Does what a command says, as the phone's own person did it, whoever brings it. A name we do not know is parked with the rest: an older server may meet a newer phone.
create function sync.obey(id uuid, device collections.devices, name text, input jsonb, happened_at timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  case name
    when 'record_payment' then return sync.record_payment(id, device, input, happened_at);
    when 'record_visit' then return sync.record_visit(id, device.member_id, input, happened_at);
    when 'record_promise' then return sync.record_promise(id, device.member_id, input, happened_at);
    when 'fix_subscriber_contact' then return sync.fix_subscriber_contact(device.member_id, input);
    when 'record_print' then return sync.record_print(id, device.member_id, input, happened_at);
    when 'submit_remittance' then return sync.submit_remittance(id, device, input, happened_at);
    else raise exception 'This app is newer than the server.' using errcode = 'PT422', detail = 'unknown_command';
  end case;
end
$$;

call access.stand_before_wall('sync.on_route_of(uuid, uuid)', null);
call access.stand_before_wall('sync.record_payment(uuid, collections.devices, jsonb, timestamptz)', null);
call access.stand_before_wall('sync.require_subscriber(uuid)', null);
call access.stand_before_wall('sync.record_visit(uuid, uuid, jsonb, timestamptz)', null);
call access.stand_before_wall('sync.record_promise(uuid, uuid, jsonb, timestamptz)', null);
call access.stand_before_wall('sync.fix_subscriber_contact(uuid, jsonb)', null);
call access.stand_before_wall('sync.submit_remittance(uuid, collections.devices, jsonb, timestamptz)', null);
call access.stand_before_wall('sync.record_print(uuid, uuid, jsonb, timestamptz)', null);
call access.stand_before_wall('sync.obey(uuid, collections.devices, text, jsonb, timestamptz)', null);
