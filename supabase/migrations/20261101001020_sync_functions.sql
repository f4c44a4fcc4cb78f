-- Sync: what a phone did comes in, what changed goes out.
-- Cash that changed hands is never refused: what cannot be booked for its subscriber is booked as unidentified and parked.

-- In ---------------------------------------------------------------------------------------------

create function sync.raise_alarm(kind text, command_id uuid, device collections.devices, command jsonb)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  insert into sync.alarms (tenant_id, command_id, device_id, member_id, kind, input)
  select device.tenant_id, raise_alarm.command_id, device.id, device.member_id, raise_alarm.kind, raise_alarm.command
  where not exists (
    select from sync.alarms as a
    where a.tenant_id = device.tenant_id and a.device_id = device.id and a.command_id = raise_alarm.command_id
      and a.kind = raise_alarm.kind and a.input = raise_alarm.command)
$$;

-- The printed number of a serial, as it was lent; null when it was not lent to this phone.
create function sync.lent_number(device_id uuid, serial bigint)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  return (
    select b.prefix || lpad(lent_number.serial::text, greatest(6, length(lent_number.serial::text)), '0')
    from collections.receipt_blocks as b
    where b.tenant_id = v_tenant and (b.device_id = lent_number.device_id or b.device_id is null)
      and lent_number.serial between b.first_serial and b.last_serial);
end
$$;

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

-- A text that is a number, or null: what a phone sends is not believed.
create function sync.number_of(value jsonb)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when value #>> '{}' ~ '^\d{1,15}$' then (value #>> '{}')::bigint end;
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

