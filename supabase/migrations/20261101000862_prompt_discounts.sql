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
  ),
  wishes as (
    select c.subscriber_id, c.id, c.description, c.created_at, coalesce(c.plan_discount_id, c.id) as origin_id, c.subscription_id,
      coalesce(round(sum(l.amount_minor) * c.percent_bp / 10000), least(-c.amount_minor, sum(l.amount_minor))) as wish_minor
    from billing.charges as c
    join unnest(prompt_discounts.lines) as l on l.subscriber_id = c.subscriber_id and (c.subscription_id is null or l.subscription_id = c.subscription_id)
      and l.kind in ('recurring', 'proration') and l.amount_minor > 0
    left join catalog.plan_discounts as o on o.tenant_id = c.tenant_id and o.id = c.plan_discount_id
    where c.tenant_id = v_tenant and c.is_conditional and c.remaining is distinct from 0 and c.cancelled_at is null
      and c.starts_on <= v_today and (c.until_on is null or c.until_on > prompt_discounts.period)
      and (o.id is null or l.plan_id = o.plan_id)
      and not exists (select from billing.charge_parts as x
        join billing.invoices as i on i.tenant_id = x.tenant_id and i.id = x.invoice_id
        where x.tenant_id = c.tenant_id and x.charge_id = c.id and i.period = prompt_discounts.period and i.state <> 'void')
    group by c.tenant_id, c.id
  )
  -- Together they take off no more than the invoice comes to, the first one first.
  select o.subscriber_id, o.id, o.description, o.amount_minor
  from (
    select w.*, least(w.wish_minor, t.total_minor - coalesce(sum(w.wish_minor) over (
        partition by w.subscriber_id order by w.created_at, w.origin_id, w.subscription_id rows between unbounded preceding and 1 preceding), 0))::bigint
      as amount_minor
    from wishes as w
    join totals as t on t.subscriber_id = w.subscriber_id
  ) as o
  where o.amount_minor > 0;
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
  v_tenant uuid := access.tenant_id();
  v_taken  record;
begin
  for v_taken in
    with offers as (
      insert into billing.charge_parts (tenant_id, charge_id, invoice_id, amount_minor, pay_by_on, created_at)
      select v_tenant, d.charge_id, i.id, -d.amount_minor, i.due_on, clock.now()
      from billing.prompt_discounts(offer_prompt_discounts.lines, offer_prompt_discounts.period) as d
      cross join lateral (
        select i.id, i.due_on from billing.invoices as i
        where i.tenant_id = v_tenant and i.subscriber_id = d.subscriber_id and i.run_id = offer_prompt_discounts.run_id and i.state <> 'void'
        order by i.serial desc limit 1
      ) as i
      returning charge_id, invoice_id
    ),
    taken as (
      update billing.charges as c set remaining = c.remaining - 1
      from offers as o where c.tenant_id = v_tenant and c.id = o.charge_id
      returning c.subscriber_id, o.invoice_id
    )
    select t.subscriber_id, array_agg(distinct t.invoice_id) as invoices from taken as t group by t.subscriber_id
  loop
    -- What credit has paid already is paid on time.
    perform billing.settle_prompt_discounts(v_taken.subscriber_id, v_taken.invoices);
  end loop;
end
$$;

-- What each offer has earned, and what it earns as things stand. A credit note says that so much was never owed: the offers beside an invoice
-- are earned together, by what was received by their day, once no more than they take off is open of what the notes left; and they take off
-- no more than that, the first one first. A discount is no money that was received. A debt that was given up earns nothing any more.
-- `invoices`, where given, are the only ones looked at.
create function billing.standing_offers(tenant uuid, subscriber uuid, invoices uuid[] default null)
returns table (tenant_id uuid, id uuid, invoice_id uuid, due_on date, place bigint, allocation_id uuid, offered_minor bigint, earned_minor bigint,
  earns_minor bigint)
language plpgsql
stable
set search_path = ''
rows 5
as $$
#variable_conflict use_column
begin
  return query
  select o.tenant_id, o.id, o.invoice_id, o.due_on, o.place, o.allocation_id, o.amount_minor, o.earned_minor,
    case
      when o.state = 'void' or r.received_minor + o.all_minor < o.rest_minor then 0
      when o.earned_minor = 0 and exists (select from billing.write_offs as w where w.tenant_id = o.tenant_id and w.invoice_id = o.invoice_id) then 0
      else greatest(0, least(o.amount_minor, o.rest_minor - (o.until_minor - o.amount_minor)))::bigint
    end
  from (
    select i.tenant_id, x.id, i.id as invoice_id, i.state, i.due_on, x.pay_by_on, x.allocation_id, x.earned_minor, -x.amount_minor as amount_minor,
      -sum(x.amount_minor) over (partition by i.tenant_id, i.id) as all_minor,
      -sum(x.amount_minor) over places as until_minor, row_number() over places as place,
      i.total_minor - (select coalesce(sum(n.total_minor - n.credit_minor), 0) from billing.credit_notes as n
        where n.tenant_id = i.tenant_id and n.invoice_id = i.id) as rest_minor
    from billing.invoices as i
    join billing.charge_parts as x on x.tenant_id = i.tenant_id and x.invoice_id = i.id and x.pay_by_on is not null
    join billing.charges as c on c.tenant_id = x.tenant_id and c.id = x.charge_id
    where i.tenant_id = standing_offers.tenant and i.subscriber_id = standing_offers.subscriber
      and (standing_offers.invoices is null or i.id = any (standing_offers.invoices))
    window places as (partition by i.tenant_id, i.id
      order by c.created_at, coalesce(c.plan_discount_id, c.id), c.subscription_id rows between unbounded preceding and current row)
  ) as o
  cross join lateral (
    select coalesce(sum(a.amount_minor), 0) as received_minor
    from collections.allocations as a
    join collections.allocations as f on f.tenant_id = a.tenant_id and f.id = coalesce(a.reverses, a.id)
    left join collections.payments as p on p.tenant_id = f.tenant_id and p.id = f.payment_id
    join tenancy.tenants as t on t.id = a.tenant_id
    where a.tenant_id = o.tenant_id and a.invoice_id = o.invoice_id
      and (coalesce(p.received_at, f.created_at) at time zone t.time_zone)::date <= o.pay_by_on
      and not exists (select from billing.charge_parts as e
        where e.tenant_id = o.tenant_id and e.invoice_id = o.invoice_id and e.allocation_id = f.id)
  ) as r;
