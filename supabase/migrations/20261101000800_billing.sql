-- Billing: what is owed, and the documents that say so.
-- An invoice's amounts, number, dates and parties never change once it is issued; its state and balance follow from allocations.

create table billing.runs (
  tenant_id       uuid        not null references tenancy.tenants (id),
  id              uuid        not null default clock.uuid7(),
  period          date        not null,                 -- the first day of the billing period
  period_until    date        not null check (period_until > period),
  state           text        not null default 'running' check (state in ('running', 'paused', 'done', 'failed')),
  cursor          uuid,                                 -- the last subscriber done; the next chunk begins behind it
  expected_count  integer     not null default 0,       -- subscribers to look at, for the progress bar
  seen_count      integer     not null default 0,
  invoice_count   integer     not null default 0,
  exception_count integer     not null default 0,
  total_minor     bigint      not null default 0,
  last_error      text,
  started_at      timestamptz not null default clock.now(),
  started_by      uuid,                                 -- null: the schedule
  heartbeat_at    timestamptz not null default clock.now(),
  finished_at     timestamptz,

  primary key (tenant_id, id),
  unique (tenant_id, period),
  foreign key (tenant_id, started_by) references access.members (tenant_id, id)
);
comment on table billing.runs is 'One billing of one period of one tenant. It commits by chunks and goes on where it stopped.';
create index runs_starter_idx on billing.runs (tenant_id, started_by);

create table billing.run_exceptions (
  tenant_id       uuid        not null,
  id              uuid        not null default clock.uuid7(),
  run_id          uuid        not null,
  subscription_id uuid        not null,
  reason          text        not null,
  detail          text,
  resolved_at     timestamptz,
  created_at      timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id, run_id, subscription_id),
  foreign key (tenant_id, run_id) references billing.runs (tenant_id, id),
  foreign key (tenant_id, subscription_id) references service.subscriptions (tenant_id, id)
);
comment on table billing.run_exceptions is 'A subscription the run could not bill, and why. It never stops the others.';
create index run_exceptions_subscription_idx on billing.run_exceptions (tenant_id, subscription_id);

create table billing.invoices (
  tenant_id      uuid        not null references tenancy.tenants (id),
  id             uuid        not null default clock.uuid7(),
  subscriber_id  uuid        not null,
  run_id         uuid,
  state          text        not null check (state in ('open', 'paid', 'written_off', 'void')),
  branch         text        not null default '00000',
  serial         bigint      not null check (serial > 0),   -- the counter's number, for the gap report
  number         text        not null,                  -- the printed number, stored at issue
  period         date,                                  -- the billing period it was made for; null for sales at payment
  issued_on      date        not null,
  due_on         date        not null,
  regime         text        not null check (regime in ('vat', 'non_vat')),
  rate_bp        integer     check (rate_bp between 0 and 10000),
  net_minor      bigint      not null default 0,
  vat_minor      bigint      not null default 0 check (vat_minor >= 0),
  total_minor    bigint      not null default 0 check (total_minor >= 0),
  balance_minor  bigint      not null default 0,
  seller         jsonb       not null default '{}',     -- the ISP's and the subscriber's names and addresses as they were at issue
  buyer          jsonb       not null default '{}',
  voided_at      timestamptz,
  void_reason    text        check (length(void_reason) <= 300),
  created_at     timestamptz not null default clock.now(),
  created_by     uuid,
  sync_xid       xid8        not null default pg_current_xact_id(),

  primary key (tenant_id, id),
  unique (tenant_id, branch, serial),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  foreign key (tenant_id, run_id) references billing.runs (tenant_id, id),
  check (total_minor = net_minor + vat_minor),
  check (balance_minor between 0 and total_minor),
  check (state not in ('paid', 'written_off') or balance_minor = 0),
  check ((state = 'void') = (voided_at is not null)),
  check (due_on >= issued_on)
);
comment on table billing.invoices is 'The tax document (RR 7-2024): numbered at issue without gaps, never edited, void keeps its number.';
create index invoices_subscriber_idx on billing.invoices (tenant_id, subscriber_id, due_on, id);
create index invoices_run_idx on billing.invoices (tenant_id, run_id);
create index invoices_open_idx on billing.invoices (tenant_id, due_on, id) where state = 'open';
create index invoices_issued_idx on billing.invoices (tenant_id, issued_on, id);
create index invoices_sync_idx on billing.invoices (tenant_id, sync_xid, id);

