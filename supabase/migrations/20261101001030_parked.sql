-- Parked: a person of the office settles each thing a phone sent that could not be done as it stands. Nothing settles itself, nothing vanishes.

-- The reason somebody gave, or a refusal that asks for one.
create function sync.require_note(note text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if coalesce(length(btrim(note)), 0) not between 3 and 300 then
    raise exception 'Say why nothing is done, in 3 to 300 letters.' using errcode = 'PT422', detail = 'reason_missing';
  end if;
  return btrim(note);
end
$$;
grant execute on function sync.require_note(text) to linyada_definer;

-- The subscriber or the prepaid service a phone named, or null where it named none.
create function sync.id_in(input jsonb, name text)
returns uuid
language sql
immutable
set search_path = ''
as $$
  select case when input ->> name ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then (input ->> name)::uuid end
$$;
grant execute on function sync.id_in(jsonb, text) to linyada_definer;

-- Does what a collector meant, for the subscriber the office chose. It stays the collector's work.
create function sync.correct(command sync.commands, subscriber_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_input jsonb := command.input || jsonb_build_object('subscriber_id', correct.subscriber_id);
begin
  perform sync.require_subscriber(correct.subscriber_id);
  case command.name
    when 'record_visit' then
      insert into collections.visits (tenant_id, id, subscriber_id, collector_id, outcome, note, visited_at)
      values (command.tenant_id, command.id, correct.subscriber_id, command.member_id, v_input ->> 'outcome',
        nullif(left(btrim(v_input ->> 'note'), 300), ''), least(command.happened_at, clock.now()));
      return jsonb_build_object('visit_id', command.id);
    when 'record_promise' then
      return sync.record_promise(command.id, access.member_id(), v_input, least(command.happened_at, clock.now()));
    when 'fix_subscriber_contact' then
      update service.subscribers as s set
        phone = case when v_input ? 'phone' then nullif(btrim(v_input ->> 'phone'), '') else s.phone end,
        landmark = case when v_input ? 'landmark' then nullif(btrim(v_input ->> 'landmark'), '') else s.landmark end,
        latitude = coalesce((v_input ->> 'latitude')::double precision, s.latitude),
        longitude = coalesce((v_input ->> 'longitude')::double precision, s.longitude),
        location_source = case when v_input ? 'latitude' then 'gps' else s.location_source end,
        updated_at = clock.now()
      where s.tenant_id = command.tenant_id and s.id = correct.subscriber_id;
      return jsonb_build_object('subscriber_id', correct.subscriber_id);
    else
      raise exception 'This cannot be done for a subscriber. Close it, and say why.' using errcode = 'PT422', detail = 'not_correctable';
  end case;
exception when data_exception or integrity_constraint_violation then
  raise exception 'What the phone sent cannot be kept as it stands. Close it, and say why.' using errcode = 'PT422', detail = 'not_correctable';
end
$$;

-- Settles one parked command. Cash gets its subscriber; where the phone's amount could not be read, the office says how much the collector
-- has. A visit, promise or correction is done for the subscriber chosen. Without a subscriber it is closed, which takes a reason, and only
-- where no cash hangs on it.
create function sync.settle_parked(command_id uuid, subscriber_id uuid default null, note text default null, amount_minor bigint default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_command  sync.commands;
  v_decision text := 'closed';
  v_stage    text;
  v_answer   jsonb := '{}';
begin
  perform access.require('collections.settle');
  -- The subscriber first, as everybody who books does.
  perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = settle_parked.subscriber_id for no key update;
  select c.* into v_command from sync.commands as c
  where c.tenant_id = v_tenant and c.id = settle_parked.command_id for update;
  if not found or v_command.state <> 'parked' then
    raise exception 'That collection is not among the parked ones. Reload the page.' using errcode = 'PT404', detail = 'command_unknown';
  end if;
  if v_command.settled_at is not null then
    raise exception 'Somebody settled this already. Reload the page.' using errcode = 'PT409', detail = 'already_settled';
  end if;

  select p.stage into v_stage from collections.payments as p where p.tenant_id = v_tenant and p.id = v_command.id;
  if v_stage is null and v_command.name = 'record_payment' and settle_parked.subscriber_id is not null then
    if coalesce(settle_parked.amount_minor, 0) not between 1 and 9999999999 then
      raise exception 'The phone sent no amount that can be read. Type what the collector has in hand.'
        using errcode = 'PT422', detail = 'invalid_amount';
    end if;
    perform sync.hold_unidentified(v_command.id, v_command.device_id, v_command.member_id,
      v_command.input || jsonb_build_object('amount_minor', settle_parked.amount_minor), least(v_command.happened_at, clock.now()));
    v_stage := 'unidentified';
  end if;

  if v_stage = 'unidentified' then
    if settle_parked.subscriber_id is null then
      raise exception 'Cash hangs on this. Choose whose it was.' using errcode = 'PT422', detail = 'subscriber_missing';
    end if;
    v_answer := collections.identify_payment(v_command.id, settle_parked.subscriber_id, sync.id_in(v_command.input, 'subscription_id'));
    v_decision := 'assigned';
  elsif settle_parked.subscriber_id is not null then
    v_answer := sync.correct(v_command, settle_parked.subscriber_id);
    v_decision := 'corrected';
  else
    perform sync.require_note(settle_parked.note);
  end if;

  update sync.commands as c
  set settled_at = clock.now(), settled_by = access.member_id(), decision = v_decision,
    settled_note = case when length(btrim(settle_parked.note)) >= 3 then left(btrim(settle_parked.note), 300) end
  where c.tenant_id = v_tenant and c.id = v_command.id;
  return v_answer || jsonb_build_object('command_id', v_command.id);
end
$$;

-- Settles cash that one phone sent after its end, each payment for the subscriber the phone named. Each is whole or not at all, as if a person
-- had settled it alone, and none stops the others: what cannot be done is named with its reason and goes on waiting. What the same person
-- settled so before counts as settled, so asking twice is harmless.
create function sync.settle_parked_cash(device_id uuid, command_ids uuid[], note text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_command record;
  v_settled integer := 0;
  v_minor   bigint := 0;
  v_refused jsonb := '[]';
  v_code    text;
  v_message text;
begin
  perform access.require('collections.settle');
  if coalesce(cardinality(command_ids), 0) not between 1 and 200 then
    raise exception 'Choose between 1 and 200 payments.' using errcode = 'PT422', detail = 'invalid_count';
  end if;
  if not exists (select from collections.devices as d
    where d.tenant_id = v_tenant and d.id = settle_parked_cash.device_id and d.status = 'revoked') then
    raise exception 'That phone is not among the ended ones. Reload the page.' using errcode = 'PT404', detail = 'device_unknown';
  end if;

  -- Everything this will hold, in the order in which everybody takes it: the first payment may take a number before the last is begun.
  perform from service.subscribers as s
  where s.tenant_id = v_tenant and s.id in (
    select sync.id_in(c.input, 'subscriber_id') from sync.commands as c where c.tenant_id = v_tenant and c.id = any (command_ids))
  order by s.id for no key update;
  perform from sync.commands as c where c.tenant_id = v_tenant and c.id = any (command_ids) order by c.id for update;
  perform from collections.payments as p where p.tenant_id = v_tenant and p.id = any (command_ids) order by p.id for no key update;

  for v_command in
    select a.id as asked_id, c.*, s.id as named_id, p.stage, p.subscriber_id as paid_by, p.amount_minor
    from (select distinct unnest(command_ids) as id) as a
    left join sync.commands as c on c.tenant_id = v_tenant and c.id = a.id and c.device_id = settle_parked_cash.device_id
    left join service.subscribers as s on s.tenant_id = v_tenant and s.id = sync.id_in(c.input, 'subscriber_id')
    left join collections.payments as p on p.tenant_id = v_tenant and p.id = c.id
    order by c.device_seq, a.id
  loop
    if v_command.settled_by = access.member_id() and v_command.decision = 'assigned' and v_command.paid_by = v_command.named_id then
      v_settled := v_settled + 1;
      v_minor := v_minor + v_command.amount_minor;
      continue;
    end if;
    begin
      if v_command.settled_at is null and (v_command.reason is distinct from 'device_revoked'
        or v_command.stage is distinct from 'unidentified' or v_command.named_id is null) then
        raise exception 'This is another case. Settle it by itself.' using errcode = 'PT409', detail = 'other_case';
      end if;
      perform sync.settle_parked(v_command.asked_id, v_command.named_id, settle_parked_cash.note);
      v_settled := v_settled + 1;
      v_minor := v_minor + v_command.amount_minor;
    exception when others then
      -- As when a phone sends: what one payment says stops that one; anything else is our fault or passes, and nothing was done.
      get stacked diagnostics v_code = returned_sqlstate, v_message = message_text;
      if v_code not like 'PT4%' and v_code not like '22%' and v_code not like '23%' then
        raise;
      end if;
      v_refused := v_refused || jsonb_build_object('command_id', v_command.asked_id, 'message',
        case when v_code like 'PT4%' then v_message else 'This cannot be posted as it stands. Settle it by itself.' end);
    end;
  end loop;
  return jsonb_build_object('settled_count', v_settled, 'settled_minor', v_minor, 'refused', v_refused);
end
$$;

-- Settles one alarm, with a reason. Where what came apart was cash after all, it is booked for the subscriber chosen, once, and the
-- collector carries it; else it is closed.
create function sync.settle_alarm(alarm_id uuid, note text, subscriber_id uuid default null, amount_minor bigint default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_note   text := sync.require_note(settle_alarm.note);
  v_alarm  sync.alarms;
  v_input  jsonb;
  v_amount bigint;
  v_said   timestamptz;
  v_answer jsonb := '{}';
begin
  perform access.require('collections.settle');
  perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = settle_alarm.subscriber_id for no key update;
  select a.* into v_alarm from sync.alarms as a where a.tenant_id = v_tenant and a.id = settle_alarm.alarm_id for update;
  if not found then
    raise exception 'That alarm is not in the list. Reload the page.' using errcode = 'PT404', detail = 'alarm_unknown';
  end if;
  if v_alarm.settled_at is not null then
    raise exception 'Somebody settled this already. Reload the page.' using errcode = 'PT409', detail = 'already_settled';
  end if;

  if settle_alarm.subscriber_id is not null then
    if v_alarm.kind not in ('other_content', 'unreadable') then
      raise exception 'What this alarm is about was done already, cash included. Close it.' using errcode = 'PT409', detail = 'cash_booked';
    end if;
    -- A phone and its file may tell the same damaged deed twice, one of them knowing more.
    if v_alarm.kind = 'unreadable' and exists (
      select from sync.alarms as a
      where a.tenant_id = v_tenant and a.device_id = v_alarm.device_id and a.command_id = v_alarm.command_id and a.id <> v_alarm.id
        and a.kind = 'unreadable' and a.decision = 'assigned') then
      raise exception 'Somebody assigned the cash of this already, under another alarm of the same receipt. Close this one.'
        using errcode = 'PT409', detail = 'already_settled';
    end if;
    v_input := case when jsonb_typeof(v_alarm.input -> 'input') = 'object' then v_alarm.input -> 'input' else '{}' end;
    v_amount := coalesce(settle_alarm.amount_minor, sync.number_of(v_input -> 'amount_minor'));
    if coalesce(v_amount, 0) not between 1 and 9999999999 then
      raise exception 'Type how much cash the collector has in hand because of this.' using errcode = 'PT422', detail = 'invalid_amount';
    end if;
    begin
      v_said := (v_alarm.input ->> 'happened_at')::timestamptz;
    exception when data_exception then
      v_said := null;
    end;
    perform sync.hold_unidentified(v_alarm.id, v_alarm.device_id, v_alarm.member_id, v_input || jsonb_build_object('amount_minor', v_amount),
      case when v_said between v_alarm.raised_at - interval '400 days' and v_alarm.raised_at then v_said else v_alarm.raised_at end);
    v_answer := collections.identify_payment(v_alarm.id, settle_alarm.subscriber_id, sync.id_in(v_input, 'subscription_id'));
  end if;

  update sync.alarms as a
  set settled_at = clock.now(), settled_by = access.member_id(), settled_note = v_note,
    decision = case when settle_alarm.subscriber_id is null then 'closed' else 'assigned' end
  where a.tenant_id = v_tenant and a.id = v_alarm.id;
  return v_answer || jsonb_build_object('alarm_id', v_alarm.id);
end
$$;

call access.stand_before_wall('sync.correct(sync.commands, uuid)', null);
call access.stand_before_wall('sync.settle_parked(uuid, uuid, text, bigint)');
call access.stand_before_wall('sync.settle_parked_cash(uuid, uuid[], text)');
call access.stand_before_wall('sync.settle_alarm(uuid, text, uuid, bigint)');
