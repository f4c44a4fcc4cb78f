-- What an amount would do: the same answer for the preview and for the payment itself.

create function collections.format_minor(amount_minor bigint)
returns text
language sql
immutable
set search_path = ''
as $$
  select to_char(format_minor.amount_minor / 100.0, 'FM999,999,999,990.00')
$$;

-- Refuses invoices that no money can be put on: one that is not this subscriber's, a draft, a void one, one with nothing left to pay.
create function collections.refuse_unpayable(subscriber_id uuid, invoices uuid[])
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice record;
begin
  for v_invoice in
    select i.number, i.state, i.balance_minor,
      (select coalesce(sum(w.amount_minor), 0) from billing.write_offs as w where w.tenant_id = v_tenant and w.invoice_id = i.id) as lost_minor
    from unnest(refuse_unpayable.invoices) as c(id)
    left join billing.invoices as i on i.tenant_id = v_tenant and i.id = c.id and i.subscriber_id = refuse_unpayable.subscriber_id
  loop
    if v_invoice.state is null then
      raise exception 'One of the chosen invoices is not this subscriber''s. Reload the page and choose again.'
        using errcode = 'PT404', detail = 'invoice_unknown';
    end if;
    if v_invoice.state = 'void' then
      raise exception 'Invoice % is void, so nothing can be paid on it. Choose another one.', v_invoice.number
        using errcode = 'PT409', detail = 'invoice_void';
    end if;
    if v_invoice.balance_minor = 0 and v_invoice.lost_minor = 0 then
      raise exception 'Invoice % is paid already. Choose another one.', v_invoice.number using errcode = 'PT409', detail = 'invoice_paid';
    end if;
  end loop;
end
$$;

