-- Field: phones, the receipt numbers lent to them, and cash that is not yet known to be anybody's.

-- Phones -----------------------------------------------------------------------------------------

-- Short names for phones: A1 … A99, B1 … Z99, then AA1 and on. Printed on nothing a person must type twice.
create function collections.device_code(ordinal integer)
returns text
language sql
immutable
set search_path = ''
as $$
  select case when n.series < 26 then chr(65 + n.series) else chr(64 + n.series / 26) || chr(65 + n.series % 26) end
    || ((device_code.ordinal - 1) % 99 + 1)
  from (select (device_code.ordinal - 1) / 99 as series) as n
$$;

-- A phone of the asking member, ended or not. Somebody else's is refused.
create function collections.own_device(device_id uuid)
returns collections.devices
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_device collections.devices;
begin
  perform access.require('collections.collect');
  select d.* into v_device
  from collections.devices as d
  where d.tenant_id = access.tenant_id() and d.id = own_device.device_id;

  if not found then
    raise exception 'This phone is not known here yet. Open the app again while it is online.'
      using errcode = 'PT404', detail = 'device_unknown';
  end if;
  if v_device.member_id is distinct from access.member_id() then
    raise exception 'This phone was registered by somebody else. Sign in as that person, or use your own phone.'
      using errcode = 'PT403', detail = 'device_of_another';
  end if;
  return v_device;
end
$$;

-- The same, and the office has not ended it.
create function collections.require_device(device_id uuid)
returns collections.devices
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_device collections.devices := collections.own_device(device_id);
begin
  if v_device.status = 'revoked' then
    raise exception 'The office ended this phone''s right to work. What it had taken waits in the office for somebody to look at it.'
      using errcode = 'PT403', detail = 'device_revoked';
  end if;
  return v_device;
end
$$;

-- The same, and approved by the office: only such a phone is told about subscribers and is lent receipt numbers.
create function collections.require_active_device(device_id uuid)
returns collections.devices
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_device collections.devices := collections.require_device(device_id);
begin
  case v_device.status
    when 'active' then
      return v_device;
    when 'wiping' then
      raise exception 'The office asked this phone to empty itself.' using errcode = 'PT403', detail = 'device_wiping';
    else
      raise exception 'The office has not approved this phone yet. Ask somebody there to look at the list of phones.'
        using errcode = 'PT403', detail = 'device_pending';
  end case;
end
$$;

