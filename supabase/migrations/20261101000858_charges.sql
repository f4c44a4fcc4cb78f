-- Charges: what an invoice takes besides the plan, and the discounts an ISP gives, to one subscriber or with a plan.
-- A discount on the invoice lowers VAT. One that is earned by paying on time does not: it is posted when it is earned.

create table catalog.plan_discounts (
  tenant_id      uuid        not null references tenancy.tenants (id),
  id             uuid        not null,
  plan_id        uuid        not null,
  description    text        not null check (length(description) between 1 and 120),
  amount_minor   bigint      check (amount_minor between 1 and 9999999999),   -- off each invoice
  percent_bp     integer     check (percent_bp between 1 and 10000),
  months         smallint    check (months between 1 and 120),                -- invoices of each service; null: as long as it has the plan
  is_conditional boolean     not null default false,
  starts_on      date        not null,                                       -- services that take the plan from this day on have it
  until_on       date        check (until_on > starts_on),                   -- and none that takes it on or after this day
  ended_at       timestamptz,
  created_by     uuid,
  created_at     timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  foreign key (tenant_id, plan_id) references catalog.plans (tenant_id, id),
  check ((amount_minor is null) = (percent_bp is not null))
);
comment on table catalog.plan_discounts is 'A discount for all who take a plan. Each service gets it as a charge of its own, once.';
create index plan_discounts_plan_idx on catalog.plan_discounts (tenant_id, plan_id);

call access.wall('catalog.plan_discounts');
grant update (ended_at) on catalog.plan_discounts to linyada_definer;
grant select on catalog.plan_discounts to authenticated;
create policy plan_discounts_read on catalog.plan_discounts for select to authenticated
  using ((select access.can('billing.read')) or (select access.can('plans.manage')));

alter table billing.charges add foreign key (tenant_id, plan_discount_id) references catalog.plan_discounts (tenant_id, id);

-- Hands a plan's discount to a service that has the plan from a day on; once, whatever follows.
create function billing.grant_plan_discount(discount catalog.plan_discounts, subscription_id uuid, from_on date)
returns void
language sql
set search_path = ''
as $$
  insert into billing.charges (tenant_id, subscriber_id, subscription_id, plan_discount_id, kind, description, amount_minor, percent_bp,
    is_conditional, vat_class, starts_on, remaining, created_by)
  select u.tenant_id, u.subscriber_id, u.id, discount.id, 'discount', discount.description, -discount.amount_minor, discount.percent_bp,
    discount.is_conditional, p.vat_class, grant_plan_discount.from_on, discount.months, access.member_id()
  from service.subscriptions as u
  join catalog.plans as p on p.tenant_id = u.tenant_id and p.id = discount.plan_id
  where u.tenant_id = discount.tenant_id and u.id = grant_plan_discount.subscription_id
  on conflict (tenant_id, plan_discount_id, subscription_id) do nothing
$$;

-- Whatever gives a service a plan (a start, a change, an import) gives it the plan's discounts.
create function billing.grant_plan_discounts()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform billing.grant_plan_discount(d, n.subscription_id, lower(n.valid))
  from new_rows as n
  join catalog.plan_discounts as d on d.tenant_id = n.tenant_id and d.plan_id = n.plan_id
  where d.ended_at is null and lower(n.valid) >= d.starts_on and (d.until_on is null or lower(n.valid) < d.until_on)
    -- Another price of the plan it has already is nothing taken anew.
    and not exists (select from service.subscription_terms as o
      where o.tenant_id = n.tenant_id and o.subscription_id = n.subscription_id and o.plan_id = n.plan_id and o.valid @> lower(n.valid) - 1);
  return null;
end
$$;
create trigger grant_discounts after insert on service.subscription_terms
  referencing new table as new_rows for each statement execute function billing.grant_plan_discounts();

