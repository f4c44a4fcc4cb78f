-- Tenancy: the ISPs, and how each of them bills.

create table tenancy.tenants (
  id          uuid        primary key default clock.uuid7(),
  tenant_id   uuid        generated always as (id) stored,   -- so that the same wall and the same audit serve this table
  slug        text        not null check (slug ~ '^[a-z0-9](-?[a-z0-9]){1,39}$'),
  trade_name  text        not null check (length(trade_name) between 1 and 120),
  legal_name  text        check (length(legal_name) <= 200),
  tin         text        check (tin ~ '^\d{3}-\d{3}-\d{3}(-\d{3,5})?$'),
  address     text        check (length(address) <= 300),
  phone       text        check (length(phone) <= 40),
  email       text        check (length(email) <= 254),
  logo_path   text,
  brand_color text        check (brand_color ~ '^#[0-9a-f]{6}$'),
  time_zone   text        not null default 'Asia/Manila',
  currency    text        not null default 'PHP' check (currency ~ '^[A-Z]{3}$'),
  country     text        not null default 'PH' check (country ~ '^[A-Z]{2}$'),
  is_demo     boolean     not null default false,
  sync_epoch  integer     not null default 1 check (sync_epoch > 0),  -- raised after a restore, so that phones pull afresh
  created_at  timestamptz not null default clock.now(),
  updated_at  timestamptz not null default clock.now(),

  unique (id, tenant_id)
);

comment on table tenancy.tenants is 'An internet service provider. Its slug may repeat in no rule: nothing is looked up by it.';

create table tenancy.billing_settings (
  tenant_id                   uuid     primary key references tenancy.tenants (id),
  id                          uuid     generated always as (tenant_id) stored,
  invoice_day                 smallint not null default 1 check (invoice_day between 1 and 28 or invoice_day = 31),
  due_days                    smallint not null default 10 check (due_days between 0 and 60),
  reminder_days               smallint not null default 3 check (reminder_days between 0 and 60),   -- before the due day
  warning_days                smallint not null default 5 check (warning_days between 0 and 120),   -- after the due day
  suspend_days                smallint not null default 15 check (suspend_days between 1 and 180),
  uncollectible_days          smallint not null default 90 check (uncollectible_days between 1 and 730),
  grace_days                  smallint not null default 0 check (grace_days between 0 and 60),
  suspend_threshold_minor     bigint   not null default 0 check (suspend_threshold_minor >= 0),
  no_cut_weekdays             smallint[] not null default '{5,6,7}',        -- ISO weekdays
  no_cut_days                 date[]   not null default '{}',
  cut_from                    time     not null default '08:00',            -- services are cut from this hour of the day
  cut_until                   time     not null default '15:00',            -- and before this one, while somebody can still pay
  field_silent_hours          smallint not null default 16 check (field_silent_hours between 1 and 240),  -- a phone silent for longer may hold cash
  promise_days                smallint not null default 7 check (promise_days between 0 and 60),          -- how far ahead a promise may be
  promise_times               smallint not null default 2 check (promise_times between 0 and 20),         -- how many in 90 days
  late_fee_kind               text     not null default 'none' check (late_fee_kind in ('none', 'amount', 'percent')),
  late_fee_minor              bigint   not null default 0 check (late_fee_minor between 0 and 9999999999),
  late_fee_bp                 integer  not null default 0 check (late_fee_bp between 0 and 10000),
  late_fee_cap_minor          bigint   check (late_fee_cap_minor > 0),      -- of all fees of one invoice
  late_fee_stages             text[]   not null default '{warned}' check (late_fee_stages <@ '{due,warned,suspended}'),
  dunning_on                  text     not null default 'invoice' check (dunning_on in ('invoice', 'account')),
  bills_while_suspended       boolean  not null default true,
  quiet_from                  time     not null default '20:00',
  quiet_until                 time     not null default '08:00',
  first_period_on             date     not null,   -- no period before this one is ever billed
  approval_limit_minor        bigint   default 200000 check (approval_limit_minor >= 0),    -- above it a correction needs a second person; null: never
  max_lines_per_subscription  smallint not null default 15 check (max_lines_per_subscription between 1 and 60),
  collector_cash_limit_minor  bigint   check (collector_cash_limit_minor > 0),
  collector_unsent_limit      smallint not null default 60 check (collector_unsent_limit between 1 and 500),
  collector_unsent_hours      smallint not null default 72 check (collector_unsent_hours between 1 and 240),
  collector_lock_minutes      smallint not null default 5  check (collector_lock_minutes between 1 and 60),
  updated_at                  timestamptz not null default clock.now(),

  check (warning_days <= suspend_days and suspend_days <= uncollectible_days),
  check (cut_from < cut_until),
  check (no_cut_weekdays <@ '{1,2,3,4,5,6,7}')
);

