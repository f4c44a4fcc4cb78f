-- The public face of the descriptive rooms. Reads are views that carry what a list needs, so that a page is one query.

create view api.tenant with (security_invoker = true) as
  select t.id as tenant_id, t.id, t.slug, t.trade_name, t.legal_name, t.tin, t.address, t.phone, t.email, t.logo_path, t.brand_color,
    t.time_zone, t.currency, t.country, t.is_demo, clock.today(t.id) as today, t.created_at
  from tenancy.tenants as t;

create view api.billing_settings with (security_invoker = true) as select * from tenancy.billing_settings;
create view api.tax_regimes with (security_invoker = true) as select * from tenancy.tax_regimes;
create view api.document_series with (security_invoker = true) as select * from tenancy.document_series;

create view api.permissions with (security_invoker = true) as select * from access.permissions;

create view api.roles with (security_invoker = true) as
  select r.tenant_id, r.id, r.name, r.preset, r.is_owner, r.home,
    array(select p.permission from access.role_permissions as p
      where p.tenant_id = r.tenant_id and p.role_id = r.id order by p.permission) as permissions
  from access.roles as r;

create view api.members with (security_invoker = true) as
  select m.tenant_id, m.id, m.user_id, m.full_name, m.phone, m.role_id, r.name as role_name, r.home, r.is_owner, m.status,
    m.joined_at, m.revoked_at
  from access.members as m
  join access.roles as r on r.tenant_id = m.tenant_id and r.id = m.role_id;

create view api.invitations with (security_invoker = true) as
  select i.tenant_id, i.id, i.kind, i.role_id, r.name as role_name, i.subscriber_id, i.full_name, i.email, i.expires_at, i.accepted_at,
    i.withdrawn_at, i.created_at,
    case when i.accepted_at is not null then 'accepted' when i.withdrawn_at is not null then 'withdrawn'
      when i.expires_at <= clock.now() then 'expired' else 'open' end as state
  from access.invitations as i
  left join access.roles as r on r.tenant_id = i.tenant_id and r.id = i.role_id;

-- Who took an invitation tells whose login it is.
grant select (accepted_by) on access.invitations to authenticated;

create view api.subscriber_logins with (security_invoker = true) as
  select l.tenant_id, l.id, l.subscriber_id, l.status, l.created_at,
    (select i.email from access.invitations as i
      where i.tenant_id = l.tenant_id and i.subscriber_id = l.subscriber_id and i.accepted_by = l.user_id
      order by i.accepted_at desc limit 1) as email
  from access.subscriber_logins as l;

create view api.barangays with (security_invoker = true) as
  select b.tenant_id, b.id, b.psgc_code, b.name, b.municipality, b.latitude, b.longitude,
    (select count(*) from service.subscribers as s where s.tenant_id = b.tenant_id and s.barangay_id = b.id) as subscriber_count
  from places.barangays as b;

create view api.routes with (security_invoker = true) as
  select r.tenant_id, r.id, r.name, r.collector_id, m.full_name as collector_name,
    (select count(*) from places.route_stops as s where s.tenant_id = r.tenant_id and s.route_id = r.id) as stop_count,
    coalesce(l.member_id, r.collector_id) as walker_id, w.full_name as lent_to_name, upper(l.days) - 1 as lent_until_on
  from places.routes as r
  left join access.members as m on m.tenant_id = r.tenant_id and m.id = r.collector_id
  left join places.route_loans as l on l.tenant_id = r.tenant_id and l.route_id = r.id
    and l.days @> (select clock.today((select access.tenant_id())))
  left join access.members as w on w.tenant_id = l.tenant_id and w.id = l.member_id;

-- Routes lent now or on days to come.
create view api.route_loans with (security_invoker = true) as
  select l.tenant_id, l.id, l.route_id, r.name as route_name, r.collector_id, c.full_name as collector_name, l.member_id, m.full_name as member_name,
    lower(l.days) as from_on, upper(l.days) - 1 as until_on, l.reason
  from places.route_loans as l
  join places.routes as r on r.tenant_id = l.tenant_id and r.id = l.route_id
  left join access.members as c on c.tenant_id = r.tenant_id and c.id = r.collector_id
  left join access.members as m on m.tenant_id = l.tenant_id and m.id = l.member_id
  where upper(l.days) > (select clock.today((select access.tenant_id())));
grant select on api.route_loans to authenticated;

create view api.route_stops with (security_invoker = true) as
  select s.tenant_id, s.id, s.route_id, s.subscriber_id, s.position from places.route_stops as s;

