-- Collections: money received, by whom, where it is now. Cash that changed hands is a fact: never edited, never refused.

create table collections.devices (
  tenant_id   uuid        not null references tenancy.tenants (id),
  id          uuid        not null,                                    -- made on the phone
  member_id   uuid        not null,
  code        text        not null check (code ~ '^[A-Z0-9]{2,6}$'),   -- short name, printed on receipts
  label       text        not null check (length(label) between 1 and 120),
  public_key  jsonb       not null,                                    -- a JWK; the other half never leaves the phone
  -- pending: waits for the office. wiping: sends what it still holds, then empties itself. revoked: sends nothing more.
  status      text        not null default 'pending' check (status in ('pending', 'active', 'wiping', 'revoked')),
  last_seq    bigint      not null default 0,                          -- the last device_seq received
  last_seen_at timestamptz not null default clock.now(),
  unsent_count integer    not null default 0 check (unsent_count >= 0),
  created_at  timestamptz not null default clock.now(),
  approved_at timestamptz,                                             -- from here on its signature is the ISP's word
  approved_by uuid,
  wipe_asked_at timestamptz,
  wiped_at    timestamptz,
  revoked_at  timestamptz,
  ended_by    uuid,
  end_reason  text        check (length(end_reason) between 1 and 300),

  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, member_id) references access.members (tenant_id, id),
  foreign key (tenant_id, approved_by) references access.members (tenant_id, id),
  foreign key (tenant_id, ended_by) references access.members (tenant_id, id),
  check (coalesce(public_key ->> 'kty' = 'EC' and public_key ->> 'crv' = 'P-256'
    and public_key ->> 'x' ~ '^[A-Za-z0-9_-]{43}$' and public_key ->> 'y' ~ '^[A-Za-z0-9_-]{43}$', false)),
  check (status in ('pending', 'revoked') or approved_at is not null),
  check ((approved_at is null) = (approved_by is null)),
  check ((status = 'revoked') = (revoked_at is not null)),
  check (status <> 'wiping' or wipe_asked_at is not null),
  check ((wipe_asked_at is null and revoked_at is null) = (end_reason is null))
);
comment on table collections.devices is 'A phone a member works with, once the office has approved it.';
create index devices_member_idx on collections.devices (tenant_id, member_id);
create index devices_approver_idx on collections.devices (tenant_id, approved_by);
create index devices_ender_idx on collections.devices (tenant_id, ended_by);
create unique index devices_one_active_idx on collections.devices (tenant_id, member_id) where status = 'active';

create table collections.recovery_keys (
  tenant_id   uuid        not null references tenancy.tenants (id),
  id          uuid        not null,                                    -- the phone's
  key         bytea       not null check (length(key) = 32),
  created_at  timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  foreign key (tenant_id, id) references collections.devices (tenant_id, id)
);
comment on table collections.recovery_keys is 'Opens what a phone stores when its person forgot the PIN. Useless without the phone or a file it saved; given to its person, with the password, and to who takes in such a file.';

create table collections.receipt_blocks (
  tenant_id   uuid        not null references tenancy.tenants (id),
  id          uuid        not null default clock.uuid7(),
  device_id   uuid,                                     -- null: lent to nobody, put aside after a restore (sync.after_restore)
  prefix      text        not null,                     -- as the series had it when the block was handed out
  first_serial bigint     not null check (first_serial > 0),
  last_serial bigint      not null check (last_serial >= first_serial),
  state       text        not null default 'out' check (state in ('out', 'used', 'cancelled')),
  reason      text        check (length(reason) <= 300),
  created_at  timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  foreign key (tenant_id, device_id) references collections.devices (tenant_id, id),
  check (device_id is not null or state = 'cancelled' and reason is not null),
  exclude using gist (tenant_id with =, int8range(first_serial, last_serial, '[]') with &&)
);
comment on table collections.receipt_blocks is 'Receipt numbers lent to a phone, so that it can hand out receipts with no signal.';
create index receipt_blocks_device_idx on collections.receipt_blocks (tenant_id, device_id);

