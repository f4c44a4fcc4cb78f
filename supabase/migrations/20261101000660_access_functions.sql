-- Access, what people do: sign up an ISP, invite, join, switch, revoke. And the hook that puts the context into a token.
-- Functions that must look across tenants (who am I, where do I work, whose invitation is this) belong to the migrating role
-- and read only what hangs on the asking user or on the secret in hand. The rest stand before the wall.

-- The token hook ---------------------------------------------------------------------------------

-- Supabase Auth calls this for every token it issues. Adds tenant_id, actor, actor_id and actor_version when the person has a
-- living context: the one chosen for this session, else the newest. Never a list, never anything a person can edit.
create function access.custom_access_token_hook(event jsonb)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := (event ->> 'user_id')::uuid;
  v_session uuid := nullif(event #>> '{claims,session_id}', '')::uuid;
  v_claims  jsonb := (event -> 'claims') - '{tenant_id,actor,actor_id,actor_version}'::text[];
  v_context record;
begin
  select c.* into v_context
  from (
    select m.tenant_id, 'member' as actor, m.id, m.version, m.joined_at as since
    from access.members as m where m.user_id = v_user_id and m.status = 'active'
    union all
    select l.tenant_id, 'subscriber', l.id, l.version, l.created_at
    from access.subscriber_logins as l where l.user_id = v_user_id and l.status = 'active'
  ) as c
  left join access.session_contexts as s
    on s.session_id = v_session and s.user_id = v_user_id
    and s.tenant_id = c.tenant_id and s.actor = c.actor and s.actor_id = c.id
  order by s.session_id is null, c.actor = 'subscriber', c.since desc
  limit 1;

  if found then
    v_claims := v_claims || jsonb_build_object(
      'tenant_id', v_context.tenant_id,
      'actor', v_context.actor,
      'actor_id', v_context.id,
      'actor_version', v_context.version);
  end if;

  return jsonb_build_object('claims', v_claims);
end
$$;
grant usage on schema access to supabase_auth_admin;
grant execute on function access.custom_access_token_hook(jsonb) to supabase_auth_admin;

-- Who am I ---------------------------------------------------------------------------------------

-- Everything a page must know of the person who asks: who, where, as what, and where else. One call a request.
create function access.me()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := access.user_id();
  v_tenant  uuid := access.tenant_id();
  v_member  uuid := access.member_id();
begin
  if v_user_id is null then
    return null;
  end if;
  return jsonb_build_object(
    'user_id', v_user_id,
    'full_name', coalesce(
      (select p.full_name from access.people as p where p.user_id = v_user_id),
      (select m.full_name from access.members as m where m.tenant_id = v_tenant and m.id = v_member)),
    'email', access.claim('email'),
    'phone', (select p.phone from access.people as p where p.user_id = v_user_id),
    'locale', coalesce((select p.locale from access.people as p where p.user_id = v_user_id), 'en'),
    'actor', case when v_tenant is not null then access.claim('actor') end,
    'actor_id', case when v_tenant is not null then access.claim('actor_id')::uuid end,
    'claimed_tenant_id', access.claim('tenant_id')::uuid,      -- set although tenant is null: the token outlived the membership
    'subscriber_id', access.subscriber_id(),
    'tenant', (
      select jsonb_build_object('id', t.id, 'trade_name', t.trade_name, 'slug', t.slug, 'time_zone', t.time_zone,
        'currency', t.currency, 'brand_color', t.brand_color, 'logo_path', t.logo_path, 'is_demo', t.is_demo,
        'today', clock.today(t.id))
      from tenancy.tenants as t where t.id = v_tenant),
    'role', (
      select jsonb_build_object('id', r.id, 'name', r.name, 'home', r.home, 'is_owner', r.is_owner)
      from access.members as m join access.roles as r on r.tenant_id = m.tenant_id and r.id = m.role_id
      where m.tenant_id = v_tenant and m.id = v_member),
    'permissions', (
      select coalesce(jsonb_agg(p.name order by p.position), '[]')
      from access.permissions as p
      where exists (
        select
        from access.members as m join access.roles as r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where m.tenant_id = v_tenant and m.id = v_member
          and (r.is_owner or exists (
            select from access.role_permissions as rp
            where rp.tenant_id = r.tenant_id and rp.role_id = r.id and rp.permission = p.name)))),
    'contexts', (
      select coalesce(jsonb_agg(c.context order by c.since), '[]')
      from (
        select m.joined_at as since, jsonb_build_object('tenant_id', m.tenant_id, 'trade_name', t.trade_name, 'actor', 'member',
          'actor_id', m.id, 'label', r.name, 'home', r.home) as context
        from access.members as m
        join access.roles as r on r.tenant_id = m.tenant_id and r.id = m.role_id
        join tenancy.tenants as t on t.id = m.tenant_id
        where m.user_id = v_user_id and m.status = 'active'
        union all
        select l.created_at, jsonb_build_object('tenant_id', l.tenant_id, 'trade_name', t.trade_name, 'actor', 'subscriber',
          'actor_id', l.id, 'label', s.account_no, 'home', 'portal')
        from access.subscriber_logins as l
        join tenancy.tenants as t on t.id = l.tenant_id
        join service.subscribers as s on s.tenant_id = l.tenant_id and s.id = l.subscriber_id
        where l.user_id = v_user_id and l.status = 'active'
      ) as c)
  );
end
$$;
grant execute on function access.me() to authenticated;

-- Refuses (PT401) when nobody is signed in.
create function access.require_user()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  if access.user_id() is null then
    raise exception 'Sign in first.' using errcode = 'PT401', detail = 'signed_out';
  end if;
  return access.user_id();
end
$$;
grant execute on function access.require_user() to authenticated, linyada_definer;

-- Remembers whom a session works as. The next token carries it.
create function access.choose_context(tenant_id uuid, actor text, actor_id uuid)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  insert into access.session_contexts as c (session_id, user_id, tenant_id, actor, actor_id)
  select access.claim('session_id')::uuid, access.user_id(), choose_context.tenant_id, choose_context.actor, choose_context.actor_id
  where access.claim('session_id') is not null and access.user_id() is not null
  on conflict (session_id) do update
    set tenant_id = excluded.tenant_id, actor = excluded.actor, actor_id = excluded.actor_id, chosen_at = clock.now()
    where c.user_id = excluded.user_id
$$;

create function access.switch_context(tenant_id uuid, actor text, actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := access.require_user();
begin
  if not exists (
    select from access.members as m
    where switch_context.actor = 'member' and m.tenant_id = switch_context.tenant_id and m.id = switch_context.actor_id
      and m.user_id = v_user_id and m.status = 'active'
    union all
    select from access.subscriber_logins as l
    where switch_context.actor = 'subscriber' and l.tenant_id = switch_context.tenant_id and l.id = switch_context.actor_id
      and l.user_id = v_user_id and l.status = 'active'
  ) then
    raise exception 'You have no access there. Choose one of your own ISPs.' using errcode = 'PT403', detail = 'no_such_context';
  end if;
  perform access.choose_context(tenant_id, actor, actor_id);
  return jsonb_build_object('tenant_id', tenant_id, 'actor', actor, 'actor_id', actor_id);
end
$$;
grant execute on function access.switch_context(uuid, text, uuid) to authenticated;

-- Supabase Auth forgets a session that ends, but a token already given lives on for an hour. Raising the versions closes all
-- of the person's tokens at once; a session that goes on renews its token unnoticed, an ended one cannot.
create function access.sign_out()
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := access.require_user();
begin
  update access.members as m set version = m.version + 1 where m.user_id = v_user_id and m.status = 'active';
  update access.subscriber_logins as l set version = l.version + 1 where l.user_id = v_user_id and l.status = 'active';
end
$$;
grant execute on function access.sign_out() to authenticated;

create function access.save_profile(full_name text, phone text, locale text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into access.people as p (user_id, full_name, phone, locale)
  values (access.require_user(), btrim(save_profile.full_name), nullif(btrim(save_profile.phone), ''), coalesce(save_profile.locale, 'en'))
  on conflict (user_id) do update
    set full_name = excluded.full_name, phone = excluded.phone, locale = excluded.locale, updated_at = clock.now();
exception when check_violation then
  raise exception 'Give a name of at most 120 letters, and a language we speak.' using errcode = 'PT400', detail = 'invalid_profile';
end
$$;
grant execute on function access.save_profile(text, text, text) to authenticated;

-- Signing up an ISP ------------------------------------------------------------------------------

-- A readable short name from any text; random when nothing readable is left.
create function tenancy.slug_of(name text)
returns text
language sql
volatile
set search_path = ''
as $$
  select case when s.slug ~ '^[a-z0-9](-?[a-z0-9]){1,39}$' then s.slug else 'isp-' || left(clock.uuid7()::text, 8) end
  from (select left(btrim(regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g'), '-'), 30)) as s(slug)
$$;

-- Creates an ISP with the asking person as its owner, its preset roles, its document series and a non-VAT regime.
-- first_period_on is the month that begins next, so that nothing from before is ever billed.
create function tenancy.sign_up(trade_name text, full_name text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := access.require_user();
  v_tenant  uuid := clock.uuid7();
  v_owner   uuid := clock.uuid7();
  v_member  uuid := clock.uuid7();
  v_today   date;
begin
  if coalesce(length(btrim(sign_up.trade_name)), 0) not between 2 and 120 then
    raise exception 'Give your ISP''s name, 2 to 120 letters.' using errcode = 'PT400', detail = 'invalid_trade_name';
  end if;
  if coalesce(length(btrim(sign_up.full_name)), 0) not between 1 and 120 then
    raise exception 'Give your own name, at most 120 letters.' using errcode = 'PT400', detail = 'invalid_full_name';
  end if;
  -- A double tap on the sign-up button must not make two ISPs.
  perform pg_advisory_xact_lock(hashtextextended('sign_up:' || v_user_id, 0));
  select m.tenant_id, m.id into v_tenant, v_member
  from access.members as m
  join tenancy.tenants as t on t.id = m.tenant_id
  join access.roles as r on r.tenant_id = m.tenant_id and r.id = m.role_id
  where m.user_id = v_user_id and r.is_owner and m.status = 'active' and t.trade_name = btrim(sign_up.trade_name);
  if found then
    return jsonb_build_object('tenant_id', v_tenant, 'member_id', v_member);
  end if;
  v_tenant := clock.uuid7();
  v_member := clock.uuid7();

  insert into tenancy.tenants (id, slug, trade_name) values (v_tenant, tenancy.slug_of(sign_up.trade_name), btrim(sign_up.trade_name));
  v_today := clock.today(v_tenant);
  insert into tenancy.billing_settings (tenant_id, first_period_on) values (v_tenant, (date_trunc('month', v_today) + interval '1 month')::date);
  insert into tenancy.tax_regimes (tenant_id, regime, rate_bp, effective_from) values (v_tenant, 'non_vat', 0, '2000-01-01');
  insert into tenancy.branches (tenant_id, code, name, is_default) values (v_tenant, '00000', 'Head office', true);
  insert into tenancy.document_series (tenant_id, kind, prefix)
  values (v_tenant, 'invoice', 'INV-'), (v_tenant, 'credit_note', 'CN-'), (v_tenant, 'receipt', 'R-');

  insert into access.roles (tenant_id, id, name, preset, is_owner, home) values (v_tenant, v_owner, 'Owner', 'owner', true, 'office');
  insert into access.roles (tenant_id, name, preset, home) values
    (v_tenant, 'Manager', 'manager', 'office'), (v_tenant, 'Cashier', 'cashier', 'office'),
    (v_tenant, 'Collector', 'collector', 'collector'), (v_tenant, 'Technician', 'technician', 'technician'),
    (v_tenant, 'Customer service', 'customer_service', 'office'), (v_tenant, 'Report viewer', 'report_viewer', 'office');
  insert into access.role_permissions (tenant_id, role_id, permission)
  select v_tenant, r.id, p.permission
  from access.roles as r cross join lateral access.preset_permissions(r.preset) as p
  where r.tenant_id = v_tenant;

  insert into access.members (tenant_id, id, user_id, role_id, full_name)
  values (v_tenant, v_member, v_user_id, v_owner, btrim(sign_up.full_name));
  insert into access.people (user_id, full_name) values (v_user_id, btrim(sign_up.full_name)) on conflict (user_id) do nothing;
  perform access.choose_context(v_tenant, 'member', v_member);

  return jsonb_build_object('tenant_id', v_tenant, 'member_id', v_member);
end
$$;
grant execute on function tenancy.sign_up(text, text) to authenticated;

-- Invitations ------------------------------------------------------------------------------------

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

-- Members and roles ------------------------------------------------------------------------------

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

call access.stand_before_wall('access.invite(jsonb, text)');
call access.stand_before_wall('access.require_grantable(uuid)', null);
call access.stand_before_wall('access.withdraw_invitation(uuid)');
call access.stand_before_wall('access.revoke_member(uuid, text)');
call access.stand_before_wall('access.reinstate_member(uuid)');
call access.stand_before_wall('access.revoke_login(uuid, text)');
call access.stand_before_wall('access.change_member_role(uuid, uuid)');
call access.stand_before_wall('access.save_role(jsonb)');