create view api.plans with (security_invoker = true) as
  select p.tenant_id, p.id, p.name, p.billing_mode, p.prepaid_days, p.down_mbps, p.up_mbps, p.vat_class, p.is_active,
    catalog.price_on(p.id, (select clock.today((select access.tenant_id())))) as price_minor,
    (select count(*) from service.subscription_terms as t
      join service.subscriptions as s on s.tenant_id = t.tenant_id and s.id = t.subscription_id
      where t.tenant_id = p.tenant_id and t.plan_id = p.id and s.state = 'active'
        and t.valid @> (select clock.today((select access.tenant_id())))) as subscription_count
  from catalog.plans as p;

create view api.plan_prices with (security_invoker = true) as
  select p.tenant_id, p.id, p.plan_id, p.price_minor, lower(p.valid) as from_on, upper(p.valid) as until_on from catalog.plan_prices as p;

-- On = active, paid when prepaid, and no open hold; a service that ends on a later day is on until then. The reasons are words a
-- person can read out.
create view api.service_status with (security_invoker = true) as
  select s.tenant_id, s.id, s.subscriber_id, cardinality(w.reasons) = 0 as is_on, w.reasons
  from service.subscriptions as s
  cross join lateral (
    select array_remove(array[
      case s.state when 'pending' then 'Not started yet' end,
      case when s.terminated_on <= (select clock.today((select access.tenant_id()))) then 'Ended on ' || to_char(s.terminated_on, 'FMDD Mon YYYY') end,
      case when s.state <> 'pending' and s.activated_on > (select clock.today((select access.tenant_id()))) then 'Starts on ' || to_char(s.activated_on, 'FMDD Mon YYYY') end,
      case when s.state <> 'pending' and s.billing_mode = 'prepaid' and s.paid_until is null then 'Waiting for the first payment' end,
      case when s.state <> 'pending' and s.billing_mode = 'prepaid' and s.paid_until <= (select clock.now()) then 'Prepaid time is used up' end,
      case when s.state = 'active' then (
        select coalesce('Paused until ' || to_char(upper(p.days) - 1, 'FMDD Mon YYYY'), 'Paused') from service.pauses as p
        where p.tenant_id = s.tenant_id and p.subscription_id = s.id and p.kind = 'pause'
          and p.days @> (select clock.today((select access.tenant_id())))) end
    ], null) || array(
      select case h.kind when 'nonpayment' then 'Cut off: ' when 'vacation' then 'Paused: ' when 'fault' then 'Fault: ' when 'abuse' then 'Blocked: '
        else 'On hold: ' end || h.reason
      from service.holds as h
      where h.tenant_id = s.tenant_id and h.subscription_id = s.id and h.closed_at is null
      order by h.opened_at) as reasons
  ) as w;

create view api.subscriptions with (security_invoker = true) as
  select s.tenant_id, s.id, s.subscriber_id, c.name as subscriber_name, c.account_no, s.label, s.billing_mode, s.state,
    t.plan_id, p.name as plan_name, p.prepaid_days, t.price_minor, s.activated_on, s.terminated_on, s.bill_anchor_on, s.paid_until,
    x.is_on, x.reasons
  from service.subscriptions as s
  join service.subscribers as c on c.tenant_id = s.tenant_id and c.id = s.subscriber_id
  join api.service_status as x on x.tenant_id = s.tenant_id and x.id = s.id
  left join lateral (
    select t.plan_id, t.price_minor
    from service.subscription_terms as t
    where t.tenant_id = s.tenant_id and t.subscription_id = s.id
    order by (lower(t.valid) <= (select clock.today((select access.tenant_id())))) desc,
      case when lower(t.valid) <= (select clock.today((select access.tenant_id()))) then lower(t.valid) end desc, lower(t.valid)
    limit 1
  ) as t on true
  left join catalog.plans as p on p.tenant_id = s.tenant_id and p.id = t.plan_id;

create view api.holds with (security_invoker = true) as
  select h.tenant_id, h.id, h.subscription_id, h.kind, h.reason, h.opened_at, o.full_name as opened_by_name, h.closed_at,
    c.full_name as closed_by_name, h.closed_reason
  from service.holds as h
  left join access.members as o on o.tenant_id = h.tenant_id and o.id = h.opened_by
  left join access.members as c on c.tenant_id = h.tenant_id and c.id = h.closed_by;