-- The same cash when it cannot be booked for anybody: it is in the collector's hand all the same. Null when there is no amount to
-- speak of, or the payment is in the books already. Keeps the number on the paper: as a receipt where it was lent, else as a note.
create function sync.hold_unidentified(id uuid, device_id uuid, member_id uuid, input jsonb, happened_at timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_amount  bigint := sync.number_of(input -> 'amount_minor');
  v_serial  bigint := sync.number_of(input -> 'serial');
  v_number  text := sync.lent_number(device_id, v_serial);
  v_payment collections.payments;
begin
  if coalesce(v_amount, 0) not between 1 and 9999999999
    or exists (select from collections.payments as p where p.tenant_id = v_tenant and p.id = hold_unidentified.id) then
    return null;
  end if;

  v_payment.tenant_id := v_tenant;
  v_payment.id := hold_unidentified.id;
  v_payment.method := 'cash';
  v_payment.channel := 'field';
  v_payment.amount_minor := v_amount;
  v_payment.received_at := happened_at;
  v_payment.recorded_at := clock.now();
  v_payment.received_by := hold_unidentified.member_id;
  v_payment.device_id := hold_unidentified.device_id;
  v_payment.note := nullif(left(btrim(input ->> 'note'), 300), '');
  v_payment.request_hash := sha256(convert_to(input::text, 'UTF8'));
  v_payment.stage := 'unidentified';
  v_payment.sync_xid := pg_current_xact_id();
  if v_number is null or exists (select from collections.receipts as r where r.tenant_id = v_tenant and r.serial = v_serial) then
    v_payment.manual_serial := left(coalesce(nullif(btrim(input ->> 'manual_serial'), ''), input ->> 'number'), 40);
    v_number := null;
  end if;
  insert into collections.payments values (v_payment.*);

  if v_number is not null then
    insert into collections.receipts (tenant_id, payment_id, number, serial)
    values (v_tenant, hold_unidentified.id, v_number, v_serial);
  end if;
  perform ledger.post('unidentified_cash', 'payment:' || v_payment.id, 'payment', v_payment.id, happened_at, jsonb_build_array(
    jsonb_build_object('account', ledger.account('collector_cash', 'member', v_payment.received_by), 'amount_minor', v_amount),
    jsonb_build_object('account', ledger.account('unidentified_receipts'), 'amount_minor', -v_amount)));

  return jsonb_build_object('payment_id', v_payment.id, 'stage', 'unidentified', 'receipt_number', v_number);
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

-- The hash of a command, over its text as jsonb writes it: keys by length and then by bytes. The phone hashes the same (app/offline/chain).
create function sync.hash_of(command jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select encode(sha256(convert_to(hash_of.command::text, 'UTF8')), 'hex')
$$;
grant execute on function sync.hash_of(jsonb) to linyada_definer;

-- Takes one command: remembers it, does it, answers. The same again answers the same and does nothing.
create function sync.take_command(device collections.devices, command jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_now     timestamptz := clock.now();
  v_id      uuid;
  v_seq     bigint := sync.number_of(command -> 'device_seq');
  v_name    text := left(coalesce(command ->> 'name', '?'), 60);
  v_input   jsonb := case when jsonb_typeof(command -> 'input') = 'object' then command -> 'input' else '{}' end;
  v_said    timestamptz;
  v_at      timestamptz;
  v_version integer := least(coalesce(sync.number_of(command -> 'schema_version'), 1), 1000000);
  v_hash    bytea;
  v_chain   text;
  v_known   sync.commands;
  v_before  sync.commands;
  v_result  jsonb;
  v_reason  text;
  v_code    text;
begin
  begin
    v_id := (command ->> 'id')::uuid;
    v_said := (command ->> 'happened_at')::timestamptz;
  exception when data_exception then
    v_id := null;
  end;
  select c.* into v_known from sync.commands as c where c.tenant_id = v_tenant and c.id = v_id;
  -- A phone sets aside what no server reads and says what it can of it. A person settled it, or will; it is never done as well.
  if v_id is null or v_said is null or coalesce(v_seq, 0) = 0 or v_known.id is null and (command ? 'set_aside' or exists (
    select from sync.alarms as a
    where a.tenant_id = v_tenant and a.device_id = device.id and a.command_id = v_id and a.kind = 'unreadable')) then
    perform sync.raise_alarm('unreadable', coalesce(v_id, clock.uuid7()), device, command);
    return jsonb_build_object('id', command -> 'id', 'state', 'parked', 'reason', 'unreadable', 'result', null);
  end if;

  v_hash := sha256(convert_to(jsonb_build_array(v_seq, v_name, v_input, extract(epoch from v_said))::text, 'UTF8'));
  if v_known.id is not null then
    if v_known.device_id is distinct from device.id or v_known.request_hash is distinct from v_hash and not command ? 'set_aside' then
      perform sync.raise_alarm('other_content', v_id, device, command);
      return jsonb_build_object('id', v_id, 'state', 'parked', 'reason', 'other_content', 'result', null);
    end if;
    return jsonb_build_object('id', v_id, 'state', case v_known.state when 'applied' then 'duplicate' else 'parked' end,
      'reason', v_known.reason, 'result', v_known.result);
  end if;

  -- What a phone did hangs together: each command names the hash of the one before. What does not is told apart, and taken all the same.
  if v_version >= 2 then
    v_chain := sync.hash_of(command);
  end if;
  select c.* into v_before from sync.commands as c
  where c.tenant_id = v_tenant and c.device_id = device.id and c.device_seq = v_seq - 1
  order by c.received_at limit 1;

  -- A wrong clock does not stop a fact. It is told apart; what lies in the future, or before anything here began, happens now.
  v_at := case when v_said > v_now or v_said < v_now - interval '400 days' then v_now else v_said end;
  if v_said > v_now + interval '5 minutes' then
    perform sync.raise_alarm('clock_ahead', v_id, device, command);
  elsif v_said < v_now - interval '400 days' then
    perform sync.raise_alarm('clock_back', v_id, device, command);
  elsif v_before.happened_at > v_said + interval '5 minutes' then
    perform sync.raise_alarm('clock_back', v_id, device, command);
  end if;
  if exists (select from sync.commands as c where c.tenant_id = v_tenant and c.device_id = device.id and c.device_seq = v_seq) then
    perform sync.raise_alarm('sequence_reused', v_id, device, command);
  elsif v_seq > 1 and v_before.id is null then
    perform sync.raise_alarm('sequence_gap', v_id, device, command);
  elsif v_seq = 1 and v_version >= 2 and command ->> 'prev_hash' <> ''
    or v_before.hash is not null and (v_version < 2 or command ->> 'prev_hash' is distinct from v_before.hash) then
    perform sync.raise_alarm('chain_broken', v_id, device, command);
  end if;

  begin
    if device.status = 'revoked' then
      raise exception 'The office ended this phone before it sent this.' using errcode = 'PT403', detail = 'device_revoked';
    end if;
    v_result := sync.obey(v_id, device, v_name, v_input, v_at);
  exception when others then
    -- Refused for what it says (a rule, a value, a key). Anything else is our fault or passes: the batch comes again, whole.
    get stacked diagnostics v_code = returned_sqlstate, v_reason = pg_exception_detail;
    if v_code not like 'PT4%' and v_code not like '22%' and v_code not like '23%' then
      raise;
    end if;
    -- The office has a question of its own to answer first; a code the phone takes for a server that is not there yet.
    if v_reason = 'numbers_unsaid' then
      raise exception 'After a restore the office has not said yet which numbers were given.' using errcode = '55000', detail = v_reason;
    end if;
    if v_code not like 'PT4%' then
      v_reason := 'invalid_input';
    end if;
    v_reason := left(coalesce(nullif(v_reason, ''), 'refused'), 60);
    v_result := case when v_name = 'record_payment' then sync.hold_unidentified(v_id, device.id, device.member_id, v_input, v_at) end;
    if v_reason = 'payment_conflict' then
      perform sync.raise_alarm('other_content', v_id, device, command);
    end if;
  end;

  insert into sync.commands (tenant_id, id, member_id, device_id, device_seq, name, input, happened_at, schema_version, request_hash, prev_hash,
    hash, state, result, reason)
  values (v_tenant, v_id, device.member_id, device.id, v_seq, v_name, v_input, v_said, greatest(v_version, 1), v_hash,
    left(command ->> 'prev_hash', 128), v_chain, case when v_reason is null then 'applied' else 'parked' end, coalesce(v_result, '{}'), v_reason);

  return jsonb_build_object('id', v_id, 'state', case when v_reason is null then 'applied' else 'parked' end, 'reason', v_reason,
    'result', coalesce(v_result, '{}'));
end
$$;

-- Takes commands of one phone, in their order. Each is whole or not at all, and none stops the ones behind it.
create function sync.take_commands(device collections.devices, commands jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_command jsonb;
  v_results jsonb := '[]';
  v_seq     bigint := 0;
begin
  -- The whole batch's subscribers first and in the order of their ids, as a billing run takes them: two who took them in the order of
  -- their walks would wait for each other.
  perform from service.subscribers as s
  where s.tenant_id = device.tenant_id and s.id = any (array(
    select (c.value #>> '{input,subscriber_id}')::uuid
    from jsonb_array_elements(commands) as c
    where c.value ->> 'name' in ('record_payment', 'fix_subscriber_contact')
      and c.value #>> '{input,subscriber_id}' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'))
  order by s.id
  for no key update;

  for v_command in select c.value from jsonb_array_elements(commands) with ordinality as c(value, position) order by c.position
  loop
    v_results := v_results || sync.take_command(device, v_command);
    v_seq := greatest(v_seq, coalesce(sync.number_of(v_command -> 'device_seq'), 0));
  end loop;

  update collections.devices as d set last_seq = greatest(d.last_seq, v_seq)
  where d.tenant_id = device.tenant_id and d.id = device.id;
  return v_results;
end
$$;

-- Takes what a phone did, as the phone itself sends it.
create function sync.push(batch jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_device  collections.devices;
  v_epoch   integer := (select t.sync_epoch from tenancy.tenants as t where t.id = v_tenant);
  v_results jsonb;
begin
  perform access.require('collections.collect');
  if jsonb_typeof(batch -> 'commands') is distinct from 'array' or batch ->> 'device_id' !~ '^[0-9a-fA-F-]{36}$' then
    raise exception 'The app sent something unreadable. Update it.' using errcode = 'PT400', detail = 'invalid_batch';
  end if;
  if jsonb_array_length(batch -> 'commands') > 50 then
    raise exception 'At most 50 at once. Update the app.' using errcode = 'PT400', detail = 'too_many_commands';
  end if;

  -- One batch of a phone at a time: a retry waits for the first try and then finds it done.
  perform pg_advisory_xact_lock(hashtextextended('device:' || v_tenant || ':' || (batch ->> 'device_id')::uuid, 0));
  perform set_config('linyada.source', 'phone', true);
  v_device := collections.own_device((batch ->> 'device_id')::uuid);

  -- After a restore the phone fetches first and then sends all it keeps, from the beginning: in its order nothing is missing.
  if sync.number_of(batch -> 'epoch') <> v_epoch then
    return jsonb_build_object('results', '[]'::jsonb, 'restored', v_epoch);
  end if;
  v_results := sync.take_commands(v_device, batch -> 'commands');

  update collections.devices as d set
    last_seen_at = clock.now(),
    unsent_count = least(coalesce(sync.number_of(batch -> 'unsent_count'), 0), 100000)
  where d.tenant_id = v_tenant and d.id = v_device.id;

  return jsonb_build_object('results', v_results);
end
$$;

-- Settling ---------------------------------------------------------------------------------------

-- Cash without a name gets one: it leaves the unidentified receipts and pays what this subscriber owes, the rest is credit or,
-- where the collector named a prepaid service of the same subscriber, time. That time begins now: until now nobody was given any.
-- What cannot buy time stays as credit, because cash without a name helps nobody.
create function collections.identify_payment(payment_id uuid, subscriber_id uuid, subscription_id uuid default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_payment collections.payments;
  v_service uuid;
  v_plan    jsonb;
  v_credit  bigint;
begin
  perform from service.subscribers as s
  where s.tenant_id = v_tenant and s.id = identify_payment.subscriber_id for no key update;
  if not found then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  select p.* into v_payment from collections.payments as p
  where p.tenant_id = v_tenant and p.id = identify_payment.payment_id for no key update;
  if not found or v_payment.stage <> 'unidentified' then
    raise exception 'That money is identified already. Reload the page.' using errcode = 'PT409', detail = 'already_identified';
  end if;
  select u.id into v_service
  from service.subscriptions as u
  where u.tenant_id = v_tenant and u.id = identify_payment.subscription_id and u.subscriber_id = identify_payment.subscriber_id
    and u.state = 'active' and u.billing_mode = 'prepaid';

  begin
    v_plan := collections.plan_payment(identify_payment.subscriber_id, v_payment.amount_minor, v_service, false, clock.now());
  exception when sqlstate 'PT409' then
    v_service := null;
    v_plan := collections.plan_payment(identify_payment.subscriber_id, v_payment.amount_minor);
  end;
  v_credit := (v_plan ->> 'credit_minor')::bigint;

  update collections.payments as p
  set subscriber_id = identify_payment.subscriber_id, subscription_id = v_service,
    stage = case when exists (select from collections.remittances as r
        where r.tenant_id = v_tenant and r.id = v_payment.remittance_id and r.state = 'accepted')
      then 'remitted' else 'posted' end
  where p.tenant_id = v_tenant and p.id = v_payment.id
  returning p.* into v_payment;

  perform collections.allocate(v_payment.id, v_plan -> 'applies');
  if v_plan -> 'prepaid' <> 'null' then
    perform collections.sell_time(v_payment, v_plan -> 'prepaid');
  end if;
  perform ledger.post('identified_cash', 'identified:' || v_payment.id, 'payment', v_payment.id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('unidentified_receipts'), 'amount_minor', v_payment.amount_minor),
    jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', v_payment.subscriber_id),
      'amount_minor', v_credit - v_payment.amount_minor),
    jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', v_payment.subscriber_id), 'amount_minor', -v_credit)));
  perform billing.settle_prompt_discounts(v_payment.subscriber_id);
  perform collections.close_nonpayment_holds(v_payment.subscriber_id);
  perform collections.flag_double(v_payment, v_credit);

  return collections.payment_answer(v_payment.id, false);
end
$$;

-- Out --------------------------------------------------------------------------------------------

-- The rows of one kind that this collector's phone should hold and that changed at or after a transaction, in the order of their ids.
-- Where a row is made of several tables, the newest stamp of its parts counts.
create function sync.rows_of(kind text, since xid8, seen_on date, is_full boolean, behind uuid, count integer)
returns table (id uuid, content jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_member uuid := access.member_id();
  v_today  date := clock.today(v_tenant);
  v_routes uuid[] := places.routes_walked_by(v_member, v_today);
begin
  case kind
  when 'barangays' then return query
    select b.id, jsonb_build_object('id', b.id, 'name', b.name, 'municipality', b.municipality)
    from places.barangays as b
    where b.tenant_id = v_tenant and b.sync_xid >= since and (behind is null or b.id > behind)
    order by b.id limit count;

  when 'plans' then return query
    select p.id, jsonb_build_object('id', p.id, 'name', p.name, 'billing_mode', p.billing_mode, 'prepaid_days', p.prepaid_days,
      'is_active', p.is_active)
    from catalog.plans as p
    where p.tenant_id = v_tenant and p.sync_xid >= since and (behind is null or p.id > behind)
    order by p.id limit count;

  when 'routes' then return query
    select r.id, jsonb_build_object('id', r.id, 'name', r.name)
    from places.routes as r
    where r.tenant_id = v_tenant and r.id = any (v_routes) and r.sync_xid >= since and (behind is null or r.id > behind)
    order by r.id limit count;

  when 'subscribers' then return query
    select c.id, jsonb_build_object('id', c.id, 'account_no', c.account_no, 'name', c.name,
      'address', concat_ws(', ', nullif(c.purok, ''), b.name), 'barangay_id', c.barangay_id, 'barangay', b.name, 'landmark', c.landmark,
      'phone', coalesce(c.phone, c.other_phone), 'latitude', c.latitude, 'longitude', c.longitude,
      'route_id', s.route_id, 'position', s.position)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    join service.subscribers as c on c.tenant_id = s.tenant_id and c.id = s.subscriber_id
    left join places.barangays as b on b.tenant_id = c.tenant_id and b.id = c.barangay_id
    where r.tenant_id = v_tenant and r.id = any (v_routes) and (behind is null or c.id > behind)
      and greatest(c.sync_xid, s.sync_xid, b.sync_xid) >= since
    order by c.id limit count;

  when 'subscriptions' then return query
    select u.id, jsonb_build_object('id', u.id, 'subscriber_id', u.subscriber_id, 'label', u.label, 'state', u.state,
      'billing_mode', u.billing_mode, 'plan_name', p.name, 'price_minor', t.price_minor, 'prepaid_days', p.prepaid_days,
      'paid_until', u.paid_until, 'is_on', u.state = 'active' and h.reasons is null and not coalesce(pauses.is_paused, false),
      'reasons', coalesce(to_jsonb(h.reasons), '[]') || case when pauses.is_paused then '["paused"]'::jsonb else '[]' end)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    join service.subscriptions as u on u.tenant_id = s.tenant_id and u.subscriber_id = s.subscriber_id
    left join lateral (
      select t.plan_id, t.price_minor, t.valid
      from service.subscription_terms as t
      where t.tenant_id = u.tenant_id and t.subscription_id = u.id
      order by t.valid @> v_today desc, lower(t.valid) desc
      limit 1
    ) as t on true
    left join catalog.plans as p on p.tenant_id = u.tenant_id and p.id = t.plan_id
    left join lateral (
      select array_agg(case h.rule when 'dunning' then 'unpaid' else h.reason end order by h.opened_at) filter (where h.closed_at is null) as reasons, max(h.sync_xid) as sync_xid
      from service.holds as h
      where h.tenant_id = u.tenant_id and h.subscription_id = u.id
    ) as h on true
    left join lateral (
      select max(t.sync_xid) as sync_xid from service.subscription_terms as t where t.tenant_id = u.tenant_id and t.subscription_id = u.id
    ) as terms on true
    left join lateral (
      select bool_or(x.days @> v_today) as is_paused, bool_or(x.days @> v_today <> x.days @> seen_on) as has_turned
      from service.pauses as x
      where x.tenant_id = u.tenant_id and x.subscription_id = u.id and x.kind = 'pause'
    ) as pauses on true
    where r.tenant_id = v_tenant and r.id = any (v_routes) and (behind is null or u.id > behind)
      and (greatest(u.sync_xid, p.sync_xid, h.sync_xid, terms.sync_xid) >= since
        or lower(t.valid) > seen_on or pauses.has_turned)  -- a new price and a pause begin by themselves
    order by u.id limit count;

  when 'invoices' then return query
    select i.id, jsonb_build_object('id', i.id, 'subscriber_id', i.subscriber_id, 'number', i.number, 'state', i.state, 'period', i.period,
      'issued_on', i.issued_on, 'due_on', i.due_on, 'total_minor', i.total_minor, 'balance_minor', i.balance_minor)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    join billing.invoices as i on i.tenant_id = s.tenant_id and i.subscriber_id = s.subscriber_id
    where r.tenant_id = v_tenant and r.id = any (v_routes) and i.sync_xid >= since and (behind is null or i.id > behind)
      and (not is_full or i.state = 'open')
    order by i.id limit count;

  when 'credits' then return query
    select a.owner_id, jsonb_build_object('id', a.owner_id, 'credit_minor', -b.amount_minor)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    join ledger.accounts as a on a.tenant_id = s.tenant_id and a.owner_id = s.subscriber_id and a.code = 'subscriber_credit'
    join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
    where r.tenant_id = v_tenant and r.id = any (v_routes) and b.sync_xid >= since and (behind is null or a.owner_id > behind)
      and not (is_full and b.amount_minor = 0)
    order by a.owner_id limit count;

  when 'cash' then return query
    select v_member, jsonb_build_object('id', v_member, 'on_hand_minor', h.amount_minor, 'shortage_minor', collections.shortage_of(v_member))
    from collections.cash_in_hand(v_member) as h
    where (behind is null or v_member > behind) and greatest(
        (select max(b.sync_xid)
          from ledger.accounts as a
          join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
          where a.tenant_id = v_tenant and a.owner_id = v_member and a.code in ('collector_cash', 'collector_shortage')),
        (select max(r.sync_xid) from collections.remittances as r where r.tenant_id = v_tenant and r.collector_id = v_member)) >= since
    limit count;

  when 'remittances' then return query
    select r.id, jsonb_build_object('id', r.id, 'declared_at', r.declared_at, 'declared_minor', d.declared_minor, 'state', r.state,
      'counted_minor', r.counted_minor, 'expected_minor', r.expected_minor, 'counted_at', r.counted_at, 'note', r.note, 'reason', r.reason)
    from collections.remittances as r
    left join lateral collections.remittance_sums(r.id) as d on true
    where r.tenant_id = v_tenant and r.collector_id = v_member and r.sync_xid >= since
      and r.declared_at >= clock.now() - interval '30 days' and (behind is null or r.id > behind)
    order by r.id limit count;

  when 'payments' then return query
    select p.id, jsonb_build_object('id', p.id, 'subscriber_id', p.subscriber_id, 'receipt_number', coalesce(x.number, p.manual_serial),
      'method', p.method, 'amount_minor', p.amount_minor, 'received_at', p.received_at, 'recorded_at', p.recorded_at, 'stage', p.stage)
    from collections.payments as p
    left join collections.receipts as x on x.tenant_id = p.tenant_id and x.payment_id = p.id
    where p.tenant_id = v_tenant and p.received_by = v_member and p.channel = 'field' and p.sync_xid >= since
      and p.received_at >= clock.now() - interval '30 days' and (behind is null or p.id > behind)
    order by p.id limit count;

  when 'promises' then return query
    select p.id, jsonb_build_object('id', p.id, 'subscriber_id', p.subscriber_id, 'promised_on', p.promised_on, 'amount_minor', p.amount_minor,
      'state', p.state, 'made_at', p.made_at)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    join collections.promises as p on p.tenant_id = s.tenant_id and p.subscriber_id = s.subscriber_id
    where r.tenant_id = v_tenant and r.id = any (v_routes) and p.sync_xid >= since and (behind is null or p.id > behind)
      and (not is_full or p.state = 'open' or p.state = 'broken' and p.promised_on >= v_today - 60)  -- who broke one is asked another way
    order by p.id limit count;

  -- What subscribers paid last, whoever took it: nobody asks twice at a door for what was paid at the office yesterday.
  when 'paid' then return query
    select p.id, jsonb_build_object('id', p.id, 'subscriber_id', p.subscriber_id, 'method', p.method, 'amount_minor', p.amount_minor,
      'received_at', p.received_at, 'stage', p.stage)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    cross join lateral (
      select x.id, x.subscriber_id, x.method, x.amount_minor, x.received_at, x.stage
      from collections.payments as x
      where x.tenant_id = s.tenant_id and x.subscriber_id = s.subscriber_id and x.sync_xid >= since
        and x.received_at >= clock.now() - interval '90 days' and (not is_full or x.stage <> 'void')
      order by x.received_at desc
      limit case when is_full then 3 end
    ) as p
    where r.tenant_id = v_tenant and r.id = any (v_routes) and (behind is null or p.id > behind)
    order by p.id limit count;
  end case;
end
$$;

-- What the phone prints on receipts and may do: small, so it comes whole whenever it is not what the phone has.
create function sync.settings()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('id', t.id, 'trade_name', t.trade_name, 'legal_name', t.legal_name, 'tin', t.tin, 'address', t.address,
    'phone', t.phone, 'time_zone', t.time_zone, 'currency', t.currency, 'brand_color', t.brand_color,
    'cash_limit_minor', coalesce(l.cash_limit_minor, s.collector_cash_limit_minor),
    'unsent_limit', coalesce(l.unsent_limit, s.collector_unsent_limit), 'unsent_hours', coalesce(l.unsent_hours, s.collector_unsent_hours),
    'lock_minutes', s.collector_lock_minutes, 'promise_days', s.promise_days)
  from tenancy.tenants as t
  join tenancy.billing_settings as s on s.tenant_id = t.id
  left join collections.collector_limits as l on l.tenant_id = t.id and l.id = (select access.member_id())
  where t.id = (select access.tenant_id())
$$;

-- What changed for this phone since its cursor, in chunks. Reads in one snapshot, because it is stable. The cursor of a finished pull is the
-- oldest transaction that still ran when the pull began: whatever it might yet write bears that number or a higher one, so the next pull
-- sees it. A row may come twice and is the same; none is lost. Everything comes afresh after a restore (epoch) or when other subscribers
-- are to be carried (scope).
create function sync.pull(device_id uuid, cursor jsonb default null, chunk integer default 500)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_member   uuid := access.member_id();
  v_kinds    text[] := array['barangays', 'plans', 'routes', 'subscribers', 'subscriptions', 'invoices', 'credits', 'cash', 'payments',
    'remittances', 'promises', 'paid'];
  v_chunk    integer := least(greatest(coalesce(chunk, 500), 10), 2000);
  v_epoch    integer := (select t.sync_epoch from tenancy.tenants as t where t.id = v_tenant);
  v_scope    text := coalesce((select s.version from places.collector_scopes as s where s.tenant_id = v_tenant and s.member_id = v_member), 0)
    || places.loans_digest(v_member, clock.today(v_tenant));
  v_settings jsonb := sync.settings();
  v_digest   text := md5(sync.settings()::text);
  v_same     boolean;
  v_middle   boolean;
  v_since    xid8 := '0';
  v_until    xid8;
  v_seen_on  date := '-infinity';
  v_at       integer := 1;
  v_behind   uuid;
  v_found    jsonb;
  v_left     integer := v_chunk;
  v_rows     jsonb := '{}';
  v_next     jsonb;
begin
  perform collections.require_active_device(device_id);

  -- A cursor is ours only if it names this person, this history of the database and these routes.
  v_same := coalesce(jsonb_typeof(cursor) = 'object' and cursor ->> 'member' = v_member::text
    and cursor ->> 'epoch' = v_epoch::text and cursor ->> 'scope' = v_scope
    and cursor ->> 'since' ~ '^\d{1,19}$' and cursor ->> 'until' ~ '^\d{1,19}$' and cursor ->> 'day' ~ '^\d{4}-\d\d-\d\d$', false);
  v_middle := v_same and coalesce(array_position(v_kinds, cursor ->> 'table') is not null
    and coalesce(cursor ->> 'id', '') ~ '^([0-9a-f-]{36})?$', false);

  if v_middle then
    v_since := (cursor ->> 'since')::xid8;
    v_until := (cursor ->> 'until')::xid8;
    v_at := array_position(v_kinds, cursor ->> 'table');
    v_behind := nullif(cursor ->> 'id', '')::uuid;
  else
    v_since := case when v_same then (cursor ->> 'until')::xid8 else '0' end;
    v_until := pg_snapshot_xmin(pg_current_snapshot());
    if cursor ->> 'settings' is distinct from v_digest or not v_same then
      v_rows := jsonb_build_object('settings', jsonb_build_array(v_settings));
    end if;
  end if;
  if v_same then
    v_seen_on := (cursor ->> 'day')::date;
  end if;

  while v_at <= array_length(v_kinds, 1) loop
    select coalesce(jsonb_agg(r.content order by r.id), '[]'), (array_agg(r.id order by r.id desc))[1]
    into v_found, v_behind
    from sync.rows_of(v_kinds[v_at], v_since, v_seen_on, v_since = '0', v_behind, v_left) as r;

    if v_found <> '[]' then
      v_rows := v_rows || jsonb_build_object(v_kinds[v_at], v_found);
    end if;
    v_left := v_left - jsonb_array_length(v_found);
    exit when v_left = 0;
    v_at := v_at + 1;
    v_behind := null;
  end loop;

  v_next := jsonb_build_object('member', v_member, 'epoch', v_epoch, 'scope', v_scope, 'until', v_until::text, 'settings', v_digest);
  if v_at <= array_length(v_kinds, 1) then
    v_next := v_next || jsonb_build_object('since', v_since::text, 'day', case when v_same then cursor ->> 'day' else '0001-01-01' end,
      'table', v_kinds[v_at], 'id', v_behind);
  else
    v_next := v_next || jsonb_build_object('since', v_until::text, 'day', clock.today(v_tenant));
  end if;

  return jsonb_build_object('cursor', v_next, 'full', v_since = '0', 'first', not v_middle, 'more', v_at <= array_length(v_kinds, 1),
    'rows', v_rows, 'server_at', clock.now());
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['sync.raise_alarm(text, uuid, collections.devices, jsonb)', 'sync.lent_number(uuid, bigint)', 'sync.on_route_of(uuid, uuid)',
    'sync.record_payment(uuid, collections.devices, jsonb, timestamptz)', 'sync.hold_unidentified(uuid, uuid, uuid, jsonb, timestamptz)',
    'sync.require_subscriber(uuid)', 'sync.record_visit(uuid, uuid, jsonb, timestamptz)', 'sync.record_promise(uuid, uuid, jsonb, timestamptz)',
    'sync.fix_subscriber_contact(uuid, jsonb)', 'sync.record_print(uuid, uuid, jsonb, timestamptz)',
    'sync.submit_remittance(uuid, collections.devices, jsonb, timestamptz)',
    'sync.obey(uuid, collections.devices, text, jsonb, timestamptz)', 'sync.take_command(collections.devices, jsonb)',
    'sync.take_commands(collections.devices, jsonb)', 'collections.identify_payment(uuid, uuid, uuid)',
    'sync.rows_of(text, xid8, date, boolean, uuid, integer)', 'sync.settings()']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['sync.push(jsonb)', 'sync.pull(uuid, jsonb, integer)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function sync.number_of(jsonb) to linyada_definer;
