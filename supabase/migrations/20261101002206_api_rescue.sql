-- The public face of rescue: files of phones that could not send.

create view api.rescues with (security_invoker = true) as
  select r.tenant_id, r.id, r.device_id, d.code as device_code, d.member_id, m.full_name as member_name, r.saved_at, r.opened_at,
    o.full_name as opened_by_name, r.imported_at, i.full_name as imported_by_name, r.applied_count, r.parked_count, r.known_count
  from sync.rescues as r
  join collections.devices as d on d.tenant_id = r.tenant_id and d.id = r.device_id
  left join access.colleagues() as m on m.id = d.member_id
  left join access.colleagues() as o on o.id = r.opened_by
  left join access.colleagues() as i on i.id = r.imported_by;
grant select on api.rescues to authenticated;

create function api.open_rescue(rescue jsonb) returns jsonb language sql set search_path = '' as $$ select sync.open_rescue(rescue) $$;
create function api.import_rescue(rescue_id uuid, commands jsonb) returns jsonb language sql set search_path = ''
  as $$ select sync.import_rescue(rescue_id, commands) $$;
grant execute on function api.open_rescue(jsonb), api.import_rescue(uuid, jsonb) to authenticated;
