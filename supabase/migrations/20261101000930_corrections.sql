-- Corrections: a posted fact is put right by another fact that says so. Credit notes, void invoices, write-offs, refunds, transfers,
-- bounced cheques, cancelled time, deposits given back. Above the tenant's limit a correction is only asked for, and a second person makes it.

create table billing.corrections (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null,                        -- made by whoever asks; a document that follows has the same id
  kind          text        not null check (kind in ('credit_note', 'invoice_void', 'write_off', 'refund', 'transfer', 'bounce', 'time_cancel',
    'deposit_return')),
  subscriber_id uuid        not null,
  invoice_id    uuid,
  payment_id    uuid,
  amount_minor  bigint      not null check (amount_minor >= 0),
  reason        text        not null check (length(reason) between 3 and 300),
  request       jsonb       not null,                        -- what was asked, to make it later and to know a retry
  subject_state text        not null,                        -- of the invoice, payment or credit when it was asked; another one ends the request
  limit_minor   bigint,                                      -- the tenant's limit then
  state         text        not null check (state in ('waiting', 'done', 'refused', 'expired', 'withdrawn')),
  asked_by      uuid        not null,
  asked_at      timestamptz not null default clock.now(),
  decided_by    uuid,
  decided_at    timestamptz,
  decision_note text        check (length(decision_note) <= 300),
  result        jsonb,

  primary key (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id),
  foreign key (tenant_id, payment_id) references collections.payments (tenant_id, id),
  foreign key (tenant_id, asked_by) references access.members (tenant_id, id),
  foreign key (tenant_id, decided_by) references access.members (tenant_id, id),
  check (amount_minor > 0 or kind = 'invoice_void'),            -- a wholly discounted invoice is one of nothing
  check (state not in ('done', 'refused') or decided_by is distinct from asked_by),      -- a second person
  constraint corrections_second_person
    check (state <> 'done' or decided_by is not null or kind = 'bounce' or limit_minor is null or amount_minor <= limit_minor),
  check ((state = 'done') = (result is not null))
);
comment on table billing.corrections is 'What somebody asked to put right, and who decided it where the amount needs a second person.';
create unique index corrections_waiting_idx on billing.corrections (tenant_id, kind, coalesce(invoice_id, payment_id, subscriber_id)) where state = 'waiting';
create index corrections_state_idx on billing.corrections (tenant_id, state, asked_at);
create index corrections_subscriber_idx on billing.corrections (tenant_id, subscriber_id);
create index corrections_invoice_idx on billing.corrections (tenant_id, invoice_id);
create index corrections_payment_idx on billing.corrections (tenant_id, payment_id);
create index corrections_asker_idx on billing.corrections (tenant_id, asked_by);
create index corrections_decider_idx on billing.corrections (tenant_id, decided_by);

create table billing.credit_note_lines (
  tenant_id       uuid   not null,
  id              uuid   not null default clock.uuid7(),
  credit_note_id  uuid   not null,
  invoice_line_id uuid   not null,
  total_minor     bigint not null check (total_minor <> 0),      -- VAT included; VAT is of the note, rounded once

  primary key (tenant_id, id),
  unique (tenant_id, credit_note_id, invoice_line_id),
  foreign key (tenant_id, credit_note_id) references billing.credit_notes (tenant_id, id),
  foreign key (tenant_id, invoice_line_id) references billing.invoice_lines (tenant_id, id)
);
comment on table billing.credit_note_lines is 'How much of each line of an invoice a credit note takes back.';
create index credit_note_lines_line_idx on billing.credit_note_lines (tenant_id, invoice_line_id);

create table billing.write_offs (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null,
  invoice_id    uuid        not null,
  subscriber_id uuid        not null,
  amount_minor  bigint      not null check (amount_minor > 0),
  reason        text        not null check (length(reason) between 3 and 300),
  created_by    uuid,
  created_at    timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id)
);
comment on table billing.write_offs is 'What of an invoice is given up as a bad debt. Money that comes for it later is a recovered debt.';
create index write_offs_invoice_idx on billing.write_offs (tenant_id, invoice_id);
create index write_offs_subscriber_idx on billing.write_offs (tenant_id, subscriber_id);

