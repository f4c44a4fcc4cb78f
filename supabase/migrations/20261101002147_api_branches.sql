-- The public face of branches.

create view api.branches with (security_invoker = true) as
  select b.tenant_id, b.id, b.code, b.name, b.address, b.is_default, b.is_open,
    (select count(*)::integer from service.subscribers as s
      where s.tenant_id = b.tenant_id and s.branch = b.code) as subscriber_count
  from tenancy.branches as b;
grant select on api.branches to authenticated;

create function api.save_branch(branch jsonb) returns jsonb language sql set search_path = '' as $$ select tenancy.save_branch(branch) $$;
create function api.move_to_branch(code text, barangays uuid[]) returns jsonb language sql set search_path = ''
  as $$ select tenancy.move_to_branch(code, barangays) $$;
grant execute on function api.save_branch(jsonb), api.move_to_branch(text, uuid[]) to authenticated;
