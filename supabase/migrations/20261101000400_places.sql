-- Places: where subscribers live and in which order a collector walks.
-- The national reference (places.psgc) is filled by the migration after this one.

create table places.psgc (
  code           text primary key check (code ~ '^\d{10}$'),   -- PSGC code of the barangay
  barangay       text not null,
  municipality   text not null,
  province       text,                                          -- null for cities outside any province
  region         text not null,
  search_text    text generated always as (lower(barangay || ' ' || municipality || ' ' || coalesce(province, ''))) stored
);
comment on table places.psgc is 'Barangays of the Philippine Standard Geographic Code (PSA, 2Q 2025). Global and read-only.';
create index psgc_municipality_idx on places.psgc (municipality, barangay);

alter table places.psgc enable row level security;
alter table places.psgc force row level security;
grant select on places.psgc to authenticated, linyada_definer;
create policy psgc_read on places.psgc for select to authenticated, linyada_definer using (code is not null);

create table places.barangays (
  tenant_id    uuid not null references tenancy.tenants (id),
  id           uuid not null default clock.uuid7(),
  psgc_code    text references places.psgc (code),
  name         text not null check (length(name) between 1 and 120),
  municipality text not null check (length(municipality) between 1 and 120),
  latitude     double precision check (latitude between -90 and 90),
  longitude    double precision check (longitude between -180 and 180),
  created_at   timestamptz not null default clock.now(),
  updated_at   timestamptz not null default clock.now(),
  sync_xid     xid8 not null default pg_current_xact_id(),

  primary key (tenant_id, id),
  unique (tenant_id, psgc_code),
  unique (tenant_id, municipality, name)
);
comment on table places.barangays is 'The barangays this tenant serves.';
create index barangays_psgc_idx on places.barangays (psgc_code);

create table places.routes (
  tenant_id    uuid not null references tenancy.tenants (id),
  id           uuid not null default clock.uuid7(),
  name         text not null check (length(name) between 1 and 80),
  collector_id uuid,
  created_at   timestamptz not null default clock.now(),
  updated_at   timestamptz not null default clock.now(),
  sync_xid     xid8 not null default pg_current_xact_id(),

  primary key (tenant_id, id),
  unique (tenant_id, name),
  foreign key (tenant_id, collector_id) references access.members (tenant_id, id)
);
comment on table places.routes is 'A collector''s walking order.';
create index routes_collector_idx on places.routes (tenant_id, collector_id);

-- References service.subscribers; the key is added there.
create table places.route_stops (
  tenant_id     uuid not null references tenancy.tenants (id),
  id            uuid not null default clock.uuid7(),
  route_id      uuid not null,
  subscriber_id uuid not null,
  position      integer not null check (position > 0),
  sync_xid      xid8 not null default pg_current_xact_id(),

  primary key (tenant_id, id),
  unique (tenant_id, subscriber_id),    -- one route visits a subscriber, so one collector is asked about the cash
  foreign key (tenant_id, route_id) references places.routes (tenant_id, id) on delete cascade
);
comment on table places.route_stops is 'A subscriber''s place in a route.';
create index route_stops_route_idx on places.route_stops (tenant_id, route_id, position);

-- Raised whenever the subscribers a member may carry change; a phone that comes with an older number pulls afresh.
create table places.collector_scopes (
  tenant_id uuid    not null,
  member_id uuid    not null,
  id        uuid    generated always as (member_id) stored,
  version   integer not null default 1,

  primary key (tenant_id, member_id),
  foreign key (tenant_id, member_id) references access.members (tenant_id, id)
);
comment on table places.collector_scopes is 'The version of what a collector''s phone should hold.';

create function places.route_changed()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into places.collector_scopes as s (tenant_id, member_id)
  select distinct r.tenant_id, r.collector_id
  from places.routes as r
  where r.tenant_id = coalesce(new.tenant_id, old.tenant_id)
    and r.collector_id is not null
    and r.id in (select (to_jsonb(new) ->> 'route_id')::uuid union select (to_jsonb(old) ->> 'route_id')::uuid)
  on conflict (tenant_id, member_id) do update set version = s.version + 1;
  return null;
end
$$;

create function places.route_handed_over()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into places.collector_scopes as s (tenant_id, member_id)
  select new.tenant_id, m.id
  from (select new.collector_id as id union select old.collector_id) as m
  where m.id is not null
  on conflict (tenant_id, member_id) do update set version = s.version + 1;
  return null;
end
$$;

create trigger route_stops_scope after insert or update of route_id, position or delete on places.route_stops
  for each row execute function places.route_changed();
create trigger routes_scope after update of collector_id on places.routes
  for each row when (old.collector_id is distinct from new.collector_id) execute function places.route_handed_over();

call access.wall('places.barangays');
call access.wall('places.routes');
call access.wall('places.route_stops');
call access.wall('places.collector_scopes');
call access.stand_before_wall('places.route_changed()', null);
call access.stand_before_wall('places.route_handed_over()', null);

grant update (version) on places.collector_scopes to linyada_definer;
grant update (name, collector_id, updated_at), delete on places.routes to linyada_definer;
grant update (route_id, position), delete on places.route_stops to linyada_definer;
grant update (name, municipality, latitude, longitude, updated_at) on places.barangays to linyada_definer;
grant select on places.barangays, places.routes, places.route_stops to authenticated;

create policy barangays_read on places.barangays for select to authenticated
  using ((select access.tenant_id()) is not null);
create policy routes_read on places.routes for select to authenticated
  using ((select access.can('collections.read')) or (select access.can('places.manage')) or collector_id = (select access.member_id()));
create policy route_stops_read on places.route_stops for select to authenticated
  using ((select access.can('collections.read')) or (select access.can('places.manage')) or (select access.can('subscribers.read'))
    or route_id in (select r.id from places.routes as r where r.collector_id = (select access.member_id())));
