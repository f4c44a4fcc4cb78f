-- Cash custody: how much a collector may carry, what a collector still owes of what was short, and cash that went on to the bank.

create table collections.collector_limits (
  tenant_id        uuid        not null references tenancy.tenants (id),
  id               uuid        not null,                                        -- the collector's
  cash_limit_minor bigint      check (cash_limit_minor > 0),                    -- each empty one is as the ISP has it
  unsent_limit     smallint    check (unsent_limit between 1 and 500),
  unsent_hours     smallint    check (unsent_hours between 1 and 240),
  updated_at       timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  foreign key (tenant_id, id) references access.members (tenant_id, id)
);
comment on table collections.collector_limits is 'What one collector may carry, where it is not what the ISP allows everybody.';

create table collections.shortage_repayments (
  tenant_id    uuid        not null references tenancy.tenants (id),
  id           uuid        not null,
  collector_id uuid        not null,
  amount_minor bigint      not null check (amount_minor > 0),
  received_by  uuid        not null,
  received_at  timestamptz not null default clock.now(),
  note         text        check (length(note) <= 300),

  primary key (tenant_id, id),
  foreign key (tenant_id, collector_id) references access.members (tenant_id, id),
  foreign key (tenant_id, received_by) references access.members (tenant_id, id),
  constraint shortage_repayments_second_person check (received_by <> collector_id)
);
comment on table collections.shortage_repayments is 'Cash with which a collector made good what was short.';
create index shortage_repayments_collector_idx on collections.shortage_repayments (tenant_id, collector_id);
create index shortage_repayments_receiver_idx on collections.shortage_repayments (tenant_id, received_by);

create table collections.bank_deposits (
  tenant_id    uuid        not null references tenancy.tenants (id),
  id           uuid        not null,
  amount_minor bigint      not null check (amount_minor between 1 and 9999999999),
  bank         text        not null check (length(bank) between 2 and 80),
  slip_number  text        not null check (length(slip_number) between 1 and 60),
  deposited_on date        not null,
  deposited_by uuid        not null,
  recorded_at  timestamptz not null default clock.now(),
  note         text        check (length(note) <= 300),
  voided_at    timestamptz,
  voided_by    uuid,
  void_reason  text        check (length(void_reason) between 3 and 300),

  primary key (tenant_id, id),
  foreign key (tenant_id, deposited_by) references access.members (tenant_id, id),
  foreign key (tenant_id, voided_by) references access.members (tenant_id, id),
  constraint bank_deposits_voided_whole check (num_nulls(voided_at, voided_by, void_reason) in (0, 3)),
  constraint bank_deposits_second_person check (voided_by <> deposited_by)
);
comment on table collections.bank_deposits is 'Cash of the office taken to the bank, as the slip says.';
create unique index bank_deposits_slip_idx on collections.bank_deposits (tenant_id, lower(bank), lower(slip_number)) where voided_at is null;
create index bank_deposits_day_idx on collections.bank_deposits (tenant_id, deposited_on);
create index bank_deposits_depositor_idx on collections.bank_deposits (tenant_id, deposited_by);
create index bank_deposits_voider_idx on collections.bank_deposits (tenant_id, voided_by);

create table collections.deposit_slips (
  tenant_id    uuid        not null references tenancy.tenants (id),
  id           uuid        not null,                                            -- the deposit's
  content_type text        not null check (content_type in ('image/png', 'image/jpeg')),
  bytes        bytea       not null check (octet_length(bytes) between 60 and 524288),
  saved_at     timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  foreign key (tenant_id, id) references collections.bank_deposits (tenant_id, id)
);
comment on table collections.deposit_slips is 'The photo of a deposit slip, apart from the deposit so that lists stay light.';

alter table collections.remittances add foreign key (tenant_id, bank_deposit_id) references collections.bank_deposits (tenant_id, id);

do $$
declare
  v_table text;
begin
  foreach v_table in array array['collector_limits', 'shortage_repayments', 'bank_deposits', 'deposit_slips']
  loop
    call access.wall(('collections.' || v_table)::regclass);
    execute format('grant select on collections.%I to authenticated', v_table);
  end loop;
end
$$;

grant update (cash_limit_minor, unsent_limit, unsent_hours, updated_at) on collections.collector_limits to linyada_definer;
grant update (voided_at, voided_by, void_reason) on collections.bank_deposits to linyada_definer;

create policy collector_limits_read on collections.collector_limits for select to authenticated
  using ((select access.can('collections.read')) or id = (select access.member_id()));
create policy shortage_repayments_read on collections.shortage_repayments for select to authenticated
  using ((select access.can('collections.read')) or collector_id = (select access.member_id()));
create policy bank_deposits_read on collections.bank_deposits for select to authenticated using ((select access.can('collections.read')));
create policy deposit_slips_read on collections.deposit_slips for select to authenticated using ((select access.can('collections.read')));