comment on table tenancy.billing_settings is 'When this tenant bills, reminds and cuts. invoice_day 31 means the last day of the month.';

create table tenancy.tax_regimes (
  tenant_id      uuid    not null references tenancy.tenants (id),
  id             uuid    not null default clock.uuid7(),
  regime         text    not null check (regime in ('vat', 'non_vat')),
  rate_bp        integer not null check (rate_bp between 0 and 10000),   -- basis points: 1200 is 12 %
  effective_from date    not null,

  primary key (tenant_id, id),
  unique (tenant_id, effective_from),
  check ((regime = 'non_vat') = (rate_bp = 0))
);

comment on table tenancy.tax_regimes is 'VAT or non-VAT, from a day on. The rate comes from the regime in force on the invoice day.';

create table tenancy.branches (
  tenant_id  uuid    not null references tenancy.tenants (id),
  id         uuid    not null default clock.uuid7(),
  code       text    not null check (code ~ '^\d{5}$'),               -- of the TIN, as the tax office gave it; 00000 is the head office
  name       text    not null check (length(name) between 1 and 80 and name = btrim(name)),
  address    text    check (length(address) between 1 and 300),        -- null: the ISP's
  is_default boolean not null default false,                           -- that new subscribers belong to, where nobody says another
  is_open    boolean not null default true,

  primary key (tenant_id, id),
  unique (tenant_id, code),
  check (is_open or not is_default)
);
comment on table tenancy.branches is 'A place of business registered with the tax office. Each numbers its own invoices and credit notes.';
create unique index branches_default_idx on tenancy.branches (tenant_id) where is_default;

create table tenancy.document_series (
  tenant_id   uuid   not null references tenancy.tenants (id),
  id          uuid   not null default clock.uuid7(),
  kind        text   not null check (kind in ('invoice', 'credit_note', 'receipt')),
  branch      text   not null default '00000',
  prefix      text   not null default '' check (prefix ~ '^[A-Z0-9-]{0,12}$'),
  next_number bigint not null default 1 check (next_number > 0),

  primary key (tenant_id, id),
  unique (tenant_id, kind, branch),
  foreign key (tenant_id, branch) references tenancy.branches (tenant_id, code),
  check (kind <> 'receipt' or branch = '00000')      -- receipts are supplementary, and a phone gives them to subscribers of any branch
);
create index document_series_branch_idx on tenancy.document_series (tenant_id, branch);

comment on table tenancy.document_series is 'The counter behind document numbers. Taken inside the transaction that issues, so a rollback gives the number back.';

call access.wall('tenancy.tenants');
call access.wall('tenancy.billing_settings');
call access.wall('tenancy.tax_regimes');
call access.wall('tenancy.branches');
call access.wall('tenancy.document_series');

grant update (next_number) on tenancy.document_series to linyada_definer;
grant update (slug, trade_name, legal_name, tin, address, phone, email, logo_path, brand_color, time_zone, currency, updated_at, sync_epoch)
  on tenancy.tenants to linyada_definer;
