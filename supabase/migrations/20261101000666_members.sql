-- Members and roles: taken out, let in again, given another role.

-- Out at once: the version goes up, so every token of this membership opens nothing at the next statement.
create function access.revoke_member(member_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  perform access.require('members.manage');
  if revoke_member.member_id = access.member_id() then
    raise exception 'You cannot revoke yourself. Ask another owner or manager.' using errcode = 'PT409', detail = 'own_membership';
  end if;
  perform access.require_grantable(m.role_id) from access.members as m where m.tenant_id = v_tenant and m.id = revoke_member.member_id;
  perform set_config('linyada.reason', coalesce(reason, ''), true);
  update access.members as m
  set status = 'revoked', version = m.version + 1, revoked_at = clock.now(), updated_at = clock.now()
  where m.tenant_id = v_tenant and m.id = revoke_member.member_id and m.status = 'active';
  if not found then
    raise exception 'That member is not active.' using errcode = 'PT409', detail = 'member_not_active';
  end if;
  -- Their links too, else they come back by one of them.
  update access.invitations as i set withdrawn_at = clock.now()
  where i.tenant_id = v_tenant and i.invited_by = revoke_member.member_id and i.accepted_at is null and i.withdrawn_at is null;
  -- Routes lent to them are their collectors' again, else nobody would walk them.
  perform places.cut_loans_short(array(
    select l.id from places.route_loans as l
    where l.tenant_id = v_tenant and l.member_id = revoke_member.member_id and l.ended_at is null and upper(l.days) > clock.today(v_tenant)));
end
$$;

create function access.reinstate_member(member_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  perform access.require('members.manage');
  perform access.require_grantable(m.role_id) from access.members as m where m.tenant_id = v_tenant and m.id = reinstate_member.member_id;
  update access.members as m
  set status = 'active', revoked_at = null, version = m.version + 1, updated_at = clock.now()
  where m.tenant_id = v_tenant and m.id = reinstate_member.member_id and m.status = 'revoked';
  if not found then
    raise exception 'That member is not revoked.' using errcode = 'PT409', detail = 'member_not_revoked';
  end if;
end
$$;

-- Takes a person's way into a subscriber's portal away, and the links that would bring them back. A new invitation lets them in again.
create function access.revoke_login(login_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant     uuid := access.tenant_id();
  v_subscriber uuid;
begin
  perform access.require('subscribers.manage');
  perform set_config('linyada.reason', coalesce(reason, ''), true);
  update access.subscriber_logins as l
  set status = 'revoked', version = l.version + 1, updated_at = clock.now()
  where l.tenant_id = v_tenant and l.id = revoke_login.login_id and l.status = 'active'
  returning l.subscriber_id into v_subscriber;
  if not found then
    raise exception 'That portal login is not open any more. Reload the page.' using errcode = 'PT409', detail = 'login_not_active';
  end if;
  update access.invitations as i set withdrawn_at = clock.now()
  where i.tenant_id = v_tenant and i.subscriber_id = v_subscriber and i.accepted_at is null and i.withdrawn_at is null;
end
$$;

create function access.change_member_role(member_id uuid, role_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_old    uuid;
begin
  perform access.require('members.manage');
  if change_member_role.member_id = access.member_id() then
    raise exception 'You cannot change your own role. Ask another owner or manager.' using errcode = 'PT409', detail = 'own_membership';
  end if;
  select m.role_id into v_old from access.members as m where m.tenant_id = v_tenant and m.id = change_member_role.member_id for update;
  if not found or not exists (
    select from access.roles as r where r.tenant_id = v_tenant and r.id = change_member_role.role_id) then
    raise exception 'That member or role is not here. Reload the page.' using errcode = 'PT404', detail = 'member_unknown';
  end if;
  perform access.require_grantable(v_old);
  perform access.require_grantable(change_member_role.role_id);
  update access.members as m set role_id = change_member_role.role_id, updated_at = clock.now()
  where m.tenant_id = v_tenant and m.id = change_member_role.member_id;
end
$$;

-- Creates or changes a role. The owner's role stays as it is; a permission is given only by someone who holds it.
create function access.save_role(role jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_id     uuid := coalesce((role ->> 'id')::uuid, clock.uuid7());
  v_wanted text[] := array(select jsonb_array_elements_text(coalesce(role -> 'permissions', '[]')));
  v_beyond text;
begin
  perform access.require('roles.manage');
  select w into v_beyond from unnest(v_wanted) as w
  where not access.can(w) or not exists (select from access.permissions as p where p.name = w) limit 1;
  if found then
    raise exception 'You cannot give a permission you do not hold: %.', v_beyond using errcode = 'PT403', detail = 'beyond_own_rights';
  end if;
  if exists (select from access.roles as r where r.tenant_id = v_tenant and r.id = v_id and r.is_owner) then
    raise exception 'The owner''s role cannot be changed.' using errcode = 'PT409', detail = 'owner_role';
  end if;
  perform access.require_grantable(v_id);      -- nor may anybody cut down a role above the own one

  insert into access.roles as r (tenant_id, id, name, home)
  values (v_tenant, v_id, btrim(role ->> 'name'), coalesce(role ->> 'home', 'office'))
  on conflict (tenant_id, id) do update set name = excluded.name, home = excluded.home, updated_at = clock.now();
  delete from access.role_permissions as p where p.tenant_id = v_tenant and p.role_id = v_id and p.permission <> all (v_wanted);
  insert into access.role_permissions (tenant_id, role_id, permission)
  select v_tenant, v_id, w from unnest(v_wanted) as w
  on conflict do nothing;
  return jsonb_build_object('id', v_id);
exception
  when unique_violation then
    raise exception 'A role of that name exists. Choose another name.' using errcode = 'PT409', detail = 'role_name_taken';
  when check_violation or not_null_violation then
    raise exception 'Give the role a name of at most 60 letters.' using errcode = 'PT400', detail = 'invalid_role';
end
$$;

call access.stand_before_wall('access.revoke_member(uuid, text)');
call access.stand_before_wall('access.reinstate_member(uuid)');
call access.stand_before_wall('access.revoke_login(uuid, text)');
call access.stand_before_wall('access.change_member_role(uuid, uuid)');
call access.stand_before_wall('access.save_role(jsonb)');