-- What notes and coins are worth: {"100000": 2, "2000": 1} is two of ₱1,000 and one of ₱20. Null when that is not what it says.
create function collections.sum_of_cash(pieces jsonb)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(pieces) <> 'object' then null
    when exists (select from jsonb_each_text(pieces) as p where p.key !~ '^[1-9]\d{0,6}$' or p.value !~ '^\d{1,6}$') then null
    else (select coalesce(sum(p.key::bigint * p.value::bigint), 0)::bigint from jsonb_each_text(pieces) as p) end
$$;
grant execute on function collections.sum_of_cash(jsonb) to linyada_definer;

create table collections.remittances (
  tenant_id      uuid        not null references tenancy.tenants (id),
  id             uuid        not null,                                 -- made where the cash was counted first
  collector_id   uuid        not null,
  submitted_by   uuid        not null,                                 -- the collector, or somebody on the collector's behalf
  reason         text        check (length(reason) between 3 and 300), -- why it is not the collector
  device_id      uuid,
  denominations  jsonb       not null default '{}',                    -- {} where only the sum is known
  declared_minor bigint      not null check (declared_minor >= 0),
  declared_at    timestamptz not null default clock.now(),             -- when it was counted; submitted_at is when we heard of it
  submitted_at   timestamptz not null default clock.now(),
  counted_denominations jsonb,
  counted_minor  bigint      check (counted_minor >= 0),
  expected_minor bigint      check (expected_minor >= 0),              -- summed with the count, so that nobody can know it before
  variance_minor bigint      generated always as (counted_minor - expected_minor) stored,
  state          text        not null default 'submitted' check (state in ('submitted', 'counted', 'accepted', 'rejected')),
  counted_by     uuid,
  counted_at     timestamptz,
  approved_by    uuid,                                                 -- who accepted the difference, or sent the cash back
  approved_at    timestamptz,
  note           text        check (length(note) between 3 and 300),
  bank_deposit_id uuid,
  sync_xid       xid8        not null default pg_current_xact_id(),

  primary key (tenant_id, id),
  foreign key (tenant_id, collector_id) references access.members (tenant_id, id),
  foreign key (tenant_id, submitted_by) references access.members (tenant_id, id),
  foreign key (tenant_id, device_id) references collections.devices (tenant_id, id),
  foreign key (tenant_id, counted_by) references access.members (tenant_id, id),
  foreign key (tenant_id, approved_by) references access.members (tenant_id, id),
  constraint remittances_declared_as_counted check (denominations = '{}' or collections.sum_of_cash(denominations) is not distinct from declared_minor),
  constraint remittances_counted_as_counted
    check (counted_denominations = '{}' or collections.sum_of_cash(counted_denominations) is not distinct from counted_minor),
  constraint remittances_reason check ((submitted_by = collector_id) = (reason is null)),
  constraint remittances_counted_whole check (num_nulls(counted_minor, counted_denominations, expected_minor, counted_by, counted_at) in (0, 5)),
  constraint remittances_state check (case state
    when 'submitted' then counted_by is null and approved_by is null
    when 'counted' then counted_by is not null and approved_by is null
    when 'accepted' then counted_by is not null and (approved_by is not null or counted_minor = expected_minor)
    else approved_by is not null end),
  constraint remittances_decided_whole check (num_nulls(approved_by, approved_at, note) in (0, 3)),
  -- Who hands in does not count, and who did either has no word on a difference.
  constraint remittances_second_person check (counted_by is null or counted_by not in (collector_id, submitted_by)),
  constraint remittances_word check (approved_by is null
    or approved_by not in (collector_id, submitted_by) and approved_by is distinct from counted_by)
);
comment on table collections.remittances is 'Cash a collector hands in: declared by the collector, counted blind by another, a difference accepted by a third.';
create index remittances_collector_idx on collections.remittances (tenant_id, collector_id, declared_at);
create index remittances_submitter_idx on collections.remittances (tenant_id, submitted_by);
create index remittances_device_idx on collections.remittances (tenant_id, device_id);
create index remittances_counter_idx on collections.remittances (tenant_id, counted_by);
create index remittances_approver_idx on collections.remittances (tenant_id, approved_by);
create index remittances_deposit_idx on collections.remittances (tenant_id, bank_deposit_id);

