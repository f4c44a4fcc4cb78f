-- What would come: the next invoice as things stand, and after a change that is done and taken back.

-- Lines as a screen shows them: an invoice, and what credit notes give back beside it.
create function billing.lines_answer(lines billing.proposed_line[])
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('total_minor', coalesce(sum(l.amount_minor) filter (where l.position is not null), 0)::bigint,
    'credited_minor', coalesce(-sum(l.amount_minor) filter (where l.position is null), 0)::bigint,
    'problem', min(l.detail) filter (where l.problem is not null),
    'lines', coalesce(jsonb_agg(jsonb_build_object('subscription_id', l.subscription_id, 'kind', l.kind, 'description', l.description,
        'amount_minor', l.amount_minor, 'service_from', l.service_from, 'service_until', l.service_until,
        'gives_back', l.returns_line_id is not null) order by l.position) filter (where l.position is not null), '[]'))
  from unnest(lines_answer.lines) as l
$$;

-- The next invoice of a service's subscriber, as things stand: {"period", "total_minor", "lines", "credited_minor",
-- "problem"}. The run asks the same function.
create function billing.next_invoice(subscription_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_today   date := clock.today(v_tenant);
  v_service service.subscriptions;
  v_anchor  date;
  v_period  date;
begin
  select s.* into strict v_service from service.subscriptions as s where s.tenant_id = v_tenant and s.id = next_invoice.subscription_id;
  v_anchor := service.anchor_of(v_service);
  select min(b.day) into v_period
  from (
    select billing.boundary(v_anchor, billing.months_between(v_anchor, greatest(v_today, v_service.activated_on)) + k) as day
    from generate_series(-1, 2) as k
  ) as b
  join tenancy.billing_settings as g on g.tenant_id = v_tenant and b.day >= g.first_period_on
  left join billing.runs as r on r.tenant_id = v_tenant and r.period = b.day
  where b.day >= v_service.activated_on and r.state is distinct from 'done' and (b.day >= v_today or b.day > coalesce((
    select max(d.period) from billing.runs as d where d.tenant_id = v_tenant and d.state = 'done'), v_today));
  return jsonb_build_object('period', v_period)
    || billing.lines_answer(array(select p from billing.propose(v_period, array[v_service.subscriber_id]) as p));
end
$$;

create function service.next_invoice(subscription_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform access.require('subscribers.read');
  if not exists (select from service.subscriptions as s where s.tenant_id = access.tenant_id() and s.id = next_invoice.subscription_id) then
    raise exception 'That service is not here. Reload the page.' using errcode = 'PT404', detail = 'subscription_unknown';
  end if;
  return billing.next_invoice(next_invoice.subscription_id);
end
$$;

-- What the next run would put on this subscriber's invoice, and what paying it on time would earn.
create function billing.preview_next_invoice(subscriber_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_today    date := clock.today(v_tenant);
  v_due_days integer := (select s.due_days from tenancy.billing_settings as s where s.tenant_id = v_tenant);
  v_period   date;
  v_lines    billing.proposed_line[];
begin
  perform access.require('billing.read');
  v_period := coalesce(billing.due_period(), (
    select min(b.day) from billing.boundaries((greatest(v_today, (select s.first_period_on from tenancy.billing_settings as s
      where s.tenant_id = v_tenant)) + 62)) as b(day) where b.day > v_today));
  v_lines := array(select p from billing.propose(v_period, array[preview_next_invoice.subscriber_id]) as p order by p.position);
  return jsonb_build_object(
    'period', v_period,
    'lines', coalesce((select jsonb_agg(jsonb_build_object('kind', l.kind, 'description', l.description, 'amount_minor', l.amount_minor,
        'charge_id', l.charge_id) order by l.position) from unnest(v_lines) as l where l.position is not null), '[]'),
    'total_minor', coalesce((select sum(l.amount_minor) from unnest(v_lines) as l where l.position is not null), 0),
    'problem', (select min(l.detail) from unnest(v_lines) as l where l.problem is not null),
    'offers', coalesce((select jsonb_agg(jsonb_build_object('charge_id', d.charge_id, 'description', d.description, 'amount_minor', d.amount_minor,
        'pay_by_on', greatest(v_today, v_period) + v_due_days))
      from billing.prompt_discounts(array(select l from unnest(v_lines) as l where l.position is not null), v_period) as d), '[]'));
end
$$;

-- How a subscriber stands once a service has ended: the final invoice with its lines and what credit paid of it, what is owed and left over in
-- all, what is held, and prepaid time that nobody uses any more.
create function billing.after_end(subscription_id uuid, invoice_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_service service.subscriptions;
begin
  select s.* into strict v_service from service.subscriptions as s where s.tenant_id = v_tenant and s.id = after_end.subscription_id;
  return jsonb_build_object(
    'lines', coalesce((
      select jsonb_agg(jsonb_build_object('description', l.description, 'amount_minor', l.total_minor) order by l.line)
      from billing.invoice_lines as l where l.tenant_id = v_tenant and l.invoice_id = after_end.invoice_id), '[]'),
    'due_on', (select i.due_on from billing.invoices as i where i.tenant_id = v_tenant and i.id = after_end.invoice_id),
    'settled_minor', coalesce((
      select i.total_minor - i.balance_minor from billing.invoices as i where i.tenant_id = v_tenant and i.id = after_end.invoice_id), 0),
    'owed_minor', coalesce((
      select sum(i.balance_minor) from billing.invoices as i
      where i.tenant_id = v_tenant and i.subscriber_id = v_service.subscriber_id and i.state = 'open'), 0),
    'credit_minor', collections.credit_of(v_service.subscriber_id),
    'deposit_minor', billing.deposit_of(v_service.subscriber_id),
    'lost_until', case when (v_service.paid_until at time zone (select t.time_zone from tenancy.tenants as t where t.id = v_tenant))::date
      > v_service.terminated_on then v_service.paid_until end);
end
$$;

-- Does a command, looks at what it leads to, and takes it all back: so a quote is what the command does, and stores nothing.
-- Answers {"change", "next_invoice"}; of an end, the change says its final invoice and credit notes, and "after" how the subscriber then stands.
create function service.quote(kind text, change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_change jsonb := quote.change || jsonb_build_object('id', clock.uuid7());
  v_id     uuid := (quote.change ->> 'subscription_id')::uuid;
  v_answer jsonb;
  v_next   jsonb;
  v_after  jsonb;
begin
  begin
    v_answer := service.make_change(quote.kind, v_change);
    if kind = 'ended' then
      v_after := billing.after_end(v_id, (v_answer #>> '{invoice,invoice_id}')::uuid);
    else
      v_next := billing.next_invoice(v_id);
    end if;
    raise exception 'Only a quote' using errcode = 'QUOTE';
  exception when sqlstate 'QUOTE' then
    return jsonb_build_object('change', v_answer, 'next_invoice', v_next, 'after', v_after);
  end;
end
$$;

call access.stand_before_wall('billing.next_invoice(uuid)', null);
call access.stand_before_wall('billing.after_end(uuid, uuid)', null);
call access.stand_before_wall('service.next_invoice(uuid)');
call access.stand_before_wall('billing.preview_next_invoice(uuid)');
call access.stand_before_wall('service.quote(text, jsonb)');
grant execute on function billing.lines_answer(billing.proposed_line[]) to linyada_definer;
