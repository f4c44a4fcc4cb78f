-- Discounts for paying on time: offered beside an invoice, posted when they are earned.

-- What the invoices of these lines would offer to who pays by the due day. Preview and run both ask here.
create function billing.prompt_discounts(lines billing.proposed_line[], period date)
returns table (subscriber_id uuid, charge_id uuid, description text, amount_minor bigint)
language plpgsql
stable
security definer
set search_path = ''
rows 10
as $$
#variable_conflict use_column
declare
  v_tenant uuid := access.tenant_id();
  v_zone   text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_today  date := greatest(clock.today(v_tenant), prompt_discounts.period);
begin
  -- Nearly every ISP has none of these, and the run asks for every chunk.
  if not exists (select from billing.charges as c
    where c.tenant_id = v_tenant and c.is_conditional and c.remaining is distinct from 0 and c.cancelled_at is null) then
    return;
  end if;
  return query
  with totals as (
    select l.subscriber_id, sum(l.amount_minor)::bigint as total_minor from unnest(prompt_discounts.lines) as l group by l.subscriber_id
  )
  select c.subscriber_id, c.id, c.description,
    least(max(t.total_minor), case when c.percent_bp is null then least(-c.amount_minor, sum(l.amount_minor)::bigint)
      else round(sum(l.amount_minor)::numeric * c.percent_bp / 10000)::bigint end)
  from billing.charges as c
  join totals as t on t.subscriber_id = c.subscriber_id
  join unnest(prompt_discounts.lines) as l on l.subscriber_id = c.subscriber_id and (c.subscription_id is null or l.subscription_id = c.subscription_id)
    and l.kind in ('recurring', 'proration') and l.amount_minor > 0
  left join catalog.plan_discounts as o on o.tenant_id = c.tenant_id and o.id = c.plan_discount_id
  where c.tenant_id = v_tenant and c.is_conditional and c.remaining is distinct from 0 and c.cancelled_at is null
    and c.starts_on <= v_today and (c.until_on is null or c.until_on > prompt_discounts.period)
    and (o.id is null or exists (select from service.subscription_terms as m
      where m.tenant_id = c.tenant_id and m.subscription_id = l.subscription_id and m.plan_id = o.plan_id
        and m.valid @> (l.service_from at time zone v_zone)::date))
    and not exists (select from billing.charge_parts as x
      join billing.invoices as i on i.tenant_id = x.tenant_id and i.id = x.invoice_id
      where x.tenant_id = c.tenant_id and x.charge_id = c.id and i.period = prompt_discounts.period and i.state <> 'void')
  group by c.id, c.subscriber_id, c.description, c.percent_bp, c.amount_minor
  having least(max(t.total_minor), case when c.percent_bp is null then 1 else round(sum(l.amount_minor)::numeric * c.percent_bp / 10000) end) > 0;
end
$$;

-- Writes the offers beside the invoices a run has just issued from these lines.
create function billing.offer_prompt_discounts(lines billing.proposed_line[], run_id uuid, period date)
returns void
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_tenant      uuid := access.tenant_id();
  v_subscribers uuid[];
begin
  with offers as (
    insert into billing.charge_parts (tenant_id, charge_id, invoice_id, amount_minor, pay_by_on, created_at)
    select v_tenant, d.charge_id, i.id, -d.amount_minor, i.due_on, clock.now()
    from billing.prompt_discounts(offer_prompt_discounts.lines, offer_prompt_discounts.period) as d
    cross join lateral (
      select i.id, i.due_on from billing.invoices as i
      where i.tenant_id = v_tenant and i.subscriber_id = d.subscriber_id and i.run_id = offer_prompt_discounts.run_id and i.state <> 'void'
      order by i.serial desc limit 1
    ) as i
    returning charge_id
  ),
  taken as (
    update billing.charges as c set remaining = c.remaining - 1
    from offers as o where c.tenant_id = v_tenant and c.id = o.charge_id
    returning c.subscriber_id
  )
  select array_agg(distinct t.subscriber_id) into v_subscribers from taken as t;

  -- What credit has paid already is paid on time.
  perform billing.settle_prompt_discounts(s) from unnest(v_subscribers) as s;
end
$$;

