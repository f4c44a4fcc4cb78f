-- Who a session works as, and the hook that puts it into a token.
-- These functions must look across tenants (who am I, where do I work): they belong to the migrating role and read only what
-- hangs on the asking user.

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
