-- Deposits: money of subscribers that the ISP keeps until they leave. A liability: no revenue, no VAT, on no invoice.
-- What is taken comes from a payment or from credit; what is given back goes out as money or becomes credit that pays invoices.

create table billing.deposits (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null,                  -- made by whoever asks, so that a retry is the same
  subscriber_id uuid        not null,
  kind          text        not null check (kind in ('taken', 'returned', 'applied', 'taken_back')),
  amount_minor  bigint      not null check (amount_minor <> 0),          -- above zero: held from now on; below: given back
  charge_id     uuid,                                  -- that asked for it
  payment_id    uuid,                                  -- that brought it; null: from credit
  method        text        check (method in ('cash', 'gcash', 'maya', 'bank', 'cheque')),    -- how it was returned
  reference     text        check (length(reference) between 1 and 80),
  note          text        check (length(note) between 1 and 300),
  created_by    uuid,
  created_at    timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  foreign key (tenant_id, charge_id) references billing.charges (tenant_id, id),
  foreign key (tenant_id, payment_id) references collections.payments (tenant_id, id),
  foreign key (tenant_id, created_by) references access.members (tenant_id, id),
  check ((kind = 'taken') = (amount_minor > 0)),
  check ((kind = 'returned') = (method is not null))
);
comment on table billing.deposits is 'A deposit taken or given back. What is held of a subscriber is the sum.';
create index deposits_subscriber_idx on billing.deposits (tenant_id, subscriber_id);
create index deposits_charge_idx on billing.deposits (tenant_id, charge_id);
create index deposits_payment_idx on billing.deposits (tenant_id, payment_id);
create index deposits_creator_idx on billing.deposits (tenant_id, created_by);

call access.wall('billing.deposits');
grant select on billing.deposits to authenticated;
create policy deposits_read on billing.deposits for select to authenticated
  using ((select access.can('billing.read')) or subscriber_id = (select access.subscriber_id()));

create function billing.deposit_of(subscriber_id uuid)
returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (select coalesce(sum(d.amount_minor), 0) from billing.deposits as d
    where d.tenant_id = access.tenant_id() and d.subscriber_id = deposit_of.subscriber_id);
end
$$;

-- The deposit of this id if it was recorded before; the same id with other facts is refused. Holds the subscriber.
create function billing.known_deposit(deposit billing.deposits)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_old billing.deposits;
begin
  if deposit.id is null or coalesce(abs(deposit.amount_minor), 0) not between 1 and 9999999999 then
    raise exception 'Give an amount above 0 and at most 99,999,999.99.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  perform service.hold_subscriber(deposit.subscriber_id);
  select d.* into v_old from billing.deposits as d where d.tenant_id = deposit.tenant_id and d.id = deposit.id;
  if not found then
    return false;
  end if;
  if (v_old.subscriber_id, v_old.kind, v_old.amount_minor, v_old.charge_id) is distinct from
     (deposit.subscriber_id, deposit.kind, deposit.amount_minor, deposit.charge_id) then
    raise exception 'This deposit was already recorded with other facts. Reload the page and start again.' using errcode = 'PT409', detail = 'deposit_conflict';
  end if;
  return true;
end
$$;

create function billing.deposit_answer(deposit_id uuid, duplicate boolean)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('id', d.id, 'kind', d.kind, 'amount_minor', d.amount_minor, 'payment_id', d.payment_id,
    'receipt_number', (select r.number from collections.receipts as r where r.tenant_id = d.tenant_id and r.payment_id = d.payment_id),
    'held_minor', billing.deposit_of(d.subscriber_id), 'duplicate', deposit_answer.duplicate)
  from billing.deposits as d
  where d.tenant_id = (select access.tenant_id()) and d.id = deposit_answer.deposit_id
$$;

