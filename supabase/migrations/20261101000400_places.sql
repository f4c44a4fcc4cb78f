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

-- While it runs, somebody else walks the route; then it is its collector's again, by itself.
create table places.route_loans (
  tenant_id    uuid not null references tenancy.tenants (id),
  id           uuid not null default clock.uuid7(),
  command_id   uuid not null,                            -- routes lent at once share it
  request      jsonb not null,                           -- what was asked, so that other content under the same id is noticed
  route_id     uuid not null,
  member_id    uuid not null,                            -- who walks it on these days
  days         daterange not null check (not lower_inf(days) and not upper_inf(days)),   -- empty: taken back before it began
  reason       text check (length(reason) between 3 and 300),
  lent_by      uuid not null,
  created_at   timestamptz not null default clock.now(),
  ended_at     timestamptz,                              -- taken back early
  ended_by     uuid,

  primary key (tenant_id, id),
  unique (tenant_id, command_id, route_id),
  foreign key (tenant_id, route_id) references places.routes (tenant_id, id) on delete cascade,
  foreign key (tenant_id, member_id) references access.members (tenant_id, id),
  foreign key (tenant_id, lent_by) references access.members (tenant_id, id),
  foreign key (tenant_id, ended_by) references access.members (tenant_id, id),
  check ((ended_at is null) = (ended_by is null)),
  check (ended_at is not null or not isempty(days)),
  exclude using gist (tenant_id with =, route_id with =, days with &&)
);
comment on table places.route_loans is 'A route that somebody else walks for some days.';
create index route_loans_route_idx on places.route_loans (tenant_id, route_id);
create index route_loans_member_idx on places.route_loans (tenant_id, member_id);
create index route_loans_lender_idx on places.route_loans (tenant_id, lent_by);
create index route_loans_ender_idx on places.route_loans (tenant_id, ended_by);

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
call access.wall('places.route_loans');
call access.wall('places.collector_scopes');
call access.stand_before_wall('places.route_changed()', null);
call access.stand_before_wall('places.route_handed_over()', null);

grant update (version) on places.collector_scopes to linyada_definer;
grant update (name, collector_id, updated_at), delete on places.routes to linyada_definer;
grant update (route_id, position), delete on places.route_stops to linyada_definer;
grant update (name, municipality, latitude, longitude, updated_at) on places.barangays to linyada_definer;
grant update (days, ended_at, ended_by) on places.route_loans to linyada_definer;
grant select on places.barangays, places.routes, places.route_stops, places.route_loans to authenticated;

create policy barangays_read on places.barangays for select to authenticated
  using ((select access.tenant_id()) is not null);
create policy routes_read on places.routes for select to authenticated
  using ((select access.can('collections.read')) or (select access.can('places.manage')) or collector_id = (select access.member_id()));
create policy route_stops_read on places.route_stops for select to authenticated
  using ((select access.can('collections.read')) or (select access.can('places.manage')) or (select access.can('subscribers.read'))
    or route_id in (select r.id from places.routes as r where r.collector_id = (select access.member_id())));
create policy route_loans_read on places.route_loans for select to authenticated
  using ((select access.can('collections.read')) or (select access.can('places.manage')) or member_id = (select access.member_id()));

-- The routes a member walks on a day: the own ones that are not lent, and those of others that are.
create function places.routes_walked_by(member_id uuid, walked_on date)
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array(
    select r.id
    from places.routes as r
    left join places.route_loans as l on l.tenant_id = r.tenant_id and l.route_id = r.id and l.days @> routes_walked_by.walked_on
    where r.tenant_id = access.tenant_id() and coalesce(l.member_id, r.collector_id) = routes_walked_by.member_id
    order by r.id);
end
$$;

-- What is lent or borrowed on a day, in short: a phone that comes with another answer has other subscribers to carry.
create function places.loans_digest(member_id uuid, walked_on date)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce((
    select '/' || md5(string_agg(l.id::text, ',' order by l.id))
    from places.route_loans as l
    join places.routes as r on r.tenant_id = l.tenant_id and r.id = l.route_id
    where l.tenant_id = access.tenant_id() and l.days @> loans_digest.walked_on
      and loans_digest.member_id in (l.member_id, r.collector_id)), '');
end
$$;

-- Shortens loans to what of them is over, so that the routes are their collectors' again today. Callers say who may.
create function places.cut_loans_short(loan_ids uuid[])
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  update places.route_loans as l
  set days = daterange(lower(l.days), greatest(lower(l.days), clock.today(l.tenant_id))), ended_at = clock.now(), ended_by = access.member_id()
  where l.tenant_id = access.tenant_id() and l.id = any (cut_loans_short.loan_ids);
end
$$;
call access.stand_before_wall('places.routes_walked_by(uuid, date)', null);
call access.stand_before_wall('places.loans_digest(uuid, date)', null);
call access.stand_before_wall('places.cut_loans_short(uuid[])', null);
