-- Service: subscribers, what they have, and whether it is on.

create table service.subscribers (
  tenant_id       uuid        not null references tenancy.tenants (id),
  id              uuid        not null default clock.uuid7(),
  account_no      text        not null check (account_no ~ '^[A-Za-z0-9][A-Za-z0-9./-]{0,29}$'),
  kind            text        not null default 'person' check (kind in ('person', 'business')),
  name            text        not null check (length(name) between 1 and 160 and name = btrim(name)),  -- as printed: the person's or the business's
  first_name      text        check (length(first_name) <= 80),
  last_name       text        check (length(last_name) <= 80),
  contact_person  text        check (length(contact_person) <= 120),
  phone           text        check (length(phone) <= 40),
  other_phone     text        check (length(other_phone) <= 40),
  email           text        check (length(email) <= 254),
  tin             text        check (length(tin) <= 30),
  branch          text        not null default '00000',       -- whose series number the invoices
  barangay_id     uuid,
  purok           text        check (length(purok) <= 120),
  landmark        text        check (length(landmark) <= 200),
  latitude        double precision check (latitude between -90 and 90),
  longitude       double precision check (longitude between -180 and 180),
  location_source text        check (location_source in ('pin', 'gps', 'import')),
  notes           text        check (length(notes) <= 2000),
  grace_days      smallint    check (grace_days between 0 and 60),          -- null: the tenant's; days a late invoice waits before the calendar begins
  source_key      text        check (length(source_key) <= 80),    -- the key of an import, so that it can be repeated
  created_at      timestamptz not null default clock.now(),
  updated_at      timestamptz not null default clock.now(),
  sync_xid        xid8        not null default pg_current_xact_id(),
  search_text     text        generated always as (
    lower(account_no || ' ' || name || ' ' || coalesce(phone, '') || ' ' || coalesce(other_phone, '') || ' ' || coalesce(purok, ''))) stored,

  primary key (tenant_id, id),
  unique (tenant_id, account_no),
  unique (tenant_id, source_key),
  foreign key (tenant_id, barangay_id) references places.barangays (tenant_id, id),
  foreign key (tenant_id, branch) references tenancy.branches (tenant_id, code),
  check ((latitude is null) = (longitude is null))
);
comment on table service.subscribers is 'A customer of a tenant. Whether the account is active, suspended or ended follows from its subscriptions.';
create index subscribers_barangay_idx on service.subscribers (tenant_id, barangay_id);
create index subscribers_branch_idx on service.subscribers (tenant_id, branch);
create index subscribers_name_idx on service.subscribers (tenant_id, name, id);
create index subscribers_sync_idx on service.subscribers (tenant_id, sync_xid, id);

alter table places.route_stops add foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id);
alter table access.subscriber_logins add foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id);
alter table access.invitations add foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id);

