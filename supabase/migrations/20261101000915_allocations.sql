-- Allocations: which invoice money settles, what of it was taken back, and what stays as a subscriber's credit.

-- Puts allocations of a payment on invoices, as the plan says, and brings their balances along.
create function collections.allocate(payment_id uuid, applies jsonb)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_to     record;
begin
  -- One by one, each by its key: a plan cannot know how few they are, and would read all invoices of the tenant.
  for v_to in
    select (a.value ->> 'invoice_id')::uuid as invoice_id, (a.value ->> 'amount_minor')::bigint as amount_minor
    from jsonb_array_elements(allocate.applies) as a
  loop
    insert into collections.allocations (tenant_id, invoice_id, payment_id, amount_minor)
    values (v_tenant, v_to.invoice_id, allocate.payment_id, v_to.amount_minor);
    update billing.invoices as i set balance_minor = i.balance_minor - v_to.amount_minor,
      state = case when i.balance_minor = v_to.amount_minor then 'paid' else 'open' end
    where i.tenant_id = v_tenant and i.id = v_to.invoice_id;
  end loop;
end
$$;

-- What of a subscriber's money is not used yet.
create function collections.credit_of(subscriber_id uuid)
returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce((
    select -b.amount_minor
    from ledger.accounts as a
    join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
    where a.tenant_id = access.tenant_id() and a.code = 'subscriber_credit' and a.owner_id = credit_of.subscriber_id), 0);
end
$$;

-- Allocations with what of them was not taken back, the newest first: those of a payment, those on an invoice, or those a subscriber's
-- credit made. What is taken back comes off in this order, so the oldest debts stay settled longest.
create function collections.allocations_in_force(of_payment uuid default null, on_invoice uuid default null, from_credit_of uuid default null)
returns table (id uuid, payment_id uuid, left_minor bigint)
language plpgsql
stable
security definer
set search_path = ''
rows 5
as $$
begin
  return query
  select a.id, a.payment_id, r.left_minor
  from (
    -- Only the one that was asked for finds anything, each by its index.
    select p.* from collections.allocations as p
    where p.tenant_id = access.tenant_id() and p.payment_id = allocations_in_force.of_payment
    union all
    select p.* from collections.allocations as p
    where p.tenant_id = access.tenant_id() and p.invoice_id = allocations_in_force.on_invoice
    union all
    select p.* from billing.invoices as i
    join collections.allocations as p on p.tenant_id = i.tenant_id and p.invoice_id = i.id and p.payment_id is null
    where i.tenant_id = access.tenant_id() and i.subscriber_id = allocations_in_force.from_credit_of
  ) as a
  cross join lateral (
    select a.amount_minor + coalesce(sum(r.amount_minor), 0)::bigint as left_minor
    from collections.allocations as r where r.tenant_id = a.tenant_id and r.reverses = a.id
  ) as r
  where a.reverses is null and r.left_minor > 0
  order by a.made desc;
end
$$;

-- Takes back an allocation, or a part of it: its invoice is open again by so much. Answers the row that says so.
create function collections.reverse_allocation(allocation_id uuid, amount_minor bigint)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_id uuid := clock.uuid7();
begin
  with reversal as (
    insert into collections.allocations (tenant_id, id, invoice_id, payment_id, amount_minor, reverses)
    select a.tenant_id, v_id, a.invoice_id, a.payment_id, -reverse_allocation.amount_minor, a.id
    from collections.allocations as a
    where a.tenant_id = access.tenant_id() and a.id = reverse_allocation.allocation_id
    returning allocations.invoice_id, allocations.amount_minor
  )
  update billing.invoices as i set balance_minor = i.balance_minor - r.amount_minor, state = 'open'
  from reversal as r
  where i.tenant_id = access.tenant_id() and i.id = r.invoice_id;
  return v_id;
end
$$;

-- Takes back an allocation, or a part of it, as the subscriber's credit. Callers hold the subscriber.
create function collections.release_allocation(allocation_id uuid, amount_minor bigint)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_of     record;
begin
  select a.payment_id, a.invoice_id, i.subscriber_id into strict v_of
  from collections.allocations as a
  join billing.invoices as i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
  where a.tenant_id = v_tenant and a.id = release_allocation.allocation_id;
  -- Of the payment, so that its void takes this back too.
  perform ledger.post('credit_released', 'release:' || collections.reverse_allocation(release_allocation.allocation_id, release_allocation.amount_minor),
    case when v_of.payment_id is null then 'invoice' else 'payment' end, coalesce(v_of.payment_id, v_of.invoice_id), clock.now(), jsonb_build_array(
      jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', v_of.subscriber_id), 'amount_minor', release_allocation.amount_minor),
      jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', v_of.subscriber_id), 'amount_minor', -release_allocation.amount_minor)));
end
$$;

-- Takes so much back as the subscriber's credit, of what settled an invoice, of a payment, or of what a subscriber's credit settled: the newest
-- first, a certificate last, for it is not money. Callers hold the subscriber.
create function collections.release(amount_minor bigint, of_payment uuid default null, on_invoice uuid default null, from_credit_of uuid default null)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_left  bigint := release.amount_minor;
  v_taken record;
begin
  if v_left <= 0 then
    return;
  end if;
  for v_taken in
    select a.id, a.left_minor
    from collections.allocations_in_force(release.of_payment, release.on_invoice, release.from_credit_of)
      with ordinality as a(id, payment_id, left_minor, place)
    left join collections.payments as p on p.tenant_id = access.tenant_id() and p.id = a.payment_id
    order by coalesce(p.method = 'withholding', false), a.place
  loop
    exit when v_left <= 0;
    perform collections.release_allocation(v_taken.id, least(v_taken.left_minor, v_left));
    v_left := v_left - v_taken.left_minor;
  end loop;
end
$$;

-- Credit that is missing, for what brought it was taken back, is given back by the newest invoices that took any. Callers hold the subscriber.
create function collections.call_back_credit(subscriber_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform collections.release(-collections.credit_of(call_back_credit.subscriber_id), from_credit_of => call_back_credit.subscriber_id);
end
$$;

-- A row that takes back may take no more than what is left of the one it reverses.
create function collections.prove_reversal()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if (select sum(a.amount_minor) from collections.allocations as a
    where a.tenant_id = new.tenant_id and (a.id = new.reverses or a.reverses = new.reverses)) < 0 then
    raise exception 'Allocation % would be taken back beyond its amount.', new.reverses
      using errcode = 'check_violation', schema = 'collections', table = 'allocations', constraint = 'allocations_reversed_within';
  end if;
  return null;
end
$$;
create trigger reversed_within after insert on collections.allocations
  for each row when (new.reverses is not null) execute function collections.prove_reversal();

do $$
declare
  v_function text;
begin
  foreach v_function in array array['collections.allocate(uuid, jsonb)', 'collections.credit_of(uuid)', 'collections.allocations_in_force(uuid, uuid, uuid)',
    'collections.reverse_allocation(uuid, bigint)', 'collections.release_allocation(uuid, bigint)',
    'collections.release(bigint, uuid, uuid, uuid)', 'collections.call_back_credit(uuid)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
