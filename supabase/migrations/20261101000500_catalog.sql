-- Catalog: what an ISP sells.

create table catalog.plans (
  tenant_id    uuid        not null references tenancy.tenants (id),
  id           uuid        not null default clock.uuid7(),
  name         text        not null check (length(name) between 1 and 80),
  billing_mode text        not null check (billing_mode in ('prepaid', 'postpaid')),
  prepaid_days smallint    check (prepaid_days between 1 and 366),    -- the days one full price buys
  down_mbps    integer     not null check (down_mbps between 1 and 100000),
  up_mbps      integer     not null check (up_mbps between 1 and 100000),
  vat_class    text        not null default 'vatable' check (vat_class in ('vatable', 'exempt', 'zero_rated')),
  is_active    boolean     not null default true,
  created_at   timestamptz not null default clock.now(),
  updated_at   timestamptz not null default clock.now(),
  sync_xid     xid8        not null default pg_current_xact_id(),

  primary key (tenant_id, id),
  unique (tenant_id, name),
  check ((billing_mode = 'prepaid') = (prepaid_days is not null))
);
comment on table catalog.plans is 'A plan on offer. Its mode never changes; its price has versions.';

create table catalog.plan_prices (
  tenant_id   uuid      not null references tenancy.tenants (id),
  id          uuid      not null default clock.uuid7(),
  plan_id     uuid      not null,
  price_minor bigint    not null check (price_minor between 1 and 9999999999),   -- what the subscriber pays, VAT included
  is_followed boolean   not null default false,     -- by everyone on the plan, not only by who starts from then on
  valid       daterange not null check (not isempty(valid) and lower(valid) is not null),

  primary key (tenant_id, id),
  foreign key (tenant_id, plan_id) references catalog.plans (tenant_id, id),
  exclude using gist (tenant_id with =, plan_id with =, valid with &&)
);
comment on table catalog.plan_prices is 'A price of a plan, from a day until the day before another begins. VAT inclusive.';
create index plan_prices_plan_idx on catalog.plan_prices (tenant_id, plan_id);

call access.wall('catalog.plans');
call access.wall('catalog.plan_prices');
grant update (name, down_mbps, up_mbps, vat_class, is_active, updated_at) on catalog.plans to linyada_definer;
grant update (valid), delete on catalog.plan_prices to linyada_definer;
grant select on catalog.plans, catalog.plan_prices to authenticated;

-- What is on offer is no secret inside the tenant, not even to its subscribers.
create policy plans_read on catalog.plans for select to authenticated
  using ((select access.tenant_id()) is not null);
create policy plan_prices_read on catalog.plan_prices for select to authenticated
  using ((select access.tenant_id()) is not null);

-- The price of a plan on a day, in minor units, or null when it had none.
create function catalog.price_on(plan_id uuid, day date)
returns bigint
language sql
stable
set search_path = ''
as $$
  select p.price_minor
  from catalog.plan_prices as p
  where p.tenant_id = (select access.tenant_id()) and p.plan_id = price_on.plan_id and p.valid @> price_on.day
$$;
grant execute on function catalog.price_on(uuid, date) to authenticated, linyada_definer;