-- Grants what a subscriber earned by paying on time, and takes back what a void payment no longer earns. The discount settles what is
-- left of its invoice and the rest of it stays as credit; VAT is untouched. Callers hold the subscriber.
create function billing.settle_prompt_discounts(subscriber_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_zone   text;
  v_offer  record;
  v_settle bigint;
  v_id     uuid;
begin
  if not exists (
    select from billing.invoices as i
    join billing.charge_parts as x on x.tenant_id = i.tenant_id and x.invoice_id = i.id and x.pay_by_on is not null
    where i.tenant_id = v_tenant and i.subscriber_id = settle_prompt_discounts.subscriber_id
  ) then
    return;                                              -- nearly every payment
  end if;
  v_zone := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  for v_offer in
    select x.id, x.invoice_id, x.earned_at, x.allocation_id, -x.amount_minor as amount_minor,
      -- The offers beside one invoice are earned together: who pays what is left after all of them has earned them all.
      i.state <> 'void' and i.total_minor + sum(x.amount_minor) over (partition by i.id) <= (
        select coalesce(sum(f.left_minor), 0)
        from collections.allocations_in_force(on_invoice => i.id) as f
        join collections.allocations as a on a.tenant_id = i.tenant_id and a.id = f.id
        left join collections.payments as p on p.tenant_id = a.tenant_id and p.id = a.payment_id
        where (coalesce(p.received_at, a.created_at) at time zone v_zone)::date <= x.pay_by_on
          -- A discount is no money that was received, neither this one nor another.
          and not exists (select from billing.charge_parts as o
            where o.tenant_id = i.tenant_id and o.invoice_id = i.id and o.allocation_id = a.id)
      ) + (
        select coalesce(sum(n.total_minor - n.credit_minor), 0) from billing.credit_notes as n
        where n.tenant_id = i.tenant_id and n.invoice_id = i.id and n.issued_on <= x.pay_by_on
      ) as is_on_time
    from billing.invoices as i
    join billing.charge_parts as x on x.tenant_id = i.tenant_id and x.invoice_id = i.id and x.pay_by_on is not null
    where i.tenant_id = v_tenant and i.subscriber_id = settle_prompt_discounts.subscriber_id
    order by i.due_on, i.id, x.id
  loop
    continue when v_offer.is_on_time = (v_offer.earned_at is not null);
    if v_offer.is_on_time then
      select least(i.balance_minor, v_offer.amount_minor) into v_settle from billing.invoices as i
      where i.tenant_id = v_tenant and i.id = v_offer.invoice_id;
      v_id := null;
      if v_settle > 0 then
        v_id := clock.uuid7();
        insert into collections.allocations (tenant_id, id, invoice_id, amount_minor, created_at)
        values (v_tenant, v_id, v_offer.invoice_id, v_settle, clock.now());
        update billing.invoices as i set balance_minor = i.balance_minor - v_settle,
          state = case when i.balance_minor = v_settle then 'paid' else 'open' end
        where i.tenant_id = v_tenant and i.id = v_offer.invoice_id;
      end if;
      perform billing.post_prompt_discount(v_offer.invoice_id, settle_prompt_discounts.subscriber_id, v_offer.amount_minor, v_settle);
      update billing.charge_parts as x set earned_at = clock.now(), allocation_id = v_id where x.tenant_id = v_tenant and x.id = v_offer.id;
    else
      -- What of it settles the invoice still; the rest became credit.
      select coalesce(sum(f.left_minor), 0) into v_settle
      from collections.allocations_in_force(on_invoice => v_offer.invoice_id) as f where f.id = v_offer.allocation_id;
      if v_settle > 0 then
        perform collections.reverse_allocation(v_offer.allocation_id, v_settle);
      end if;
      perform billing.post_prompt_discount(v_offer.invoice_id, settle_prompt_discounts.subscriber_id, -v_offer.amount_minor, -v_settle);
      update billing.charge_parts as x set earned_at = null, allocation_id = null where x.tenant_id = v_tenant and x.id = v_offer.id;
    end if;
  end loop;
end
$$;

-- Grants a discount for paying on time, or, below zero, takes it back: of it settles_minor is on the invoice, the rest is credit.
create function billing.post_prompt_discount(invoice_id uuid, subscriber_id uuid, amount_minor bigint, settles_minor bigint)
returns uuid
language sql
volatile
security definer
set search_path = ''
as $$
  select ledger.post('prompt_discount', 'prompt:' || clock.uuid7(), 'invoice', post_prompt_discount.invoice_id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('prompt_discounts'), 'amount_minor', post_prompt_discount.amount_minor),
    jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', post_prompt_discount.subscriber_id),
      'amount_minor', -post_prompt_discount.settles_minor),
    jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', post_prompt_discount.subscriber_id),
      'amount_minor', post_prompt_discount.settles_minor - post_prompt_discount.amount_minor)))
$$;

-- What paying the rest of an invoice by its due day would still earn.
create function billing.offered_for(invoice_id uuid)
returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (select coalesce(-sum(x.amount_minor), 0) from billing.charge_parts as x
    where x.tenant_id = access.tenant_id() and x.invoice_id = offered_for.invoice_id and x.earned_at is null
      and x.pay_by_on >= clock.today(access.tenant_id()));
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['billing.offered_for(uuid)',
    'billing.prompt_discounts(billing.proposed_line[], date)', 'billing.offer_prompt_discounts(billing.proposed_line[], uuid, date)',
    'billing.settle_prompt_discounts(uuid)', 'billing.post_prompt_discount(uuid, uuid, bigint, bigint)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