-- What an amount would do for a subscriber: oldest due invoice first, the id settles ties; the rest buys prepaid time when a prepaid
-- service is named, else it stays as credit. When the payer chose invoices, only those are paid, and those of them that were written off
-- are recovered. Changes nothing. Preview and posting both ask here.
create function collections.plan_payment(
  subscriber_id uuid, amount_minor bigint, subscription_id uuid default null, pay_ahead boolean default false, received_at timestamptz default null,
  invoices uuid[] default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_at       timestamptz := coalesce(plan_payment.received_at, clock.now());
  v_today    date := clock.today(v_tenant);
  v_applies  jsonb;
  v_recovers jsonb := '[]';
  v_used     bigint;
  v_open     bigint;
  v_rest     bigint;
  v_prepaid  jsonb;
begin
  select
    coalesce(jsonb_agg(jsonb_build_object('invoice_id', i.id, 'number', i.number, 'period', i.period, 'due_on', i.due_on,
      'amount_minor', i.taken, 'settles', i.taken = i.balance_minor, 'left_minor', i.balance_minor - i.taken)
      order by i.due_on, i.id) filter (where i.taken > 0), '[]'),
    coalesce(sum(i.taken) filter (where i.taken > 0), 0),
    coalesce(sum(i.balance_minor), 0)
  into v_applies, v_used, v_open
  from (
    select i.id, i.number, i.period, i.due_on, i.balance_minor,
      case when c.counts
        then least(i.balance_minor, plan_payment.amount_minor - coalesce(sum(i.balance_minor) filter (where c.counts)
          over (order by i.due_on, i.id rows between unbounded preceding and 1 preceding), 0))
        else 0 end as taken
    from billing.invoices as i
    cross join lateral (
      select case when plan_payment.invoices is null then i.period is null or i.period <= v_today or plan_payment.pay_ahead
        else i.id = any (plan_payment.invoices) end as counts
    ) as c
    where i.tenant_id = v_tenant and i.subscriber_id = plan_payment.subscriber_id and i.state = 'open'
  ) as i;
  v_rest := plan_payment.amount_minor - v_used;

  if plan_payment.invoices is not null and v_rest > 0 then
    select coalesce(jsonb_agg(jsonb_build_object('write_off_id', w.id, 'invoice_id', w.invoice_id, 'number', w.number,
        'amount_minor', w.taken, 'left_minor', w.left_minor - w.taken) order by w.id) filter (where w.taken > 0), '[]'),
      v_rest - coalesce(sum(w.taken) filter (where w.taken > 0), 0)
    into v_recovers, v_rest
    from (
      select w.id, w.invoice_id, i.number, r.left_minor,
        least(r.left_minor, v_rest - coalesce(sum(r.left_minor) over (order by w.id rows between unbounded preceding and 1 preceding), 0)) as taken
      from billing.write_offs as w
      join billing.invoices as i on i.tenant_id = w.tenant_id and i.id = w.invoice_id
      cross join lateral (
        select w.amount_minor - coalesce(sum(x.amount_minor), 0)::bigint as left_minor
        from collections.recoveries as x where x.tenant_id = w.tenant_id and x.write_off_id = w.id
      ) as r
      where w.tenant_id = v_tenant and w.invoice_id = any (plan_payment.invoices) and r.left_minor > 0
    ) as w;
  end if;

  if plan_payment.subscription_id is not null and v_rest > 0 then
    v_prepaid := billing.plan_time(plan_payment.subscriber_id, plan_payment.subscription_id, v_rest, v_at);
    if v_prepaid is not null then
      v_rest := 0;
    end if;
  end if;

  return jsonb_build_object('applies', v_applies, 'recovers', v_recovers, 'prepaid', v_prepaid, 'credit_minor', v_rest,
    'open_after_minor', v_open - v_used);
end
$$;

-- How many whole months of the postpaid services running now a credit would pay, from the first month not billed yet; at today's terms.
create function collections.paid_ahead(subscriber_id uuid, credit_minor bigint)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_today  date := clock.today(v_tenant);
  v_anchor date;
  v_k      integer;
  v_month  date;
  v_cost   bigint;
  v_left   bigint := paid_ahead.credit_minor;
  v_months date[] := '{}';
begin
  select billing.anchor(s.invoice_day), billing.months_between(billing.anchor(s.invoice_day), greatest(v_today, s.first_period_on))
  into strict v_anchor, v_k
  from tenancy.billing_settings as s where s.tenant_id = v_tenant;
  loop
    v_month := billing.boundary(v_anchor, v_k);
    if v_month > v_today or not exists (select from billing.invoice_lines as l
      join service.subscriptions as u on u.tenant_id = l.tenant_id and u.id = l.subscription_id
      where u.tenant_id = v_tenant and u.subscriber_id = paid_ahead.subscriber_id and l.kind = 'recurring' and l.in_force and l.period = v_month) then
      select coalesce(sum(t.price_minor), 0) into v_cost
      from service.subscriptions as u
      join service.subscription_terms as t on t.tenant_id = u.tenant_id and t.subscription_id = u.id and t.valid @> greatest(v_month, u.activated_on)
      where u.tenant_id = v_tenant and u.subscriber_id = paid_ahead.subscriber_id and u.billing_mode = 'postpaid' and u.state = 'active';
      exit when v_cost = 0 or v_left < v_cost or cardinality(v_months) = 24;
      v_left := v_left - v_cost;
      v_months := v_months || v_month;
    end if;
    v_k := v_k + 1;
  end loop;
  return case when cardinality(v_months) = 0 then null else jsonb_build_object('months', cardinality(v_months),
    'first_on', v_months[1], 'last_on', v_months[cardinality(v_months)], 'left_minor', v_left) end;
end
$$;

create function collections.preview_payment(
  subscriber_id uuid, amount_minor bigint, subscription_id uuid default null, pay_ahead boolean default false, invoices uuid[] default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_plan   jsonb;
  v_credit bigint;
begin
  if not (access.can('payments.record') or access.can('collections.collect')) then
    perform access.require('payments.record');
  end if;
  if preview_payment.amount_minor is null or preview_payment.amount_minor not between 1 and 9999999999 then
    raise exception 'Give an amount above 0 and at most 99,999,999.99.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  if not exists (select from service.subscribers as s where s.tenant_id = v_tenant and s.id = preview_payment.subscriber_id) then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  perform collections.refuse_unpayable(preview_payment.subscriber_id, preview_payment.invoices);
  v_plan := collections.plan_payment(preview_payment.subscriber_id, preview_payment.amount_minor, preview_payment.subscription_id,
    coalesce(preview_payment.pay_ahead, false), null, preview_payment.invoices) #- '{prepaid,plan_id}' #- '{prepaid,vat_class}';
  v_credit := (v_plan ->> 'credit_minor')::bigint;
  return v_plan || jsonb_build_object('earns', (
      select coalesce(jsonb_agg(jsonb_build_object('number', a.value -> 'number', 'amount_minor', o.amount_minor)), '[]')
      from jsonb_array_elements(v_plan -> 'applies') as a
      cross join lateral (select billing.offered_for((a.value ->> 'invoice_id')::uuid) as amount_minor) as o
      where o.amount_minor > 0 and (a.value ->> 'left_minor')::bigint <= o.amount_minor),
    'ahead', case when v_credit > 0 and (v_plan ->> 'open_after_minor')::bigint = 0
    then collections.paid_ahead(preview_payment.subscriber_id, v_credit + collections.credit_of(preview_payment.subscriber_id)) end);
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['collections.refuse_unpayable(uuid, uuid[])', 'collections.plan_payment(uuid, bigint, uuid, boolean, timestamptz, uuid[])',
    'collections.paid_ahead(uuid, bigint)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['collections.preview_payment(uuid, bigint, uuid, boolean, uuid[])']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function collections.format_minor(bigint) to authenticated, linyada_definer;