end
$$;

-- Grants what a subscriber earned by paying on time, and takes back what is earned no more: the money came back, or so much is not owed. The
-- discount settles what is left of its invoice and the rest of it stays as credit; VAT is untouched. Answers whether anything changed.
-- Callers hold the subscriber, and who knows which invoices changed names them: after years there are many more.
create function billing.settle_prompt_discounts(subscriber_id uuid, invoices uuid[] default null)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_offer   record;
  v_settle  bigint;
  v_missing bigint;
  v_id      uuid;
  v_changed boolean := false;
begin
  if not exists (
    select from billing.invoices as i
    join billing.charge_parts as x on x.tenant_id = i.tenant_id and x.invoice_id = i.id and x.pay_by_on is not null
    where i.tenant_id = v_tenant and i.subscriber_id = settle_prompt_discounts.subscriber_id
  ) then
    return false;                                        -- nearly every payment
  end if;
  for v_offer in
    select o.*, o.earns_minor - o.earned_minor as change_minor
    from billing.standing_offers(v_tenant, settle_prompt_discounts.subscriber_id, settle_prompt_discounts.invoices) as o
    where o.earns_minor <> o.earned_minor
    order by o.due_on, o.invoice_id, o.place
  loop
    v_changed := true;
    v_id := null;
    if v_offer.change_minor > 0 then
      select least(i.balance_minor, v_offer.change_minor) into v_settle from billing.invoices as i
      where i.tenant_id = v_tenant and i.id = v_offer.invoice_id;
      if v_settle > 0 then
        v_id := clock.uuid7();
        insert into collections.allocations (tenant_id, id, invoice_id, amount_minor, created_at)
        values (v_tenant, v_id, v_offer.invoice_id, v_settle, clock.now());
        update billing.invoices as i set balance_minor = i.balance_minor - v_settle,
          state = case when i.balance_minor = v_settle then 'paid' else 'open' end
        where i.tenant_id = v_tenant and i.id = v_offer.invoice_id;
      end if;
    else
      -- What of it settles the invoice beyond what it still comes to; the rest became credit.
      select -greatest(0, coalesce(sum(f.left_minor), 0) - v_offer.earns_minor) into v_settle
      from collections.allocations_in_force(on_invoice => v_offer.invoice_id) as f where f.id = v_offer.allocation_id;
      if v_settle < 0 then
        perform collections.reverse_allocation(v_offer.allocation_id, -v_settle);
      end if;
      v_id := case when v_offer.earns_minor > 0 then v_offer.allocation_id end;
    end if;
    perform billing.post_prompt_discount(v_offer.invoice_id, settle_prompt_discounts.subscriber_id, v_offer.change_minor, v_settle);
    update billing.charge_parts as x set earned_minor = v_offer.earns_minor, allocation_id = v_id,
      earned_at = case when v_offer.earns_minor > 0 then coalesce(x.earned_at, clock.now()) end
    where x.tenant_id = v_tenant and x.id = v_offer.id;

    -- Credit of it that was used since is called back where it went, or else from the invoice it was earned with.
    if v_offer.change_minor < 0 then
      perform collections.call_back_credit(settle_prompt_discounts.subscriber_id);
      v_missing := least(-collections.credit_of(settle_prompt_discounts.subscriber_id), v_settle - v_offer.change_minor);
      if v_missing > 0 then
        perform collections.release(v_missing, on_invoice => v_offer.invoice_id);
      end if;
    end if;
  end loop;
  return v_changed;
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
  return (
    select least(o.offered_minor, i.total_minor - (select coalesce(sum(n.total_minor - n.credit_minor), 0) from billing.credit_notes as n
      where n.tenant_id = i.tenant_id and n.invoice_id = i.id))
    from billing.invoices as i
    cross join lateral (
      select coalesce(-sum(x.amount_minor), 0)::bigint as offered_minor
      from billing.charge_parts as x
      where x.tenant_id = i.tenant_id and x.invoice_id = i.id and x.earned_at is null and x.pay_by_on >= clock.today(i.tenant_id)
    ) as o
    where i.tenant_id = access.tenant_id() and i.id = offered_for.invoice_id);
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['billing.offered_for(uuid)',
    'billing.prompt_discounts(billing.proposed_line[], date)', 'billing.offer_prompt_discounts(billing.proposed_line[], uuid, date)',
    'billing.settle_prompt_discounts(uuid, uuid[])', 'billing.post_prompt_discount(uuid, uuid, bigint, bigint)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
grant execute on function billing.standing_offers(uuid, uuid, uuid[]) to linyada_definer;
