-- Corrections: a posted fact is put right by another fact that says so. Credit notes, void invoices, write-offs, refunds, transfers,
-- bounced cheques. Above the tenant's limit a correction is only asked for, and a second person makes it.

create table billing.corrections (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null,                        -- made by whoever asks; a document that follows has the same id
  kind          text        not null check (kind in ('credit_note', 'invoice_void', 'write_off', 'refund', 'transfer', 'bounce')),
  subscriber_id uuid        not null,
  invoice_id    uuid,
  payment_id    uuid,
  amount_minor  bigint      not null check (amount_minor > 0),
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
  using ((select access.can('billing.read')) or (select access.can('payments.read')));
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

-- Credit -----------------------------------------------------------------------------------------

-- Puts a subscriber's credit on what is open and begun, oldest due first. Callers hold the subscriber.
create function collections.apply_credit(subscriber_id uuid)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_today   date := clock.today(v_tenant);
  v_used    bigint := 0;
  v_invoice uuid;
begin
  for v_invoice in
    select i.id from billing.invoices as i
    where i.tenant_id = v_tenant and i.subscriber_id = apply_credit.subscriber_id and i.state = 'open' and (i.period is null or i.period <= v_today)
    order by i.due_on, i.id
  loop
    exit when collections.credit_of(apply_credit.subscriber_id) <= 0;
    v_used := v_used + billing.use_credit(apply_credit.subscriber_id, v_invoice);
  end loop;
  if v_used > 0 then
    perform collections.close_nonpayment_holds(apply_credit.subscriber_id);
  end if;
  return v_used;
end
$$;

-- The same, asked for by a person: credit that came after its invoice was open, or is left by a void.
create function collections.spend_credit(subscriber_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_used bigint;
begin
  perform access.require('payments.record');
  perform from service.subscribers as s
  where s.tenant_id = access.tenant_id() and s.id = spend_credit.subscriber_id for no key update;
  if not found then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  v_used := collections.apply_credit(spend_credit.subscriber_id);
  return jsonb_build_object('used_minor', v_used, 'credit_minor', collections.credit_of(spend_credit.subscriber_id));
end
$$;

-- Takes so much of what settled an invoice back as the subscriber's credit, the newest first; a certificate last, for it is not money.
create function collections.release_invoice(invoice_id uuid, amount_minor bigint)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_left  bigint := release_invoice.amount_minor;
  v_taken record;
begin
  for v_taken in
    select a.id, a.left_minor
    from collections.allocations_in_force(on_invoice => release_invoice.invoice_id) as a
    left join collections.payments as p on p.tenant_id = access.tenant_id() and p.id = a.payment_id
    order by coalesce(p.method = 'withholding', false), a.id desc
  loop
    exit when v_left <= 0;
    perform collections.release_allocation(v_taken.id, least(v_taken.left_minor, v_left));
    v_left := v_left - v_taken.left_minor;
  end loop;
end
$$;

-- Credit notes -----------------------------------------------------------------------------------

-- What a credit note would take back of an invoice: amounts by line ({"line_id": amount}), or one amount spread over all lines by what is
-- left of each. VAT is its share of the invoice's, counted over all notes together, so that the last note takes what the first left.
-- Changes nothing. Preview and issue both ask here.
create function billing.plan_credit_note(invoice_id uuid, amount_minor bigint default null, lines jsonb default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice billing.invoices;
  v_left    bigint;
  v_lines   jsonb;
  v_total   bigint;
  v_vatable record;
  v_vat     bigint;
begin
  select i.* into v_invoice from billing.invoices as i where i.tenant_id = v_tenant and i.id = plan_credit_note.invoice_id;
  if not found or v_invoice.state = 'draft' then
    raise exception 'That invoice is not here. Reload the page.' using errcode = 'PT404', detail = 'invoice_unknown';
  end if;
  if v_invoice.state = 'void' then
    raise exception 'Invoice % is void, so there is nothing to credit.', v_invoice.number using errcode = 'PT409', detail = 'invoice_void';
  end if;
  if exists (select from billing.write_offs as w where w.tenant_id = v_tenant and w.invoice_id = v_invoice.id) then
    raise exception 'Invoice % was written off, so nothing of it is owed that could be credited.', v_invoice.number
      using errcode = 'PT409', detail = 'invoice_written_off';
  end if;
  -- Days that a later invoice gave back are not credited once more.
  v_left := v_invoice.total_minor - (select coalesce(sum(n.total_minor), 0) from billing.credit_notes as n
    where n.tenant_id = v_tenant and n.invoice_id = v_invoice.id)
    - (select coalesce(sum(r.amount_minor), 0) from billing.returned_days as r
      join billing.invoice_lines as l on l.tenant_id = r.tenant_id and l.id = r.line_id
      where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id and r.in_force and r.by_line_id is not null);
  if v_left <= 0 then
    raise exception 'Invoice % is credited in full already.', v_invoice.number using errcode = 'PT409', detail = 'credited_in_full';
  end if;

  if lines is not null then
    if jsonb_typeof(lines) <> 'object' or lines = '{}' or exists (select from jsonb_each_text(lines) as l where l.value !~ '^\d{1,12}$' or l.value::bigint = 0) then
      raise exception 'Give an amount above 0 for at least one line.' using errcode = 'PT422', detail = 'invalid_amount';
    end if;
    if exists (select from jsonb_object_keys(lines) as k(id)
      where not exists (select from billing.invoice_lines as l where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id and l.id::text = k.id)) then
      raise exception 'One of these lines is not on invoice %. Reload the page.', v_invoice.number using errcode = 'PT404', detail = 'line_unknown';
    end if;
  elsif coalesce(plan_credit_note.amount_minor, 0) <= 0 then
    raise exception 'Give an amount above 0.' using errcode = 'PT422', detail = 'invalid_amount';
  elsif plan_credit_note.amount_minor > v_left then
    raise exception 'Of invoice % only % is left to credit.', v_invoice.number, collections.format_minor(v_left)
      using errcode = 'PT409', detail = 'beyond_invoice';
  end if;

  with standing as (
    select l.id, l.line, l.description, l.vat_class, l.total_minor,
      l.total_minor - coalesce((select sum(c.total_minor) from billing.credit_note_lines as c
        where c.tenant_id = l.tenant_id and c.invoice_line_id = l.id), 0)::bigint
        - coalesce((select sum(r.amount_minor) from billing.returned_days as r
          where r.tenant_id = l.tenant_id and r.line_id = l.id and r.in_force and r.by_line_id is not null), 0)::bigint as left_minor
    from billing.invoice_lines as l
    where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id
  ),
  shares as (
    select s.*, floor(s.left_minor::numeric * plan_credit_note.amount_minor / v_left)::bigint as whole_minor,
      mod(mod(s.left_minor::numeric * plan_credit_note.amount_minor, v_left) + v_left, v_left) as remainder
    from standing as s where s.left_minor <> 0
  ),
  taken as (
    select s.*, case when plan_credit_note.lines is not null then coalesce((plan_credit_note.lines ->> s.id::text)::bigint, 0)
      else s.whole_minor + (row_number() over (order by s.remainder desc, s.line)
        <= plan_credit_note.amount_minor - sum(s.whole_minor) over ())::integer end as amount_minor
    from shares as s
  )
  select jsonb_agg(jsonb_build_object('line_id', t.id, 'line', t.line, 'description', t.description, 'vat_class', t.vat_class,
      'left_minor', t.left_minor, 'amount_minor', t.amount_minor) order by t.line) filter (where t.amount_minor <> 0),
    coalesce(sum(t.amount_minor), 0)
  into v_lines, v_total from taken as t;

  if plan_credit_note.lines is not null and exists (
    select from jsonb_array_elements(coalesce(v_lines, '[]')) as l where (l ->> 'amount_minor')::bigint > (l ->> 'left_minor')::bigint)
    or plan_credit_note.lines is not null and jsonb_array_length(coalesce(v_lines, '[]')) < (select count(*) from jsonb_object_keys(plan_credit_note.lines))
  then
    raise exception 'One of the lines has less left to credit than that. Lower its amount.' using errcode = 'PT409', detail = 'beyond_line';
  end if;

  select coalesce(sum(l.total_minor), 0) as gross_minor,
    coalesce(sum((select sum(c.total_minor) from billing.credit_note_lines as c where c.tenant_id = l.tenant_id and c.invoice_line_id = l.id)), 0) as before_minor,
    (select coalesce(sum(n.vat_minor), 0) from billing.credit_notes as n where n.tenant_id = v_tenant and n.invoice_id = v_invoice.id) as vat_before_minor,
    (select coalesce(sum((x ->> 'amount_minor')::bigint), 0) from jsonb_array_elements(v_lines) as x where x ->> 'vat_class' = 'vatable') as now_minor
  into v_vatable
  from billing.invoice_lines as l
  where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id and l.vat_class = 'vatable';
  if v_total > v_left or v_vatable.before_minor + v_vatable.now_minor > v_vatable.gross_minor then
    raise exception 'Discounts lowered invoice %: of it only % is left to credit.', v_invoice.number,
      collections.format_minor(least(v_left, v_vatable.gross_minor - v_vatable.before_minor)::bigint) using errcode = 'PT409', detail = 'beyond_invoice';
  end if;
  v_vat := case when v_vatable.gross_minor = 0 then 0
    else round(v_invoice.vat_minor * (v_vatable.before_minor + v_vatable.now_minor) / v_vatable.gross_minor)::bigint - v_vatable.vat_before_minor end;

  return jsonb_build_object('invoice_id', v_invoice.id, 'number', v_invoice.number, 'lines', v_lines, 'left_minor', v_left - v_total,
    'net_minor', v_total - v_vat, 'vat_minor', v_vat, 'total_minor', v_total,
    -- What was paid already comes back as credit.
    'returns_minor', greatest(v_total - v_invoice.balance_minor, 0));
end
$$;

-- Issues a credit note with its number, its posting and its lines. What it takes back beyond the open balance returns as credit, which
-- goes on to what else is open. Callers hold the subscriber, and have asked who may.
create function billing.issue_credit_note(
  note_id uuid, invoice_id uuid, reason text, amount_minor bigint default null, lines jsonb default null)
returns billing.credit_notes
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice billing.invoices;
  v_plan    jsonb;
  v_serial  bigint;
  v_note    billing.credit_notes;
begin
  select i.* into v_invoice from billing.invoices as i
  where i.tenant_id = v_tenant and i.id = issue_credit_note.invoice_id for no key update;
  v_plan := billing.plan_credit_note(issue_credit_note.invoice_id, issue_credit_note.amount_minor, issue_credit_note.lines);
  perform collections.release_invoice(v_invoice.id, (v_plan ->> 'returns_minor')::bigint);

  perform ledger.post('credit_note', 'credit_note:' || issue_credit_note.note_id, 'credit_note', issue_credit_note.note_id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('sales_allowances'), 'amount_minor', v_plan -> 'net_minor'),
    jsonb_build_object('account', ledger.account('output_vat'), 'amount_minor', v_plan -> 'vat_minor'),
    jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', v_invoice.subscriber_id),
      'amount_minor', -(v_plan ->> 'total_minor')::bigint)));
  update billing.invoices as i set
    balance_minor = i.balance_minor - (v_plan ->> 'total_minor')::bigint,
    state = case when i.balance_minor = (v_plan ->> 'total_minor')::bigint then 'paid' else 'open' end
  where i.tenant_id = v_tenant and i.id = v_invoice.id;
  perform collections.apply_credit(v_invoice.subscriber_id);
  perform collections.close_nonpayment_holds(v_invoice.subscriber_id);

  v_serial := tenancy.take_numbers('credit_note', 1, v_invoice.branch);       -- last: the counter's row is held to the end of the transaction
  if v_serial is null then
    raise exception 'There is no number series for credit notes of branch %. Set it up first.', v_invoice.branch using errcode = 'PT409', detail = 'series_missing';
  end if;
  insert into billing.credit_notes (tenant_id, id, invoice_id, subscriber_id, branch, serial, number, issued_on, reason, net_minor, vat_minor, total_minor, created_by)
  values (v_tenant, issue_credit_note.note_id, v_invoice.id, v_invoice.subscriber_id, v_invoice.branch, v_serial,
    tenancy.format_number('credit_note', v_serial, v_invoice.branch),
    ledger.open_day(clock.today(v_tenant)), issue_credit_note.reason, (v_plan ->> 'net_minor')::bigint, (v_plan ->> 'vat_minor')::bigint,
    (v_plan ->> 'total_minor')::bigint, access.member_id())
  returning * into v_note;
  insert into billing.credit_note_lines (tenant_id, credit_note_id, invoice_line_id, total_minor)
  select v_tenant, v_note.id, (l.value ->> 'line_id')::uuid, (l.value ->> 'amount_minor')::bigint
  from jsonb_array_elements(v_plan -> 'lines') with ordinality as l(value, position) order by l.position;
  return v_note;