-- A subscriber's own login reads its own row here; the office's notes are not for it.
-- Which services are on is written out as service_status says it: a list pays for each row, and needs no words.
create view api.subscribers with (security_invoker = true) as
  select s.tenant_id, s.id, s.account_no, s.kind, s.name, s.first_name, s.last_name, s.contact_person, s.phone, s.other_phone, s.email, s.tin,
    s.branch, s.barangay_id, b.name as barangay, b.municipality, s.purok, s.landmark, s.latitude, s.longitude, s.location_source,
    case when (select access.member_id()) is not null then s.notes end as notes, s.grace_days,
    case
      when x.services = 0 then 'none'
      when x.on_count > 0 then 'active'
      when x.active + x.pending = 0 then 'ended'
      when x.waiting = x.active + x.pending then 'pending'      -- nothing begun, or prepaid and never paid: nobody cut it
      else 'suspended' end as status,
    coalesce(i.open_minor, 0)::bigint as balance_minor,
    coalesce(-k.amount_minor, 0)::bigint as credit_minor,
    i.oldest_due_on,
    greatest((select clock.today((select access.tenant_id()))) - i.oldest_due_on, 0) as days_past_due,
    x.paid_until, x.plan_names, x.plan_ids,
    r.id as route_id, r.name as route_name,
    s.search_text, s.created_at, s.updated_at
  from service.subscribers as s
  left join places.barangays as b on b.tenant_id = s.tenant_id and b.id = s.barangay_id
  left join places.route_stops as st on st.tenant_id = s.tenant_id and st.subscriber_id = s.id
  left join places.routes as r on r.tenant_id = st.tenant_id and r.id = st.route_id
  -- A sum, though there is one: it is looked up for the rows of a page, where a plain join would read the balances of all.
  left join lateral (
    select sum(k.amount_minor) as amount_minor
    from ledger.accounts as a
    join ledger.balances as k on k.tenant_id = a.tenant_id and k.account_id = a.id
    where a.tenant_id = s.tenant_id and a.code = 'subscriber_credit' and a.owner_id = s.id
  ) as k on true
  left join lateral (
    select sum(i.balance_minor) as open_minor, min(i.due_on) as oldest_due_on
    from billing.invoices as i
    where i.tenant_id = s.tenant_id and i.subscriber_id = s.id and i.state = 'open'
  ) as i on true
  left join lateral (
    select count(*) as services,
      count(*) filter (where u.state = 'active' or u.terminated_on > (select clock.today((select access.tenant_id())))) as active,
      count(*) filter (where u.state = 'pending') as pending,
      count(*) filter (where u.state = 'pending'
        or (u.state = 'active' and u.billing_mode = 'prepaid' and u.paid_until is null)) as waiting,
      count(*) filter (where (u.state = 'active' or u.terminated_on > (select clock.today((select access.tenant_id()))))
        and u.activated_on <= (select clock.today((select access.tenant_id())))
        and (u.billing_mode = 'postpaid' or u.paid_until > (select clock.now()))
        and not exists (select from service.pauses as p
          where p.tenant_id = u.tenant_id and p.subscription_id = u.id and p.kind = 'pause'
            and p.days @> (select clock.today((select access.tenant_id()))))
        and not exists (select from service.holds as h
          where h.tenant_id = u.tenant_id and h.subscription_id = u.id and h.closed_at is null)) as on_count,
      max(u.paid_until) filter (where u.state = 'active') as paid_until,
      string_agg(distinct p.name, ', ') filter (where u.terminated_on is null or u.terminated_on > (select clock.today((select access.tenant_id())))) as plan_names,
      array_agg(distinct p.id) filter (where u.terminated_on is null or u.terminated_on > (select clock.today((select access.tenant_id())))) as plan_ids
    from service.subscriptions as u
    left join service.subscription_terms as t on t.tenant_id = u.tenant_id and t.subscription_id = u.id
      and t.valid @> greatest((select clock.today((select access.tenant_id()))), u.activated_on)
    left join catalog.plans as p on p.tenant_id = t.tenant_id and p.id = t.plan_id
    where u.tenant_id = s.tenant_id and u.subscriber_id = s.id
  ) as x on true;

