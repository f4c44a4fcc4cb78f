-- Foundation: what every room stands on. Roles, schemas, who may do what by default, time, ids, and the wall.

create schema if not exists extensions;
create extension if not exists btree_gist with schema extensions;
create extension if not exists pgcrypto with schema extensions;

-- Scheduled work. Where the extension is missing, the embedded stack stands in for it with the same tables and functions.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron;
  end if;
end
$$;

-- Our definer functions run as this role. It cannot log in and does not bypass row level security,
-- so a mistake inside our own code stops at the same wall as a stranger does.
do $$
begin
  if not exists (select from pg_roles where rolname = 'linyada_definer') then
    create role linyada_definer nologin noinherit nobypassrls;
  end if;
  execute format('grant linyada_definer to %I', current_user);
end
$$;

create schema clock;
create schema tenancy;
create schema access;
create schema places;
create schema catalog;
create schema service;
create schema ledger;
create schema billing;
create schema collections;
create schema sync;
create schema audit;
create schema api;

comment on schema api is 'The only schema the Data API exposes: reads are views, writes are functions.';

-- Nothing is executable or readable unless a line says so. (Only works without "in schema".)
alter default privileges revoke execute on functions from public;

grant usage on schema api to anon, authenticated, service_role;
grant usage on schema clock, tenancy, access, places, catalog, service, ledger, billing, collections, sync, audit
  to authenticated, linyada_definer;
grant usage on schema clock, access, tenancy, collections to anon;
grant usage on schema extensions to authenticated, linyada_definer;
grant usage, create on schema clock, tenancy, access, places, catalog, service, ledger, billing, collections, sync, audit
  to linyada_definer;

-- Time -------------------------------------------------------------------------------------------

-- The one reading of time in every rule. Elsewhere than on an embedded or test database it is now();
-- there a frozen instant (linyada.clock_at) or an offset (linyada.clock_offset_seconds) may stand for it,
-- so that a month's turn can be seen. Hosted databases set none of these, so the override is dead.
-- In plpgsql, as is everything small that is called often: Postgres plans the body of an SQL function anew for each caller
-- when it cannot inline it, and none that pins its search path can be.
create function clock.now()
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  if coalesce(current_setting('linyada.environment', true), '') not in ('embedded', 'test') then
    return now();
  end if;
  if coalesce(current_setting('linyada.clock_at', true), '') <> '' then
    return current_setting('linyada.clock_at', true)::timestamptz;
  end if;
  return now() + make_interval(
    secs => coalesce(nullif(current_setting('linyada.clock_offset_seconds', true), ''), '0')::double precision);
end
$$;

grant execute on function clock.now() to anon, authenticated, linyada_definer, service_role;

-- Ids --------------------------------------------------------------------------------------------

-- A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then version, variant and 74 random bits. Ordered by time of making,
-- and made by whoever makes the fact. Real time on purpose: an id is not a rule.
create function clock.uuid7()
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
begin
  return encode(
    set_bit(
      set_bit(
        overlay(
          uuid_send(gen_random_uuid())
          placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6),
        52, 1),
      53, 1),
    'hex')::uuid;
end
$$;

grant execute on function clock.uuid7() to authenticated, linyada_definer, service_role;

-- The wall ---------------------------------------------------------------------------------------

-- Gives a tenant table its wall: row level security enabled and forced, one restrictive policy that no other policy can
-- widen, and the same condition for our own definer role. What may be written is granted beside each table:
-- a fact that is never edited has no update grant, not even for our code.
create procedure access.wall(walled regclass)
language plpgsql
set search_path = ''
as $$
declare
  v_name text := (select c.relname from pg_catalog.pg_class as c where c.oid = walled);
begin
  execute format('alter table %s enable row level security', walled);
  execute format('alter table %s force row level security', walled);
  execute format(
    'create policy %I on %s as restrictive for all to authenticated
       using (tenant_id = (select access.tenant_id())) with check (tenant_id = (select access.tenant_id()))',
    v_name || '_same_tenant', walled);
  execute format(
    'create policy %I on %s for all to linyada_definer
       using (tenant_id = (select access.tenant_id())) with check (tenant_id = (select access.tenant_id()))',
    v_name || '_definer', walled);
  execute format('grant select, insert on %s to linyada_definer', walled);
end
$$;

-- Hands a definer function to the role that stands before the wall, and says who may call it.
create procedure access.stand_before_wall(callee regprocedure, callers text default 'authenticated')
language plpgsql
set search_path = ''
as $$
begin
  execute format('alter function %s owner to linyada_definer', callee);
  if callers is not null then
    execute format('grant execute on function %s to %s, linyada_definer', callee, callers);
  end if;
end
$$;
