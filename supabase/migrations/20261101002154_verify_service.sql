-- What must never be. What was billed, against the days of service; what follows from paying late.

create function ledger.offences_in_service(tenant uuid default null)
returns table (invariant text, tenant_id uuid, subject text, detail text)
language sql
stable
set search_path = ''
as $$
  with chosen as materialized (
    select t.id, t.time_zone from tenancy.tenants as t where offences_in_service.tenant is null or t.id = offences_in_service.tenant
  )

  -- What a line charges for, less the days that were given back.
  select 'a postpaid day is billed once', l.tenant_id, l.subscription_id::text,
    format('%s to %s lies under two lines', to_char(lower(d.days), 'YYYY-MM-DD'), to_char(upper(d.days), 'YYYY-MM-DD'))
  from billing.invoice_lines as l
  join chosen as c on c.id = l.tenant_id
  join billing.invoice_lines as m on m.tenant_id = l.tenant_id and m.subscription_id = l.subscription_id and m.id > l.id
    and m.service_from < l.service_until and m.service_until > l.service_from
  cross join lateral unnest(billing.days_charged(l, c.time_zone) * billing.days_charged(m, c.time_zone)) as d(days)
  where l.kind in ('recurring', 'proration') and m.kind in ('recurring', 'proration') and l.in_force and m.in_force
    and l.price_minor is not null and m.price_minor is not null

  union all
  -- Between the first and the last day billed. A void line waits for the next run, as does what is to be looked at again, and an open
  -- exception says why it is not billed.
  select 'a postpaid day is billed', u.tenant_id, u.id::text,
    format('%s to %s is under no line', to_char(lower(g.days), 'YYYY-MM-DD'), to_char(upper(g.days), 'YYYY-MM-DD'))
  from service.subscriptions as u
  join chosen as c on c.id = u.tenant_id
  join tenancy.billing_settings as s on s.tenant_id = u.tenant_id
  cross join lateral (
    select range_agg(d.days) as billed
    from billing.invoice_lines as l
    cross join lateral unnest(billing.days_charged(l, c.time_zone)) as d(days)
    where l.tenant_id = u.tenant_id and l.subscription_id = u.id and l.kind in ('recurring', 'proration') and l.price_minor is not null
  ) as b
  cross join lateral unnest(
    datemultirange(daterange(greatest(u.activated_on, s.first_period_on), greatest(upper(b.billed), u.activated_on, s.first_period_on)))
    - b.billed
    - coalesce((select range_agg(x.days) from service.pauses as x where x.tenant_id = u.tenant_id and x.subscription_id = u.id), '{}')
    - coalesce((select range_agg(daterange((h.opened_at at time zone c.time_zone)::date, (h.closed_at at time zone c.time_zone)::date))
        from service.holds as h where h.tenant_id = u.tenant_id and h.subscription_id = u.id), '{}')
    - case when u.terminated_on is null then '{}'::datemultirange else datemultirange(daterange(u.terminated_on, null)) end
    - case when u.repair_from is null then '{}'::datemultirange else datemultirange(daterange(u.repair_from, null)) end
  ) as g(days)
  where u.billing_mode = 'postpaid' and b.billed is not null
    and not exists (select from billing.run_exceptions as e
      where e.tenant_id = u.tenant_id and e.subscription_id = u.id and e.resolved_at is null)

  union all
  -- What is wrong in days already billed waits for the next invoice, and the service notes from which day on.
  select 'a day without service is not billed', u.tenant_id, u.id::text,
    format('%s to %s is under a line', to_char(lower(g.days), 'YYYY-MM-DD'), to_char(upper(g.days), 'YYYY-MM-DD'))
  from service.subscriptions as u
  join chosen as c on c.id = u.tenant_id
  join billing.invoice_lines as l on l.tenant_id = u.tenant_id and l.subscription_id = u.id and l.kind in ('recurring', 'proration')
    and l.in_force and l.price_minor is not null
  cross join lateral unnest(billing.days_charged(l, c.time_zone) * (
    coalesce((select range_agg(x.days) from service.pauses as x where x.tenant_id = u.tenant_id and x.subscription_id = u.id), '{}')
    + case when u.terminated_on is null then '{}'::datemultirange else datemultirange(daterange(u.terminated_on, null)) end
    + datemultirange(daterange(null, u.activated_on)))
    - case when u.repair_from is null then '{}'::datemultirange else datemultirange(daterange(u.repair_from, null)) end
  ) as g(days)
  where u.billing_mode = 'postpaid'

  union all
  -- The plan and the price of a line are those the service has on its days.
  select 'a day is billed at its plan and price', u.tenant_id, u.id::text,
    format('%s to %s at %s', to_char(lower(g.days), 'YYYY-MM-DD'), to_char(upper(g.days), 'YYYY-MM-DD'), l.price_minor)
  from service.subscriptions as u
  join chosen as c on c.id = u.tenant_id
  join billing.invoice_lines as l on l.tenant_id = u.tenant_id and l.subscription_id = u.id and l.kind in ('recurring', 'proration')
    and l.in_force and l.price_minor is not null
  join service.subscription_terms as t on t.tenant_id = u.tenant_id and t.subscription_id = u.id
    and (t.plan_id, t.price_minor) <> (l.plan_id, l.price_minor)
    and t.valid && daterange((l.service_from at time zone c.time_zone)::date, (l.service_until at time zone c.time_zone)::date)
  cross join lateral unnest(billing.days_charged(l, c.time_zone) * datemultirange(t.valid)
    - case when u.repair_from is null then '{}'::datemultirange else datemultirange(daterange(u.repair_from, null)) end
  ) as g(days)
  where u.billing_mode = 'postpaid'

  union all
  select 'a service has a plan on each of its days', u.tenant_id, u.id::text,
    format('none from %s to %s', to_char(lower(g.days), 'YYYY-MM-DD'), to_char(upper(g.days), 'YYYY-MM-DD'))
  from service.subscriptions as u
  join chosen as c on c.id = u.tenant_id
  cross join lateral unnest(
    case when u.terminated_on = u.activated_on then '{}' else datemultirange(daterange(u.activated_on, u.terminated_on)) end
    - coalesce((select range_agg(t.valid) from service.subscription_terms as t where t.tenant_id = u.tenant_id and t.subscription_id = u.id), '{}')
  ) as g(days)
  where u.state <> 'pending'
    and not exists (select from billing.run_exceptions as e
      where e.tenant_id = u.tenant_id and e.subscription_id = u.id and e.resolved_at is null)

  union all
  select 'a service that waits to begin has what it was sold at', u.tenant_id, u.id::text, format('%s sales, %s terms', c.sales, t.terms)
  from service.subscriptions as u
  join chosen as o on o.id = u.tenant_id
  cross join lateral (
    select count(*) as sales from service.changes as c where c.tenant_id = u.tenant_id and c.subscription_id = u.id and c.kind = 'sold'
  ) as c
  cross join lateral (
    select count(*) as terms from service.subscription_terms as t where t.tenant_id = u.tenant_id and t.subscription_id = u.id
  ) as t
  where u.state = 'pending' and (c.sales, t.terms) <> (1, 1)

  union all
  select 'no line gives back more than it charged', l.tenant_id, l.id::text,
    format('charged %s, given back %s for %s', l.total_minor, g.amount_minor, g.days)
  from billing.invoice_lines as l
  join chosen as c on c.id = l.tenant_id
  join (
    select r.tenant_id, r.line_id, sum(r.amount_minor) as amount_minor, range_agg(r.days) as days
    from billing.returned_days as r where r.in_force group by r.tenant_id, r.line_id
  ) as g on g.tenant_id = l.tenant_id and g.line_id = l.id
  where g.amount_minor > l.total_minor
    or not g.days <@ daterange((l.service_from at time zone c.time_zone)::date, (l.service_until at time zone c.time_zone)::date)

  union all
  select 'days given back stand as they are on their line', r.tenant_id, r.id::text, format('%s, the line %s', r.amount_minor, l.total_minor)
  from billing.returned_days as r
  join chosen as c on c.id = r.tenant_id
  join billing.invoice_lines as l on l.tenant_id = r.tenant_id and l.id = r.by_line_id
  where l.total_minor <> -r.amount_minor or l.in_force <> r.in_force

  union all
  select 'a finished run saw every service it was for', r.tenant_id, u.id::text, format('no line, no exception for the run of %s', r.period)
  from billing.runs as r
  join chosen as c on c.id = r.tenant_id
  join tenancy.billing_settings as s on s.tenant_id = r.tenant_id
  join service.subscriptions as u on u.tenant_id = r.tenant_id and u.billing_mode = 'postpaid' and u.state = 'active'
    and u.activated_on <= r.period and u.bill_anchor_on is null
    and greatest(u.created_at, u.updated_at) < r.started_at - interval '1 hour'      -- what was being written then is billed next time
  where r.state = 'done'
    and s.bills_while_suspended
    and extract(day from r.period) = extract(day from billing.boundary(billing.anchor(s.invoice_day), billing.months_between(billing.anchor(s.invoice_day), r.period)))
    and not exists (select from service.pauses as x where x.tenant_id = u.tenant_id and x.subscription_id = u.id and x.days && daterange(r.period, r.period_until))
    and not exists (select from billing.invoice_lines as l
      where l.tenant_id = u.tenant_id and l.subscription_id = u.id and l.kind in ('recurring', 'proration')
        and l.service_until > (r.period::timestamp at time zone c.time_zone) and l.service_from < (r.period_until::timestamp at time zone c.time_zone))
    and not exists (select from billing.run_exceptions as e where e.tenant_id = u.tenant_id and e.subscription_id = u.id)

  union all
  select 'paid until is the end of the last period bought', u.tenant_id, u.id::text,
    format('paid until %s, periods end %s', u.paid_until, p.ends_at)
  from service.subscriptions as u
  join chosen as c on c.id = u.tenant_id
  cross join lateral (
    select max(p.ends_at) as ends_at from billing.prepaid_periods as p
    where p.tenant_id = u.tenant_id and p.subscription_id = u.id and p.cancelled_at is null
  ) as p
  where u.billing_mode = 'prepaid' and p.ends_at is not null and u.paid_until is distinct from p.ends_at

  union all
  -- Behind another period, time begins when that ends, or when it was bought if that is later. The first may wait for time of an import.
  select 'bought time waits for nothing', p.tenant_id, p.subscription_id::text, format('%s begins at %s', p.id, p.starts_at)
  from (
    select p.*, lag(p.ends_at) over (partition by p.tenant_id, p.subscription_id order by p.starts_at) as ends_before
    from billing.prepaid_periods as p where p.cancelled_at is null
  ) as p
  join chosen as c on c.id = p.tenant_id
  join service.subscriptions as u on u.tenant_id = p.tenant_id and u.id = p.subscription_id
  where p.ends_before is not null
    and p.starts_at <> greatest(p.ends_before, p.bought_at, u.activated_on::timestamp at time zone c.time_zone)

  union all
  select 'a charge in parts adds up', h.tenant_id, h.description, format('%s of %s parts taken, %s of %s', p.count, h.parts, p.amount_minor, h.amount_minor)
  from billing.charges as h
  join chosen as c on c.id = h.tenant_id
  cross join lateral (
    select count(*) as count, coalesce(sum(x.amount_minor), 0) as amount_minor
    from billing.charge_parts as x
    join billing.invoices as i on i.tenant_id = x.tenant_id and i.id = x.invoice_id and i.state <> 'void'
    where x.tenant_id = h.tenant_id and x.charge_id = h.id
  ) as p
  where h.parts is not null and h.cancelled_at is null
    and case
      -- A credit in as many invoices as have room for it.
      when h.parts = 1 then p.amount_minor < h.amount_minor or (h.remaining = 0) <> (p.amount_minor = h.amount_minor)
      -- The last invoice of a service takes several.
      else p.count > h.parts - h.remaining or (h.remaining = 0) <> (p.amount_minor = h.amount_minor) or p.amount_minor > h.amount_minor end

  union all
  select 'a discount for paying on time is earned as the rule says', o.tenant_id, i.number, format('earned %s, the rule %s', o.earned_minor, o.earns_minor)
  from chosen as c
  cross join lateral (
    select distinct i.subscriber_id
    from billing.charge_parts as x
    join billing.invoices as i on i.tenant_id = x.tenant_id and i.id = x.invoice_id
    where x.tenant_id = c.id and x.pay_by_on is not null
  ) as s
  cross join lateral billing.standing_offers(c.id, s.subscriber_id) as o
  join billing.invoices as i on i.tenant_id = o.tenant_id and i.id = o.invoice_id
  where o.earned_minor <> o.earns_minor

  union all
  -- The rule, asked again with the facts that were written down with the stage.
  select 'a stage follows from its facts', t.tenant_id, i.number, format('%s on %s', t.stage, t.reached_on)
  from billing.dunning_stages as t
  join chosen as c on c.id = t.tenant_id
  join billing.invoices as i on i.tenant_id = t.tenant_id and i.id = t.invoice_id
  where (billing.dunning_verdict(jsonb_populate_record(null::billing.dunning_facts, t.facts))).stage is distinct from t.stage

  union all
  select 'nobody is cut against the calendar', h.tenant_id, h.subscription_id::text, format('cut at %s', h.opened_at)
  from service.holds as h
  join chosen as c on c.id = h.tenant_id
  where h.rule = 'dunning' and not coalesce(
    (billing.dunning_verdict(jsonb_populate_record(null::billing.dunning_facts, h.facts))).may_cut
    and (h.facts ->> 'today')::date = (h.opened_at at time zone c.time_zone)::date
    and (h.facts ->> 'at_time')::time = (h.opened_at at time zone c.time_zone)::time, false)

  union all
  select 'nobody stays cut who owes nothing late', h.tenant_id, s.account_no, format('cut at %s', h.opened_at)
  from service.holds as h
  join chosen as c on c.id = h.tenant_id
  join service.subscriptions as u on u.tenant_id = h.tenant_id and u.id = h.subscription_id
  join service.subscribers as s on s.tenant_id = u.tenant_id and s.id = u.subscriber_id
  where h.rule = 'dunning' and h.closed_at is null
    and not exists (select from billing.invoices as i
      where i.tenant_id = s.tenant_id and i.subscriber_id = s.id and i.state = 'open'
        and i.due_on < (clock.now() at time zone c.time_zone)::date)

  union all
  -- The day after a promise is the schedule's to break it.
  select 'a promise says what became of it', p.tenant_id, s.account_no, format('%s for %s, should be %s', p.state, p.promised_on, n.state)
  from collections.promises as p
  join chosen as c on c.id = p.tenant_id
  join service.subscribers as s on s.tenant_id = p.tenant_id and s.id = p.subscriber_id
  cross join lateral collections.promise_state(p.state, p.promised_on, p.amount_minor,
    (select coalesce(sum(r.amount_minor), 0)::bigint from collections.payments as r
      where r.tenant_id = p.tenant_id and r.subscriber_id = p.subscriber_id and r.stage <> 'void'
        and r.received_at >= p.made_at and (r.received_at at time zone c.time_zone)::date <= p.promised_on),
    exists (select from billing.invoices as i
      where i.tenant_id = p.tenant_id and i.subscriber_id = p.subscriber_id and i.state = 'open'
        and i.issued_on <= (p.made_at at time zone c.time_zone)::date),
    (clock.now() at time zone c.time_zone)::date - (p.state = 'open')::integer) as n(state)
  where p.state <> 'withdrawn' and p.state <> n.state
    and not exists (select from collections.promises as l
      where l.tenant_id = p.tenant_id and l.subscriber_id = p.subscriber_id and l.made_at > p.made_at)

  union all
  select 'a late fee is its charge', f.tenant_id, i.number, format('%s fee of %s, charge of %s', f.stage, f.amount_minor, h.amount_minor)
  from billing.late_fees as f
  join chosen as c on c.id = f.tenant_id
  join billing.invoices as i on i.tenant_id = f.tenant_id and i.id = f.invoice_id
  join billing.charges as h on h.tenant_id = f.tenant_id and h.id = f.charge_id
  where h.kind <> 'late_fee' or h.amount_minor <> f.amount_minor or h.subscriber_id <> f.subscriber_id
    or f.waived_at is not null and h.cancelled_at is null
$$;
