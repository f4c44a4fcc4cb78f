-- Rescue: what a phone holds and cannot send, brought to the office as a file or as a row of codes. It goes the way of everything a phone
-- sends, as the phone's own person, under the phone's own ids: so it doubles nothing that came before or comes later.

create table sync.rescues (
  tenant_id    uuid        not null references tenancy.tenants (id),
  id           uuid        not null,                       -- made on the phone, with the file
  device_id    uuid        not null,
  file_hash    bytea       not null check (length(file_hash) = 32),
  saved_at     timestamptz not null,                       -- as the phone says
  opened_at    timestamptz not null default clock.now(),
  opened_by    uuid        not null,
  imported_at  timestamptz,
  imported_by  uuid,
  applied_count integer    check (applied_count >= 0),     -- done as they stand
  parked_count integer     check (parked_count >= 0),      -- waiting for a person, as when a phone sends them
  known_count  integer     check (known_count >= 0),       -- had come another way

  primary key (tenant_id, id),
  foreign key (tenant_id, device_id) references collections.devices (tenant_id, id),
  foreign key (tenant_id, opened_by) references access.members (tenant_id, id),
  foreign key (tenant_id, imported_by) references access.members (tenant_id, id),
  check (num_nulls(imported_at, imported_by, applied_count, parked_count, known_count) in (0, 5))
);
comment on table sync.rescues is 'Files of phones that could not send: who of the office opened each, and what it brought.';
create index rescues_device_idx on sync.rescues (tenant_id, device_id);
create index rescues_opener_idx on sync.rescues (tenant_id, opened_by);
create index rescues_importer_idx on sync.rescues (tenant_id, imported_by);

call access.wall('sync.rescues');
grant update (imported_at, imported_by, applied_count, parked_count, known_count) on sync.rescues to linyada_definer;
grant select on sync.rescues to authenticated;
create policy rescues_read on sync.rescues for select to authenticated using ((select access.can('collections.read')));

-- Notes that somebody opens a file, and hands out what opens it: {id, device_id, file_hash, saved_at, command_ids}. Answers the phone's
-- key for that and which of the commands came already.
create function sync.open_rescue(rescue jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_new    sync.rescues;
  v_key    bytea;
begin
  perform access.require('collections.rescue');
  begin
    v_new.id := (rescue ->> 'id')::uuid;
    v_new.device_id := (rescue ->> 'device_id')::uuid;
    v_new.saved_at := (rescue ->> 'saved_at')::timestamptz;
    v_new.file_hash := decode(rescue ->> 'file_hash', 'hex');
  exception when data_exception then
    v_new.id := null;
  end;
  if num_nulls(v_new.id, v_new.device_id, v_new.saved_at, v_new.file_hash) > 0 or length(v_new.file_hash) <> 32
    or jsonb_typeof(rescue -> 'command_ids') is distinct from 'array' then
    raise exception 'This file cannot be read. Save it on the phone once more.' using errcode = 'PT400', detail = 'invalid_rescue';
  end if;

  select k.key into v_key from collections.recovery_keys as k where k.tenant_id = v_tenant and k.id = v_new.device_id;
  if not found then
    raise exception 'The phone of this file is not known here, so nothing here opens it. It has to be online once.'
      using errcode = 'PT404', detail = 'device_unknown';
  end if;

  insert into sync.rescues (tenant_id, id, device_id, file_hash, saved_at, opened_by)
  values (v_tenant, v_new.id, v_new.device_id, v_new.file_hash, v_new.saved_at, access.member_id())
  on conflict (tenant_id, id) do nothing;
  if not exists (
    select from sync.rescues as r
    where r.tenant_id = v_tenant and r.id = v_new.id and (r.device_id, r.file_hash) = (v_new.device_id, v_new.file_hash)) then
    raise exception 'Another file of the same name was opened here before. Save it on the phone once more.'
      using errcode = 'PT409', detail = 'rescue_conflict';
  end if;

  return jsonb_build_object('key', encode(v_key, 'hex'), 'known', coalesce((
    select jsonb_agg(c.id)
    from sync.commands as c
    where c.tenant_id = v_tenant and c.device_id = v_new.device_id
      and c.id::text in (select i.id from jsonb_array_elements_text(rescue -> 'command_ids') as i(id))), '[]'));
end
$$;

-- Takes what a file held, as if the phone had sent it: in its order, each once, what breaks a rule parked. Also from a phone that was
-- ended, and from a person who left: the cash changed hands. Taken in again, it changes nothing.
create function sync.import_rescue(rescue_id uuid, commands jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_rescue  sync.rescues;
  v_device  collections.devices;
  v_results jsonb;
begin
  perform access.require('collections.rescue');
  select r.* into v_rescue from sync.rescues as r where r.tenant_id = v_tenant and r.id = import_rescue.rescue_id for update;
  if not found then
    raise exception 'Open the file first.' using errcode = 'PT404', detail = 'rescue_unknown';
  end if;
  if jsonb_typeof(commands) is distinct from 'array' or jsonb_array_length(commands) not between 1 and 2000 then
    raise exception 'This file cannot be read. Save it on the phone once more.' using errcode = 'PT400', detail = 'invalid_rescue';
  end if;

  -- The phone may be sending the same just now: one waits for the other, and then finds it done.
  perform pg_advisory_xact_lock(hashtextextended('device:' || v_tenant || ':' || v_rescue.device_id, 0));
  perform set_config('linyada.source', 'rescue', true);
  select d.* into strict v_device from collections.devices as d where d.tenant_id = v_tenant and d.id = v_rescue.device_id;
  v_results := sync.take_commands(v_device, commands);

  update sync.rescues as r
  set imported_at = clock.now(), imported_by = access.member_id(),
    applied_count = (select count(*) from jsonb_array_elements(v_results) as x where x.value ->> 'state' = 'applied'),
    parked_count = (select count(*) from jsonb_array_elements(v_results) as x where x.value ->> 'state' = 'parked'),
    known_count = (select count(*) from jsonb_array_elements(v_results) as x where x.value ->> 'state' = 'duplicate')
  where r.tenant_id = v_tenant and r.id = v_rescue.id and r.imported_at is null;
  -- Everything the phone held when it saved the file is here; what it took since it says itself.
  update collections.devices as d set unsent_count = 0
  where d.tenant_id = v_tenant and d.id = v_device.id and d.last_seen_at <= v_rescue.saved_at;
  return jsonb_build_object('results', v_results);
end
$$;

call access.stand_before_wall('sync.open_rescue(jsonb)');
call access.stand_before_wall('sync.import_rescue(uuid, jsonb)');
