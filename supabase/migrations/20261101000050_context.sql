-- Context: who is asking, for which tenant, and may they. Every policy and every write stands on these few functions.
-- They are owned by the migrating role because they read memberships for the wall itself; plpgsql, because the tables they
-- read come in later files.
--
-- The claims come from access.custom_access_token_hook only:
--   tenant_id, actor ('member' | 'subscriber'), actor_id, actor_version.

create function access.claim(name text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> claim.name;
end
$$;

-- The signed-in person (auth.users.id), or null.
create function access.user_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', '')::uuid;
end
$$;

-- The tenant that scheduled work acts for. A session of the Data API cannot set this: it has no way to set a GUC.
create function access.system_tenant_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return nullif(current_setting('linyada.system_tenant', true), '')::uuid;
end
$$;

-- The tenant of the request, if the membership or subscriber login behind the token is alive at this statement, else null.
-- Null opens nothing: every policy compares with it. A statement meets dozens of policies, so what was found is kept beside the claims
-- and holds for this statement (known by its time) and these claims alone; like them, nobody can set it through the Data API.
create function access.tenant_id()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_said   text;
  v_known  text;
  v_claims jsonb;
  v_tenant uuid;
begin
  -- What is asked most comes first and in few steps: one payment asks sixty times.
  if current_setting('linyada.system_tenant', true) <> '' then
    return current_setting('linyada.system_tenant', true)::uuid;
  end if;
  if current_setting('linyada.standing_of', true)
    = extract(epoch from statement_timestamp()) || current_setting('request.jwt.claims', true) then
    return current_setting('linyada.standing', true)::uuid;
  end if;
  v_said := current_setting('request.jwt.claims', true);
  if v_said is null or v_said = '' then
    return null;
  end if;

  v_claims := v_said::jsonb;
  case v_claims ->> 'actor'
    when 'member' then
      select m.tenant_id into v_tenant
      from access.members as m
      where m.tenant_id = (v_claims ->> 'tenant_id')::uuid
        and m.id = (v_claims ->> 'actor_id')::uuid
        and m.user_id = (v_claims ->> 'sub')::uuid
        and m.version = (v_claims ->> 'actor_version')::integer
        and m.status = 'active';
    when 'subscriber' then
      select l.tenant_id into v_tenant
      from access.subscriber_logins as l
      where l.tenant_id = (v_claims ->> 'tenant_id')::uuid
        and l.id = (v_claims ->> 'actor_id')::uuid
        and l.user_id = (v_claims ->> 'sub')::uuid
        and l.version = (v_claims ->> 'actor_version')::integer
        and l.status = 'active';
    else
      v_tenant := null;
  end case;

  if v_tenant is not null then
    v_known := set_config('linyada.standing', v_tenant::text, true);
    v_known := set_config('linyada.standing_of', extract(epoch from statement_timestamp()) || v_said, true);
  end if;
  return v_tenant;
end
$$;

-- The member who asks, or null (a subscriber, scheduled work, a stranger, a revoked member).
create function access.member_id()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_claims jsonb;
begin
  if coalesce(current_setting('linyada.system_tenant', true), '') = '' and access.tenant_id() is not null then
    v_claims := current_setting('request.jwt.claims')::jsonb;
    if v_claims ->> 'actor' = 'member' then
      return (v_claims ->> 'actor_id')::uuid;
    end if;
  end if;
  return null;
end
$$;

-- The subscriber whose portal login asks, or null.
create function access.subscriber_id()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
  v_tenant uuid;
begin
  if nullif(current_setting('linyada.system_tenant', true), '') is not null
    or v_claims ->> 'actor' is distinct from 'subscriber' then
    return null;
  end if;
  v_tenant := access.tenant_id();
  return (
    select l.subscriber_id
    from access.subscriber_logins as l
    where l.tenant_id = v_tenant and l.id = (v_claims ->> 'actor_id')::uuid
  );
end
$$;

-- May the asking member do this? The owner may do everything inside the own tenant; scheduled work too; a subscriber nothing.
create function access.can(permission text)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid;
  v_claims jsonb;
begin
  if nullif(current_setting('linyada.system_tenant', true), '') is not null then
    return true;
  end if;
  v_tenant := access.tenant_id();
  if v_tenant is null then
    return false;
  end if;
  v_claims := current_setting('request.jwt.claims')::jsonb;
  if v_claims ->> 'actor' is distinct from 'member' then
    return false;
  end if;

  return (
    select r.is_owner or exists (
      select from access.role_permissions as p
      where p.tenant_id = r.tenant_id and p.role_id = r.id and p.permission = can.permission)
    from access.members as m
    join access.roles as r on r.tenant_id = m.tenant_id and r.id = m.role_id
    where m.tenant_id = v_tenant and m.id = (v_claims ->> 'actor_id')::uuid);
end
$$;

-- Refuses (PT403) with a sentence when the asking member may not do this.
create function access.require(permission text)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if access.can(permission) then
    return;
  end if;
  if access.tenant_id() is null then
    raise exception 'You are not signed in to this ISP any more. Sign in again, or ask its owner for access.'
      using errcode = 'PT403', detail = 'not_a_member';
  end if;
  raise exception 'Your role does not allow this: %. Ask the owner or a manager.',
    coalesce((select lower(p.label) from access.permissions as p where p.name = permission), permission)
    using errcode = 'PT403', detail = 'permission_missing';
end
$$;

-- Lets the rest of this transaction act as the tenant's own system actor. For scheduled work and seeding; nobody may call it
-- through the Data API.
create function access.act_for(tenant_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select set_config('linyada.system_tenant', coalesce(act_for.tenant_id::text, ''), true)
$$;

grant execute on function access.claim(text), access.user_id(), access.system_tenant_id(), access.tenant_id(),
  access.member_id(), access.subscriber_id(), access.can(text), access.require(text)
  to authenticated, linyada_definer;
grant execute on function access.user_id() to anon;
