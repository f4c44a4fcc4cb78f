-- Sync: commands from phones, remembered; and stamps that tell a phone what changed.

create table sync.commands (
  tenant_id    uuid        not null references tenancy.tenants (id),
  id           uuid        not null,                       -- made on the phone
  member_id    uuid        not null,                       -- who carried it
  device_id    uuid        not null,
  device_seq   bigint      not null check (device_seq > 0),
  name         text        not null check (length(name) between 1 and 60),
  input        jsonb       not null,
  happened_at  timestamptz not null,
  schema_version integer   not null check (schema_version > 0),
  request_hash bytea       not null,
  prev_hash    text        check (length(prev_hash) <= 128),   -- the phone's chain, kept as it came
  hash         text,                                       -- what the next command has to name; null of phones that hash another way
  state        text        not null check (state in ('applied', 'parked')),
  result       jsonb       not null default '{}',
  reason       text,                                       -- why it is parked
  received_at  timestamptz not null default clock.now(),
  settled_at   timestamptz,
  settled_by   uuid,
  decision     text        check (decision in ('assigned', 'corrected', 'closed')),
  settled_note text        check (length(settled_note) between 3 and 300),

  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references access.members (tenant_id, id),
  foreign key (tenant_id, device_id) references collections.devices (tenant_id, id),
  foreign key (tenant_id, settled_by) references access.members (tenant_id, id),
  check ((state = 'parked') = (reason is not null)),
  check (num_nulls(settled_at, settled_by, decision) in (0, 3)),
  check (decision is distinct from 'closed' or settled_note is not null)
);
comment on table sync.commands is 'Every command a phone sent, with its answer: sending it again answers the same and changes nothing.';
create index commands_device_idx on sync.commands (tenant_id, device_id, device_seq);
create index commands_member_idx on sync.commands (tenant_id, member_id);
create index commands_settler_idx on sync.commands (tenant_id, settled_by);
create index commands_parked_idx on sync.commands (tenant_id, received_at) where state = 'parked' and settled_at is null;

create table sync.alarms (
  tenant_id   uuid        not null references tenancy.tenants (id),
  id          uuid        not null default clock.uuid7(),
  command_id  uuid        not null,
  device_id   uuid        not null,
  member_id   uuid        not null,
  kind        text        not null check (kind in ('other_content', 'sequence_reused', 'sequence_gap', 'chain_broken', 'clock_back', 'clock_ahead', 'unreadable')),
  input       jsonb       not null,
  raised_at   timestamptz not null default clock.now(),
  settled_at  timestamptz,
  settled_by  uuid,
  decision    text        check (decision in ('assigned', 'closed')),   -- assigned: it was cash too, and is booked under the alarm's own id
  settled_note text       check (length(settled_note) between 3 and 300),

  primary key (tenant_id, id),
  foreign key (tenant_id, device_id) references collections.devices (tenant_id, id),
  foreign key (tenant_id, member_id) references access.members (tenant_id, id),
  foreign key (tenant_id, settled_by) references access.members (tenant_id, id),
  check (num_nulls(settled_at, settled_by, decision) in (0, 3)),
  check (decision is null or settled_note is not null)
);
comment on table sync.alarms is 'What a phone sent that an honest phone does not send: the same id with other content, and the like. Kept apart, with its content.';
create index alarms_device_idx on sync.alarms (tenant_id, device_id);
create index alarms_member_idx on sync.alarms (tenant_id, member_id);
create index alarms_settler_idx on sync.alarms (tenant_id, settled_by);
create index alarms_waiting_idx on sync.alarms (tenant_id, raised_at) where settled_at is null;

call access.wall('sync.commands');
call access.wall('sync.alarms');
grant update (settled_at, settled_by, decision, settled_note) on sync.commands, sync.alarms to linyada_definer;
grant select on sync.commands, sync.alarms to authenticated;
create policy commands_read on sync.commands for select to authenticated
  using ((select access.can('collections.read')) or member_id = (select access.member_id()));
create policy alarms_read on sync.alarms for select to authenticated using ((select access.can('collections.read')));

-- Stamps every insert and update with the writing transaction's id: the only cursor that loses no row under concurrent commits.
create function sync.stamp()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.sync_xid := pg_current_xact_id();
  return new;
end
$$;
grant execute on function sync.stamp() to authenticated, linyada_definer;

do $$
declare
  v_table regclass;
begin
  for v_table in
    select c.oid::regclass
    from pg_attribute as a join pg_class as c on c.oid = a.attrelid join pg_namespace as n on n.oid = c.relnamespace
    where a.attname = 'sync_xid' and c.relkind = 'r'
      and n.nspname in ('places', 'catalog', 'service', 'ledger', 'billing', 'collections')
  loop
    -- Inserts are stamped by the column's default; only updates need the trigger.
    execute format('create trigger %I before update on %s for each row execute function sync.stamp()', 'stamp', v_table);
  end loop;
end
$$;