-- Takes a deposit: id, subscriber_id, amount_minor, charge_id (that asked for it), note; with method (and payment_id, reference, received_at)
-- it is a payment with its receipt, without one it comes from the subscriber's credit.
create function billing.take_deposit(deposit jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_new    billing.deposits;
  v_asked  billing.charges;
begin
  perform access.require('payments.record');
  v_new.tenant_id := v_tenant;
  v_new.id := (deposit ->> 'id')::uuid;
  v_new.subscriber_id := (deposit ->> 'subscriber_id')::uuid;
  v_new.kind := 'taken';
  v_new.amount_minor := (deposit ->> 'amount_minor')::bigint;
  v_new.charge_id := (deposit ->> 'charge_id')::uuid;
  v_new.note := nullif(btrim(deposit ->> 'note'), '');
  if v_new.amount_minor < 0 then
    v_new.amount_minor := null;
  end if;
  if billing.known_deposit(v_new) then
    return billing.deposit_answer(v_new.id, true);
  end if;
  if v_new.charge_id is not null then
    select c.* into v_asked from billing.charges as c
    where c.tenant_id = v_tenant and c.id = v_new.charge_id and c.subscriber_id = v_new.subscriber_id and c.kind = 'deposit';
    if not found or v_asked.remaining = 0 or v_asked.cancelled_at is not null then
      raise exception 'That deposit is not asked for any more. Reload the page.' using errcode = 'PT409', detail = 'deposit_not_asked';
    end if;
    if v_new.amount_minor <> v_asked.amount_minor then
      raise exception 'The deposit asked for is %. Take exactly that, or cancel it and ask anew.', collections.format_minor(v_asked.amount_minor)
        using errcode = 'PT409', detail = 'other_amount';
    end if;
  end if;

  if nullif(deposit ->> 'method', '') is not null then
    if deposit ->> 'method' = 'withholding' then
      raise exception 'A withholding certificate is no money, so it cannot be a deposit.' using errcode = 'PT422', detail = 'invalid_method';
    end if;
    v_new.payment_id := (deposit ->> 'payment_id')::uuid;
    perform collections.record_payment(jsonb_build_object('id', v_new.payment_id, 'subscriber_id', v_new.subscriber_id, 'method', deposit ->> 'method',
      'reference', deposit ->> 'reference', 'amount_minor', v_new.amount_minor, 'received_at', deposit ->> 'received_at',
      'note', coalesce(v_new.note, 'Deposit'), 'as_credit', true));
  elsif v_new.amount_minor > collections.credit_of(v_new.subscriber_id) then
    raise exception 'The credit is only %. Take the deposit with a payment instead.', collections.format_minor(collections.credit_of(v_new.subscriber_id))
      using errcode = 'PT409', detail = 'credit_too_small';
  end if;

  insert into billing.deposits (tenant_id, id, subscriber_id, kind, amount_minor, charge_id, payment_id, note, created_by, created_at)
  values (v_tenant, v_new.id, v_new.subscriber_id, 'taken', v_new.amount_minor, v_new.charge_id, v_new.payment_id, v_new.note, access.member_id(), clock.now());
  update billing.charges as c set remaining = 0 where c.tenant_id = v_tenant and c.id = v_new.charge_id;
  -- Posted as the payment's, so that its void takes this back too.
  perform ledger.post('deposit', 'deposit:' || v_new.id, case when v_new.payment_id is null then 'deposit' else 'payment' end,
    coalesce(v_new.payment_id, v_new.id), clock.now(), jsonb_build_array(
      jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', v_new.subscriber_id), 'amount_minor', v_new.amount_minor),
      jsonb_build_object('account', ledger.account('deposits'), 'amount_minor', -v_new.amount_minor)));
  return billing.deposit_answer(v_new.id, false);
exception when invalid_text_representation or numeric_value_out_of_range then
  raise exception 'The deposit could not be read. Reload the page and type it again.' using errcode = 'PT400', detail = 'invalid_deposit';
end
$$;

-- Posts what leaves the deposits: as money by a method, else as the subscriber's credit.
create function billing.release_deposit(deposit billing.deposits)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into billing.deposits (tenant_id, id, subscriber_id, kind, amount_minor, method, reference, note, created_by, created_at)
  values (access.tenant_id(), deposit.id, deposit.subscriber_id, deposit.kind, deposit.amount_minor, deposit.method, deposit.reference,
    deposit.note, access.member_id(), clock.now());
  perform ledger.post(case when deposit.method is null then 'deposit' else 'refund' end, 'deposit:' || deposit.id, 'deposit', deposit.id, clock.now(),
    jsonb_build_array(
      jsonb_build_object('account', ledger.account('deposits'), 'amount_minor', -deposit.amount_minor),
      jsonb_build_object('account', case when deposit.method is null then ledger.account('subscriber_credit', 'subscriber', deposit.subscriber_id)
        else collections.money_account(deposit.method, 'counter', access.member_id()) end, 'amount_minor', deposit.amount_minor)));
end
$$;

-- Sets a deposit against what is owed: id, subscriber_id, amount_minor, note. It becomes credit, and open invoices take it, the oldest first.
create function billing.apply_deposit(deposit jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_new billing.deposits;
begin
  perform access.require('invoices.manage');
  v_new.tenant_id := access.tenant_id();
  v_new.id := (deposit ->> 'id')::uuid;
  v_new.subscriber_id := (deposit ->> 'subscriber_id')::uuid;
  v_new.kind := 'applied';
  v_new.amount_minor := -abs((deposit ->> 'amount_minor')::bigint);
  v_new.note := nullif(btrim(deposit ->> 'note'), '');
  if billing.known_deposit(v_new) then
    return billing.deposit_answer(v_new.id, true);
  end if;
  perform billing.refuse_beyond_deposit(v_new.subscriber_id, -v_new.amount_minor);
  perform billing.release_deposit(v_new);
  perform collections.reconsider(v_new.subscriber_id);
  return billing.deposit_answer(v_new.id, false);
exception
  when invalid_text_representation or numeric_value_out_of_range then
    raise exception 'The deposit could not be read. Reload the page and type it again.' using errcode = 'PT400', detail = 'invalid_deposit';
  when check_violation then
    raise exception 'A note has at most 300 letters.' using errcode = 'PT422', detail = 'invalid_deposit';
end
$$;

create function billing.refuse_beyond_deposit(subscriber_id uuid, amount_minor bigint)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if refuse_beyond_deposit.amount_minor > billing.deposit_of(refuse_beyond_deposit.subscriber_id) then
    raise exception 'Only % is held. Give back at most that.', collections.format_minor(billing.deposit_of(refuse_beyond_deposit.subscriber_id))
      using errcode = 'PT409', detail = 'deposit_too_small';
  end if;
end
$$;

create function billing.refuse_return_of_deposit(subscriber_id uuid, amount_minor bigint, method text)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not exists (select from service.subscribers as s where s.tenant_id = access.tenant_id() and s.id = refuse_return_of_deposit.subscriber_id) then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  if coalesce(refuse_return_of_deposit.amount_minor, 0) <= 0 then
    raise exception 'Give an amount above 0.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  if coalesce(refuse_return_of_deposit.method, '') not in ('cash', 'gcash', 'maya', 'bank', 'cheque') then
    raise exception 'Choose how it is returned: cash, GCash, Maya, bank or cheque.' using errcode = 'PT422', detail = 'invalid_method';
  end if;
  perform billing.refuse_beyond_deposit(refuse_return_of_deposit.subscriber_id, refuse_return_of_deposit.amount_minor);
end
$$;

-- Gives a deposit back as money. Callers hold the subscriber, and have asked who may.
create function billing.return_deposit(deposit_id uuid, subscriber_id uuid, amount_minor bigint, method text, reference text, note text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_new billing.deposits;
begin
  perform billing.refuse_return_of_deposit(return_deposit.subscriber_id, return_deposit.amount_minor, return_deposit.method);
  v_new.id := return_deposit.deposit_id;
  v_new.subscriber_id := return_deposit.subscriber_id;
  v_new.kind := 'returned';
  v_new.amount_minor := -return_deposit.amount_minor;
  v_new.method := return_deposit.method;
  v_new.reference := return_deposit.reference;
  v_new.note := return_deposit.note;
  perform billing.release_deposit(v_new);
end
$$;

-- Ends a service, and says at once what becomes of the deposit: change as service.make_change takes it, deposit {id, amount_minor, how, reference}.
-- how: apply sets it against what is owed, the final invoice first of all; a method gives it back as money; none keeps it.
create function service.end_with_deposit(change jsonb, deposit jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_answer jsonb := service.make_change('ended', change);
  v_asked  jsonb := end_with_deposit.deposit || jsonb_build_object('subscriber_id', (select u.subscriber_id from service.subscriptions as u
    where u.tenant_id = access.tenant_id() and u.id = (change ->> 'subscription_id')::uuid));
begin
  if nullif(deposit ->> 'how', '') is null then
    return v_answer;
  end if;
  return v_answer || jsonb_build_object('deposit', case deposit ->> 'how'
    when 'apply' then billing.apply_deposit(v_asked || jsonb_build_object('note', change -> 'reason'))
    else billing.ask_correction('deposit_return', v_asked - 'how'
      || jsonb_build_object('method', deposit -> 'how', 'reason', 'Service ended: ' || (change ->> 'reason'))) end);
end
$$;

-- A void payment takes back the deposits it brought; the books are reversed with the payment's other postings.
create function billing.take_back_deposits(payment_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_taken  billing.deposits;
begin
  for v_taken in
    select d.* from billing.deposits as d
    where d.tenant_id = v_tenant and d.payment_id = take_back_deposits.payment_id and d.kind = 'taken'
      and not exists (select from billing.deposits as b where b.tenant_id = d.tenant_id and b.payment_id = d.payment_id and b.kind = 'taken_back')
  loop
    if v_taken.amount_minor > billing.deposit_of(v_taken.subscriber_id) then
      raise exception 'The deposit this payment brought was given back already, so the payment cannot be void.' using errcode = 'PT409', detail = 'deposit_given_back';
    end if;
    insert into billing.deposits (tenant_id, id, subscriber_id, kind, amount_minor, charge_id, payment_id, created_by, created_at)
    values (v_tenant, clock.uuid7(), v_taken.subscriber_id, 'taken_back', -v_taken.amount_minor, v_taken.charge_id, v_taken.payment_id,
      access.member_id(), clock.now());
    update billing.charges as c set remaining = 1 where c.tenant_id = v_tenant and c.id = v_taken.charge_id;
  end loop;
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['billing.deposit_of(uuid)', 'billing.known_deposit(billing.deposits)', 'billing.deposit_answer(uuid, boolean)',
    'billing.take_back_deposits(uuid)', 'billing.release_deposit(billing.deposits)', 'billing.refuse_beyond_deposit(uuid, bigint)',
    'billing.refuse_return_of_deposit(uuid, bigint, text)', 'billing.return_deposit(uuid, uuid, bigint, text, text, text)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['billing.take_deposit(jsonb)', 'billing.apply_deposit(jsonb)', 'service.end_with_deposit(jsonb, jsonb)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