end
$$;

create function billing.preview_credit_note(invoice_id uuid, amount_minor bigint default null, lines jsonb default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform access.require('invoices.manage');
  return billing.plan_credit_note(preview_credit_note.invoice_id, preview_credit_note.amount_minor, preview_credit_note.lines);
end
$$;

-- Void invoices and bad debts --------------------------------------------------------------------

create function billing.refuse_void_of_invoice(invoice billing.invoices)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if invoice.state = 'void' then
    raise exception 'Invoice % is void already.', invoice.number using errcode = 'PT409', detail = 'already_void';
  end if;
  if exists (select from billing.credit_notes as n where n.tenant_id = invoice.tenant_id and n.invoice_id = invoice.id) then
    raise exception 'Credit notes stand against invoice %, so it cannot be void. Credit the rest of it instead.', invoice.number
      using errcode = 'PT409', detail = 'invoice_credited';
  end if;
  if exists (select from billing.write_offs as w where w.tenant_id = invoice.tenant_id and w.invoice_id = invoice.id) then
    raise exception 'Invoice % was written off, so it cannot be void.', invoice.number using errcode = 'PT409', detail = 'invoice_written_off';
  end if;
  if exists (select from billing.prepaid_periods as s where s.tenant_id = invoice.tenant_id and s.invoice_id = invoice.id) then
    raise exception 'Invoice % is the sale of prepaid time. Cancel that time, or void the payment that bought it.', invoice.number
      using errcode = 'PT409', detail = 'invoice_of_time';
  end if;
  if exists (select from ledger.transactions as t
    join ledger.periods as p on p.tenant_id = t.tenant_id and p.month = date_trunc('month', t.accounting_on)::date and p.state <> 'open'
    where t.tenant_id = invoice.tenant_id and t.idempotency_key = 'invoice:' || invoice.id) then
    raise exception 'The month of invoice % is closed, so it stays in the books. Issue a credit note instead.', invoice.number
      using errcode = 'PT409', detail = 'invoice_month_closed';
  end if;
end
$$;

-- The invoice keeps its number and loses its effect: what settled it is credit again, its posting is reversed, its days and charges
-- wait to be billed anew. Callers hold the subscriber.
create function billing.void_invoice(invoice_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice billing.invoices;
begin
  select i.* into strict v_invoice from billing.invoices as i
  where i.tenant_id = v_tenant and i.id = void_invoice.invoice_id for no key update;
  perform billing.refuse_void_of_invoice(v_invoice);

  perform collections.release_invoice(v_invoice.id, v_invoice.total_minor - v_invoice.balance_minor);
  perform ledger.reverse(t.id, 'invoice', v_invoice.id)
  from ledger.transactions as t
  where t.tenant_id = v_tenant and t.idempotency_key = 'invoice:' || v_invoice.id;
  update billing.invoices as i set state = 'void', balance_minor = 0, voided_at = clock.now(), void_reason = void_invoice.reason
  where i.tenant_id = v_tenant and i.id = v_invoice.id;
  update billing.invoice_lines as l set in_force = false where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id;
  update billing.charges as c set remaining = c.remaining + 1
  from billing.charge_parts as x
  where x.tenant_id = v_tenant and x.invoice_id = v_invoice.id and c.tenant_id = x.tenant_id and c.id = x.charge_id and c.cancelled_at is null;

  perform billing.settle_prompt_discounts(v_invoice.subscriber_id);
  perform collections.apply_credit(v_invoice.subscriber_id);
  perform collections.close_nonpayment_holds(v_invoice.subscriber_id);
end
$$;

create function billing.refuse_write_off(invoice billing.invoices)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if invoice.state <> 'open' then
    raise exception 'Nothing is owed on invoice %, so there is nothing to write off.', invoice.number
      using errcode = 'PT409', detail = 'nothing_owed';
  end if;
  if invoice.due_on >= clock.today(invoice.tenant_id) then
    raise exception 'Invoice % is not past due yet. Credit it if it is wrong.', invoice.number using errcode = 'PT409', detail = 'not_past_due';
  end if;
end
$$;

-- Gives up what is open on an invoice. Callers hold the subscriber.
create function billing.write_off(write_off_id uuid, invoice_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice billing.invoices;
begin
  select i.* into strict v_invoice from billing.invoices as i
  where i.tenant_id = v_tenant and i.id = write_off.invoice_id for no key update;
  perform billing.refuse_write_off(v_invoice);
  insert into billing.write_offs (tenant_id, id, invoice_id, subscriber_id, amount_minor, reason, created_by)
  values (v_tenant, write_off.write_off_id, v_invoice.id, v_invoice.subscriber_id, v_invoice.balance_minor, write_off.reason, access.member_id());
  perform ledger.post('write_off', 'write_off:' || write_off.write_off_id, 'write_off', write_off.write_off_id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('bad_debts'), 'amount_minor', v_invoice.balance_minor),
    jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', v_invoice.subscriber_id), 'amount_minor', -v_invoice.balance_minor)));
  update billing.invoices as i set balance_minor = 0, state = 'written_off' where i.tenant_id = v_tenant and i.id = v_invoice.id;
  perform collections.close_nonpayment_holds(v_invoice.subscriber_id, 'Written off');
end
$$;

-- Payments put right -----------------------------------------------------------------------------

create function collections.refuse_refunded(payment collections.payments)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_refunded bigint := (select sum(f.amount_minor) from collections.refunds as f
    where f.tenant_id = payment.tenant_id and f.payment_id = payment.id);
begin
  if v_refunded > 0 then
    raise exception '% of this payment was refunded already, so it stays as it is.', collections.format_minor(v_refunded)
      using errcode = 'PT409', detail = 'payment_refunded';
  end if;
end
$$;

-- Whether so much can be given back: of a payment never more than it brought, of credit never more than there is.
create function collections.refuse_refund(subscriber_id uuid, payment collections.payments, amount_minor bigint)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_left   bigint;
begin
  if payment.id is null then
    if refuse_refund.amount_minor > collections.credit_of(refuse_refund.subscriber_id) then
      raise exception 'The credit is %, so no more than that can be refunded.',
        collections.format_minor(collections.credit_of(refuse_refund.subscriber_id)) using errcode = 'PT409', detail = 'refund_beyond_credit';
    end if;
    return;
  end if;
  if payment.stage = 'void' then
    raise exception 'This payment is void, so there is nothing to give back.' using errcode = 'PT409', detail = 'already_void';
  end if;
  if payment.method = 'withholding' then
    raise exception 'A withholding certificate is not money, so it cannot be refunded. Void it instead.' using errcode = 'PT409', detail = 'certificate';
  end if;
  if exists (select from billing.prepaid_periods as s where s.tenant_id = v_tenant and s.payment_id = payment.id and s.cancelled_at is null) then
    raise exception 'This payment bought prepaid time. Cancel that time first; what it cost is then credit that can be refunded.'
      using errcode = 'PT409', detail = 'payment_of_time';
  end if;
  v_left := payment.amount_minor
    - coalesce((select sum(f.amount_minor) from collections.refunds as f where f.tenant_id = v_tenant and f.payment_id = payment.id), 0)
    - coalesce((select sum(x.amount_minor) from collections.recoveries as x where x.tenant_id = v_tenant and x.payment_id = payment.id), 0);
  v_left := least(v_left, collections.credit_of(payment.subscriber_id)
    + coalesce((select sum(a.left_minor) from collections.allocations_in_force(of_payment => payment.id) as a), 0));
  if refuse_refund.amount_minor > v_left then
    raise exception 'Of this payment no more than % can be given back.', collections.format_minor(v_left)
      using errcode = 'PT409', detail = 'refund_beyond_payment';
  end if;
end
$$;

-- Gives money back: out of credit, and, for a payment, out of what it settled as far as credit does not reach. Callers hold the subscriber.
create function collections.give_refund(refund_id uuid, subscriber_id uuid, payment_id uuid, amount_minor bigint, method text, reference text, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_payment collections.payments;
  v_missing bigint;
  v_taken   record;
begin
  select p.* into v_payment from collections.payments as p
  where p.tenant_id = v_tenant and p.id = give_refund.payment_id for no key update;
  perform collections.refuse_refund(give_refund.subscriber_id, v_payment, give_refund.amount_minor);

  v_missing := give_refund.amount_minor - collections.credit_of(give_refund.subscriber_id);
  for v_taken in
    select a.id, a.left_minor from collections.allocations_in_force(of_payment => v_payment.id) as a order by a.id desc
  loop
    exit when v_missing <= 0;
    perform collections.release_allocation(v_taken.id, least(v_taken.left_minor, v_missing));
    v_missing := v_missing - v_taken.left_minor;
  end loop;

  begin
    insert into collections.refunds (tenant_id, id, subscriber_id, payment_id, method, reference, amount_minor, reason, refunded_by)
    values (v_tenant, give_refund.refund_id, give_refund.subscriber_id, v_payment.id, give_refund.method, give_refund.reference,
      give_refund.amount_minor, give_refund.reason, access.member_id());
  exception when unique_violation then
    raise exception 'This reference was already used for another refund. Check the number.' using errcode = 'PT409', detail = 'reference_used';
  end;
  perform ledger.post('refund', 'refund:' || give_refund.refund_id, 'refund', give_refund.refund_id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', give_refund.subscriber_id), 'amount_minor', give_refund.amount_minor),
    jsonb_build_object('account', collections.money_account(give_refund.method, 'counter', access.member_id()), 'amount_minor', -give_refund.amount_minor)));
end
$$;

create function collections.refuse_transfer(payment collections.payments, subscriber_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if payment.stage = 'void' then
    raise exception 'This payment is void, so it cannot go to anybody.' using errcode = 'PT409', detail = 'already_void';
  end if;
  if payment.stage = 'unidentified' then
    raise exception 'Nobody is credited with this money yet. Settle it under Parked instead.' using errcode = 'PT409', detail = 'unidentified';
  end if;
  if not exists (select from service.subscribers as s where s.tenant_id = payment.tenant_id and s.id = refuse_transfer.subscriber_id) then
    raise exception 'Choose the subscriber whose money it is.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  if payment.subscriber_id = refuse_transfer.subscriber_id then
    raise exception 'The payment is this subscriber''s already. Choose another one.' using errcode = 'PT409', detail = 'same_subscriber';
  end if;
  perform collections.refuse_refunded(payment);
end
$$;

-- Posts a payment to whom it belongs: the wrong posting is reversed, and the same money, with its receipt and the time it was received, is
-- posted anew. Time it buys begins now: until now nobody was given any. Callers hold both subscribers.
create function collections.transfer_payment(new_id uuid, payment_id uuid, subscriber_id uuid, subscription_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_old    collections.payments;
  v_new    collections.payments;
  v_plan   jsonb;
begin
  select p.* into strict v_old from collections.payments as p
  where p.tenant_id = v_tenant and p.id = transfer_payment.payment_id for update;
  perform collections.refuse_transfer(v_old, transfer_payment.subscriber_id);
  perform collections.void_payment(v_old, transfer_payment.reason, 'transferred');

  v_plan := collections.plan_payment(transfer_payment.subscriber_id, v_old.amount_minor, transfer_payment.subscription_id, false, clock.now());
  insert into collections.payments (tenant_id, id, subscriber_id, subscription_id, method, channel, reference, amount_minor, received_at,
    received_by, device_id, note, manual_serial, latitude, longitude, request_hash, stage, remittance_id, void_of)
  values (v_tenant, transfer_payment.new_id, transfer_payment.subscriber_id, transfer_payment.subscription_id, v_old.method, v_old.channel,
    v_old.reference, v_old.amount_minor, v_old.received_at, v_old.received_by, v_old.device_id, v_old.note, v_old.manual_serial, v_old.latitude,
    v_old.longitude, v_old.request_hash, v_old.stage, v_old.remittance_id, v_old.id)
  returning * into v_new;
  update collections.receipts as r set payment_id = v_new.id where r.tenant_id = v_tenant and r.payment_id = v_old.id;
  perform collections.settle(v_new, v_plan);
end
$$;

create function collections.refuse_bounce(payment collections.payments)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if payment.method <> 'cheque' then
    raise exception 'Only a cheque can bounce. Ask for a void instead.' using errcode = 'PT409', detail = 'not_a_cheque';
  end if;
  if payment.stage = 'void' then
    raise exception 'This cheque is taken back already.' using errcode = 'PT409', detail = 'already_void';
  end if;
  perform collections.refuse_refunded(payment);
end
$$;

-- The bank did not pay a cheque: its posting is reversed, what it settled is open again, and a fee may follow with the next invoice.
create function collections.bounce_cheque(payment_id uuid, reason text, fee_minor bigint)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_payment collections.payments;
begin
  select p.* into strict v_payment from collections.payments as p
  where p.tenant_id = v_tenant and p.id = bounce_cheque.payment_id for update;
  perform collections.refuse_bounce(v_payment);
  perform collections.void_payment(v_payment, bounce_cheque.reason, 'bounced');
  if bounce_cheque.fee_minor > 0 then
    insert into billing.charges (tenant_id, subscriber_id, kind, description, amount_minor, vat_class, starts_on, created_by)
    values (v_tenant, v_payment.subscriber_id, 'one_time', 'Returned cheque ' || v_payment.reference, bounce_cheque.fee_minor, 'vatable',
      clock.today(v_tenant), access.member_id());
  end if;
end
$$;

-- A certificate that was to come is in hand. Saying it again changes nothing.
create function collections.receive_certificate(payment_id uuid, received_on date default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant      uuid := access.tenant_id();
  v_day         date := coalesce(receive_certificate.received_on, clock.today(v_tenant));
  v_payment     collections.payments;
  v_certificate collections.certificates;
begin
  perform access.require('payments.record');
  select p.* into v_payment from collections.payments as p where p.tenant_id = v_tenant and p.id = receive_certificate.payment_id;
  perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_payment.subscriber_id for no key update;
  select c.* into v_certificate from collections.certificates as c
  where c.tenant_id = v_tenant and c.payment_id = v_payment.id for no key update;
  if not found or v_certificate.state = 'void' then
    raise exception 'No certificate is expected for this payment. Reload the page.' using errcode = 'PT404', detail = 'certificate_unknown';
  end if;
  if v_certificate.state = 'pending' then
    if v_day > clock.today(v_tenant) or v_day < (v_payment.received_at at time zone (select t.time_zone from tenancy.tenants as t where t.id = v_tenant))::date then
      raise exception 'The certificate came on a day between the payment and today. Check the date.' using errcode = 'PT422', detail = 'invalid_day';
    end if;
    update collections.certificates as c set state = 'received', received_on = v_day, received_by = access.member_id()
    where c.tenant_id = v_tenant and c.id = v_certificate.id;
    perform ledger.post('withholding', 'certificate:' || v_payment.id, 'payment', v_payment.id, clock.now(), jsonb_build_array(
      jsonb_build_object('account', ledger.account('creditable_tax'), 'amount_minor', v_payment.amount_minor),
      jsonb_build_object('account', ledger.account('certificates_pending'), 'amount_minor', -v_payment.amount_minor)));
  end if;
  return jsonb_build_object('payment_id', v_payment.id, 'state', 'received', 'duplicate', v_certificate.state = 'received');
end
$$;

-- Asking and deciding ----------------------------------------------------------------------------

-- What a request is about, checked as far as it can be without doing it: whom and what it concerns, how much, and how that stands now.
create type billing.weighed_correction as (
  subscriber_id uuid,
  invoice_id    uuid,
  payment_id    uuid,
  amount_minor  bigint,
  subject_state text
);
comment on type billing.weighed_correction is 'A correction as asked, found possible, and how its subject stands at that moment.';

create function billing.weigh_correction(kind text, request jsonb)
returns billing.weighed_correction
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice billing.invoices;
  v_payment collections.payments;
  v_is      billing.weighed_correction;
begin
  if kind in ('credit_note', 'invoice_void', 'write_off') then
    select i.* into v_invoice from billing.invoices as i where i.tenant_id = v_tenant and i.id = (request ->> 'invoice_id')::uuid;
    if not found or v_invoice.state = 'draft' then
      raise exception 'That invoice is not here. Reload the page.' using errcode = 'PT404', detail = 'invoice_unknown';
    end if;
    v_is.subscriber_id := v_invoice.subscriber_id;
    v_is.invoice_id := v_invoice.id;
    v_is.subject_state := concat_ws('|', v_invoice.state, v_invoice.balance_minor,
      (select sum(n.total_minor) from billing.credit_notes as n where n.tenant_id = v_tenant and n.invoice_id = v_invoice.id));
    case kind
      when 'credit_note' then
        v_is.amount_minor := billing.plan_credit_note(v_invoice.id, (request ->> 'amount_minor')::bigint, request -> 'lines') ->> 'total_minor';
      when 'invoice_void' then
        perform billing.refuse_void_of_invoice(v_invoice);
        v_is.amount_minor := v_invoice.total_minor;
      else
        perform billing.refuse_write_off(v_invoice);
        v_is.amount_minor := v_invoice.balance_minor;
    end case;
    return v_is;
  end if;

  select p.* into v_payment from collections.payments as p where p.tenant_id = v_tenant and p.id = (request ->> 'payment_id')::uuid;
  if not found and (kind <> 'refund' or request ->> 'payment_id' is not null) then
    raise exception 'That payment is not here. Reload the page.' using errcode = 'PT404', detail = 'payment_unknown';
  end if;
  v_is.subscriber_id := coalesce(v_payment.subscriber_id, (request ->> 'subscriber_id')::uuid);
  v_is.payment_id := v_payment.id;
  v_is.amount_minor := v_payment.amount_minor;
  v_is.subject_state := concat_ws('|', v_payment.stage, v_payment.subscriber_id,
    (select sum(a.amount_minor) from collections.allocations as a where a.tenant_id = v_tenant and a.payment_id = v_payment.id),
    (select sum(f.amount_minor) from collections.refunds as f where f.tenant_id = v_tenant and f.payment_id = v_payment.id),
    case when v_payment.id is null then collections.credit_of(v_is.subscriber_id) end);
  case kind
    when 'refund' then
      if v_is.subscriber_id is null or not exists (select from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_is.subscriber_id) then
        raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
      end if;
      v_is.amount_minor := (request ->> 'amount_minor')::bigint;
      if coalesce(v_is.amount_minor, 0) <= 0 then
        raise exception 'Give an amount above 0.' using errcode = 'PT422', detail = 'invalid_amount';
      end if;
      if coalesce(request ->> 'method', '') not in ('cash', 'gcash', 'maya', 'bank') then
        raise exception 'Choose how it is given back: cash, GCash, Maya or bank.' using errcode = 'PT422', detail = 'invalid_method';
      end if;
      if request ->> 'method' <> 'cash' and coalesce(btrim(request ->> 'reference'), '') = '' then
        raise exception 'Type the reference number of the refund.' using errcode = 'PT422', detail = 'reference_missing';
      end if;
      perform collections.refuse_refund(v_is.subscriber_id, v_payment, v_is.amount_minor);
    when 'transfer' then
      perform collections.refuse_transfer(v_payment, (request ->> 'subscriber_id')::uuid);
    else
      perform collections.refuse_bounce(v_payment);
  end case;
  return v_is;
end
$$;

-- Makes a correction that was weighed. Answers what came of it.
create function billing.make_correction(correction billing.corrections)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_request jsonb := correction.request;
  v_note    billing.credit_notes;
begin
  case correction.kind
    when 'credit_note' then
      v_note := billing.issue_credit_note(correction.id, correction.invoice_id, correction.reason, (v_request ->> 'amount_minor')::bigint, v_request -> 'lines');
      return jsonb_build_object('credit_note_id', v_note.id, 'number', v_note.number, 'total_minor', v_note.total_minor);
    when 'invoice_void' then
      perform billing.void_invoice(correction.invoice_id, correction.reason);
      return jsonb_build_object('invoice_id', correction.invoice_id);
    when 'write_off' then
      perform billing.write_off(correction.id, correction.invoice_id, correction.reason);
      return jsonb_build_object('write_off_id', correction.id);
    when 'refund' then
      perform collections.give_refund(correction.id, correction.subscriber_id, correction.payment_id, correction.amount_minor,
        v_request ->> 'method', nullif(btrim(v_request ->> 'reference'), ''), correction.reason);
      return jsonb_build_object('refund_id', correction.id);
    when 'transfer' then
      perform collections.transfer_payment(correction.id, correction.payment_id, (v_request ->> 'subscriber_id')::uuid,
        nullif(v_request ->> 'subscription_id', '')::uuid, correction.reason);
      return jsonb_build_object('payment_id', correction.id);
    else
      perform collections.bounce_cheque(correction.payment_id, correction.reason, coalesce((v_request ->> 'fee_minor')::bigint, 0));
      return jsonb_build_object('payment_id', correction.payment_id);
  end case;
end
$$;

create function billing.correction_answer(correction billing.corrections)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('id', correction.id, 'kind', correction.kind, 'state', correction.state, 'amount_minor', correction.amount_minor)
    || coalesce(correction.result, '{}')
$$;

-- Holds the subscribers a correction concerns, in the order of their ids, as everything that touches their money does.
create function billing.hold_subscribers(subscribers uuid[])
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform from service.subscribers as s
  where s.tenant_id = access.tenant_id() and s.id = any (hold_subscribers.subscribers) order by s.id for no key update;
end
$$;

-- Puts something right, or, above the tenant's limit, asks a second person to. The same id again answers the same.
-- request: id, reason, and invoice_id or payment_id with what the kind needs.
create function billing.ask_correction(kind text, request jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_request jsonb := jsonb_strip_nulls(ask_correction.request);
  v_id      uuid;
  v_is      billing.weighed_correction;
  v_limit   bigint;
  v_new     billing.corrections;
  v_old     billing.corrections;
begin
  perform access.require(case when kind in ('credit_note', 'invoice_void', 'write_off') then 'invoices.manage' else 'payments.correct' end);
  begin
    v_id := (v_request ->> 'id')::uuid;
    perform (v_request ->> 'invoice_id')::uuid, (v_request ->> 'payment_id')::uuid, (v_request ->> 'subscriber_id')::uuid,
      nullif(v_request ->> 'subscription_id', '')::uuid, (v_request ->> 'amount_minor')::bigint, (v_request ->> 'fee_minor')::bigint;
  exception when invalid_text_representation or numeric_value_out_of_range then
    v_id := null;
  end;
  if v_id is null then
    raise exception 'This could not be read. Reload the page and type it again.' using errcode = 'PT400', detail = 'invalid_correction';
  end if;
  if coalesce(length(btrim(v_request ->> 'reason')), 0) not between 3 and 300 then
    raise exception 'Say why, in 3 to 300 letters.' using errcode = 'PT422', detail = 'reason_missing';
  end if;
  if coalesce((v_request ->> 'fee_minor')::bigint, 0) not between 0 and 9999999999 or length(v_request ->> 'reference') > 80 then
    raise exception 'Check the fee and the reference: one of them is out of its range.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;

  perform billing.hold_subscribers(array[
    (v_request ->> 'subscriber_id')::uuid,
    (select i.subscriber_id from billing.invoices as i where i.tenant_id = v_tenant and i.id = (v_request ->> 'invoice_id')::uuid),
    (select p.subscriber_id from collections.payments as p where p.tenant_id = v_tenant and p.id = (v_request ->> 'payment_id')::uuid)]);

  select c.* into v_old from billing.corrections as c where c.tenant_id = v_tenant and c.id = v_id;
  if found then
    if (v_old.kind, v_old.request) is distinct from (ask_correction.kind, v_request) then
      raise exception 'This was already asked with other facts. Reload the page and start again.' using errcode = 'PT409', detail = 'correction_conflict';
    end if;
    return billing.correction_answer(v_old) || '{"duplicate": true}';
  end if;

  v_is := billing.weigh_correction(ask_correction.kind, v_request);
  v_limit := (select s.approval_limit_minor from tenancy.billing_settings as s where s.tenant_id = v_tenant);
  v_new := row(v_tenant, v_id, ask_correction.kind, v_is.subscriber_id, v_is.invoice_id, v_is.payment_id, v_is.amount_minor,
    btrim(v_request ->> 'reason'), v_request, v_is.subject_state, v_limit,
    case when ask_correction.kind <> 'bounce' and v_is.amount_minor > v_limit then 'waiting' else 'done' end,
    access.member_id(), clock.now(), null, null, null, null);
  if v_new.state = 'done' then
    v_new.result := billing.make_correction(v_new);
  end if;
  begin
    insert into billing.corrections select v_new.*;
  exception when unique_violation then
    raise exception 'The same is asked for already and waits for a second person. Look under Approvals.' using errcode = 'PT409', detail = 'correction_waiting';
  end;
  return billing.correction_answer(v_new);
end
$$;

-- Takes a waiting request under lock, the subscribers first.
create function billing.take_correction(correction_id uuid)
returns billing.corrections
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_taken  billing.corrections;
begin
  perform billing.hold_subscribers(array(
    select unnest(array[c.subscriber_id, (c.request ->> 'subscriber_id')::uuid])
    from billing.corrections as c where c.tenant_id = v_tenant and c.id = take_correction.correction_id));
  select c.* into v_taken from billing.corrections as c
  where c.tenant_id = v_tenant and c.id = take_correction.correction_id for no key update;
  if not found then
    raise exception 'That request is not here. Reload the page.' using errcode = 'PT404', detail = 'request_unknown';
  end if;
  if v_taken.state <> 'waiting' then
    raise exception 'That request is decided already.' using errcode = 'PT409', detail = 'request_decided';
  end if;
  return v_taken;
end
$$;

create function billing.require_second_person(correction billing.corrections)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if correction.asked_by is not distinct from access.member_id() then
    raise exception 'You asked for this, so somebody else has to decide.' using errcode = 'PT403', detail = 'second_person_needed';
  end if;
end
$$;

-- A second person makes what was asked. When its subject is another than it was then, the request ends instead, and says why.
create function billing.approve_correction(correction_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_asked  billing.corrections;
  v_why    text;
  v_code   text;
begin
  perform access.require('corrections.approve');
  v_asked := billing.take_correction(approve_correction.correction_id);
  perform billing.require_second_person(v_asked);
  begin
    if (billing.weigh_correction(v_asked.kind, v_asked.request)).subject_state is distinct from v_asked.subject_state then
      v_why := 'Since this was asked, something else changed there. Look again and ask anew.';
    else
      v_asked.result := billing.make_correction(v_asked);
    end if;
  exception when others then
    get stacked diagnostics v_why = message_text, v_code = returned_sqlstate;
    if v_code not like 'PT4%' then
      raise;
    end if;
  end;
  update billing.corrections as c set state = case when v_why is null then 'done' else 'expired' end, result = v_asked.result,
    decided_by = access.member_id(), decided_at = clock.now(), decision_note = left(v_why, 300)
  where c.tenant_id = v_tenant and c.id = v_asked.id
  returning c.* into v_asked;
  return billing.correction_answer(v_asked) || jsonb_build_object('note', v_why);
end
$$;

create function billing.refuse_correction(correction_id uuid, reason text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_asked billing.corrections;
begin
  perform access.require('corrections.approve');
  if coalesce(length(btrim(refuse_correction.reason)), 0) not between 3 and 300 then
    raise exception 'Say why, in 3 to 300 letters.' using errcode = 'PT422', detail = 'reason_missing';
  end if;
  v_asked := billing.take_correction(refuse_correction.correction_id);
  perform billing.require_second_person(v_asked);
  update billing.corrections as c set state = 'refused', decided_by = access.member_id(), decided_at = clock.now(),
    decision_note = btrim(refuse_correction.reason)
  where c.tenant_id = access.tenant_id() and c.id = v_asked.id
  returning c.* into v_asked;
  return billing.correction_answer(v_asked);
end
$$;

-- Who asked may take the request back while nobody has decided it.
create function billing.withdraw_correction(correction_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_asked billing.corrections := billing.take_correction(withdraw_correction.correction_id);
begin
  if v_asked.asked_by is distinct from access.member_id() then
    raise exception 'Only who asked can take a request back. You can refuse it.' using errcode = 'PT403', detail = 'not_the_asker';
  end if;
  update billing.corrections as c set state = 'withdrawn', decided_at = clock.now()
  where c.tenant_id = access.tenant_id() and c.id = v_asked.id
  returning c.* into v_asked;
  return billing.correction_answer(v_asked);
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['collections.apply_credit(uuid)', 'collections.release_invoice(uuid, bigint)',
    'billing.plan_credit_note(uuid, bigint, jsonb)', 'billing.issue_credit_note(uuid, uuid, text, bigint, jsonb)',
    'billing.refuse_void_of_invoice(billing.invoices)', 'billing.void_invoice(uuid, text)', 'billing.refuse_write_off(billing.invoices)',
    'billing.write_off(uuid, uuid, text)', 'collections.refuse_refunded(collections.payments)',
    'collections.refuse_refund(uuid, collections.payments, bigint)', 'collections.give_refund(uuid, uuid, uuid, bigint, text, text, text)',
    'collections.refuse_transfer(collections.payments, uuid)', 'collections.transfer_payment(uuid, uuid, uuid, uuid, text)',
    'collections.refuse_bounce(collections.payments)', 'collections.bounce_cheque(uuid, text, bigint)',
    'billing.weigh_correction(text, jsonb)', 'billing.make_correction(billing.corrections)', 'billing.hold_subscribers(uuid[])',
    'billing.take_correction(uuid)', 'billing.require_second_person(billing.corrections)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['collections.spend_credit(uuid)', 'billing.preview_credit_note(uuid, bigint, jsonb)',
    'collections.receive_certificate(uuid, date)', 'billing.ask_correction(text, jsonb)', 'billing.approve_correction(uuid)',
    'billing.refuse_correction(uuid, text)', 'billing.withdraw_correction(uuid)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function billing.correction_answer(billing.corrections) to linyada_definer;