-- Makes this phone known. The same phone again answers the same; it waits until the office approves it.
create function collections.register_device(device jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_id     uuid := (device ->> 'id')::uuid;
  v_label  text := left(coalesce(nullif(btrim(device ->> 'label'), ''), 'Phone'), 120);
  v_key    jsonb := jsonb_build_object('kty', device #> '{public_key,kty}', 'crv', device #> '{public_key,crv}',
    'x', device #> '{public_key,x}', 'y', device #> '{public_key,y}');
  v_device collections.devices;
begin
  perform access.require('collections.collect');
  if v_id is null then
    raise exception 'A phone brings its own id. Open the app again.' using errcode = 'PT400', detail = 'invalid_device';
  end if;
  -- Codes are counted, so phones register one after the other.
  perform pg_advisory_xact_lock(hashtextextended('devices:' || v_tenant, 0));

  insert into collections.devices as d (tenant_id, id, member_id, code, label, public_key)
  select v_tenant, v_id, access.member_id(), collections.device_code(count(*)::integer + 1), v_label, v_key
  from collections.devices as known
  where known.tenant_id = v_tenant
  on conflict (tenant_id, id) do nothing;

  v_device := collections.own_device(v_id);
  if v_device.public_key is distinct from v_key then
    raise exception 'This phone signs with another key than the one it registered. Ask the office to end it, and set it up anew.'
      using errcode = 'PT409', detail = 'device_key_changed';
  end if;
  if device ->> 'recovery_key' ~ '^[0-9a-f]{64}$' then
    insert into collections.recovery_keys (tenant_id, id, key)
    values (v_tenant, v_id, decode(device ->> 'recovery_key', 'hex'))
    on conflict do nothing;
  end if;
  if v_device.label is distinct from v_label then
    update collections.devices as d set label = v_label, last_seen_at = clock.now() where d.tenant_id = v_tenant and d.id = v_id;
  end if;

  return jsonb_build_object('device_id', v_device.id, 'code', v_device.code, 'status', v_device.status);
exception
  when invalid_text_representation then
    raise exception 'A phone brings its own id. Open the app again.' using errcode = 'PT400', detail = 'invalid_device';
  when check_violation then
    raise exception 'A phone brings the public half of its key. Update the app.' using errcode = 'PT400', detail = 'invalid_device_key';
end
$$;

-- A phone of this ISP, held until the transaction ends, for the office to decide about.
create function collections.device_for_decision(device_id uuid)
returns collections.devices
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_device collections.devices;
begin
  perform access.require('collections.settle');
  perform pg_advisory_xact_lock(hashtextextended('devices:' || v_tenant, 0));
  select d.* into v_device
  from collections.devices as d
  where d.tenant_id = v_tenant and d.id = device_for_decision.device_id
  for no key update;
  if not found then
    raise exception 'That phone is not in the list. Reload the page.' using errcode = 'PT404', detail = 'device_unknown';
  end if;
  return v_device;
end
$$;

-- Lets a phone work: its key now speaks for the ISP. The collector's phone until now sends what it holds and empties itself.
create function collections.approve_device(device_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_device collections.devices := collections.device_for_decision(device_id);
begin
  if v_device.status in ('wiping', 'revoked') then
    raise exception 'That phone was ended. Its person sets it up anew, and it appears here again.'
      using errcode = 'PT409', detail = 'device_ended';
  end if;
  if not exists (
    select from access.members as m
    where m.tenant_id = v_device.tenant_id and m.id = v_device.member_id and m.status = 'active'
  ) then
    raise exception 'The person of this phone has no access any more. Give it back under Staff first.'
      using errcode = 'PT409', detail = 'membership_ended';
  end if;

  if v_device.status = 'pending' then
    update collections.devices as d
    set status = 'wiping', wipe_asked_at = clock.now(), ended_by = access.member_id(), end_reason = 'Replaced by ' || v_device.code
    where d.tenant_id = v_device.tenant_id and d.member_id = v_device.member_id and d.status = 'active';
    update collections.devices as d
    set status = 'active', approved_at = clock.now(), approved_by = access.member_id()
    where d.tenant_id = v_device.tenant_id and d.id = v_device.id;
  end if;
  return jsonb_build_object('device_id', v_device.id, 'code', v_device.code, 'status', 'active');
end
$$;

-- The receipt numbers a phone still has are never lent again.
create function collections.cancel_blocks(device_id uuid, reason text)
returns void
language sql
security definer
set search_path = ''
as $$
  update collections.receipt_blocks as b
  set state = 'cancelled', reason = left(cancel_blocks.reason, 300)
  where b.tenant_id = (select access.tenant_id()) and b.device_id = cancel_blocks.device_id and b.state = 'out'
$$;

-- Asks a phone to send what it holds and then to empty itself. Until it has, cash it took counts as on its way.
create function collections.wipe_device(device_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_device collections.devices := collections.device_for_decision(device_id);
  v_reason text := left(nullif(btrim(wipe_device.reason), ''), 300);
begin
  if v_reason is null then
    raise exception 'Say why this phone is to be emptied.' using errcode = 'PT400', detail = 'reason_missing';
  end if;
  if v_device.status = 'revoked' then
    raise exception 'That phone was ended already. It forgets the subscribers when it is next online.'
      using errcode = 'PT409', detail = 'device_ended';
  end if;
  if v_device.status = 'pending' then
    raise exception 'That phone was never approved. End it instead.' using errcode = 'PT409', detail = 'device_pending';
  end if;
  update collections.devices as d
  set status = 'wiping', wipe_asked_at = coalesce(d.wipe_asked_at, clock.now()), ended_by = access.member_id(), end_reason = v_reason
  where d.tenant_id = v_device.tenant_id and d.id = v_device.id and d.status = 'active';
end
$$;

-- A phone says that it has emptied itself, as the office asked. Said again, it changes nothing.
create function collections.finish_wipe(device_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_device collections.devices;
begin
  perform access.require('collections.collect');
  select d.* into v_device
  from collections.devices as d
  where d.tenant_id = access.tenant_id() and d.id = finish_wipe.device_id and d.member_id = access.member_id()
  for no key update;
  if not found or v_device.wipe_asked_at is null then
    raise exception 'Nobody asked this phone to empty itself.' using errcode = 'PT409', detail = 'wipe_not_asked';
  end if;

  update collections.devices as d
  set status = 'revoked', revoked_at = coalesce(d.revoked_at, clock.now()), wiped_at = coalesce(d.wiped_at, clock.now()), unsent_count = 0
  where d.tenant_id = v_device.tenant_id and d.id = v_device.id and d.wiped_at is null;
  perform collections.cancel_blocks(v_device.id, v_device.end_reason);
end
$$;

-- Ends a phone's right to send at once, as when it is lost, and cancels the receipt numbers it still has.
create function collections.revoke_device(device_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_device collections.devices := collections.device_for_decision(device_id);
  v_reason text := left(nullif(btrim(revoke_device.reason), ''), 300);
begin
  if v_reason is null then
    raise exception 'Say why this phone may not send any more.' using errcode = 'PT400', detail = 'reason_missing';
  end if;
  update collections.devices as d
  set status = 'revoked', revoked_at = clock.now(), ended_by = access.member_id(), end_reason = v_reason
  where d.tenant_id = v_device.tenant_id and d.id = v_device.id and d.status <> 'revoked';
  perform collections.cancel_blocks(v_device.id, v_reason);
end
$$;

-- What opens a phone's store when its person forgot the PIN. Wants a token that comes from the password itself and not from a renewal, so
-- that a session left open on a stolen phone does not open it. Found by the person: whoever signs in for this may land in another ISP.
create function collections.recovery_key(device_id uuid)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
  v_key    bytea;
begin
  if not exists (
    select
    from jsonb_array_elements(case when jsonb_typeof(v_claims -> 'amr') = 'array' then v_claims -> 'amr' else '[]' end) as a
    where a.value ->> 'method' = 'password'
      and (a.value ->> 'timestamp')::numeric >= (v_claims ->> 'iat')::numeric - 60
  ) then
    raise exception 'Type your password to open this phone.' using errcode = 'PT403', detail = 'password_needed';
  end if;

  select k.key into v_key
  from collections.recovery_keys as k
  join collections.devices as d on d.tenant_id = k.tenant_id and d.id = k.id
  join access.members as m on m.tenant_id = d.tenant_id and m.id = d.member_id
  where k.id = recovery_key.device_id and m.user_id = access.user_id() and m.status = 'active';
  if v_key is null then
    raise exception 'This phone is not yours, or the office has no key for it. Sign in as the person who set it up.'
      using errcode = 'PT404', detail = 'device_unknown';
  end if;
  return encode(v_key, 'hex');
end
$$;

-- Receipt numbers --------------------------------------------------------------------------------

-- The blocks a phone may use, with the next number as far as the server knows; the phone may be further.
create function collections.device_blocks(device_id uuid)
returns table (id uuid, prefix text, first_serial bigint, last_serial bigint, next_serial bigint)
language sql
stable
security definer
set search_path = ''
as $$
  select b.id, b.prefix, b.first_serial, b.last_serial, coalesce(
    (select max(r.serial) + 1 from collections.receipts as r
      where r.tenant_id = b.tenant_id and r.serial between b.first_serial and b.last_serial),
    b.first_serial)
  from collections.receipt_blocks as b
  where b.tenant_id = (select access.tenant_id()) and b.device_id = device_blocks.device_id and b.state = 'out'
  order by b.first_serial
$$;

-- Lends a phone receipt numbers when it runs low. Asked again before it used them, it gets the same ones.
create function collections.reserve_receipts(device_id uuid, wanted integer default 100)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_device collections.devices;
  v_size   integer := least(greatest(coalesce(wanted, 100), 10), 500);
  v_prefix text;
  v_first  bigint;
begin
  v_device := collections.require_active_device(device_id);
  perform pg_advisory_xact_lock(hashtextextended('device:' || v_tenant || ':' || v_device.id, 0));

  update collections.devices as d set last_seen_at = clock.now() where d.tenant_id = v_tenant and d.id = v_device.id;

  if (select coalesce(sum(b.last_serial - b.next_serial + 1), 0) < 30 from collections.device_blocks(v_device.id) as b) then
    v_first := tenancy.take_numbers('receipt', v_size);
    if v_first is null then
      raise exception 'Your ISP has no series of receipts. Ask the owner to set one up.'
        using errcode = 'PT409', detail = 'series_missing';
    end if;
    select s.prefix into v_prefix
    from tenancy.document_series as s
    where s.tenant_id = v_tenant and s.kind = 'receipt' and s.branch = '00000';

    insert into collections.receipt_blocks (tenant_id, device_id, prefix, first_serial, last_serial)
    values (v_tenant, v_device.id, v_prefix, v_first, v_first + v_size - 1);
  end if;

  return jsonb_build_object('blocks', (
    select coalesce(jsonb_agg(to_jsonb(b) order by b.first_serial), '[]')
    from collections.device_blocks(v_device.id) as b
    where b.next_serial <= b.last_serial));
end
$$;

-- Answers the printed number of a serial lent to this phone and not used yet; anything else is refused. Numbers put aside after a restore
-- were lent by a day the database forgot: they are whose paper bears them.
create function collections.claim_serial(device_id uuid, serial bigint)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_block  collections.receipt_blocks;
begin
  select b.* into v_block
  from collections.receipt_blocks as b
  where b.tenant_id = v_tenant and claim_serial.serial between b.first_serial and b.last_serial
    and (b.device_id = claim_serial.device_id and b.state <> 'cancelled' or b.device_id is null);
  if not found then
    raise exception 'Receipt number % was not lent to this phone. The office has to look at it.', claim_serial.serial
      using errcode = 'PT409', detail = 'receipt_not_lent';
  end if;
  if exists (select from collections.receipts as r where r.tenant_id = v_tenant and r.serial = claim_serial.serial) then
    raise exception 'Receipt number % was used before. The office has to look at it.', claim_serial.serial
      using errcode = 'PT409', detail = 'receipt_used';
  end if;

  -- Numbers are used in order, so the last one closes its block.
  if claim_serial.serial = v_block.last_serial and v_block.state = 'out' then
    update collections.receipt_blocks as b set state = 'used' where b.tenant_id = v_tenant and b.id = v_block.id;
  end if;
  return v_block.prefix || lpad(claim_serial.serial::text, greatest(6, length(claim_serial.serial::text)), '0');
end
$$;

-- A check of receipts --------------------------------------------------------------------------------

-- What anybody may ask who holds a receipt, signed in nowhere; so these belong to the migrating role.

-- The payment that stands for the money now: one posted to another subscriber goes on as a new one, and its paper goes along.
create function collections.goes_on_as(tenant_id uuid, payment_id uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  with recursive chain as (
    select goes_on_as.payment_id as id, 0 as step
    union all
    select p.id, chain.step + 1
    from chain
    join collections.payments as p on p.tenant_id = goes_on_as.tenant_id and p.void_of = chain.id
  )
  select chain.id from chain order by chain.step desc limit 1
$$;
grant execute on function collections.goes_on_as(uuid, uuid) to linyada_definer;

-- Whether a receipt is ours, and nothing that is not on the paper already. Without the ISP the first one that has such a payment
-- answers: an id is unique in one ISP only, so who takes a foreign one comes second.
create function collections.verify_receipt(payment_id uuid, tenant_id uuid default null)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(
    (select jsonb_build_object(
        'state', case when n.stage = 'void' then 'voided' else 'authentic' end,
        'number', coalesce(r.number, n.manual_serial),
        'amount_minor', p.amount_minor,
        'received_at', p.received_at,
        'tenant_id', t.id,
        'trade_name', t.trade_name,
        'currency', t.currency,
        'time_zone', t.time_zone,
        'brand_color', t.brand_color,
        'account_tail', case when n.id = p.id then right(s.account_no, 3) end)      -- the paper names another account
     from collections.payments as p
     join tenancy.tenants as t on t.id = p.tenant_id
     join collections.payments as n on n.tenant_id = p.tenant_id and n.id = collections.goes_on_as(p.tenant_id, p.id)
     left join collections.receipts as r on r.tenant_id = n.tenant_id and r.payment_id = n.id
     left join service.subscribers as s on s.tenant_id = n.tenant_id and s.id = n.subscriber_id
     where p.id = verify_receipt.payment_id and (verify_receipt.tenant_id is null or p.tenant_id = verify_receipt.tenant_id)
       -- Whoever holds a stolen phone may still send. Until a person has found out whose cash that was, nobody is told that it is real.
       and not (n.stage = 'unidentified' and exists (
         select from collections.devices as d
         where d.tenant_id = n.tenant_id and d.id = n.device_id and d.revoked_at <= n.recorded_at))
     order by p.recorded_at
     limit 1),
    jsonb_build_object('state', 'unknown'))
$$;

-- The keys whose signatures on receipts are this ISP's, and until when. Says nothing of who carries the phone. Null where there is no
-- such ISP.
create function collections.receipt_keys(tenant_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('tenant_id', t.id, 'trade_name', t.trade_name, 'time_zone', t.time_zone, 'brand_color', t.brand_color,
    'keys', (
      select coalesce(jsonb_agg(jsonb_build_object('device_id', d.id, 'public_key', d.public_key, 'ended_at', d.revoked_at)
        order by d.approved_at, d.id), '[]')
      from collections.devices as d
      where d.tenant_id = t.id and d.approved_at is not null))
  from tenancy.tenants as t
  where t.id = receipt_keys.tenant_id
$$;
create index payments_id_idx on collections.payments (id);

call access.stand_before_wall('collections.own_device(uuid)', null);
call access.stand_before_wall('collections.require_device(uuid)', null);
call access.stand_before_wall('collections.require_active_device(uuid)', null);
call access.stand_before_wall('collections.register_device(jsonb)');
call access.stand_before_wall('collections.device_for_decision(uuid)', null);
call access.stand_before_wall('collections.approve_device(uuid)');
call access.stand_before_wall('collections.cancel_blocks(uuid, text)', null);
call access.stand_before_wall('collections.wipe_device(uuid, text)');
call access.stand_before_wall('collections.finish_wipe(uuid)');
call access.stand_before_wall('collections.revoke_device(uuid, text)');
call access.stand_before_wall('collections.device_blocks(uuid)', null);
call access.stand_before_wall('collections.reserve_receipts(uuid, integer)');
call access.stand_before_wall('collections.claim_serial(uuid, bigint)', null);
grant execute on function collections.device_code(integer) to linyada_definer;
grant execute on function collections.verify_receipt(uuid, uuid), collections.receipt_keys(uuid) to anon, authenticated;
grant execute on function collections.recovery_key(uuid) to authenticated;