create table billing.invoice_lines (
  tenant_id       uuid     not null,
  id              uuid     not null default clock.uuid7(),
  invoice_id      uuid     not null,
  line            smallint not null check (line > 0),
  kind            text     not null check (kind in ('recurring', 'prepaid_time', 'one_time', 'discount', 'proration', 'late_fee', 'outage_credit')),
  description     text     not null check (length(description) between 1 and 300),
  subscription_id uuid,
  period          date,                              -- the first day a recurring line bills of its period
  service_from    timestamptz,                       -- what the line pays for, half-open
  service_until   timestamptz check (service_until > service_from),
  vat_class       text     not null check (vat_class in ('vatable', 'exempt', 'zero_rated')),
  net_minor       bigint   not null,
  vat_minor       bigint   not null,
  total_minor     bigint   not null check (total_minor = net_minor + vat_minor),
  plan_id         uuid,                              -- what a line of service was reckoned from. No key: a plan never goes, and
  price_minor     bigint,                            --   the check would cost every line. The price is for a whole period.
  in_force        boolean  not null default true,    -- false once the invoice is void

  primary key (tenant_id, id),
  unique (tenant_id, invoice_id, line),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id),
  foreign key (tenant_id, subscription_id) references service.subscriptions (tenant_id, id),
  check (kind <> 'recurring' or (subscription_id is not null and period is not null))
);
comment on table billing.invoice_lines is 'What an invoice charges for. Lines add up to the invoice.';
-- The constraint that makes a second invoice for a period impossible.
create unique index invoice_lines_once_idx on billing.invoice_lines (tenant_id, subscription_id, period) where kind = 'recurring' and in_force;
create index invoice_lines_subscription_idx on billing.invoice_lines (tenant_id, subscription_id, service_until);

create table billing.charges (
  tenant_id        uuid        not null references tenancy.tenants (id),
  id               uuid        not null default clock.uuid7(),
  subscriber_id    uuid        not null,
  subscription_id  uuid,                                 -- of one service; a discount then lowers only what that service costs
  plan_discount_id uuid,                                 -- handed out by a plan; the key is added where those are
  kind             text        not null check (kind in ('one_time', 'discount', 'late_fee', 'outage_credit', 'deposit')),
  description      text        not null check (length(description) between 1 and 300),
  amount_minor     bigint      check (amount_minor <> 0),                 -- on each invoice; the whole sum when it is paid in parts
  percent_bp       integer     check (percent_bp between 1 and 10000),    -- a discount in basis points of what the services cost
  parts            smallint    check (parts between 1 and 120),           -- in how many invoices the sum is paid; 1, of a credit: in as
                                                                          --   many as have room for it
  is_conditional   boolean     not null default false,                    -- a discount earned by paying on time: VAT stays
  vat_class        text        not null default 'vatable' check (vat_class in ('vatable', 'exempt', 'zero_rated')),
  starts_on        date        not null,
  until_on         date        check (until_on > starts_on),              -- no period that begins on or after this day
  remaining        smallint    default 1 check (remaining >= 0),          -- how many invoices still take it; null: all of them
  cancelled_at     timestamptz,
  created_by       uuid,
  created_at       timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id, plan_discount_id, subscription_id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  foreign key (tenant_id, subscription_id) references service.subscriptions (tenant_id, id),
  check ((kind in ('discount', 'outage_credit')) = (coalesce(amount_minor, -1) < 0)),
  check ((amount_minor is null) = (percent_bp is not null)),
  check (kind = 'discount' or (percent_bp is null and not is_conditional)),
  check (parts is null or (remaining is not null and remaining <= parts and until_on is null
    and case when kind = 'one_time' then parts > 1 else amount_minor < 0 and parts = 1 end)),
  check (plan_discount_id is null or subscription_id is not null)
);
comment on table billing.charges is 'A charge or discount waiting for the subscriber''s next invoices. A deposit is asked here and never on an invoice.';
create index charges_subscriber_idx on billing.charges (tenant_id, subscriber_id) where remaining is distinct from 0 and cancelled_at is null;
create index charges_subscriber_all_idx on billing.charges (tenant_id, subscriber_id);
create index charges_subscription_idx on billing.charges (tenant_id, subscription_id);
create index charges_prompt_idx on billing.charges (tenant_id, subscriber_id) where is_conditional and remaining is distinct from 0 and cancelled_at is null;

