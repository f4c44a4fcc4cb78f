-- Dunning for people: promises, grace, fees waived, the calendar and what it would do, and why a service is off.

-- Promises ---------------------------------------------------------------------------------------

-- What a subscriber who promises for a day would have to pay by then.
create function billing.due_by(subscriber_id uuid, day date)
returns bigint
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(nullif(sum(i.balance_minor) filter (where i.due_on <= due_by.day), 0), sum(i.balance_minor))::bigint
  from billing.invoices as i
  where i.tenant_id = (select access.tenant_id()) and i.subscriber_id = due_by.subscriber_id and i.state = 'open'
$$;

-- Notes a promise, from the office or a phone, and switches on again what it holds back from being cut. A new promise takes the place of
-- the open one; both count towards the limit.
create function collections.take_promise(id uuid, subscriber_id uuid, promised_on date, amount_minor bigint, note text, made_at timestamptz,
  taken_by uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_made_on  date := (take_promise.made_at at time zone (select t.time_zone from tenancy.tenants as t where t.id = v_tenant))::date;
  v_settings tenancy.billing_settings;
  v_amount   bigint := coalesce(take_promise.amount_minor, billing.due_by(take_promise.subscriber_id, take_promise.promised_on));
  v_note     text := nullif(left(btrim(take_promise.note), 300), '');
  v_old      collections.promises;
  v_times    integer;
begin
  perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = take_promise.subscriber_id for no key update;
  if not found then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  select p.* into v_old from collections.promises as p where p.tenant_id = v_tenant and p.id = take_promise.id;
  if found then
    if (v_old.subscriber_id, v_old.promised_on, v_old.note) is distinct from (take_promise.subscriber_id, take_promise.promised_on, v_note)
      or v_old.amount_minor is distinct from coalesce(take_promise.amount_minor, v_old.amount_minor) then
      raise exception 'This promise was already noted with other facts. Reload the page.' using errcode = 'PT409', detail = 'promise_conflict';
    end if;
    return jsonb_build_object('promise_id', v_old.id, 'state', v_old.state, 'amount_minor', v_old.amount_minor);
  end if;

  select s.* into strict v_settings from tenancy.billing_settings as s where s.tenant_id = v_tenant;
  if take_promise.promised_on is null or take_promise.promised_on < v_made_on then
    raise exception 'A promise is for today or a later day. Choose another day.' using errcode = 'PT422', detail = 'promise_in_past';
  end if;
  if take_promise.promised_on > v_made_on + v_settings.promise_days then
    raise exception 'A promise may be at most % days ahead, so until %. Choose an earlier day, or change the limit in the settings.',
      v_settings.promise_days, to_char(v_made_on + v_settings.promise_days, 'FMDD Mon YYYY') using errcode = 'PT422', detail = 'promise_too_far';
  end if;
  if v_amount <= 0 then
    raise exception 'A promise is for an amount above 0.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  select count(*) into v_times from collections.promises as p
  where p.tenant_id = v_tenant and p.subscriber_id = take_promise.subscriber_id
    and p.made_at > take_promise.made_at - interval '90 days' and p.made_at <= take_promise.made_at;
  if v_times >= v_settings.promise_times then
    raise exception 'This subscriber promised % times in 90 days already, and the limit is %. Take a payment, or give grace days instead.',
      v_times, v_settings.promise_times using errcode = 'PT409', detail = 'promise_limit';
  end if;

  update collections.promises as p set state = 'withdrawn', decided_at = clock.now()
  where p.tenant_id = v_tenant and p.subscriber_id = take_promise.subscriber_id and p.state = 'open';
  insert into collections.promises (tenant_id, id, subscriber_id, promised_on, amount_minor, note, taken_by, made_at)
  values (v_tenant, take_promise.id, take_promise.subscriber_id, take_promise.promised_on, v_amount, v_note, take_promise.taken_by,
    least(take_promise.made_at, clock.now()));
  perform collections.close_nonpayment_holds(take_promise.subscriber_id, 'Promised to pay by ' || to_char(take_promise.promised_on, 'FMDD Mon YYYY'));
  return (select jsonb_build_object('promise_id', p.id, 'state', p.state, 'amount_minor', p.amount_minor)
    from collections.promises as p where p.tenant_id = v_tenant and p.id = take_promise.id);
end
$$;

create function collections.record_promise(promise jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_subscriber uuid;
  v_amount     bigint;
begin
  if not access.can('payments.record') then
    perform access.require('subscribers.manage');
  end if;
  begin
    v_subscriber := (promise ->> 'subscriber_id')::uuid;
    v_amount := nullif(promise ->> 'amount_minor', '')::bigint;
    if billing.due_by(v_subscriber, (promise ->> 'promised_on')::date) is null then
      raise exception 'Nothing is owed, so there is nothing to promise.' using errcode = 'PT409', detail = 'nothing_owed';
    end if;
    return collections.take_promise((promise ->> 'id')::uuid, v_subscriber, (promise ->> 'promised_on')::date, v_amount,
      promise ->> 'note', clock.now(), access.member_id());
  exception when invalid_text_representation or invalid_datetime_format or datetime_field_overflow or numeric_value_out_of_range
    or not_null_violation then
    raise exception 'The promise could not be read. Reload the page and type it again.' using errcode = 'PT400', detail = 'invalid_promise';
  end;
end
$$;

-- Takes a promise back: the calendar goes on as if there were none.
create function collections.withdraw_promise(promise_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if not access.can('payments.record') then
    perform access.require('subscribers.manage');
  end if;
  update collections.promises as p set state = 'withdrawn', decided_at = clock.now()
  where p.tenant_id = access.tenant_id() and p.id = withdraw_promise.promise_id and p.state = 'open';
  if not found then
    raise exception 'That promise is not open any more. Reload the page.' using errcode = 'PT409', detail = 'promise_not_open';
  end if;
end
$$;

-- Grace and fees ---------------------------------------------------------------------------------

-- Days a late invoice of this subscriber waits before the calendar begins; null gives back the ISP's own.
create function service.set_grace(subscriber_id uuid, grace_days integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform access.require('subscribers.manage');
  update service.subscribers as s set grace_days = set_grace.grace_days, updated_at = clock.now()
  where s.tenant_id = access.tenant_id() and s.id = set_grace.subscriber_id;
  if not found then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
  perform collections.close_nonpayment_holds(set_grace.subscriber_id, 'Given more time to pay');
exception when check_violation or numeric_value_out_of_range then
  raise exception 'Grace is 0 to 60 days.' using errcode = 'PT422', detail = 'invalid_grace';
end
$$;

-- Gives a late fee up, with a reason, before an invoice takes it. Sending it twice is harmless.
create function billing.waive_late_fee(late_fee_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_fee    billing.late_fees;
begin
  perform access.require('invoices.manage');
  if coalesce(length(btrim(waive_late_fee.reason)), 0) not between 3 and 300 then
    raise exception 'Say why, in 3 to 300 letters.' using errcode = 'PT422', detail = 'reason_missing';
  end if;
  select f.* into v_fee from billing.late_fees as f where f.tenant_id = v_tenant and f.id = waive_late_fee.late_fee_id;
  if not found then
    raise exception 'That fee is not here. Reload the page.' using errcode = 'PT404', detail = 'late_fee_unknown';
  end if;
  -- The billing run holds the subscriber while it takes the charge.
  perform from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_fee.subscriber_id for no key update;
  select f.* into v_fee from billing.late_fees as f where f.tenant_id = v_tenant and f.id = waive_late_fee.late_fee_id for update;
  if v_fee.waived_at is not null then
    if v_fee.waive_reason is distinct from btrim(waive_late_fee.reason) then
      raise exception 'This fee is waived already.' using errcode = 'PT409', detail = 'already_waived';
    end if;
    return;
  end if;
  update billing.charges as c set cancelled_at = clock.now()
  where c.tenant_id = v_tenant and c.id = v_fee.charge_id and c.remaining > 0 and c.cancelled_at is null;
  if not found then
    raise exception 'An invoice took this fee already. Give a credit note for it instead.' using errcode = 'PT409', detail = 'late_fee_billed';
  end if;
  update billing.late_fees as f set waived_at = clock.now(), waived_by = access.member_id(), waive_reason = btrim(waive_late_fee.reason)
  where f.tenant_id = v_tenant and f.id = v_fee.id;
end
$$;

-- The calendar -----------------------------------------------------------------------------------

-- What of the billing settings is the calendar's.
create function tenancy.dunning_settings()
returns text[]
language sql
immutable
set search_path = ''
as $$
  select array['reminder_days', 'warning_days', 'suspend_days', 'uncollectible_days', 'grace_days', 'suspend_threshold_minor',
    'no_cut_weekdays', 'no_cut_days', 'cut_from', 'cut_until', 'dunning_on', 'field_silent_hours', 'promise_days', 'promise_times',
    'late_fee_kind', 'late_fee_minor', 'late_fee_bp', 'late_fee_cap_minor', 'late_fee_stages']
$$;

-- The settings as they would be with these changes, checked by the table's own rules when they are saved.
create function tenancy.with_dunning(settings tenancy.billing_settings, changes jsonb)
returns tenancy.billing_settings
language plpgsql
stable
set search_path = ''
as $$
begin
  if changes ? 'no_cut_days' then
    changes := changes || jsonb_build_object('no_cut_days',
      array(select distinct d.day::date from jsonb_array_elements_text(changes -> 'no_cut_days') as d(day) order by 1));
  end if;
  return jsonb_populate_record(settings, (
    select coalesce(jsonb_object_agg(c.key, c.value), '{}') from jsonb_each(changes) as c
    where c.key = any (tenancy.dunning_settings())));
exception when invalid_parameter_value or invalid_text_representation or numeric_value_out_of_range or invalid_datetime_format or datetime_field_overflow then
  raise exception 'Something there could not be read: days are whole numbers, hours are written 08:00.' using errcode = 'PT400', detail = 'invalid_dunning_settings';
end
$$;

create function tenancy.save_dunning_settings(settings jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v tenancy.billing_settings;
begin
  perform access.require('settings.manage');
  perform tenancy.require_settings(settings, tenancy.dunning_settings());
  select s.* into strict v from tenancy.billing_settings as s where s.tenant_id = access.tenant_id() for update;
  v := tenancy.with_dunning(v, settings);
  update tenancy.billing_settings as s set
    reminder_days = v.reminder_days, warning_days = v.warning_days, suspend_days = v.suspend_days, uncollectible_days = v.uncollectible_days,
    grace_days = v.grace_days, suspend_threshold_minor = v.suspend_threshold_minor, no_cut_weekdays = v.no_cut_weekdays,
    no_cut_days = v.no_cut_days, cut_from = v.cut_from, cut_until = v.cut_until, dunning_on = v.dunning_on,
    field_silent_hours = v.field_silent_hours, promise_days = v.promise_days, promise_times = v.promise_times,
    late_fee_kind = v.late_fee_kind, late_fee_minor = v.late_fee_minor, late_fee_bp = v.late_fee_bp,
    late_fee_cap_minor = v.late_fee_cap_minor, late_fee_stages = v.late_fee_stages, updated_at = clock.now()
  where s.tenant_id = access.tenant_id();
exception when check_violation or not_null_violation then
  raise exception 'These settings do not fit together. Warn not later than you cut, and cut before you give a debt up; the hours of cuts begin before they end.'
    using errcode = 'PT400', detail = 'invalid_dunning_settings';
end
$$;

-- What the calendar would do with the next invoice if nobody paid it: each stage with its day, and for the cut the day it fell on first.
-- Asks the rule itself, day by day.
create function billing.preview_dunning(settings jsonb default '{}')
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v         tenancy.billing_settings;
  v_facts   billing.dunning_facts;
  v_verdict billing.dunning_verdict;
  v_issued  date;
  v_last    text := '';
  v_steps   jsonb := '[]';
begin
  if access.member_id() is null then
    raise exception 'Only who works for this ISP sees its calendar.' using errcode = 'PT403', detail = 'not_a_member';
  end if;
  select s.* into strict v from tenancy.billing_settings as s where s.tenant_id = v_tenant;
  v := tenancy.with_dunning(v, preview_dunning.settings);
  v.due_days := coalesce((preview_dunning.settings ->> 'due_days')::smallint, v.due_days);
  select min(b.day) into v_issued
  from (select billing.boundary(billing.anchor(v.invoice_day), k) as day
    from generate_series(0, 1) as n, lateral (select billing.months_between(billing.anchor(v.invoice_day), clock.today(v_tenant)) + n as k) as m) as b
  where b.day > clock.today(v_tenant);

  v_facts := row(v_issued + v.due_days, greatest(v.suspend_threshold_minor, 1), v.grace_days, null, null, false, true, false, v_issued, v.cut_from,
    v.reminder_days, v.warning_days, v.suspend_days, v.uncollectible_days, v.suspend_threshold_minor, v.no_cut_weekdays, v.no_cut_days,
    v.cut_from, v.cut_until)::billing.dunning_facts;
  for k in 0 .. 1200 loop
    v_facts.today := v_issued + k;
    v_verdict := billing.dunning_verdict(v_facts);
    if v_verdict.stage is distinct from nullif(v_last, '') then
      v_last := v_verdict.stage;
      v_steps := v_steps || jsonb_build_object('stage', v_last, 'on', v_facts.today);
      if v_last = 'warned' then
        v_facts.warned_on := v_facts.today;
      elsif v_last = 'suspended' then
        v_facts.is_cut := true;
      end if;
    end if;
    exit when v_last = 'uncollectible';
  end loop;
  return jsonb_build_object('issued_on', v_issued, 'due_on', v_facts.due_on, 'steps', v_steps,
    'cut_wanted_on', v_facts.due_on + v.grace_days + v.suspend_days,
    'cut_from', to_char(v.cut_from, 'HH24:MI'), 'cut_until', to_char(v.cut_until, 'HH24:MI'));
end
$$;

-- The list ---------------------------------------------------------------------------------------

-- Everybody the calendar is at, as the rule sees them now. For those who may see invoices; nobody else has a row.
create function billing.dunning_board()
returns table (subscriber_id uuid, invoice_id uuid, stage text, since_on date, facts billing.dunning_facts, verdict billing.dunning_verdict)
language plpgsql
stable
security definer
set search_path = ''
rows 500
as $$
begin
  if not access.can('billing.read') then
    return;
  end if;
  return query
  select c.subscriber_id, c.invoice_id, t.stage, t.reached_on, c.facts, billing.dunning_verdict(c.facts)
  from billing.dunning_cases() as c
  left join lateral (
    select s.stage, s.reached_on
    from billing.dunning_stages as s
    where s.tenant_id = (select access.tenant_id()) and s.invoice_id = c.invoice_id
      and (s.stage <> 'suspended' or (c.facts).is_cut)      -- it was, and is on again
    order by array_position('{reminded,due,warned,suspended,uncollectible}', s.stage) desc
    limit 1
  ) as t on true;
end
$$;

-- Why --------------------------------------------------------------------------------------------

-- Why the services of a subscriber are on or off and what is charged: codes and values, which the screens put into sentences.
-- The same answer for the office and for the subscriber's own portal.
create function service.why(subscriber_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_one    uuid[] := array[why.subscriber_id];
  v_since  timestamptz;
  v_worst  record;
begin
  perform access.require_subscriber_money(why.subscriber_id);
  if not exists (select from service.subscribers as s where s.tenant_id = v_tenant and s.id = why.subscriber_id) then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;

  -- As far back as what is owed, cut or on hold today began; at least six weeks.
  select least(clock.now() - interval '42 days',
    (select min(i.created_at) from billing.invoices as i where i.tenant_id = v_tenant and i.subscriber_id = why.subscriber_id and i.state = 'open'),
    (select min(h.opened_at) from service.subscriptions as u join service.holds as h on h.tenant_id = u.tenant_id and h.subscription_id = u.id
      where u.tenant_id = v_tenant and u.subscriber_id = why.subscriber_id and h.closed_at is null))
  into v_since;

  select c.facts, (billing.dunning_verdict(c.facts)).* into v_worst
  from billing.dunning_cases(v_one) as c
  order by (c.facts).due_on, c.invoice_id limit 1;

  return jsonb_build_object(
    'balance_minor', (select coalesce(sum(i.balance_minor), 0)::bigint from billing.invoices as i
      where i.tenant_id = v_tenant and i.subscriber_id = why.subscriber_id and i.state = 'open'),
    'overdue_minor', (select coalesce(sum(i.balance_minor), 0)::bigint from billing.invoices as i
      where i.tenant_id = v_tenant and i.subscriber_id = why.subscriber_id and i.state = 'open' and i.due_on < clock.today(v_tenant)),
    -- What ends a cut, and no more.
    'reconnect_minor', (select coalesce(sum(i.balance_minor), 0)::bigint
      from billing.dunning_cases(v_one) as c
      join billing.invoices as i on i.tenant_id = v_tenant and i.id = c.invoice_id
      where (c.facts).is_cut and (billing.dunning_verdict(c.facts)).keeps_cut),
    'stage', (select t.stage from billing.dunning_stages as t
      join billing.invoices as i on i.tenant_id = t.tenant_id and i.id = t.invoice_id and i.state = 'open'
      where t.tenant_id = v_tenant and t.subscriber_id = why.subscriber_id and (t.stage <> 'suspended' or (v_worst.facts).is_cut)
      order by array_position('{reminded,due,warned,suspended,uncollectible}', t.stage) desc limit 1),
    'next', case when v_worst.next_stage is not null or v_worst.waits_for is not null then jsonb_build_object(
      'stage', v_worst.next_stage, 'on', v_worst.next_on, 'waits_for', v_worst.waits_for,
      'promised_on', (v_worst.facts).promised_on, 'threshold_minor', (v_worst.facts).threshold_minor,
      'cut_from', to_char((v_worst.facts).cut_from, 'HH24:MI'), 'cut_until', to_char((v_worst.facts).cut_until, 'HH24:MI'),
      'collector', (select m.full_name from places.route_stops as p
        join places.routes as r on r.tenant_id = p.tenant_id and r.id = p.route_id
        left join places.route_loans as l on l.tenant_id = r.tenant_id and l.route_id = r.id and l.days @> clock.today(v_tenant)
        join access.members as m on m.tenant_id = r.tenant_id and m.id = coalesce(l.member_id, r.collector_id)
        where p.tenant_id = v_tenant and p.subscriber_id = why.subscriber_id)) end,
    'services', coalesce((
      select jsonb_agg(jsonb_build_object('id', u.id, 'label', u.label, 'plan_name', u.plan_name, 'billing_mode', u.billing_mode,
        'price_minor', u.price_minor, 'paid_until', u.paid_until, 'is_on', u.is_on, 'causes', (
          select coalesce(jsonb_agg(x.cause), '[]') from (
            select jsonb_build_object('code', case
              when s.state = 'pending' then 'not_started'
              when s.terminated_on <= clock.today(v_tenant) then 'ended'
              when s.activated_on > clock.today(v_tenant) then 'starts_later'
              when s.billing_mode = 'prepaid' and s.paid_until is null then 'never_paid'
              when s.billing_mode = 'prepaid' and s.paid_until <= clock.now() then 'time_used_up' end,
              'on', coalesce(case when s.terminated_on <= clock.today(v_tenant) then s.terminated_on end, s.activated_on), 'at', s.paid_until) as cause
            from service.subscriptions as s
            where s.tenant_id = v_tenant and s.id = u.id
              and (s.state = 'pending' or s.terminated_on <= clock.today(v_tenant) or s.activated_on > clock.today(v_tenant)
                or (s.billing_mode = 'prepaid' and (s.paid_until is null or s.paid_until <= clock.now())))
            union all
            select jsonb_build_object('code', 'hold_' || h.kind, 'at', h.opened_at, 'reason', h.reason)
            from service.holds as h
            where h.tenant_id = v_tenant and h.subscription_id = u.id and h.closed_at is null
          ) as x)) order by u.id)
      from service.portal_services(why.subscriber_id) as u), '[]'),
    'charges', coalesce((
      select jsonb_agg(jsonb_build_object('invoice_id', i.id, 'number', i.number, 'issued_on', i.issued_on, 'due_on', i.due_on,
        'total_minor', i.total_minor, 'balance_minor', i.balance_minor, 'lines', (
          select jsonb_agg(jsonb_build_object('kind', l.kind, 'description', l.description, 'total_minor', l.total_minor) order by l.line)
          from billing.invoice_lines as l where l.tenant_id = v_tenant and l.invoice_id = i.id)) order by i.due_on, i.id)
      from billing.invoices as i where i.tenant_id = v_tenant and i.subscriber_id = why.subscriber_id and i.state = 'open'), '[]'),
    'events', coalesce((
      select jsonb_agg(e.event || jsonb_build_object('at', e.at) order by e.at desc, e.event ->> 'code')
      from (
        select i.created_at as at, jsonb_build_object('code', 'invoiced', 'number', i.number, 'amount_minor', i.total_minor, 'on', i.due_on) as event
        from billing.invoices as i where i.tenant_id = v_tenant and i.subscriber_id = why.subscriber_id
        union all
        select i.voided_at, jsonb_build_object('code', 'invoice_void', 'number', i.number, 'amount_minor', i.total_minor)
        from billing.invoices as i where i.tenant_id = v_tenant and i.subscriber_id = why.subscriber_id and i.state = 'void'
        union all
        select n.created_at, jsonb_build_object('code', 'credited', 'number', n.number, 'amount_minor', n.total_minor, 'reason', n.reason)
        from billing.credit_notes as n where n.tenant_id = v_tenant and n.subscriber_id = why.subscriber_id
        union all
        select t.created_at, jsonb_build_object('code', 'stage_' || t.stage, 'number', i.number, 'amount_minor', t.open_minor)
        from billing.dunning_stages as t join billing.invoices as i on i.tenant_id = t.tenant_id and i.id = t.invoice_id
        where t.tenant_id = v_tenant and t.subscriber_id = why.subscriber_id
        union all
        select f.created_at, jsonb_build_object('code', 'late_fee', 'number', i.number, 'amount_minor', f.amount_minor)
        from billing.late_fees as f join billing.invoices as i on i.tenant_id = f.tenant_id and i.id = f.invoice_id
        where f.tenant_id = v_tenant and f.subscriber_id = why.subscriber_id
        union all
        select f.waived_at, jsonb_build_object('code', 'late_fee_waived', 'amount_minor', f.amount_minor,
          'reason', case when access.member_id() is not null then f.waive_reason end)
        from billing.late_fees as f where f.tenant_id = v_tenant and f.subscriber_id = why.subscriber_id and f.waived_at is not null
        union all
        select p.made_at, jsonb_build_object('code', 'promised', 'amount_minor', p.amount_minor, 'on', p.promised_on)
        from collections.promises as p where p.tenant_id = v_tenant and p.subscriber_id = why.subscriber_id
        union all
        select p.decided_at, jsonb_build_object('code', 'promise_' || p.state, 'amount_minor', p.amount_minor, 'on', p.promised_on)
        from collections.promises as p where p.tenant_id = v_tenant and p.subscriber_id = why.subscriber_id and p.decided_at is not null
        union all
        select p.received_at, jsonb_build_object('code', 'paid', 'amount_minor', p.amount_minor, 'method', p.method, 'number', r.number)
        from collections.payments as p left join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
        where p.tenant_id = v_tenant and p.subscriber_id = why.subscriber_id
        union all
        select p.voided_at, jsonb_build_object('code', 'payment_void', 'amount_minor', p.amount_minor)
        from collections.payments as p where p.tenant_id = v_tenant and p.subscriber_id = why.subscriber_id and p.voided_at is not null
        union all
        select s.starts_at, jsonb_build_object('code', 'time_bought', 'until_at', s.ends_at)
        from billing.prepaid_periods as s join service.subscriptions as u on u.tenant_id = s.tenant_id and u.id = s.subscription_id
        where s.tenant_id = v_tenant and u.subscriber_id = why.subscriber_id and s.cancelled_at is null and s.starts_at <= clock.now()
        union all
        select h.opened_at, jsonb_build_object('code', 'off_' || h.kind, 'reason', h.reason)
        from service.holds as h join service.subscriptions as u on u.tenant_id = h.tenant_id and u.id = h.subscription_id
        where h.tenant_id = v_tenant and u.subscriber_id = why.subscriber_id
        union all
        select h.closed_at, jsonb_build_object('code', 'on_' || h.kind,
          'reason', case when access.member_id() is not null then h.closed_reason end)
        from service.holds as h join service.subscriptions as u on u.tenant_id = h.tenant_id and u.id = h.subscription_id
        where h.tenant_id = v_tenant and u.subscriber_id = why.subscriber_id and h.closed_at is not null
      ) as e
      where e.at >= v_since), '[]'));
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['billing.due_by(uuid, date)', 'collections.take_promise(uuid, uuid, date, bigint, text, timestamptz, uuid)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['collections.record_promise(jsonb)', 'collections.withdraw_promise(uuid)', 'service.set_grace(uuid, integer)',
    'billing.waive_late_fee(uuid, text)', 'tenancy.save_dunning_settings(jsonb)', 'billing.preview_dunning(jsonb)', 'billing.dunning_board()',
    'service.why(uuid)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function tenancy.with_dunning(tenancy.billing_settings, jsonb), tenancy.dunning_settings() to linyada_definer;
