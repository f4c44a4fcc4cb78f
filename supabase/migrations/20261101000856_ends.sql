-- Pauses, the end and the return of a service, and how what was billed beyond is given back.

-- Pauses -------------------------------------------------------------------------------------------

-- Pauses a postpaid service: {id, subscription_id, from_on, until_on, fee_minor, reason}. until_on is the first day of service again; without
-- it the pause lasts until it is ended. Paused days are not billed; days billed already are given back by the next invoice, which also
-- takes the fee.
create function service.pause(subscription service.subscriptions, change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_from    date := coalesce(service.command_day(change, 'from_on'), clock.today(access.tenant_id()));
  v_until   date := service.command_day(change, 'until_on');
  v_fee     bigint := coalesce((nullif(change ->> 'fee_minor', ''))::bigint, 0);
begin
  if v_until <= v_from then
    raise exception 'The first day of service again comes after the first day of the pause.' using errcode = 'PT422', detail = 'invalid_range';
  end if;
  perform service.require_day(subscription, v_from);

  insert into service.pauses (tenant_id, id, subscription_id, days, fee_minor, reason)
  values (v_tenant, (change ->> 'id')::uuid, subscription.id, daterange(v_from, v_until), v_fee, nullif(btrim(change ->> 'reason'), ''));
  if v_fee > 0 then
    insert into billing.charges (tenant_id, id, subscriber_id, subscription_id, kind, description, amount_minor, vat_class, starts_on, created_by)
    select v_tenant, (change ->> 'id')::uuid, subscription.subscriber_id, subscription.id, 'one_time',
      p.name || ', fee for the pause from ' || to_char(v_from, 'FMDD Mon YYYY'), v_fee, p.vat_class, v_from, access.member_id()
    from service.subscription_terms as t
    join catalog.plans as p on p.tenant_id = t.tenant_id and p.id = t.plan_id
    where t.tenant_id = v_tenant and t.subscription_id = subscription.id and t.valid @> v_from;
  end if;
  perform service.look_again(subscription.id, v_from);
  return jsonb_build_object('on_day', v_from, 'id', change ->> 'id', 'from_on', v_from, 'until_on', v_until, 'fee_minor', v_fee);
exception
  when exclusion_violation then
    raise exception 'Some of those days are paused already. End that pause first, or choose other days.' using errcode = 'PT409', detail = 'paused_already';
  when check_violation or numeric_value_out_of_range then
    raise exception 'A fee is not below 0, and a reason has at most 300 letters.' using errcode = 'PT400', detail = 'invalid_pause';
end
$$;

-- Ends a pause on a day, the first of service again: {id, subscription_id, pause_id, on_day}. On its first day or before, the pause never was,
-- and its fee is not charged where no invoice took it yet.
create function service.end_pause(subscription service.subscriptions, change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_pause   service.pauses;
  v_day     date := coalesce(service.command_day(change, 'on_day'), clock.today(access.tenant_id()));
begin
  select p.* into v_pause from service.pauses as p
  where p.tenant_id = v_tenant and p.subscription_id = subscription.id and p.id = (change ->> 'pause_id')::uuid and p.kind = 'pause';
  if not found or upper(v_pause.days) <= v_day then
    raise exception 'That pause is over already.' using errcode = 'PT409', detail = 'pause_over';
  end if;
  perform service.require_day(subscription, greatest(v_day, lower(v_pause.days)));

  if v_day > lower(v_pause.days) then
    update service.pauses as p set days = daterange(lower(p.days), v_day) where p.tenant_id = v_tenant and p.id = v_pause.id;
  else
    v_day := lower(v_pause.days);
    delete from service.pauses as p where p.tenant_id = v_tenant and p.id = v_pause.id;
    update billing.charges as c set cancelled_at = clock.now()
    where c.tenant_id = v_tenant and c.id = v_pause.id and c.remaining > 0 and c.cancelled_at is null;
  end if;
  perform service.look_again(subscription.id, v_day);
  return jsonb_build_object('on_day', v_day);
end
$$;

-- End and return -----------------------------------------------------------------------------------

-- Ends a service: {id, subscription_id, on_day, reason}. The day is the first without service. A postpaid one is settled at once: what is
-- not billed up to that day goes on a final invoice, less what was billed beyond it.
create function service.terminate(subscription service.subscriptions, change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_day     date := coalesce(service.command_day(change, 'on_day'), clock.today(access.tenant_id()));
  v_answer  jsonb;
begin
  if subscription.state = 'terminated' then
    raise exception 'That service has ended already.' using errcode = 'PT409', detail = 'already_terminated';
  end if;
  if subscription.state = 'pending' then
    raise exception 'This service has not begun. Cancel its sale instead.' using errcode = 'PT409', detail = 'not_begun';
  end if;
  if v_day < subscription.activated_on then
    raise exception 'A service cannot end before it began.' using errcode = 'PT400', detail = 'ends_before_start';
  end if;
  perform service.require_day(subscription, v_day);
  perform set_config('linyada.reason', coalesce(change ->> 'reason', ''), true);

  delete from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = subscription.id and lower(t.valid) >= v_day and lower(t.valid) > subscription.activated_on;
  update service.subscription_terms as t set valid = daterange(lower(t.valid), v_day)
  where t.tenant_id = v_tenant and t.subscription_id = subscription.id and t.valid @> v_day and lower(t.valid) < v_day;
  delete from service.pauses as p where p.tenant_id = v_tenant and p.subscription_id = subscription.id and lower(p.days) >= v_day;
  update service.pauses as p set days = daterange(lower(p.days), v_day)
  where p.tenant_id = v_tenant and p.subscription_id = subscription.id and p.days @> v_day;
  update service.subscriptions as s set state = 'terminated', terminated_on = v_day, updated_at = clock.now()
  where s.tenant_id = v_tenant and s.id = subscription.id
  returning s.* into subscription;

  v_answer := jsonb_build_object('on_day', v_day);
  if subscription.billing_mode = 'postpaid' then
    perform service.look_again(subscription.id, v_day);
    v_answer := v_answer || service.settle(subscription);
  end if;
  return v_answer;
end
$$;

-- What the final invoice of an ended service would have: its lines, and why it cannot be made.
create function service.final_lines(subscription service.subscriptions)
returns setof billing.proposed_line
language sql
stable
security definer
set search_path = ''
as $$
  select p.* from billing.propose(greatest(subscription.terminated_on - 1, subscription.activated_on), array[subscription.subscriber_id], subscription.id) as p
$$;

-- So much of an invoice's lines, of one service or of all, the first one first ({"line_id": amount}): no line and no class of VAT beyond what
-- is left of it after its notes and the days given back.
create function billing.lines_to_credit(invoice_id uuid, subscription_id uuid, amount_minor bigint)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
  with standing as (
    select l.id, l.line, l.subscription_id, l.vat_class, l.total_minor, l.total_minor
      - coalesce((select sum(c.total_minor) from billing.credit_note_lines as c
          where c.tenant_id = l.tenant_id and c.invoice_line_id = l.id), 0)
      - coalesce((select sum(r.amount_minor) from billing.returned_days as r
          where r.tenant_id = l.tenant_id and r.line_id = l.id and r.in_force and r.by_line_id is not null), 0) as left_minor
    from billing.invoice_lines as l
    where l.tenant_id = (select access.tenant_id()) and l.invoice_id = lines_to_credit.invoice_id
  ),
  -- Within its class first, then within the whole.
  roomy as (
    select c.*, least(c.until_minor, c.room_minor) - least(c.until_minor - c.left_minor, c.room_minor) as wish_minor
    from (
      select s.*, sum(s.left_minor) over (partition by s.vat_class order by s.line) as until_minor,
        (select greatest(0, sum(o.left_minor)) from standing as o where o.vat_class = s.vat_class) as room_minor
      from standing as s
      where s.total_minor > 0 and s.left_minor > 0
        and (lines_to_credit.subscription_id is null or s.subscription_id = lines_to_credit.subscription_id)
    ) as c
  ),
  taken as (
    select r.id, least(r.until_minor, r.whole_minor) - least(r.until_minor - r.wish_minor, r.whole_minor) as amount_minor
    from (
      select y.id, y.wish_minor, sum(y.wish_minor) over (order by y.line) as until_minor,
        (select greatest(0, least(lines_to_credit.amount_minor, sum(o.left_minor))) from standing as o) as whole_minor
      from roomy as y
    ) as r
  )
  select jsonb_object_agg(t.id, t.amount_minor::bigint) from taken as t where t.amount_minor > 0);
end
$$;

-- What a credit given once has left when a service ends, and no invoice will take: credit notes give it back of the newest invoices, so it is
-- the subscriber's credit like everything that is given back at an end. What is more than was ever charged is lost.
create function billing.give_back_credits(subscription service.subscriptions)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := subscription.tenant_id;
  v_day     date := greatest(clock.today(subscription.tenant_id), subscription.terminated_on - 1, subscription.activated_on);
  v_charge  record;
  v_invoice uuid;
  v_lines   jsonb;
  v_note    billing.credit_notes;
  v_notes   jsonb := '[]';
  v_rest    bigint;
begin
  for v_charge in
    select c.id, c.subscription_id, c.description, -billing.next_part(c.id, c.amount_minor, c.parts, c.remaining) as rest_minor
    from billing.charges as c
    where c.tenant_id = v_tenant and c.subscriber_id = subscription.subscriber_id and c.kind = 'discount' and c.parts = 1
      and c.remaining > 0 and c.cancelled_at is null and c.starts_on <= v_day
      and (c.subscription_id = subscription.id or not exists (select from service.subscriptions as o
        where o.tenant_id = v_tenant and o.subscriber_id = subscription.subscriber_id and o.id <> subscription.id and o.state <> 'terminated'))
    order by c.created_at, c.id
  loop
    v_rest := v_charge.rest_minor;
    for v_invoice in
      select i.id from billing.invoices as i
      where i.tenant_id = v_tenant and i.subscriber_id = subscription.subscriber_id and i.state in ('open', 'paid')
        and not exists (select from billing.write_offs as w where w.tenant_id = i.tenant_id and w.invoice_id = i.id)
        and not exists (select from billing.prepaid_periods as p where p.tenant_id = i.tenant_id and p.invoice_id = i.id)
      order by i.created_at desc, i.serial desc
    loop
      exit when v_rest = 0;
      v_lines := billing.lines_to_credit(v_invoice, v_charge.subscription_id, v_rest);
      continue when v_lines is null;
      v_note := billing.issue_credit_note(clock.uuid7(), v_invoice, v_charge.description, null, v_lines);
      v_notes := v_notes || jsonb_build_object('credit_note_id', v_note.id, 'number', v_note.number, 'total_minor', v_note.total_minor);
      v_rest := v_rest - v_note.total_minor;
    end loop;
    if v_rest < v_charge.rest_minor then
      update billing.charges as c set cancelled_at = clock.now() where c.tenant_id = v_tenant and c.id = v_charge.id;
    end if;
  end loop;
  return v_notes;
end
$$;

-- Settles an ended service now, by a final invoice. Where more was billed than is owed, credit notes give the days back, and what else
-- waits goes on the final invoice.
create function service.settle(subscription service.subscriptions)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_today  date := clock.today(access.tenant_id());
  v_due    integer := (select s.due_days from tenancy.billing_settings as s where s.tenant_id = access.tenant_id());
  v_lines  billing.proposed_line[] := array(select p from service.final_lines(subscription) as p);
  v_notes  jsonb;
  v_answer jsonb;
begin
  if exists (select from unnest(v_lines) as l where l.problem is not null) then
    return jsonb_build_object('problem', (select l.detail from unnest(v_lines) as l where l.problem is not null limit 1));
  end if;
  v_notes := billing.return_by_notes(array(select l from unnest(v_lines) as l where l.position is null));
  v_lines := array(select l from unnest(v_lines) as l where l.position is not null);
  if cardinality(v_lines) > 0 then
    select jsonb_build_object('invoice_id', i.invoice_id, 'number', i.number, 'total_minor', i.total_minor) into v_answer
    from billing.issue(v_lines, v_today, v_today + v_due, take_credit => true) as i;
  end if;
  v_notes := v_notes || billing.give_back_credits(subscription);
  update service.subscriptions as s set repair_from = null
  where s.tenant_id = subscription.tenant_id and s.id = subscription.id and s.repair_from is not null;
  return jsonb_build_object('invoice', v_answer, 'credit_notes', v_notes);
end
$$;

-- Takes an ended service back from a day on: {id, subscription_id, on_day, plan_id, price_minor}. Without a plan it has its last one. The days
-- between stay without service; an end that has not come yet is simply taken back.
create function service.reactivate(subscription service.subscriptions, change jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_last    service.subscription_terms;
  v_plan    catalog.plans;
  v_day     date;
  v_asked   bigint := (nullif(change ->> 'price_minor', ''))::bigint;
  v_price   bigint;
begin
  if subscription.state <> 'terminated' then
    raise exception 'That service has not ended.' using errcode = 'PT409', detail = 'not_terminated';
  end if;
  v_day := coalesce(service.command_day(change, 'on_day'), clock.today(v_tenant));
  v_day := case when subscription.terminated_on > clock.today(v_tenant) then subscription.terminated_on else v_day end;
  if v_day < subscription.terminated_on then
    raise exception 'The service ended on %. Choose that day or a later one.', to_char(subscription.terminated_on, 'FMDD Mon YYYY')
      using errcode = 'PT409', detail = 'before_end';
  end if;
  perform service.require_day(subscription, v_day);
  select t.* into strict v_last from service.subscription_terms as t
  where t.tenant_id = v_tenant and t.subscription_id = subscription.id order by t.valid desc limit 1;
  select p.* into v_plan from catalog.plans as p
  where p.tenant_id = v_tenant and p.id = coalesce((nullif(change ->> 'plan_id', ''))::uuid, v_last.plan_id);
  if not found or v_plan.billing_mode <> subscription.billing_mode then
    raise exception 'Choose a % plan.', subscription.billing_mode using errcode = 'PT404', detail = 'plan_unknown';
  end if;
  v_price := coalesce(v_asked, case when v_plan.id = v_last.plan_id and v_last.is_special then v_last.price_minor end,
    catalog.price_on(v_plan.id, v_day), catalog.price_on(v_plan.id, clock.today(v_tenant)), v_last.price_minor);

  if subscription.billing_mode = 'postpaid' and v_day > subscription.terminated_on then
    insert into service.pauses (tenant_id, id, subscription_id, kind, days)
    values (v_tenant, (change ->> 'id')::uuid, subscription.id, 'ended', daterange(subscription.terminated_on, v_day));
  end if;
  -- The last plan counts up to the day of return, so that the terms have no gap; the days between are not billed.
  update service.subscription_terms as t set valid = daterange(lower(t.valid), v_day)
  where t.tenant_id = v_tenant and t.id = v_last.id and v_day > lower(t.valid);
  update service.subscriptions as s set state = 'active', terminated_on = null, updated_at = clock.now()
  where s.tenant_id = v_tenant and s.id = subscription.id
  returning s.* into subscription;
  perform service.set_terms(subscription, v_plan.id, v_price,
    case when v_asked is null then v_last.is_special and v_plan.id = v_last.plan_id else v_asked is distinct from catalog.price_on(v_plan.id, v_day) end, v_day);
  perform service.look_again(subscription.id, v_day);
  return jsonb_build_object('on_day', v_day, 'plan_name', v_plan.name, 'price_minor', v_price);
exception
  when check_violation or numeric_value_out_of_range or invalid_text_representation then
    raise exception 'A price is more than 0 and at most 99,999,999.99.' using errcode = 'PT400', detail = 'invalid_price';
end
$$;

-- Days given back ----------------------------------------------------------------------------------

-- What a credit note takes back of an invoice when it gives back days of its lines ({"line_id": amount}). A line is worth what it charged,
-- whatever else stands on its invoice: where that gave back days of earlier invoices and came to less, the rest is credit at once.
create function billing.plan_return(invoice billing.invoices, lines jsonb)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_total   bigint;
  v_room    bigint;
  v_vatable record;
  v_vat     bigint;
begin
  select sum(x.value::bigint) into v_total from jsonb_each_text(plan_return.lines) as x;
  select greatest(0, invoice.total_minor
    - coalesce((select sum(n.total_minor - n.credit_minor) from billing.credit_notes as n
        where n.tenant_id = invoice.tenant_id and n.invoice_id = invoice.id), 0)
    - coalesce((select sum(w.amount_minor) from billing.write_offs as w
        where w.tenant_id = invoice.tenant_id and w.invoice_id = invoice.id), 0))::bigint into v_room;

  select coalesce(sum(l.total_minor), 0) as gross_minor,
    coalesce(sum((plan_return.lines ->> l.id::text)::bigint), 0) as now_minor,
    coalesce(sum((select sum(n.total_minor) from billing.credit_note_lines as n
      where n.tenant_id = l.tenant_id and n.invoice_line_id = l.id)), 0) as before_minor,
    (select coalesce(sum(n.vat_minor), 0) from billing.credit_notes as n
      where n.tenant_id = invoice.tenant_id and n.invoice_id = invoice.id) as vat_before_minor
  into v_vatable
  from billing.invoice_lines as l
  where l.tenant_id = invoice.tenant_id and l.invoice_id = invoice.id and l.vat_class = 'vatable';
  v_vat := billing.vat_of_credit(invoice, v_vatable.gross_minor, v_vatable.before_minor + v_vatable.now_minor) - v_vatable.vat_before_minor;

  return jsonb_build_object(
    'lines', (select jsonb_agg(jsonb_build_object('line_id', x.key, 'amount_minor', x.value::bigint)) from jsonb_each_text(plan_return.lines) as x),
    'net_minor', v_total - v_vat, 'vat_minor', v_vat, 'total_minor', v_total,
    'credit_minor', greatest(v_total - v_room, 0),
    'returns_minor', greatest(least(v_total, v_room) - invoice.balance_minor, 0));
end
$$;

-- Gives days back by credit notes, one for each invoice that charged for them. What was given up as a bad debt gives nothing back.
create function billing.return_by_notes(lines billing.proposed_line[])
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_zone    text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_credit  record;
  v_invoice billing.invoices;
  v_note    billing.credit_notes;
  v_notes   jsonb := '[]';
begin
  for v_credit in
    select i.id, left(string_agg(l.description, '; ' order by l.service_from), 300) as reason, array_agg(l order by l.service_from) as lines, (
        select jsonb_object_agg(x.line_id, x.amount_minor)
        from (
          select g.returns_line_id as line_id, sum(-g.amount_minor)::bigint as amount_minor
          from unnest(array_agg(l)) as g group by g.returns_line_id having sum(g.amount_minor) < 0
        ) as x) as amounts
    from unnest(return_by_notes.lines) as l
    join billing.invoice_lines as c on c.tenant_id = v_tenant and c.id = l.returns_line_id
    join billing.invoices as i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
    group by i.id, i.branch, i.serial
    order by i.branch, i.serial
  loop
    v_note := null;
    if v_credit.amounts is not null then
      select i.* into strict v_invoice from billing.invoices as i where i.tenant_id = v_tenant and i.id = v_credit.id for no key update;
      v_note := billing.put_credit_note(clock.uuid7(), v_invoice, v_credit.reason, billing.plan_return(v_invoice, v_credit.amounts));
      v_notes := v_notes || jsonb_build_object('credit_note_id', v_note.id, 'number', v_note.number, 'total_minor', v_note.total_minor);
    end if;
    insert into billing.returned_days (tenant_id, line_id, days, amount_minor, credit_note_id)
    select v_tenant, l.returns_line_id,
      daterange((l.service_from at time zone v_zone)::date, (l.service_until at time zone v_zone)::date), -l.amount_minor, v_note.id
    from unnest(v_credit.lines) as l;
  end loop;
  return v_notes;
end
$$;

-- A void invoice charges for no day and gives none back, so its services are looked at again. One whose days a later invoice gave back stays.
create function billing.forget_lines()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_number text;
begin
  select i.number into v_number
  from new_rows as n
  join old_rows as o on o.tenant_id = n.tenant_id and o.id = n.id and o.in_force
  join billing.returned_days as r on r.tenant_id = n.tenant_id and r.line_id = n.id and r.in_force and r.by_line_id is not null
  join billing.invoice_lines as l on l.tenant_id = r.tenant_id and l.id = r.by_line_id and l.invoice_id <> n.invoice_id
  join billing.invoices as i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
  where not n.in_force
  limit 1;
  if found then
    raise exception 'Invoice % gives back days of this one. Void that invoice first, or issue a credit note instead.', v_number
      using errcode = 'PT409', detail = 'invoice_given_back';
  end if;

  update billing.returned_days as r set in_force = false
  from new_rows as n
  where not n.in_force and r.tenant_id = n.tenant_id and r.by_line_id = n.id and r.in_force;
  update service.subscriptions as s set repair_from = least(s.repair_from, x.day)
  from (
    select n.tenant_id, n.subscription_id, min((n.service_from at time zone t.time_zone)::date) as day
    from new_rows as n
    join old_rows as o on o.tenant_id = n.tenant_id and o.id = n.id and o.in_force
    join tenancy.tenants as t on t.id = n.tenant_id
    where not n.in_force and n.kind in ('recurring', 'proration')
    group by n.tenant_id, n.subscription_id
  ) as x
  where s.tenant_id = x.tenant_id and s.id = x.subscription_id;
  return null;
end
$$;
create trigger forget_lines after update on billing.invoice_lines
  referencing old table as old_rows new table as new_rows for each statement execute function billing.forget_lines();

do $$
declare
  v_function text;
begin
  foreach v_function in array array['service.pause(service.subscriptions, jsonb)', 'service.end_pause(service.subscriptions, jsonb)',
    'service.terminate(service.subscriptions, jsonb)', 'service.final_lines(service.subscriptions)', 'service.settle(service.subscriptions)', 'billing.lines_to_credit(uuid, uuid, bigint)', 'billing.give_back_credits(service.subscriptions)',
    'service.reactivate(service.subscriptions, jsonb)', 'billing.plan_return(billing.invoices, jsonb)',
    'billing.return_by_notes(billing.proposed_line[])', 'billing.forget_lines()']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