create view api.audit_entries with (security_invoker = true) as
  select e.tenant_id, e.id, e.recorded_at, e.actor, e.actor_id,
    case e.actor when 'system' then 'Linyada' when 'member' then m.full_name else c.name end as actor_name,
    e.table_name, e.row_id, e.operation, e.before,
    -- What a collector declared is told once the cash is counted: who counts may read the log as well.
    case when (e.table_name = 'collections.remittances' or e.table_name = 'sync.commands' and e.after ->> 'name' = 'submit_remittance')
        and not exists (select from collections.remittances as r
          where r.tenant_id = e.tenant_id and r.id = e.row_id and r.counted_minor is not null)
      then e.after - '{declared_minor,denominations,input}'::text[] else e.after end as after,
    e.source, e.address, e.request_id
  from audit.entries as e
  left join access.members as m on m.tenant_id = e.tenant_id and e.actor = 'member' and m.id = e.actor_id
  left join access.subscriber_logins as l on l.tenant_id = e.tenant_id and e.actor = 'subscriber' and l.id = e.actor_id
  left join service.subscribers as c on c.tenant_id = l.tenant_id and c.id = l.subscriber_id;

grant select on api.tenant, api.billing_settings, api.tax_regimes, api.document_series, api.permissions, api.roles, api.members,
  api.invitations, api.subscriber_logins, api.barangays, api.routes, api.route_stops, api.plans, api.plan_prices, api.service_status,
  api.subscriptions, api.holds, api.subscribers, api.audit_entries to authenticated;

-- The portal's and the phone's reckoning stand on the same view.
grant usage on schema api to linyada_definer;
grant select on api.service_status to linyada_definer;

-- Writes: one line each, so that the Data API meets nothing but names and arguments.

create function api.me() returns jsonb language sql stable set search_path = '' as $$ select access.me() $$;
create function api.sign_up_tenant(trade_name text, full_name text) returns jsonb language sql set search_path = ''
  as $$ select tenancy.sign_up(trade_name, full_name) $$;
create function api.switch_context(tenant_id uuid, actor text, actor_id uuid) returns jsonb language sql set search_path = ''
  as $$ select access.switch_context(tenant_id, actor, actor_id) $$;
create function api.sign_out() returns void language sql set search_path = '' as $$ select access.sign_out() $$;
create function api.save_profile(full_name text, phone text, locale text) returns void language sql set search_path = ''
  as $$ select access.save_profile(full_name, phone, locale) $$;
create function api.save_tenant(tenant jsonb) returns void language sql set search_path = '' as $$ select tenancy.save_tenant(tenant) $$;
create function api.save_billing_settings(settings jsonb) returns void language sql set search_path = ''
  as $$ select tenancy.save_billing_settings(settings) $$;
create function api.save_tax_regime(regime text, rate_bp integer, effective_from date) returns void language sql set search_path = ''
  as $$ select tenancy.save_tax_regime(regime, rate_bp, effective_from) $$;
create function api.setup_progress() returns jsonb language sql stable set search_path = '' as $$ select tenancy.setup_progress() $$;

create function api.invite_member(invitation jsonb) returns jsonb language sql set search_path = ''
  as $$ select access.invite(invitation, 'member') $$;
create function api.invite_subscriber(invitation jsonb) returns jsonb language sql set search_path = ''
  as $$ select access.invite(invitation, 'subscriber') $$;
create function api.read_invitation(token text) returns jsonb language sql stable set search_path = ''
  as $$ select access.read_invitation(token) $$;
create function api.accept_invitation(token text, full_name text) returns jsonb language sql set search_path = ''
  as $$ select access.accept_invitation(token, full_name) $$;
create function api.withdraw_invitation(invitation_id uuid) returns void language sql set search_path = ''
  as $$ select access.withdraw_invitation(invitation_id) $$;
create function api.revoke_member(member_id uuid, reason text) returns void language sql set search_path = ''
  as $$ select access.revoke_member(member_id, reason) $$;
create function api.reinstate_member(member_id uuid) returns void language sql set search_path = ''
  as $$ select access.reinstate_member(member_id) $$;
create function api.revoke_login(login_id uuid, reason text) returns void language sql set search_path = ''
  as $$ select access.revoke_login(login_id, reason) $$;
create function api.change_member_role(member_id uuid, role_id uuid) returns void language sql set search_path = ''
  as $$ select access.change_member_role(member_id, role_id) $$;
create function api.save_role(role jsonb) returns jsonb language sql set search_path = '' as $$ select access.save_role(role) $$;

-- Barangays of the national list by name, municipality or province; all words must occur.
create function api.search_psgc(query text, municipality text default null)
returns table (code text, barangay text, municipality text, province text, region text)
language sql
stable
set search_path = ''
as $$
  select p.code, p.barangay, p.municipality, p.province, p.region
  from places.psgc as p
  where (search_psgc.municipality is null or p.municipality = search_psgc.municipality)
    and not exists (
      select from regexp_split_to_table(lower(btrim(coalesce(query, ''))), '\s+') as w(word)
      where position(w.word in p.search_text) = 0)
  order by p.municipality, p.barangay
  limit 200