create table collections.payments (
  tenant_id        uuid        not null references tenancy.tenants (id),
  id               uuid        not null,                 -- made where the money was taken: a retry is the same payment
  subscriber_id    uuid,                                 -- null: cash received, not yet known for whom
  subscription_id  uuid,                                 -- the prepaid subscription it buys time for
  method           text        not null check (method in ('cash', 'gcash', 'maya', 'bank', 'cheque', 'withholding')),
  channel          text        not null check (channel in ('field', 'counter', 'portal', 'gateway', 'import')),
  reference        text        check (length(reference) between 1 and 80),
  amount_minor     bigint      not null check (amount_minor between 1 and 9999999999),
  received_at      timestamptz not null,                 -- when the money changed hands
  recorded_at      timestamptz not null default clock.now(),
  received_by      uuid,
  device_id        uuid,
  note             text        check (length(note) <= 300),
  manual_serial    text        check (length(manual_serial) <= 40),    -- of a manual booklet
  latitude         double precision check (latitude between -90 and 90),
  longitude        double precision check (longitude between -180 and 180),
  request_hash     bytea       not null,                 -- what was asked, so that other content under the same id is noticed
  stage            text        not null default 'posted' check (stage in ('unidentified', 'posted', 'remitted', 'void')),
  remittance_id    uuid,
  void_of          uuid,                                 -- the payment whose money this is, when it was posted to another subscriber first
  voided_at        timestamptz,
  void_kind        text        check (void_kind in ('mistake', 'bounced', 'transferred')),
  sync_xid         xid8        not null default pg_current_xact_id(),

  primary key (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  foreign key (tenant_id, subscription_id) references service.subscriptions (tenant_id, id),
  foreign key (tenant_id, received_by) references access.members (tenant_id, id),
  foreign key (tenant_id, device_id) references collections.devices (tenant_id, id),
  foreign key (tenant_id, remittance_id) references collections.remittances (tenant_id, id),
  foreign key (tenant_id, void_of) references collections.payments (tenant_id, id),
  check (method = 'cash' or method = 'withholding' or reference is not null),
  check ((stage = 'unidentified') = (subscriber_id is null) or stage = 'void'),
  check ((stage = 'void') = (voided_at is not null)),
  check ((stage = 'void') = (void_kind is not null))
);
comment on table collections.payments is 'Money received. Amount, party, method and dates never change; a mistake is voided by a second person.';
create unique index payments_reference_idx on collections.payments (tenant_id, method, lower(reference)) where reference is not null and stage <> 'void';
create index payments_subscriber_idx on collections.payments (tenant_id, subscriber_id, received_at);
create index payments_subscription_idx on collections.payments (tenant_id, subscription_id);
create index payments_receiver_idx on collections.payments (tenant_id, received_by, received_at);
create index payments_received_idx on collections.payments (tenant_id, received_at, id);
create index payments_device_idx on collections.payments (tenant_id, device_id);
create index payments_remittance_idx on collections.payments (tenant_id, remittance_id);
-- What a collector holds.
create index payments_in_hand_idx on collections.payments (tenant_id, received_by, received_at)
  where channel = 'field' and method = 'cash' and stage in ('posted', 'unidentified') and remittance_id is null;
create unique index payments_void_of_idx on collections.payments (tenant_id, void_of);      -- one payment goes on as one other
create index payments_sync_idx on collections.payments (tenant_id, sync_xid, id);

alter table billing.prepaid_periods add foreign key (tenant_id, payment_id) references collections.payments (tenant_id, id);

create table collections.receipts (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null default clock.uuid7(),
  payment_id    uuid        not null,
  number        text        not null check (length(number) between 1 and 40),
  serial        bigint      not null check (serial > 0),
  created_at    timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id, payment_id),
  unique (tenant_id, serial),
  foreign key (tenant_id, payment_id) references collections.payments (tenant_id, id)
);
comment on table collections.receipts is 'The stored number of a payment''s receipt. Supplementary: not valid for claim of input tax (RR 11-2024).';

