-- Invitations: a link that lets a person work at an ISP, or look into a subscriber's portal.
-- Whoever holds the link is of no tenant yet: what reads and takes it belongs to the migrating role and reads only what hangs
-- on the secret in hand. The rest stands before the wall.

-- Makes an invitation and answers its token, once: only the hash is stored. The same id again makes a new token.
create function access.invite(invitation jsonb, kind text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_token   text := translate(encode(extensions.gen_random_bytes(24), 'base64'), '+/=', '-_');
  v_expires timestamptz := clock.now() + interval '14 days';
  v_email   text := nullif(lower(btrim(invitation ->> 'email')), '');
  v_role    access.roles;
  v_name    text := btrim(invitation ->> 'full_name');
  v_id      uuid := coalesce((invitation ->> 'id')::uuid, clock.uuid7());
begin
  perform access.require(case invite.kind when 'member' then 'members.manage' else 'subscribers.manage' end);

  if v_email is not null and v_email !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' then
    raise exception 'That e-mail address is not complete. Write it like name@example.com, or leave it empty.'
      using errcode = 'PT400', detail = 'invalid_email';
  end if;

  if invite.kind = 'member' then
    select r.* into v_role from access.roles as r where r.tenant_id = v_tenant and r.id = (invitation ->> 'role_id')::uuid;
    if not found then
      raise exception 'Choose a role for the new member.' using errcode = 'PT400', detail = 'role_unknown';
    end if;
    perform access.require_grantable(v_role.id);
    if coalesce(length(v_name), 0) not between 1 and 120 then
      raise exception 'Give the person''s name, at most 120 letters.' using errcode = 'PT400', detail = 'invalid_full_name';
    end if;
  else
    select s.name into v_name from service.subscribers as s
    where s.tenant_id = v_tenant and s.id = (invitation ->> 'subscriber_id')::uuid;
    if not found then
      raise exception 'That subscriber is not here. Open the subscriber again and invite from there.'
        using errcode = 'PT404', detail = 'subscriber_unknown';
    end if;
    v_name := left(v_name, 120);
  end if;

  insert into access.invitations (tenant_id, id, kind, role_id, subscriber_id, full_name, email, token_hash, expires_at, invited_by)
  values (v_tenant, v_id, invite.kind, v_role.id, case when invite.kind = 'subscriber' then (invitation ->> 'subscriber_id')::uuid end,
    v_name, v_email, sha256(convert_to(v_token, 'UTF8')), v_expires, access.member_id());

  return jsonb_build_object('id', v_id, 'token', v_token, 'expires_at', v_expires, 'full_name', v_name, 'email', v_email);
exception when unique_violation then
  raise exception 'This invitation was already made. Reload the page and look at the list.'
    using errcode = 'PT409', detail = 'invitation_exists';
end
$$;

-- Grant only what you hold: nobody hands out a role that may do more than the own one.
create function access.require_grantable(role_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if exists (
      select from access.roles as r where r.tenant_id = access.tenant_id() and r.id = require_grantable.role_id and r.is_owner)
    and not exists (
      select from access.members as m join access.roles as r on r.tenant_id = m.tenant_id and r.id = m.role_id
      where m.tenant_id = access.tenant_id() and m.id = access.member_id() and r.is_owner)
    and access.system_tenant_id() is null
  then
    raise exception 'Only an owner can make another owner.' using errcode = 'PT403', detail = 'beyond_own_rights';
  end if;
  if exists (
    select from access.role_permissions as p
    where p.tenant_id = access.tenant_id() and p.role_id = require_grantable.role_id and not access.can(p.permission)
  ) then
    raise exception 'That role may do more than you. Ask the owner to give it.' using errcode = 'PT403', detail = 'beyond_own_rights';
  end if;
end
$$;

-- What an invitation link says, to whoever holds it. Unknown tokens answer 'unknown' and nothing else.
create function access.read_invitation(token text)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(
    (select jsonb_build_object('kind', i.kind, 'trade_name', t.trade_name, 'full_name', i.full_name, 'role_name', r.name,
        'home', coalesce(r.home, 'portal'), 'email', i.email, 'account_no', s.account_no, 'brand_color', t.brand_color,
        'state', case
          when i.accepted_at is not null then 'accepted'
          when i.withdrawn_at is not null then 'withdrawn'
          when i.expires_at <= clock.now() then 'expired'
          else 'open' end)
     from access.invitations as i
     join tenancy.tenants as t on t.id = i.tenant_id
     left join access.roles as r on r.tenant_id = i.tenant_id and r.id = i.role_id
     left join service.subscribers as s on s.tenant_id = i.tenant_id and s.id = i.subscriber_id
     where i.token_hash = sha256(convert_to(read_invitation.token, 'UTF8'))),
    jsonb_build_object('state', 'unknown'))
$$;

-- The signed-in person takes the invitation. Once; a second call by the same person answers the same.
create function access.accept_invitation(token text, full_name text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := access.require_user();
  v_i       access.invitations;
  v_actor   uuid;
  v_home    text := 'portal';
begin
  select i.* into v_i from access.invitations as i
  where i.token_hash = sha256(convert_to(accept_invitation.token, 'UTF8'))
  for update;
  if not found or v_i.withdrawn_at is not null then
    raise exception 'This invitation is no longer good. Ask for a new link.' using errcode = 'PT404', detail = 'invitation_unknown';
  end if;
  if v_i.accepted_at is not null and v_i.accepted_by is distinct from v_user_id then
    raise exception 'This invitation was used already. Sign in, or ask for a new link.' using errcode = 'PT409', detail = 'invitation_used';
  end if;
  if v_i.accepted_at is null and v_i.expires_at <= clock.now() then
    raise exception 'This invitation has expired. Ask for a new link.' using errcode = 'PT410', detail = 'invitation_expired';
  end if;

  -- An invitation lets somebody in; it does not move who is in already to another role, not up and not down.
  if v_i.kind = 'member' and v_i.accepted_at is null and exists (
    select from access.members as m where m.tenant_id = v_i.tenant_id and m.user_id = v_user_id and m.status = 'active'
  ) then
    raise exception 'You work here already, and this link is for somebody else. To change your role, ask the owner.'
      using errcode = 'PT409', detail = 'already_a_member';
  end if;

  if v_i.kind = 'member' then
    insert into access.members as m (tenant_id, user_id, role_id, full_name)
    values (v_i.tenant_id, v_user_id, v_i.role_id, coalesce(nullif(btrim(accept_invitation.full_name), ''), v_i.full_name))
    on conflict (tenant_id, user_id) do update
      set role_id = excluded.role_id, status = 'active', revoked_at = null, updated_at = clock.now()
      where v_i.accepted_at is null
    returning m.id into v_actor;
    select coalesce(v_actor, m.id), r.home into v_actor, v_home
    from access.members as m join access.roles as r on r.tenant_id = m.tenant_id and r.id = m.role_id
    where m.tenant_id = v_i.tenant_id and m.user_id = v_user_id;
  else
    insert into access.subscriber_logins as l (tenant_id, user_id, subscriber_id)
    values (v_i.tenant_id, v_user_id, v_i.subscriber_id)
    on conflict (tenant_id, user_id, subscriber_id) do update set status = 'active', updated_at = clock.now()
      where v_i.accepted_at is null
    returning l.id into v_actor;
    select coalesce(v_actor, l.id) into v_actor from access.subscriber_logins as l
    where l.tenant_id = v_i.tenant_id and l.user_id = v_user_id and l.subscriber_id = v_i.subscriber_id;
  end if;

  update access.invitations as i set accepted_at = coalesce(i.accepted_at, clock.now()), accepted_by = v_user_id
  where i.tenant_id = v_i.tenant_id and i.id = v_i.id and i.accepted_at is null;
  insert into access.people (user_id, full_name)
  values (v_user_id, coalesce(nullif(btrim(accept_invitation.full_name), ''), v_i.full_name)) on conflict (user_id) do nothing;
  perform access.choose_context(v_i.tenant_id, v_i.kind, v_actor);

  return jsonb_build_object('tenant_id', v_i.tenant_id, 'actor', v_i.kind, 'actor_id', v_actor, 'home', v_home);
end
$$;
grant execute on function access.read_invitation(text) to anon, authenticated;
grant execute on function access.accept_invitation(text, text) to authenticated;

create function access.withdraw_invitation(invitation_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  update access.invitations as i set withdrawn_at = clock.now()
  where i.tenant_id = access.tenant_id() and i.id = withdraw_invitation.invitation_id
    and i.accepted_at is null and i.withdrawn_at is null
    and access.can(case i.kind when 'member' then 'members.manage' else 'subscribers.manage' end);
  if not found then
    raise exception 'That invitation is not open any more.' using errcode = 'PT409', detail = 'invitation_not_open';
  end if;
end
$$;

call access.stand_before_wall('access.invite(jsonb, text)');
call access.stand_before_wall('access.require_grantable(uuid)', null);
call access.stand_before_wall('access.withdraw_invitation(uuid)');