create table billing.charge_parts (
  tenant_id      uuid        not null references tenancy.tenants (id),
  id             uuid        not null default clock.uuid7(),
  charge_id      uuid        not null,
  invoice_id     uuid        not null,
  amount_minor   bigint      not null check (amount_minor <> 0),       -- as on the invoice; or what paying on time earns
  pay_by_on      date,                                                 -- the last day to earn it
  earned_at      timestamptz check (earned_at is null or pay_by_on is not null),
  earned_minor   bigint      not null default 0,                       -- never more than credit notes left of the invoice
  allocation_id  uuid,                                                 -- what of it settled the invoice itself; the rest is credit
  created_at     timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id, charge_id, invoice_id),
  check (earned_minor between 0 and greatest(0, -amount_minor) and (earned_minor = 0) = (earned_at is null)),
  foreign key (tenant_id, charge_id) references billing.charges (tenant_id, id),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id)
);
comment on table billing.charge_parts is 'What an invoice took of a charge, or which discount it offers to who pays on time.';
create index charge_parts_invoice_idx on billing.charge_parts (tenant_id, invoice_id);
create index charge_parts_offer_idx on billing.charge_parts (tenant_id, invoice_id) where pay_by_on is not null;
create index charge_parts_allocation_idx on billing.charge_parts (tenant_id, allocation_id);

create table billing.credit_notes (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null default clock.uuid7(),
  invoice_id    uuid        not null,
  subscriber_id uuid        not null,
  branch        text        not null default '00000',
  serial        bigint      not null,
  number        text        not null,
  issued_on     date        not null,
  reason        text        not null check (length(reason) between 1 and 300),
  net_minor     bigint      not null,
  vat_minor     bigint      not null,
  total_minor   bigint      not null check (total_minor = net_minor + vat_minor and total_minor > 0),
  -- Of it so much is the subscriber's credit at once: the invoice has no room for it, because it gave back days of earlier ones itself.
  credit_minor  bigint      not null default 0 check (credit_minor between 0 and total_minor),
  created_by    uuid,
  created_at    timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id, branch, serial),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id)
);
comment on table billing.credit_notes is 'A document that takes back part of an invoice, with its share of VAT.';
create index credit_notes_invoice_idx on billing.credit_notes (tenant_id, invoice_id);
create index credit_notes_subscriber_idx on billing.credit_notes (tenant_id, subscriber_id);

create table billing.returned_days (
  tenant_id      uuid      not null,
  id             uuid      not null default clock.uuid7(),
  line_id        uuid      not null,                   -- what charged for the days
  days           daterange not null check (not isempty(days) and lower(days) is not null and upper(days) is not null),
  amount_minor   bigint    not null check (amount_minor >= 0),
  by_line_id     uuid,                                 -- what gives them back: a line of a later invoice, or a credit note
  credit_note_id uuid,
  in_force       boolean   not null default true,      -- false once that invoice is void

  primary key (tenant_id, id),
  foreign key (tenant_id, line_id) references billing.invoice_lines (tenant_id, id),
  foreign key (tenant_id, by_line_id) references billing.invoice_lines (tenant_id, id),
  foreign key (tenant_id, credit_note_id) references billing.credit_notes (tenant_id, id),
  check (num_nonnulls(by_line_id, credit_note_id) = 1 or (amount_minor = 0 and by_line_id is null)),
  -- No day of a line is given back twice.
  exclude using gist (tenant_id with =, line_id with =, days with &&) where (in_force)
);
comment on table billing.returned_days is 'Days that were billed and given back, and where: after a change of plan, a pause, an end.';
create index returned_days_line_idx on billing.returned_days (tenant_id, line_id);
create index returned_days_by_line_idx on billing.returned_days (tenant_id, by_line_id);
create index returned_days_credit_note_idx on billing.returned_days (tenant_id, credit_note_id);