create table collections.allocations (
  tenant_id    uuid        not null references tenancy.tenants (id),
  id           uuid        not null default clock.uuid7(),
  invoice_id   uuid        not null,
  payment_id   uuid,                                     -- null: taken from the subscriber's credit
  amount_minor bigint      not null check (amount_minor <> 0),       -- negative: reverses an earlier one
  reverses     uuid,
  made         bigint      not null generated always as identity,    -- their order; ids of one millisecond have none
  created_at   timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id),
  foreign key (tenant_id, payment_id) references collections.payments (tenant_id, id),
  foreign key (tenant_id, reverses) references collections.allocations (tenant_id, id),
  check ((amount_minor < 0) = (reverses is not null))
);
comment on table collections.allocations is 'Which invoice a payment, or credit, settles. Taken back by other rows, whole or in parts, never edited.';
create index allocations_reverses_idx on collections.allocations (tenant_id, reverses);
create index allocations_invoice_idx on collections.allocations (tenant_id, invoice_id);
create index allocations_payment_idx on collections.allocations (tenant_id, payment_id);

create table collections.void_requests (
  tenant_id    uuid        not null references tenancy.tenants (id),
  id           uuid        not null default clock.uuid7(),
  payment_id   uuid        not null,
  reason       text        not null check (length(reason) between 1 and 300),
  requested_by uuid        not null,
  requested_at timestamptz not null default clock.now(),
  decided_by   uuid,
  decided_at   timestamptz,
  state        text        not null default 'open' check (state in ('open', 'approved', 'refused')),
  decision_note text       check (length(decision_note) <= 300),

  primary key (tenant_id, id),
  foreign key (tenant_id, payment_id) references collections.payments (tenant_id, id),
  foreign key (tenant_id, requested_by) references access.members (tenant_id, id),
  foreign key (tenant_id, decided_by) references access.members (tenant_id, id),
  check (decided_by is null or decided_by is distinct from requested_by)     -- a second person
);
comment on table collections.void_requests is 'One person asks to void a payment, another decides.';
create unique index void_requests_open_idx on collections.void_requests (tenant_id, payment_id) where state = 'open';
create index void_requests_payment_idx on collections.void_requests (tenant_id, payment_id);
create index void_requests_requester_idx on collections.void_requests (tenant_id, requested_by);
create index void_requests_decider_idx on collections.void_requests (tenant_id, decided_by);

