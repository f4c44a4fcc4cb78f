-- The public face of field work: phones, what they sent, what waits for the office.

create view api.devices with (security_invoker = true) as
  select d.tenant_id, d.id, d.member_id, m.full_name as member_name, d.code, d.label, d.status, d.last_seen_at, d.unsent_count,
    d.created_at, d.approved_at, a.full_name as approved_by_name, d.wipe_asked_at, d.wiped_at, d.revoked_at, e.full_name as ended_by_name,
    d.end_reason, coalesce(b.numbers_left, 0) as numbers_left, d.public_key
  from collections.devices as d
  left join access.colleagues() as m on m.id = d.member_id
  left join access.colleagues() as a on a.id = d.approved_by
  left join access.colleagues() as e on e.id = d.ended_by
  left join lateral (
    select sum(b.last_serial - b.first_serial + 1 - (
      select count(*) from collections.receipts as r
      where r.tenant_id = b.tenant_id and r.serial between b.first_serial and b.last_serial))::integer as numbers_left
    from collections.receipt_blocks as b
    where b.tenant_id = d.tenant_id and b.device_id = d.id and b.state = 'out'
  ) as b on true;

create view api.receipt_blocks with (security_invoker = true) as
  select b.tenant_id, b.id, b.device_id, d.code as device_code, d.member_id, b.prefix, b.first_serial, b.last_serial, b.state, b.reason, b.created_at,
    (select count(*) from collections.receipts as r
      where r.tenant_id = b.tenant_id and r.serial between b.first_serial and b.last_serial) as used_count
  from collections.receipt_blocks as b
  left join collections.devices as d on d.tenant_id = b.tenant_id and d.id = b.device_id;

create view api.parked_commands with (security_invoker = true) as
  select c.tenant_id, c.id, c.member_id, m.full_name as member_name, c.device_id, d.code as device_code, c.name, c.input,
    sync.number_of(c.input -> 'amount_minor') as amount_minor, coalesce(c.result ->> 'receipt_number', c.input ->> 'number') as receipt_number,
    s.id as subscriber_id, s.name as subscriber_name, s.account_no,
    p.stage as payment_stage, c.reason, c.happened_at, c.received_at, c.settled_at, c.settled_by, b.full_name as settled_by_name, c.decision, c.settled_note
  from sync.commands as c
  join collections.devices as d on d.tenant_id = c.tenant_id and d.id = c.device_id
  left join service.subscribers as s on s.tenant_id = c.tenant_id and s.id::text = c.input ->> 'subscriber_id'
  left join collections.payments as p on p.tenant_id = c.tenant_id and p.id = c.id
  left join access.colleagues() as m on m.id = c.member_id
  left join access.colleagues() as b on b.id = c.settled_by
  where c.state = 'parked';

create view api.alarms with (security_invoker = true) as
  select a.tenant_id, a.id, a.command_id, a.device_id, d.code as device_code, a.member_id, m.full_name as member_name, a.kind, a.input, a.raised_at,
    a.settled_at, a.settled_by, s.full_name as settled_by_name, a.decision, a.settled_note
  from sync.alarms as a
  join collections.devices as d on d.tenant_id = a.tenant_id and d.id = a.device_id
  left join access.colleagues() as m on m.id = a.member_id
  left join access.colleagues() as s on s.id = a.settled_by;

grant select on api.devices, api.receipt_blocks, api.parked_commands, api.alarms to authenticated;
grant execute on function sync.number_of(jsonb) to authenticated;

create function api.register_device(device jsonb) returns jsonb language sql set search_path = ''
  as $$ select collections.register_device(device) $$;
create function api.approve_device(device_id uuid) returns jsonb language sql set search_path = ''
  as $$ select collections.approve_device(device_id) $$;
create function api.wipe_device(device_id uuid, reason text) returns void language sql set search_path = ''
  as $$ select collections.wipe_device(device_id, reason) $$;
create function api.finish_wipe(device_id uuid) returns void language sql set search_path = ''
  as $$ select collections.finish_wipe(device_id) $$;
create function api.recovery_key(device_id uuid) returns text language sql stable set search_path = ''
  as $$ select collections.recovery_key(device_id) $$;
create function api.receipt_keys(tenant_id uuid) returns jsonb language sql stable set search_path = ''
  as $$ select collections.receipt_keys(tenant_id) $$;
create function api.revoke_device(device_id uuid, reason text) returns void language sql set search_path = ''
  as $$ select collections.revoke_device(device_id, reason) $$;
create function api.reserve_receipts(device_id uuid, wanted integer default 100) returns jsonb language sql set search_path = ''
  as $$ select collections.reserve_receipts(device_id, wanted) $$;
create function api.sync_push(batch jsonb) returns jsonb language sql set search_path = '' as $$ select sync.push(batch) $$;
create function api.sync_pull(device_id uuid, cursor jsonb default null, chunk integer default 500) returns jsonb language sql stable
  set search_path = '' as $$ select sync.pull(device_id, cursor, chunk) $$;
create function api.verify_receipt(payment_id uuid, tenant_id uuid default null) returns jsonb language sql stable set search_path = ''
  as $$ select collections.verify_receipt(payment_id, tenant_id) $$;

grant execute on function api.register_device(jsonb), api.approve_device(uuid), api.wipe_device(uuid, text), api.finish_wipe(uuid),
  api.recovery_key(uuid), api.revoke_device(uuid, text), api.reserve_receipts(uuid, integer),
  api.sync_push(jsonb), api.sync_pull(uuid, jsonb, integer) to authenticated;
grant execute on function api.verify_receipt(uuid, uuid), api.receipt_keys(uuid) to anon, authenticated;