create table service.subscriptions (
  tenant_id      uuid        not null references tenancy.tenants (id),
  id             uuid        not null default clock.uuid7(),
  subscriber_id  uuid        not null,
  label          text        check (length(label) <= 80),        -- "Shop", when a subscriber has several
  billing_mode   text        not null check (billing_mode in ('prepaid', 'postpaid')),
  state          text        not null check (state in ('pending', 'active', 'terminated')),      -- pending: sold, and not activated yet
  activated_on   date,
  terminated_on  date,                                           -- the first day without service
  bill_anchor_on date,                                           -- null: the tenant's invoice day
  repair_from    date,                                           -- what was billed from here on is looked at again by the next invoice
  paid_until     timestamptz,                                    -- prepaid: the end of the last period bought
  purok          text        check (length(purok) <= 120),       -- the premises, where they differ from the subscriber's address
  landmark       text        check (length(landmark) <= 200),
  latitude       double precision check (latitude between -90 and 90),
  longitude      double precision check (longitude between -180 and 180),
  created_at     timestamptz not null default clock.now(),
  updated_at     timestamptz not null default clock.now(),
  sync_xid       xid8        not null default pg_current_xact_id(),

  primary key (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  check ((state = 'pending') = (activated_on is null)),
  check ((state = 'terminated') = (terminated_on is not null)),
  check (terminated_on >= activated_on),
  check (billing_mode = 'prepaid' or paid_until is null),
  check (billing_mode = 'postpaid' or state <> 'pending')        -- prepaid time begins when it is bought
);
comment on table service.subscriptions is 'One service of a subscriber. On = active, paid when prepaid, and no open hold.';
create index subscriptions_subscriber_idx on service.subscriptions (tenant_id, subscriber_id);
create index subscriptions_billing_idx on service.subscriptions (tenant_id, billing_mode, state, id);
create index subscriptions_repair_idx on service.subscriptions (tenant_id, subscriber_id) where repair_from is not null;
create index subscriptions_sync_idx on service.subscriptions (tenant_id, sync_xid, id);

create table service.subscription_terms (
  tenant_id       uuid      not null references tenancy.tenants (id),
  id              uuid      not null default clock.uuid7(),
  subscription_id uuid      not null,
  plan_id         uuid      not null,
  price_minor     bigint    not null check (price_minor between 1 and 9999999999),
  is_special      boolean   not null default false,      -- agreed with this subscriber: prices of the plan are not followed
  agreed_minor    bigint,                                -- what it was before a price of the plan was followed; null: none is
  valid           daterange not null check (not isempty(valid) and lower(valid) is not null),
  sync_xid        xid8      not null default pg_current_xact_id(),

  primary key (tenant_id, id),
  foreign key (tenant_id, subscription_id) references service.subscriptions (tenant_id, id),
  foreign key (tenant_id, plan_id) references catalog.plans (tenant_id, id),
  exclude using gist (tenant_id with =, subscription_id with =, valid with &&)
);
comment on table service.subscription_terms is 'Which plan at which price, from when until when: the history of plan changes.';
create index subscription_terms_subscription_idx on service.subscription_terms (tenant_id, subscription_id);
create index subscription_terms_plan_idx on service.subscription_terms (tenant_id, plan_id);

create table service.holds (
  tenant_id       uuid        not null references tenancy.tenants (id),
  id              uuid        not null default clock.uuid7(),
  subscription_id uuid        not null,
  kind            text        not null check (kind in ('nonpayment', 'manual', 'vacation', 'fault', 'abuse')),
  reason          text        not null check (length(reason) between 1 and 300),
  opened_at       timestamptz not null default clock.now(),
  opened_by       uuid,                                          -- null: the tenant's system actor
  rule            text,                                          -- 'dunning': the calendar's own, with the facts it followed
  facts           jsonb,
  closed_at       timestamptz check (closed_at >= opened_at),
  closed_by       uuid,
  closed_reason   text        check (length(closed_reason) <= 300),
  sync_xid        xid8        not null default pg_current_xact_id(),

  primary key (tenant_id, id),
  foreign key (tenant_id, subscription_id) references service.subscriptions (tenant_id, id),
  foreign key (tenant_id, opened_by) references access.members (tenant_id, id),
  foreign key (tenant_id, closed_by) references access.members (tenant_id, id)
);
comment on table service.holds is 'A reason why a service is off. Manual and automatic holds never touch one another.';
create unique index holds_open_idx on service.holds (tenant_id, subscription_id, kind) where closed_at is null;
create index holds_subscription_idx on service.holds (tenant_id, subscription_id);
create index holds_opener_idx on service.holds (tenant_id, opened_by);
create index holds_closer_idx on service.holds (tenant_id, closed_by);

create table service.pauses (
  tenant_id       uuid      not null references tenancy.tenants (id),
  id              uuid      not null default clock.uuid7(),
  subscription_id uuid      not null,
  kind            text      not null default 'pause' check (kind in ('pause', 'ended')),     -- ended: between an end and the return
  days            daterange not null check (not isempty(days) and lower(days) is not null),
  fee_minor       bigint    not null default 0 check (fee_minor >= 0),
  reason          text      check (length(reason) <= 300),

  primary key (tenant_id, id),
  foreign key (tenant_id, subscription_id) references service.subscriptions (tenant_id, id),
  exclude using gist (tenant_id with =, subscription_id with =, days with &&)
);
comment on table service.pauses is 'Days on which a service is paused and not billed.';
create index pauses_subscription_idx on service.pauses (tenant_id, subscription_id);

call access.wall('service.subscribers');
call access.wall('service.subscriptions');
call access.wall('service.subscription_terms');
call access.wall('service.holds');
call access.wall('service.pauses');

grant update (account_no, kind, name, first_name, last_name, contact_person, phone, other_phone, email, tin, branch, barangay_id, purok, landmark,
  latitude, longitude, location_source, notes, grace_days, updated_at) on service.subscribers to linyada_definer;
grant update (label, state, activated_on, terminated_on, bill_anchor_on, repair_from, paid_until, purok, landmark, latitude, longitude, updated_at)
  on service.subscriptions to linyada_definer;
grant update (valid), delete on service.subscription_terms to linyada_definer;     -- what has not begun may be taken back
grant update (closed_at, closed_by, closed_reason) on service.holds to linyada_definer;
grant update (days), delete on service.pauses to linyada_definer;
grant select on service.subscribers, service.subscriptions, service.subscription_terms, service.holds, service.pauses to authenticated;

-- The subscribers the asking collector may carry: those on the own routes. A collector reads no subscriber through the views:
-- what the phone may hold comes from api.sync_pull alone.
create function service.route_subscriber_ids()
returns setof uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return query
  select s.subscriber_id
  from places.routes as r
  join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
  where r.tenant_id = (select access.tenant_id())
    and r.id = any ((select places.routes_walked_by(access.member_id(), clock.today(access.tenant_id())))::uuid[])
    and (select access.can('collections.collect'));
end
$$;
call access.stand_before_wall('service.route_subscriber_ids()');

create policy subscribers_read on service.subscribers for select to authenticated
  using ((select access.can('subscribers.read')) or id = (select access.subscriber_id()));
create policy subscriptions_read on service.subscriptions for select to authenticated
  using ((select access.can('subscribers.read')) or subscriber_id = (select access.subscriber_id()));
create policy subscription_terms_read on service.subscription_terms for select to authenticated
  using ((select access.can('subscribers.read'))
    or subscription_id in (select s.id from service.subscriptions as s where s.tenant_id = (select access.tenant_id())));
create policy holds_read on service.holds for select to authenticated
  using ((select access.can('subscribers.read'))
    or subscription_id in (select s.id from service.subscriptions as s where s.tenant_id = (select access.tenant_id())));
create policy pauses_read on service.pauses for select to authenticated
  using ((select access.can('subscribers.read'))
    or subscription_id in (select s.id from service.subscriptions as s where s.tenant_id = (select access.tenant_id())));
