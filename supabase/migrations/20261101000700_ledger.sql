-- Ledger: every centavo has a place. Debit is positive, credit is negative, and each transaction sums to zero.
-- The only way in is ledger.post (and its set form for the billing run); nothing here is ever updated or deleted, by anyone.

create table ledger.accounts (
  tenant_id  uuid not null references tenancy.tenants (id),
  id         uuid not null default clock.uuid7(),
  code       text not null check (code ~ '^[a-z_]+$'),
  name       text not null check (length(name) between 1 and 120),
  class      text not null check (class in ('asset', 'liability', 'income', 'contra_income', 'expense')),
  owner_kind text check (owner_kind in ('subscriber', 'member')),
  owner_id   uuid,

  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, code, owner_id),
  check ((owner_kind is null) = (owner_id is null))
);
comment on table ledger.accounts is 'A place for money. subscriber_receivable, subscriber_credit, collector_cash and collector_shortage exist once per owner.';
create index accounts_owner_idx on ledger.accounts (tenant_id, owner_id);

create table ledger.periods (
  tenant_id uuid not null references tenancy.tenants (id),
  id        uuid not null default clock.uuid7(),
  month     date not null check (extract(day from month) = 1),
  state     text not null default 'open' check (state in ('open', 'soft', 'closed')),
  closed_at timestamptz,
  closed_by uuid,
  trial_balance_hash text check (trial_balance_hash ~ '^[0-9a-f]{64}$'),     -- of all entries up to the month's end, when it was closed

  primary key (tenant_id, id),
  unique (tenant_id, month),
  foreign key (tenant_id, closed_by) references access.members (tenant_id, id),
  check ((state = 'open') = (closed_at is null)),
  check ((state = 'closed') = (trial_balance_hash is not null))
);
comment on table ledger.periods is 'A month of the books. A month without a row is open. A softly closed one takes only what those who close months post themselves; a closed one takes no entries.';
create index periods_closer_idx on ledger.periods (tenant_id, closed_by);

create table ledger.reopen_requests (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null,                       -- made by whoever asks
  period_id     uuid        not null,
  reason        text        not null check (length(reason) between 3 and 300),
  state         text        not null default 'open' check (state in ('open', 'approved', 'refused')),
  requested_by  uuid        not null,
  requested_at  timestamptz not null default clock.now(),
  decided_by    uuid,
  decided_at    timestamptz,
  decision_note text        check (length(decision_note) <= 300),

  primary key (tenant_id, id),
  foreign key (tenant_id, period_id) references ledger.periods (tenant_id, id),
  foreign key (tenant_id, requested_by) references access.members (tenant_id, id),
  foreign key (tenant_id, decided_by) references access.members (tenant_id, id),
  check (decided_by is null or decided_by is distinct from requested_by),     -- a second person
  check ((state = 'open') = (decided_at is null))
);
comment on table ledger.reopen_requests is 'One person asks to reopen a month, another decides.';
create unique index reopen_requests_open_idx on ledger.reopen_requests (tenant_id, period_id) where state = 'open';
create index reopen_requests_period_idx on ledger.reopen_requests (tenant_id, period_id);
create index reopen_requests_requester_idx on ledger.reopen_requests (tenant_id, requested_by);
create index reopen_requests_decider_idx on ledger.reopen_requests (tenant_id, decided_by);

create table ledger.transactions (
  tenant_id       uuid        not null references tenancy.tenants (id),
  id              uuid        not null default clock.uuid7(),
  kind            text        not null check (kind in ('invoice', 'payment', 'credit_applied', 'credit_released', 'unidentified_cash', 'identified_cash',
    'remittance', 'shortage', 'overage', 'bank_deposit', 'credit_note', 'refund', 'write_off', 'recovery', 'withholding', 'reversal', 'prompt_discount', 'deposit')),
  accounting_on   date        not null,                             -- the day of the books; never in a closed month
  occurred_at     timestamptz not null,                             -- when it happened in the world
  recorded_at     timestamptz not null default clock.now(),
  source_kind     text        not null,                             -- 'invoice', 'payment', …: what this posts
  source_id       uuid        not null,
  idempotency_key text        not null check (length(idempotency_key) between 1 and 120),
  reverses        uuid,
  recorded_by     uuid,

  primary key (tenant_id, id),
  unique (tenant_id, idempotency_key),
  unique (tenant_id, reverses),
  foreign key (tenant_id, reverses) references ledger.transactions (tenant_id, id)
);
comment on table ledger.transactions is 'One event of money. It is corrected by another that reverses it, once.';
create index transactions_source_idx on ledger.transactions (tenant_id, source_id);
create index transactions_day_idx on ledger.transactions (tenant_id, accounting_on);

create table ledger.entries (
  tenant_id      uuid     not null,
  transaction_id uuid     not null,
  line           smallint not null check (line > 0),
  account_id     uuid     not null,
  amount_minor   bigint   not null check (amount_minor <> 0),

  primary key (tenant_id, transaction_id, line),
  foreign key (tenant_id, transaction_id) references ledger.transactions (tenant_id, id),
  foreign key (tenant_id, account_id) references ledger.accounts (tenant_id, id)
);
comment on table ledger.entries is 'One side of a transaction. Debit is positive, credit is negative.';
create index entries_account_idx on ledger.entries (tenant_id, account_id);

create table ledger.balances (
  tenant_id    uuid   not null,
  account_id   uuid   not null,
  amount_minor bigint not null,
  sync_xid     xid8   not null default pg_current_xact_id(),

  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references ledger.accounts (tenant_id, id)
);
comment on table ledger.balances is 'Cached sums of entries, kept only where one actor at a time writes: subscriber receivable and credit, collector cash and shortage.';

call access.wall('ledger.accounts');
call access.wall('ledger.periods');
call access.wall('ledger.reopen_requests');
call access.wall('ledger.transactions');
call access.wall('ledger.entries');
call access.wall('ledger.balances');
grant update (amount_minor) on ledger.balances to linyada_definer;
grant update (state, closed_at, closed_by, trial_balance_hash) on ledger.periods to linyada_definer;
grant update (state, decided_by, decided_at, decision_note) on ledger.reopen_requests to linyada_definer;
grant select on ledger.accounts, ledger.periods, ledger.reopen_requests, ledger.transactions, ledger.entries, ledger.balances to authenticated;

create policy accounts_read on ledger.accounts for select to authenticated
  using ((owner_kind = 'subscriber' and (select access.can('subscribers.read'))) or (select access.can('ledger.read'))
    or owner_id = (select access.member_id()) or owner_id = (select access.subscriber_id())
    or (owner_kind = 'member' and (select access.can('collections.read'))));
create policy periods_read on ledger.periods for select to authenticated using ((select access.can('ledger.read')));
create policy reopen_requests_read on ledger.reopen_requests for select to authenticated using ((select access.can('ledger.read')));
create policy transactions_read on ledger.transactions for select to authenticated using ((select access.can('ledger.read')));
create policy entries_read on ledger.entries for select to authenticated using ((select access.can('ledger.read')));
create policy balances_read on ledger.balances for select to authenticated
  using ((select access.can('ledger.read'))
    or exists (select from ledger.accounts as a where a.tenant_id = (select access.tenant_id()) and a.id = account_id));