create table collections.visits (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null,
  subscriber_id uuid        not null,
  collector_id  uuid        not null,
  outcome       text        not null check (outcome in ('not_home', 'promised', 'refused', 'moved', 'other')),
  note          text        check (length(note) <= 300),
  visited_at    timestamptz not null,
  recorded_at   timestamptz not null default clock.now(),
  latitude      double precision check (latitude between -90 and 90),
  longitude     double precision check (longitude between -180 and 180),

  primary key (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  foreign key (tenant_id, collector_id) references access.members (tenant_id, id)
);
comment on table collections.visits is 'A collector came and went without cash, and why.';
create index visits_subscriber_idx on collections.visits (tenant_id, subscriber_id);
create index visits_collector_idx on collections.visits (tenant_id, collector_id);

create table collections.promises (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null,
  subscriber_id uuid        not null,
  promised_on   date        not null,
  amount_minor  bigint      check (amount_minor > 0),
  note          text        check (length(note) <= 300),
  state         text        not null default 'open' check (state in ('open', 'kept', 'broken', 'withdrawn')),
  taken_by      uuid        not null,
  made_at       timestamptz not null default clock.now(),            -- when it was given; created_at is when we heard of it
  decided_at    timestamptz,                                         -- when it was kept, broken or withdrawn
  created_at    timestamptz not null default clock.now(),
  sync_xid      xid8        not null default pg_current_xact_id(),

  primary key (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  foreign key (tenant_id, taken_by) references access.members (tenant_id, id),
  check ((state = 'open') = (decided_at is null))
);
comment on table collections.promises is 'A subscriber promised to pay by a day. One is open at a time; a new one takes its place.';
create unique index promises_open_idx on collections.promises (tenant_id, subscriber_id) where state = 'open';
create index promises_subscriber_idx on collections.promises (tenant_id, subscriber_id);
create index promises_taker_idx on collections.promises (tenant_id, taken_by);

create table collections.claims (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null,
  subscriber_id uuid        not null,
  method        text        not null check (method in ('gcash', 'maya', 'bank')),
  reference     text        not null check (length(reference) between 1 and 80),
  amount_minor  bigint      not null check (amount_minor > 0),
  claimed_at    timestamptz not null default clock.now(),
  state         text        not null default 'waiting' check (state in ('waiting', 'matched', 'refused')),
  payment_id    uuid,

  primary key (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  foreign key (tenant_id, payment_id) references collections.payments (tenant_id, id)
);
comment on table collections.claims is 'A wallet payment a subscriber says was made, waiting for a match.';
create index claims_subscriber_idx on collections.claims (tenant_id, subscriber_id);
create index claims_payment_idx on collections.claims (tenant_id, payment_id);

do $$
declare
  v_table text;
begin
  foreach v_table in array array['devices', 'receipt_blocks', 'remittances', 'payments', 'receipts', 'allocations', 'void_requests',
    'visits', 'promises', 'claims']
  loop
    call access.wall(('collections.' || v_table)::regclass);
    if v_table <> 'remittances' then
      execute format('grant select on collections.%I to authenticated', v_table);
    end if;
  end loop;
end
$$;

-- No grant to look at these: the one function that hands a key out belongs to the migrating role.
call access.wall('collections.recovery_keys');
grant update (label, status, last_seq, last_seen_at, unsent_count, approved_at, approved_by, wipe_asked_at, wiped_at, revoked_at, ended_by,
  end_reason) on collections.devices to linyada_definer;
grant update (state, reason) on collections.receipt_blocks to linyada_definer;
grant update (counted_minor, counted_denominations, expected_minor, state, counted_by, counted_at, approved_by, approved_at, note, bank_deposit_id)
  on collections.remittances to linyada_definer;
-- What was declared is told by collections.remittance_sums, once it is counted: who counts must not know it.
grant select (tenant_id, id, collector_id, submitted_by, reason, device_id, declared_at, submitted_at, counted_denominations, counted_minor, expected_minor,
  variance_minor, state, counted_by, counted_at, approved_by, approved_at, note, bank_deposit_id) on collections.remittances to authenticated;
-- And nothing else, ever. Whose the money is becomes known once (see facts); it never changes.
grant update (stage, remittance_id, voided_at, void_kind, subscriber_id, subscription_id) on collections.payments to linyada_definer;
grant update (payment_id) on collections.receipts to linyada_definer;       -- a receipt goes along when its money goes to another subscriber
grant update (decided_by, decided_at, state, decision_note) on collections.void_requests to linyada_definer;
grant update (state, decided_at) on collections.promises to linyada_definer;
grant update (state, payment_id) on collections.claims to linyada_definer;

create policy devices_read on collections.devices for select to authenticated
  using ((select access.can('collections.read')) or member_id = (select access.member_id()));
create policy receipt_blocks_read on collections.receipt_blocks for select to authenticated
  using ((select access.can('collections.read'))
    or device_id in (select d.id from collections.devices as d where d.tenant_id = (select access.tenant_id())));
create policy remittances_read on collections.remittances for select to authenticated
  using ((select access.can('collections.read')) or collector_id = (select access.member_id()));
create policy payments_read on collections.payments for select to authenticated
  using ((select access.can('payments.read')) or received_by = (select access.member_id()) or subscriber_id = (select access.subscriber_id()));
create policy receipts_read on collections.receipts for select to authenticated
  using ((select access.can('payments.read'))
    or payment_id in (select p.id from collections.payments as p where p.tenant_id = (select access.tenant_id())));
create policy allocations_read on collections.allocations for select to authenticated
  using ((select access.can('payments.read')) or (select access.can('billing.read'))
    or payment_id in (select p.id from collections.payments as p where p.tenant_id = (select access.tenant_id())));
create policy void_requests_read on collections.void_requests for select to authenticated
  using ((select access.can('payments.read')) or (select access.can('payments.approve_void')) or requested_by = (select access.member_id()));
create policy visits_read on collections.visits for select to authenticated
  using ((select access.can('collections.read')) or collector_id = (select access.member_id()));
create policy promises_read on collections.promises for select to authenticated
  using ((select access.can('collections.read')) or taken_by = (select access.member_id()) or subscriber_id = (select access.subscriber_id()));
create policy claims_read on collections.claims for select to authenticated
  using ((select access.can('payments.read')) or subscriber_id = (select access.subscriber_id()));