grant update on tenancy.billing_settings to linyada_definer;
grant update (regime, rate_bp) on tenancy.tax_regimes to linyada_definer;
grant update (prefix) on tenancy.document_series to linyada_definer;
grant update (name, address, is_default, is_open) on tenancy.branches to linyada_definer;     -- its code stands on papers
grant select on tenancy.tenants, tenancy.billing_settings, tenancy.tax_regimes, tenancy.branches, tenancy.document_series to authenticated;

-- Inside the wall everyone of the tenant may read these; they print on every document.
create policy tenants_read on tenancy.tenants for select to authenticated
  using ((select access.tenant_id()) is not null);
create policy billing_settings_read on tenancy.billing_settings for select to authenticated
  using ((select access.tenant_id()) is not null);
create policy tax_regimes_read on tenancy.tax_regimes for select to authenticated
  using ((select access.tenant_id()) is not null);
create policy branches_read on tenancy.branches for select to authenticated
  using ((select access.can('settings.manage')) or (select access.can('subscribers.read')));
create policy document_series_read on tenancy.document_series for select to authenticated
  using ((select access.can('settings.manage')) or (select access.can('billing.read')));

-- Today in the tenant's own time zone.
create function clock.today(tenant_id uuid)
returns date
language plpgsql
stable
set search_path = ''
as $$
begin
  return (select (clock.now() at time zone t.time_zone)::date from tenancy.tenants as t where t.id = today.tenant_id);
end
$$;

grant execute on function clock.today(uuid) to authenticated, linyada_definer;

-- Takes n numbers of a series and answers the first. The row lock is held to the end of the transaction, so take it last.
-- After a restore none is taken until the office has said which were given before it; receipts are put aside instead.
create function tenancy.take_numbers(kind text, count integer default 1, branch text default '00000')
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_first  bigint;
begin
  update tenancy.document_series as s
  set next_number = s.next_number + take_numbers.count
  where s.tenant_id = v_tenant and s.kind = take_numbers.kind and s.branch = take_numbers.branch
  returning s.next_number - take_numbers.count into v_first;
  if take_numbers.kind <> 'receipt' then
    perform tenancy.require_said(take_numbers.kind, take_numbers.branch);
  end if;
  return v_first;
end
$$;

-- The printed form of a number, as the series has it today. It is stored with the document, never computed again.
create function tenancy.format_number(kind text, number bigint, branch text default '00000')
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select s.prefix || lpad(format_number.number::text, greatest(6, length(format_number.number::text)), '0')
    from tenancy.document_series as s
    where s.tenant_id = (select access.tenant_id()) and s.kind = format_number.kind and s.branch = format_number.branch);
end
$$;

-- The branch a new subscriber belongs to.
create function tenancy.default_branch()
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (select b.code from tenancy.branches as b where b.tenant_id = access.tenant_id() and b.is_default);
end
$$;

-- Who sells, as a branch's documents say it: a TIN ends in the branch's code.
create function tenancy.seller(branch text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select jsonb_strip_nulls(jsonb_build_object('trade_name', t.trade_name, 'legal_name', t.legal_name,
      'tin', left(t.tin, 11) || '-' || b.code, 'branch', b.code, 'branch_name', case when b.code <> '00000' then b.name end,
      'address', coalesce(b.address, t.address), 'phone', t.phone, 'email', t.email))
    from tenancy.tenants as t
    join tenancy.branches as b on b.tenant_id = t.id and b.code = seller.branch
    where t.id = access.tenant_id());
end
$$;

call access.stand_before_wall('tenancy.default_branch()', null);
call access.stand_before_wall('tenancy.seller(text)', null);
call access.stand_before_wall('tenancy.take_numbers(text, integer, text)', null);
grant execute on function tenancy.take_numbers(text, integer, text), tenancy.format_number(text, bigint, text) to linyada_definer;