-- A plan's discount: id, plan_id, description, amount_minor or percent_bp, months, is_conditional, starts_on, until_on, and for_existing:
-- whether services that have the plan already get it too. The same id again changes nothing.
create function catalog.save_plan_discount(discount jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_new    catalog.plan_discounts;
  v_old    catalog.plan_discounts;
  v_plan   catalog.plans;
begin
  perform access.require('plans.manage');
  v_new.tenant_id := v_tenant;
  v_new.id := (discount ->> 'id')::uuid;
  v_new.plan_id := (discount ->> 'plan_id')::uuid;
  v_new.description := btrim(discount ->> 'description');
  v_new.amount_minor := (discount ->> 'amount_minor')::bigint;
  v_new.percent_bp := (discount ->> 'percent_bp')::integer;
  v_new.months := (discount ->> 'months')::smallint;
  v_new.is_conditional := coalesce((discount ->> 'is_conditional')::boolean, false);
  v_new.starts_on := coalesce((discount ->> 'starts_on')::date, clock.today(v_tenant));
  v_new.until_on := (discount ->> 'until_on')::date;
  v_new.created_by := access.member_id();
  v_new.created_at := clock.now();

  select p.* into v_plan from catalog.plans as p where p.tenant_id = v_tenant and p.id = v_new.plan_id;
  if not found then
    raise exception 'That plan is not here. Reload the page.' using errcode = 'PT404', detail = 'plan_unknown';
  end if;
  if v_plan.billing_mode <> 'postpaid' then
    raise exception 'A prepaid plan has no monthly invoice to discount. Give it a lower price, or more days for its price.'
      using errcode = 'PT409', detail = 'plan_prepaid';
  end if;

  select d.* into v_old from catalog.plan_discounts as d where d.tenant_id = v_tenant and d.id = v_new.id;
  if found then
    if (v_old.plan_id, v_old.description, v_old.amount_minor, v_old.percent_bp, v_old.months, v_old.is_conditional, v_old.starts_on, v_old.until_on)
      is distinct from
      (v_new.plan_id, v_new.description, v_new.amount_minor, v_new.percent_bp, v_new.months, v_new.is_conditional, v_new.starts_on, v_new.until_on)
    then
      raise exception 'This discount was already saved with other facts. Reload the page and add a new one.' using errcode = 'PT409', detail = 'discount_conflict';
    end if;
    return jsonb_build_object('id', v_old.id, 'duplicate', true);
  end if;

  insert into catalog.plan_discounts select v_new.*;
  if coalesce((discount ->> 'for_existing')::boolean, false) then
    -- A service may have the plan in several terms, as when another price of it is planned.
    perform billing.grant_plan_discount(v_new, t.subscription_id, greatest(v_new.starts_on, min(lower(t.valid))))
    from service.subscription_terms as t
    join service.subscriptions as u on u.tenant_id = t.tenant_id and u.id = t.subscription_id and u.state <> 'terminated'
    where t.tenant_id = v_tenant and t.plan_id = v_new.plan_id and (t.valid @> v_new.starts_on or lower(t.valid) >= v_new.starts_on)
      and (v_new.until_on is null or lower(t.valid) < v_new.until_on)
    group by t.subscription_id;
  end if;
  return jsonb_build_object('id', v_new.id, 'duplicate', false, 'given_count', (
    select count(*) from billing.charges as c where c.tenant_id = v_tenant and c.plan_discount_id = v_new.id));
exception
  when check_violation or not_null_violation or numeric_value_out_of_range then
    raise exception 'A discount needs a name, an amount or a percentage up to 100, and an end after its start.'
      using errcode = 'PT400', detail = 'invalid_discount';
  when invalid_text_representation or invalid_datetime_format or datetime_field_overflow then
    raise exception 'The discount could not be read. Reload the page and type it again.' using errcode = 'PT400', detail = 'invalid_discount';
end
$$;

-- Stops offering a plan's discount. Services that have it keep it, unless it is taken from them too.
create function catalog.end_plan_discount(discount_id uuid, for_existing boolean default false)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_taken  integer := 0;
begin
  perform access.require('plans.manage');
  update catalog.plan_discounts as d set ended_at = clock.now()
  where d.tenant_id = v_tenant and d.id = end_plan_discount.discount_id and d.ended_at is null;
  if not found then
    raise exception 'That discount is not offered any more. Reload the page.' using errcode = 'PT409', detail = 'discount_ended';
  end if;
  if end_plan_discount.for_existing then
    update billing.charges as c set cancelled_at = clock.now()
    where c.tenant_id = v_tenant and c.plan_discount_id = end_plan_discount.discount_id
      and c.cancelled_at is null and c.remaining is distinct from 0;
    get diagnostics v_taken = row_count;
  end if;
  return jsonb_build_object('id', end_plan_discount.discount_id, 'taken_count', v_taken);
end
$$;

-- Charges of a subscriber ------------------------------------------------------------------------

-- A charge, discount or asked deposit: id, subscriber_id, subscription_id, kind, description, amount_minor (above zero; of a discount what
-- it takes off) or percent_bp, parts, times (how many invoices; 0: every one until until_on or a cancellation), is_conditional, vat_class,
-- starts_on, until_on. It is never edited: cancel it and add another. The same id again answers the same.
create function billing.save_charge(charge jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_new    billing.charges;
  v_old    billing.charges;
  v_amount bigint;
  v_times  smallint;
begin
  perform access.require('invoices.manage');
  begin
    v_new.tenant_id := v_tenant;
    v_new.id := (charge ->> 'id')::uuid;
    v_new.subscriber_id := (charge ->> 'subscriber_id')::uuid;
    v_new.subscription_id := (charge ->> 'subscription_id')::uuid;
    v_new.kind := charge ->> 'kind';
    v_new.description := btrim(charge ->> 'description');
    v_amount := (charge ->> 'amount_minor')::bigint;
    v_new.percent_bp := (charge ->> 'percent_bp')::integer;
    v_new.parts := (charge ->> 'parts')::smallint;
    v_times := coalesce((charge ->> 'times')::smallint, v_new.parts, 1);
    v_new.is_conditional := coalesce((charge ->> 'is_conditional')::boolean, false);
    v_new.starts_on := coalesce((charge ->> 'starts_on')::date, clock.today(v_tenant));
    v_new.until_on := (charge ->> 'until_on')::date;
    v_new.vat_class := charge ->> 'vat_class';
  exception when invalid_text_representation or invalid_datetime_format or datetime_field_overflow or numeric_value_out_of_range then
    raise exception 'The charge could not be read. Reload the page and type it again.' using errcode = 'PT400', detail = 'invalid_charge';
  end;
  if v_new.id is null or v_new.kind is null or v_new.kind not in ('one_time', 'discount', 'deposit') then
    raise exception 'Choose what it is: a charge, a discount or a deposit.' using errcode = 'PT400', detail = 'invalid_charge';
  end if;
  if v_amount not between 1 and 9999999999 or (v_amount is null) = (v_new.percent_bp is null) then
    raise exception 'Give an amount above 0 and at most 99,999,999.99, or a percentage of a discount.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  if v_new.parts > v_amount then
    raise exception 'That sum is too small for % parts.', v_new.parts using errcode = 'PT422', detail = 'too_many_parts';
  end if;
  if v_new.kind = 'discount' then
    v_amount := -v_amount;
    -- A sum given once is given whole: what one invoice has no room for, the next one takes.
    v_new.parts := case when v_amount is not null and v_times = 1 and v_new.until_on is null and not v_new.is_conditional then 1 end;
  end if;
  v_new.amount_minor := v_amount;
  v_new.remaining := nullif(case when v_new.kind = 'deposit' then 1 else v_times end, 0);

  perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_new.subscriber_id for no key update;
  if not found then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  if v_new.subscription_id is not null and not exists (select from service.subscriptions as u
    where u.tenant_id = v_tenant and u.id = v_new.subscription_id and u.subscriber_id = v_new.subscriber_id) then
    raise exception 'That service does not belong to this subscriber. Choose it again.' using errcode = 'PT404', detail = 'subscription_unknown';
  end if;
  -- What a service costs and what is taken off it are of one VAT class.
  v_new.vat_class := coalesce(v_new.vat_class, (
    select p.vat_class
    from service.subscriptions as u
    join service.subscription_terms as t on t.tenant_id = u.tenant_id and t.subscription_id = u.id
    join catalog.plans as p on p.tenant_id = t.tenant_id and p.id = t.plan_id
    where u.tenant_id = v_tenant and u.subscriber_id = v_new.subscriber_id and (v_new.subscription_id is null or u.id = v_new.subscription_id)
    order by u.state, lower(t.valid) desc limit 1), 'vatable');

  select c.* into v_old from billing.charges as c where c.tenant_id = v_tenant and c.id = v_new.id;
  if found then
    -- What is left of it may have changed since; how often it was asked for is not compared.
    if (v_old.subscriber_id, v_old.subscription_id, v_old.kind, v_old.description, v_old.amount_minor, v_old.percent_bp, v_old.parts,
        v_old.is_conditional, v_old.starts_on, v_old.until_on)
      is distinct from
      (v_new.subscriber_id, v_new.subscription_id, v_new.kind, v_new.description, v_new.amount_minor, v_new.percent_bp, v_new.parts,
        v_new.is_conditional, v_new.starts_on, v_new.until_on)
    then
      raise exception 'This charge was already saved with other facts. Reload the page and add a new one.' using errcode = 'PT409', detail = 'charge_conflict';
    end if;
    return jsonb_build_object('id', v_old.id, 'duplicate', true);
  end if;

  insert into billing.charges (tenant_id, id, subscriber_id, subscription_id, kind, description, amount_minor, percent_bp, parts, is_conditional,
    vat_class, starts_on, until_on, remaining, created_by, created_at)
  values (v_tenant, v_new.id, v_new.subscriber_id, v_new.subscription_id, v_new.kind, v_new.description, v_new.amount_minor, v_new.percent_bp,
    v_new.parts, v_new.is_conditional, v_new.vat_class, v_new.starts_on, v_new.until_on, v_new.remaining, access.member_id(), clock.now());
  return jsonb_build_object('id', v_new.id, 'duplicate', false);
exception
  when unique_violation then
    raise exception 'This charge was already saved with other facts. Reload the page and add a new one.' using errcode = 'PT409', detail = 'charge_conflict';
  when check_violation or not_null_violation then
    raise exception 'A charge says what it is for, in at most 300 letters; only a discount has a percentage; parts are 2 to 120; an end lies after its start.'
      using errcode = 'PT400', detail = 'invalid_charge';
end
$$;

-- Stops a charge: no further invoice takes it. What invoices took already stays.
create function billing.cancel_charge(charge_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_charge billing.charges;
begin
  perform access.require('invoices.manage');
  select c.* into v_charge from billing.charges as c where c.tenant_id = v_tenant and c.id = cancel_charge.charge_id;
  if not found then
    raise exception 'That charge is not here. Reload the page.' using errcode = 'PT404', detail = 'charge_unknown';
  end if;
  -- A run that is billing it holds the subscriber.
  perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_charge.subscriber_id for no key update;
  update billing.charges as c set cancelled_at = clock.now()
  where c.tenant_id = v_tenant and c.id = v_charge.id and c.cancelled_at is null and c.remaining is distinct from 0
  returning c.* into v_charge;
  if not found then
    raise exception 'Nothing of that charge is waiting any more: invoices took all of it, or it was cancelled before.'
      using errcode = 'PT409', detail = 'charge_not_waiting';
  end if;
  return jsonb_build_object('id', v_charge.id);
end
$$;

-- Settles an open invoice from the subscriber's credit, as far as it goes. Callers hold the subscriber.
create function billing.use_credit(subscriber_id uuid, invoice_id uuid)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice billing.invoices;
  v_id      uuid := clock.uuid7();
  v_amount  bigint;
begin
  select i.* into strict v_invoice from billing.invoices as i
  where i.tenant_id = v_tenant and i.id = use_credit.invoice_id and i.subscriber_id = use_credit.subscriber_id;
  v_amount := least(collections.credit_of(use_credit.subscriber_id), v_invoice.balance_minor);
  if v_invoice.state <> 'open' or v_amount <= 0 then
    return 0;
  end if;

  insert into collections.allocations (tenant_id, id, invoice_id, amount_minor, created_at)
  values (v_tenant, v_id, v_invoice.id, v_amount, clock.now());
  perform ledger.post('credit_applied', 'credit:' || v_id, 'invoice', v_invoice.id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', use_credit.subscriber_id), 'amount_minor', v_amount),
    jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', use_credit.subscriber_id), 'amount_minor', -v_amount)));
  update billing.invoices as i set balance_minor = i.balance_minor - v_amount,
    state = case when i.balance_minor = v_amount then 'paid' else 'open' end
  where i.tenant_id = v_tenant and i.id = v_invoice.id;
  return v_amount;
end
$$;

-- Puts one waiting charge on an invoice of its own, today; the subscriber's credit pays first. seen_count says how many invoices had taken
-- of it when the button was pressed: a second press answers the invoice of the first.
create function billing.bill_charge(charge_id uuid, seen_count integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_today   date := clock.today(v_tenant);
  v_charge  billing.charges;
  v_invoice record;
begin
  perform access.require('invoices.manage');
  select c.* into v_charge from billing.charges as c where c.tenant_id = v_tenant and c.id = bill_charge.charge_id;
  if not found then
    raise exception 'That charge is not here. Reload the page.' using errcode = 'PT404', detail = 'charge_unknown';
  end if;
  perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_charge.subscriber_id for no key update;
  select c.* into v_charge from billing.charges as c where c.tenant_id = v_tenant and c.id = v_charge.id;

  if (select count(*) from billing.charge_parts as x where x.tenant_id = v_tenant and x.charge_id = v_charge.id) > bill_charge.seen_count then
    return (select jsonb_build_object('invoice_id', i.id, 'number', i.number, 'total_minor', i.total_minor, 'duplicate', true)
      from billing.charge_parts as x
      join billing.invoices as i on i.tenant_id = x.tenant_id and i.id = x.invoice_id
      where x.tenant_id = v_tenant and x.charge_id = v_charge.id order by i.serial desc limit 1);
  end if;
  if v_charge.kind not in ('one_time', 'late_fee') then
    raise exception 'Only a charge can be billed on its own; a discount waits for an invoice, and a deposit is no sale.'
      using errcode = 'PT409', detail = 'not_billable';
  end if;
  if v_charge.cancelled_at is not null or v_charge.remaining = 0 then
    raise exception 'Nothing of that charge is waiting any more: invoices took all of it, or it was cancelled before.'
      using errcode = 'PT409', detail = 'charge_not_waiting';
  end if;

  select * into strict v_invoice
  from billing.issue(array[row(v_charge.subscriber_id, v_charge.subscription_id, 1, v_charge.kind, v_charge.description, null, null, null,
      v_charge.vat_class, billing.next_part(v_charge.id, v_charge.amount_minor, v_charge.parts, v_charge.remaining), v_charge.id, null, null, null, null, null)::billing.proposed_line],
    v_today, v_today + (select s.due_days from tenancy.billing_settings as s where s.tenant_id = v_tenant));
  perform billing.use_credit(v_charge.subscriber_id, v_invoice.invoice_id);
  return jsonb_build_object('invoice_id', v_invoice.invoice_id, 'number', v_invoice.number, 'total_minor', v_invoice.total_minor, 'duplicate', false);
end
$$;

call access.stand_before_wall('billing.use_credit(uuid, uuid)', null);
do $$
declare
  v_function text;
begin
  foreach v_function in array array['catalog.save_plan_discount(jsonb)', 'catalog.end_plan_discount(uuid, boolean)', 'billing.save_charge(jsonb)',
    'billing.cancel_charge(uuid)', 'billing.bill_charge(uuid, integer)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function billing.grant_plan_discount(catalog.plan_discounts, uuid, date) to linyada_definer;