$$;

create function api.psgc_municipalities(query text)
returns table (municipality text, province text, region text, barangay_count bigint)
language sql
stable
set search_path = ''
as $$
  select p.municipality, p.province, p.region, count(*)
  from places.psgc as p
  where not exists (
    select from regexp_split_to_table(lower(btrim(coalesce(query, ''))), '\s+') as w(word)
    where position(w.word in lower(p.municipality || ' ' || coalesce(p.province, ''))) = 0)
  group by p.municipality, p.province, p.region
  order by p.municipality, p.province
  limit 30
$$;

create function api.pick_barangays(codes text[]) returns integer language sql set search_path = ''
  as $$ select places.pick_barangays(codes) $$;
create function api.save_route(route jsonb) returns jsonb language sql set search_path = '' as $$ select places.save_route(route) $$;
create function api.set_route_stops(route_id uuid, subscriber_ids uuid[]) returns integer language sql set search_path = ''
  as $$ select places.set_route_stops(route_id, subscriber_ids) $$;
create function api.add_barangay_to_route(route_id uuid, barangay_id uuid) returns integer language sql set search_path = ''
  as $$ select places.add_barangay_to_route(route_id, barangay_id) $$;
create function api.save_plan(plan jsonb) returns jsonb language sql set search_path = '' as $$ select catalog.save_plan(plan) $$;
create function api.set_plan_price(plan_id uuid, price_minor bigint, from_on date, is_followed boolean default false) returns jsonb
  language sql set search_path = '' as $$ select catalog.set_plan_price(plan_id, price_minor, from_on, is_followed) $$;
create function api.save_subscriber(subscriber jsonb) returns jsonb language sql set search_path = ''
  as $$ select service.save_subscriber(subscriber) $$;
create function api.start_subscription(subscription jsonb) returns jsonb language sql set search_path = ''
  as $$ select service.start_subscription(subscription) $$;
create function api.terminate_subscription(subscription_id uuid, on_day date, reason text, id uuid default null, deposit jsonb default null)
  returns jsonb language sql set search_path = ''
  as $$ select service.end_with_deposit(jsonb_build_object('id', coalesce(id, clock.uuid7()),
    'subscription_id', subscription_id, 'on_day', on_day, 'reason', reason), deposit) $$;
create function api.open_hold(subscription_id uuid, kind text, reason text) returns jsonb language sql set search_path = ''
  as $$ select service.open_hold(subscription_id, kind, reason) $$;
create function api.close_hold(hold_id uuid, reason text) returns void language sql set search_path = ''
  as $$ select service.close_hold(hold_id, reason) $$;
create function api.preview_import(rows jsonb) returns jsonb language sql stable set search_path = ''
  as $$ select service.preview_import(rows) $$;
create function api.import_subscribers(batch_id uuid, rows jsonb) returns jsonb language sql set search_path = ''
  as $$ select service.import_subscribers(batch_id, rows) $$;

grant execute on function api.read_invitation(text) to anon, authenticated;
grant execute on function api.me(), api.sign_up_tenant(text, text), api.switch_context(uuid, text, uuid), api.sign_out(), api.save_profile(text, text, text),
  api.save_tenant(jsonb), api.save_billing_settings(jsonb), api.save_tax_regime(text, integer, date), api.setup_progress(),
  api.invite_member(jsonb), api.invite_subscriber(jsonb), api.accept_invitation(text, text), api.withdraw_invitation(uuid),
  api.revoke_member(uuid, text), api.reinstate_member(uuid), api.revoke_login(uuid, text), api.change_member_role(uuid, uuid), api.save_role(jsonb),
  api.search_psgc(text, text), api.psgc_municipalities(text), api.pick_barangays(text[]), api.save_route(jsonb),
  api.set_route_stops(uuid, uuid[]), api.add_barangay_to_route(uuid, uuid), api.save_plan(jsonb), api.set_plan_price(uuid, bigint, date, boolean),
  api.save_subscriber(jsonb), api.start_subscription(jsonb), api.terminate_subscription(uuid, date, text, uuid, jsonb),
  api.open_hold(uuid, text, text), api.close_hold(uuid, text), api.preview_import(jsonb), api.import_subscribers(uuid, jsonb)
  to authenticated;