create table collections.recoveries (
  tenant_id    uuid        not null references tenancy.tenants (id),
  id           uuid        not null default clock.uuid7(),
  write_off_id uuid        not null,
  payment_id   uuid        not null,
  amount_minor bigint      not null check (amount_minor <> 0),       -- negative: the payment was taken back
  created_at   timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  foreign key (tenant_id, write_off_id) references billing.write_offs (tenant_id, id),
  foreign key (tenant_id, payment_id) references collections.payments (tenant_id, id)
);
comment on table collections.recoveries is 'What of a payment came for a debt that was written off.';
create index recoveries_write_off_idx on collections.recoveries (tenant_id, write_off_id);
create index recoveries_payment_idx on collections.recoveries (tenant_id, payment_id);

create table collections.refunds (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null,
  subscriber_id uuid        not null,
  payment_id    uuid,                                    -- the payment given back; null: unused credit
  method        text        not null check (method in ('cash', 'gcash', 'maya', 'bank')),
  reference     text        check (length(reference) between 1 and 80),
  amount_minor  bigint      not null check (amount_minor > 0),
  reason        text        not null check (length(reason) between 3 and 300),
  refunded_at   timestamptz not null default clock.now(),
  refunded_by   uuid,

  primary key (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  foreign key (tenant_id, payment_id) references collections.payments (tenant_id, id),
  foreign key (tenant_id, refunded_by) references access.members (tenant_id, id),
  check (method = 'cash' or reference is not null)
);
comment on table collections.refunds is 'Money given back to a subscriber, out of credit.';
create unique index refunds_reference_idx on collections.refunds (tenant_id, method, lower(reference)) where reference is not null;
create index refunds_subscriber_idx on collections.refunds (tenant_id, subscriber_id);
create index refunds_payment_idx on collections.refunds (tenant_id, payment_id);
create index refunds_giver_idx on collections.refunds (tenant_id, refunded_by);

create table collections.certificates (
  tenant_id   uuid not null references tenancy.tenants (id),
  id          uuid not null default clock.uuid7(),
  payment_id  uuid not null,
  state       text not null check (state in ('pending', 'received', 'void')),
  received_on date,
  received_by uuid,

  primary key (tenant_id, id),
  unique (tenant_id, payment_id),
  foreign key (tenant_id, payment_id) references collections.payments (tenant_id, id),
  foreign key (tenant_id, received_by) references access.members (tenant_id, id),
  check (state = 'void' or (state = 'received') = (received_on is not null))
);
comment on table collections.certificates is 'A withholding certificate (BIR Form 2307) that pays part of a bill: to come, or in hand.';
create index certificates_pending_idx on collections.certificates (tenant_id, id) where state = 'pending';
create index certificates_receiver_idx on collections.certificates (tenant_id, received_by);

call access.wall('billing.corrections');
call access.wall('billing.credit_note_lines');
call access.wall('billing.write_offs');
call access.wall('collections.recoveries');
call access.wall('collections.refunds');
call access.wall('collections.certificates');

grant update (state, decided_by, decided_at, decision_note, result) on billing.corrections to linyada_definer;
grant update (state, received_on, received_by) on collections.certificates to linyada_definer;
grant select on billing.corrections, billing.credit_note_lines, billing.write_offs, collections.recoveries, collections.refunds,
  collections.certificates to authenticated;

create policy corrections_read on billing.corrections for select to authenticated
  using ((select access.can('billing.read')) or (select access.can('payments.read')) or (select access.can('corrections.approve')));
create policy credit_note_lines_read on billing.credit_note_lines for select to authenticated
  using ((select access.can('billing.read')) or credit_note_id in (select n.id from billing.credit_notes as n
    where n.tenant_id = (select access.tenant_id()) and n.subscriber_id = (select access.subscriber_id())));
create policy write_offs_read on billing.write_offs for select to authenticated using ((select access.can('billing.read')));
create policy recoveries_read on collections.recoveries for select to authenticated
  using ((select access.can('billing.read')) or (select access.can('payments.read')));
create policy refunds_read on collections.refunds for select to authenticated
  using ((select access.can('payments.read')) or subscriber_id = (select access.subscriber_id()));
create policy certificates_read on collections.certificates for select to authenticated using ((select access.can('payments.read')));

-- A receipt goes along with its money when that is posted to another subscriber, and nowhere else.
create function collections.prove_receipt_goes_along()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from collections.payments as p
    where p.tenant_id = new.tenant_id and p.id = new.payment_id and p.void_of = old.payment_id) then
    raise exception 'A receipt stays with its payment.' using errcode = 'PT409', detail = 'append_only';
  end if;
  return new;
end
$$;
create trigger goes_along before update of payment_id on collections.receipts
  for each row execute function collections.prove_receipt_goes_along();