create table billing.prepaid_periods (
  tenant_id       uuid        not null references tenancy.tenants (id),
  id              uuid        not null default clock.uuid7(),
  subscription_id uuid        not null,
  invoice_id      uuid        not null,
  payment_id      uuid,                                          -- null: bought from credit; the key to payments is added there
  plan_id         uuid        not null,
  amount_minor    bigint      not null check (amount_minor > 0),
  bought_at       timestamptz not null,                          -- it never begins before
  starts_at       timestamptz not null check (starts_at >= bought_at),
  ends_at         timestamptz not null check (ends_at > starts_at),
  cancelled_at    timestamptz,
  created_at      timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  foreign key (tenant_id, subscription_id) references service.subscriptions (tenant_id, id),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id),
  foreign key (tenant_id, plan_id) references catalog.plans (tenant_id, id),
  exclude using gist (tenant_id with =, subscription_id with =, tstzrange(starts_at, ends_at) with &&) where (cancelled_at is null)
);
comment on table billing.prepaid_periods is 'Time a payment bought. Periods of a subscription never overlap; a cancelled one delays nothing.';
create index prepaid_periods_subscription_idx on billing.prepaid_periods (tenant_id, subscription_id);
create index prepaid_periods_invoice_idx on billing.prepaid_periods (tenant_id, invoice_id);
create index prepaid_periods_payment_idx on billing.prepaid_periods (tenant_id, payment_id);
create index prepaid_periods_plan_idx on billing.prepaid_periods (tenant_id, plan_id);

call access.wall('billing.runs');
call access.wall('billing.run_exceptions');
call access.wall('billing.invoices');
call access.wall('billing.invoice_lines');
call access.wall('billing.charges');
call access.wall('billing.charge_parts');
call access.wall('billing.credit_notes');
call access.wall('billing.returned_days');
call access.wall('billing.prepaid_periods');

grant update (state, cursor, expected_count, seen_count, invoice_count, exception_count, total_minor, last_error, heartbeat_at, finished_at)
  on billing.runs to linyada_definer;
grant update (reason, detail, resolved_at) on billing.run_exceptions to linyada_definer;
grant update (state, balance_minor, voided_at, void_reason) on billing.invoices to linyada_definer;   -- and nothing else, ever
grant update (in_force) on billing.invoice_lines, billing.returned_days to linyada_definer;
grant update (remaining, cancelled_at) on billing.charges to linyada_definer;
grant update (earned_at, earned_minor, allocation_id) on billing.charge_parts to linyada_definer;
grant update (cancelled_at) on billing.prepaid_periods to linyada_definer;
grant select on billing.runs, billing.run_exceptions, billing.invoices, billing.invoice_lines, billing.charges, billing.charge_parts,
  billing.credit_notes, billing.returned_days, billing.prepaid_periods to authenticated;

create policy runs_read on billing.runs for select to authenticated using ((select access.can('billing.read')));
create policy run_exceptions_read on billing.run_exceptions for select to authenticated using ((select access.can('billing.read')));
create policy invoices_read on billing.invoices for select to authenticated
  using ((select access.can('billing.read')) or (subscriber_id = (select access.subscriber_id())));
create policy invoice_lines_read on billing.invoice_lines for select to authenticated
  using ((select access.can('billing.read'))
    or invoice_id in (select i.id from billing.invoices as i where i.tenant_id = (select access.tenant_id())
      and i.subscriber_id = (select access.subscriber_id())));
create policy charges_read on billing.charges for select to authenticated using ((select access.can('billing.read')));
create policy charge_parts_read on billing.charge_parts for select to authenticated using ((select access.can('billing.read')));
create policy credit_notes_read on billing.credit_notes for select to authenticated
  using ((select access.can('billing.read')) or subscriber_id = (select access.subscriber_id()));
create policy returned_days_read on billing.returned_days for select to authenticated using ((select access.can('billing.read')));
create policy prepaid_periods_read on billing.prepaid_periods for select to authenticated
  using ((select access.can('billing.read'))
    or subscription_id in (select s.id from service.subscriptions as s where s.tenant_id = (select access.tenant_id())
      and s.subscriber_id = (select access.subscriber_id())));
