-- Access: people, what they may do at which ISP, and how a token learns it.

-- One row per auth user, the same person at every ISP.
create table access.people (
  user_id    uuid        primary key references auth.users (id) on delete cascade,
  full_name  text        not null check (length(full_name) between 1 and 120),
  phone      text        check (length(phone) <= 40),
  locale     text        not null default 'en' check (locale in ('en', 'fil', 'ceb')),
  created_at timestamptz not null default clock.now(),
  updated_at timestamptz not null default clock.now()
);
comment on table access.people is 'A person who signs in. Global: one person may work for or subscribe to several ISPs.';

create table access.permissions (
  name     text primary key check (name ~ '^[a-z_]+\.[a-z_]+$'),
  category text not null,
  label    text not null,
  position integer not null
);
comment on table access.permissions is 'The catalogue of permissions, the same for every tenant, in plain words.';

create table access.roles (
  tenant_id  uuid        not null references tenancy.tenants (id),
  id         uuid        not null default clock.uuid7(),
  name       text        not null check (length(name) between 1 and 60),
  preset     text        check (preset in ('owner', 'manager', 'cashier', 'collector', 'technician', 'customer_service', 'report_viewer')),
  is_owner   boolean     not null default false,
  home       text        not null default 'office' check (home in ('office', 'collector', 'technician')),
  created_at timestamptz not null default clock.now(),
  updated_at timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id, name)
);
comment on table access.roles is 'A named set of permissions of one tenant. home says which screens a person of this role lands on.';
create unique index roles_owner_idx on access.roles (tenant_id) where is_owner;

create table access.role_permissions (
  tenant_id  uuid not null,
  role_id    uuid not null,
  permission text not null references access.permissions (name),

  primary key (tenant_id, role_id, permission),
  foreign key (tenant_id, role_id) references access.roles (tenant_id, id) on delete cascade
);
comment on table access.role_permissions is 'What a role may do.';
create index role_permissions_permission_idx on access.role_permissions (permission);

create table access.members (
  tenant_id  uuid        not null references tenancy.tenants (id),
  id         uuid        not null default clock.uuid7(),
  user_id    uuid        not null references auth.users (id),
  role_id    uuid        not null,
  full_name  text        not null check (length(full_name) between 1 and 120),
  phone      text        check (length(phone) <= 40),
  status     text        not null default 'active' check (status in ('active', 'revoked')),
  version    integer     not null default 1,       -- raised by a revocation: tokens of an older version open nothing
  joined_at  timestamptz not null default clock.now(),
  revoked_at timestamptz,
  updated_at timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id, user_id),
  foreign key (tenant_id, role_id) references access.roles (tenant_id, id),
  check ((status = 'revoked') = (revoked_at is not null))
);
comment on table access.members is 'A person who works for a tenant, in one role.';
create index members_role_idx on access.members (tenant_id, role_id);
create index members_user_idx on access.members (user_id);

-- References service.subscribers; the key is added there, where that table is made.
create table access.subscriber_logins (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null default clock.uuid7(),
  user_id       uuid        not null references auth.users (id),
  subscriber_id uuid        not null,
  status        text        not null default 'active' check (status in ('active', 'revoked')),
  version       integer     not null default 1,
  created_at    timestamptz not null default clock.now(),
  updated_at    timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id, user_id, subscriber_id)
);
comment on table access.subscriber_logins is 'A person who may see one subscriber''s portal.';
create index subscriber_logins_user_idx on access.subscriber_logins (user_id);
create index subscriber_logins_subscriber_idx on access.subscriber_logins (tenant_id, subscriber_id);

create table access.invitations (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null default clock.uuid7(),
  kind          text        not null check (kind in ('member', 'subscriber')),
  role_id       uuid,
  subscriber_id uuid,
  full_name     text        not null check (length(full_name) between 1 and 120),
  email         text        check (email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' and length(email) <= 254),
  token_hash    bytea       not null check (length(token_hash) = 32),   -- sha256; the token itself is in the link only
  expires_at    timestamptz not null,
  invited_by    uuid        not null,
  accepted_at   timestamptz,
  accepted_by   uuid        references auth.users (id),
  withdrawn_at  timestamptz,
  created_at    timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, role_id) references access.roles (tenant_id, id),
  foreign key (tenant_id, invited_by) references access.members (tenant_id, id),
  check ((kind = 'member') = (role_id is not null)),
  check ((kind = 'subscriber') = (subscriber_id is not null))
);
comment on table access.invitations is 'A link that lets one person join as staff, or a subscriber see the own portal, once.';
create index invitations_role_idx on access.invitations (tenant_id, role_id);
create index invitations_inviter_idx on access.invitations (tenant_id, invited_by);
create index invitations_subscriber_idx on access.invitations (tenant_id, subscriber_id);
create index invitations_accepted_by_idx on access.invitations (accepted_by);
create index invitations_token_idx on access.invitations (token_hash);

-- Keyed by session, so that switching on one device does not switch another. No one reads it but the hook.
create table access.session_contexts (
  session_id uuid        primary key,
  user_id    uuid        not null references auth.users (id) on delete cascade,
  tenant_id  uuid        not null references tenancy.tenants (id),
  actor      text        not null check (actor in ('member', 'subscriber')),
  actor_id   uuid        not null,
  chosen_at  timestamptz not null default clock.now()
);
comment on table access.session_contexts is 'Which ISP a signed-in session works with, and as whom.';
create index session_contexts_user_idx on access.session_contexts (user_id);
create index session_contexts_tenant_idx on access.session_contexts (tenant_id);
alter table access.session_contexts enable row level security;
alter table access.session_contexts force row level security;

