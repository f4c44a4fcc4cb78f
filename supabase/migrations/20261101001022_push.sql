-- What a phone did comes in: each command whole or not at all, once, in its order; what cannot be done is parked.

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

call access.stand_before_wall('sync.raise_alarm(text, uuid, collections.devices, jsonb)', null);
call access.stand_before_wall('sync.take_command(collections.devices, jsonb)', null);
call access.stand_before_wall('sync.take_commands(collections.devices, jsonb)', null);
call access.stand_before_wall('sync.push(jsonb)');
