-- The public face of the inbox: what phones sent that a person has to settle, commands and alarms in one list.

create view api.parked with (security_invoker = true) as
  select c.tenant_id, c.id, 'command' as kind, c.member_id, c.member_name, c.device_id, c.device_code, c.name, c.input, c.amount_minor,
    c.receipt_number, c.subscriber_id, c.subscriber_name, c.account_no, c.payment_stage, c.reason, c.happened_at, c.received_at,
    case when c.settled_at is null then 'waiting' else 'settled' end as state, c.settled_at, c.settled_by_name, c.decision, c.settled_note
  from api.parked_commands as c
  union all
  select a.tenant_id, a.id, 'alarm', a.member_id, a.member_name, a.device_id, a.device_code, left(coalesce(a.input ->> 'name', '?'), 60), a.input,
    case when a.kind in ('other_content', 'unreadable') then sync.number_of(a.input #> '{input,amount_minor}') end,
    a.input #>> '{input,number}', s.id, s.name, s.account_no, p.stage, a.kind, a.raised_at, a.raised_at,
    case when a.settled_at is null then 'waiting' else 'settled' end, a.settled_at, a.settled_by_name, a.decision, a.settled_note
  from api.alarms as a
  left join service.subscribers as s on s.tenant_id = a.tenant_id and s.id::text = a.input #>> '{input,subscriber_id}'
  left join collections.payments as p on p.tenant_id = a.tenant_id and p.id = a.id;
grant select on api.parked to authenticated;

-- Cash of ended phones that names its subscriber: one case, which a person may settle for many payments at once.
create view api.parked_phones with (security_invoker = true) as
  select c.tenant_id, c.device_id as id, c.device_code as code, c.member_name, count(*)::integer as payment_count,
    sum(c.amount_minor)::bigint as amount_minor
  from api.parked_commands as c
  where c.settled_at is null and c.reason = 'device_revoked' and c.payment_stage = 'unidentified' and c.subscriber_id is not null
  group by c.tenant_id, c.device_id, c.device_code, c.member_name;
grant select on api.parked_phones to authenticated;

create function api.settle_parked(command_id uuid, subscriber_id uuid default null, note text default null, amount_minor bigint default null)
returns jsonb language sql set search_path = '' as $$ select sync.settle_parked(command_id, subscriber_id, note, amount_minor) $$;
create function api.settle_parked_cash(device_id uuid, command_ids uuid[], note text default null)
returns jsonb language sql set search_path = '' as $$ select sync.settle_parked_cash(device_id, command_ids, note) $$;
create function api.settle_alarm(alarm_id uuid, note text, subscriber_id uuid default null, amount_minor bigint default null)
returns jsonb language sql set search_path = '' as $$ select sync.settle_alarm(alarm_id, note, subscriber_id, amount_minor) $$;
grant execute on function api.settle_parked(uuid, uuid, text, bigint), api.settle_parked_cash(uuid, uuid[], text),
  api.settle_alarm(uuid, text, uuid, bigint) to authenticated;