alter table access.people enable row level security;
alter table access.people force row level security;
grant select on access.people to authenticated;
create policy people_read on access.people for select to authenticated using (user_id = (select access.user_id()));

alter table access.permissions enable row level security;
alter table access.permissions force row level security;
grant select on access.permissions to authenticated, linyada_definer;
create policy permissions_read on access.permissions for select to authenticated, linyada_definer using (name is not null);

call access.wall('access.roles');
call access.wall('access.role_permissions');
call access.wall('access.members');
call access.wall('access.subscriber_logins');
call access.wall('access.invitations');

grant select on access.roles, access.role_permissions, access.members, access.subscriber_logins to authenticated;
grant select (tenant_id, id, kind, role_id, subscriber_id, full_name, email, expires_at, invited_by, accepted_at, withdrawn_at, created_at)
  on access.invitations to authenticated;   -- the hash stays inside
grant update (role_id, full_name, phone, status, version, revoked_at, updated_at) on access.members to linyada_definer;
grant update (status, version, updated_at) on access.subscriber_logins to linyada_definer;
grant update (accepted_at, accepted_by, withdrawn_at, expires_at) on access.invitations to linyada_definer;
grant update (name, home, updated_at), delete on access.roles to linyada_definer;
grant delete on access.role_permissions to linyada_definer;

-- A member sees colleagues' names (they print on receipts); only those who manage staff see the rest of the room.
create policy roles_read on access.roles for select to authenticated using ((select access.member_id()) is not null);
create policy role_permissions_read on access.role_permissions for select to authenticated
  using ((select access.member_id()) is not null);
create policy members_read on access.members for select to authenticated
  using ((select access.can('members.read')) or (select access.can('collections.read')) or id = (select access.member_id()));
create policy subscriber_logins_read on access.subscriber_logins for select to authenticated
  using ((select access.can('members.read')) or (select access.can('subscribers.read')) or user_id = (select access.user_id()));
create policy invitations_read on access.invitations for select to authenticated
  using ((select access.can('members.manage')) or (kind = 'subscriber' and (select access.can('subscribers.manage'))));

insert into access.permissions (position, name, category, label) values
  (10, 'settings.manage',         'Settings',    'Change the ISP''s settings'),
  (20, 'members.read',            'Staff',       'See staff'),
  (21, 'members.manage',          'Staff',       'Invite and revoke staff'),
  (22, 'roles.manage',            'Staff',       'Change roles'),
  (30, 'places.manage',           'Places',      'Pick barangays and arrange routes'),
  (40, 'plans.manage',            'Plans',       'Create and change plans'),
  (50, 'subscribers.read',        'Subscribers', 'See all subscribers'),
  (51, 'subscribers.manage',      'Subscribers', 'Add and change subscribers and services'),
  (60, 'billing.read',            'Billing',     'See invoices and billing runs'),
  (61, 'billing.run',             'Billing',     'Run billing'),
  (62, 'invoices.manage',         'Billing',     'Add charges, void invoices, issue credit notes'),
  (63, 'corrections.approve',     'Billing',     'Approve corrections above the limit, asked by somebody else'),
  (70, 'payments.read',           'Payments',    'See all payments'),
  (71, 'payments.record',         'Payments',    'Take payments at the counter'),
  (72, 'payments.request_void',   'Payments',    'Ask to void a payment'),
  (73, 'payments.approve_void',   'Payments',    'Approve a void asked by somebody else'),
  (74, 'payments.correct',        'Payments',    'Refund, transfer and bounce payments'),
  (80, 'collections.collect',     'Field',       'Collect on the own routes'),
  (81, 'collections.read',        'Field',       'See every collector''s work'),
  (82, 'collections.settle',      'Field',       'Settle parked collections and manage devices'),
  (85, 'collections.watch',       'Field',       'See what stands out in the field'),
  (86, 'collections.rescue',      'Field',       'Take in what a phone could not send itself'),
  (83, 'remittances.count',       'Field',       'Count remitted cash and take it to the bank'),
  (84, 'remittances.approve',     'Field',       'Approve a variance'),
  (90, 'jobs.work',               'Field',       'Do technician jobs'),
  (100, 'ledger.read',            'Reports',     'See the ledger'),
  (103, 'ledger.close',           'Reports',     'Close months of the books, and reopen them with a second person'),
  (101, 'reports.read',           'Reports',     'See and export reports'),
  (102, 'audit.read',             'Reports',     'Read the audit log');

-- What each preset may do. The owner needs no list.
create function access.preset_permissions(preset text)
returns table (permission text)
language sql
stable
set search_path = ''
as $$
  select p.name
  from access.permissions as p
  where case preset_permissions.preset
    when 'manager' then p.name not in ('settings.manage', 'roles.manage', 'jobs.work')
    when 'cashier' then p.name in ('subscribers.read', 'billing.read', 'payments.read', 'payments.record',
      'payments.request_void', 'remittances.count', 'collections.read', 'collections.rescue')
    when 'collector' then p.name in ('collections.collect')
    when 'technician' then p.name in ('jobs.work')
    when 'customer_service' then p.name in ('subscribers.read', 'subscribers.manage', 'billing.read', 'payments.read')
    when 'report_viewer' then p.name in ('subscribers.read', 'billing.read', 'payments.read', 'collections.read',
      'ledger.read', 'reports.read')
    else false
  end
$$;
