-- What changed goes out to the phone of a collector.

-- The rows of one kind that this collector's phone should hold and that changed at or after a transaction, in the order of their ids.
-- Where a row is made of several tables, the newest stamp of its parts counts.
create function sync.rows_of(kind text, since xid8, seen_on date, is_full boolean, behind uuid, count integer)
returns table (id uuid, content jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_member uuid := access.member_id();
  v_today  date := clock.today(v_tenant);
  v_routes uuid[] := places.routes_walked_by(v_member, v_today);
begin
  case kind
  when 'barangays' then return query
    select b.id, jsonb_build_object('id', b.id, 'name', b.name, 'municipality', b.municipality)
    from places.barangays as b
    where b.tenant_id = v_tenant and b.sync_xid >= since and (behind is null or b.id > behind)
    order by b.id limit count;

  when 'plans' then return query
    select p.id, jsonb_build_object('id', p.id, 'name', p.name, 'billing_mode', p.billing_mode, 'prepaid_days', p.prepaid_days,
      'is_active', p.is_active)
    from catalog.plans as p
    where p.tenant_id = v_tenant and p.sync_xid >= since and (behind is null or p.id > behind)
    order by p.id limit count;

  when 'routes' then return query
    select r.id, jsonb_build_object('id', r.id, 'name', r.name)
    from places.routes as r
    where r.tenant_id = v_tenant and r.id = any (v_routes) and r.sync_xid >= since and (behind is null or r.id > behind)
    order by r.id limit count;

  when 'subscribers' then return query
    select c.id, jsonb_build_object('id', c.id, 'account_no', c.account_no, 'name', c.name,
      'address', concat_ws(', ', nullif(c.purok, ''), b.name), 'barangay_id', c.barangay_id, 'barangay', b.name, 'landmark', c.landmark,
      'phone', coalesce(c.phone, c.other_phone), 'latitude', c.latitude, 'longitude', c.longitude,
      'route_id', s.route_id, 'position', s.position)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    join service.subscribers as c on c.tenant_id = s.tenant_id and c.id = s.subscriber_id
    left join places.barangays as b on b.tenant_id = c.tenant_id and b.id = c.barangay_id
    where r.tenant_id = v_tenant and r.id = any (v_routes) and (behind is null or c.id > behind)
      and greatest(c.sync_xid, s.sync_xid, b.sync_xid) >= since
    order by c.id limit count;

  when 'subscriptions' then return query
    select u.id, jsonb_build_object('id', u.id, 'subscriber_id', u.subscriber_id, 'label', u.label, 'state', u.state,
      'billing_mode', u.billing_mode, 'plan_name', p.name, 'price_minor', t.price_minor, 'prepaid_days', p.prepaid_days,
      'paid_until', u.paid_until, 'is_on', u.state = 'active' and h.reasons is null and not coalesce(pauses.is_paused, false),
      'reasons', coalesce(to_jsonb(h.reasons), '[]') || case when pauses.is_paused then '["paused"]'::jsonb else '[]' end)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    join service.subscriptions as u on u.tenant_id = s.tenant_id and u.subscriber_id = s.subscriber_id
    left join lateral (
      select t.plan_id, t.price_minor, t.valid
      from service.subscription_terms as t
      where t.tenant_id = u.tenant_id and t.subscription_id = u.id
      order by t.valid @> v_today desc, lower(t.valid) desc
      limit 1
    ) as t on true
    left join catalog.plans as p on p.tenant_id = u.tenant_id and p.id = t.plan_id
    left join lateral (
      select array_agg(case h.rule when 'dunning' then 'unpaid' else h.reason end order by h.opened_at) filter (where h.closed_at is null) as reasons, max(h.sync_xid) as sync_xid
      from service.holds as h
      where h.tenant_id = u.tenant_id and h.subscription_id = u.id
    ) as h on true
    left join lateral (
      select max(t.sync_xid) as sync_xid from service.subscription_terms as t where t.tenant_id = u.tenant_id and t.subscription_id = u.id
    ) as terms on true
    left join lateral (
      select bool_or(x.days @> v_today) as is_paused, bool_or(x.days @> v_today <> x.days @> seen_on) as has_turned
      from service.pauses as x
      where x.tenant_id = u.tenant_id and x.subscription_id = u.id and x.kind = 'pause'
    ) as pauses on true
    where r.tenant_id = v_tenant and r.id = any (v_routes) and (behind is null or u.id > behind)
      and (greatest(u.sync_xid, p.sync_xid, h.sync_xid, terms.sync_xid) >= since
        or lower(t.valid) > seen_on or pauses.has_turned)  -- a new price and a pause begin by themselves
    order by u.id limit count;

  when 'invoices' then return query
    select i.id, jsonb_build_object('id', i.id, 'subscriber_id', i.subscriber_id, 'number', i.number, 'state', i.state, 'period', i.period,
      'issued_on', i.issued_on, 'due_on', i.due_on, 'total_minor', i.total_minor, 'balance_minor', i.balance_minor)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    join billing.invoices as i on i.tenant_id = s.tenant_id and i.subscriber_id = s.subscriber_id
    where r.tenant_id = v_tenant and r.id = any (v_routes) and i.sync_xid >= since and (behind is null or i.id > behind)
      and (not is_full or i.state = 'open')
    order by i.id limit count;

  when 'credits' then return query
    select a.owner_id, jsonb_build_object('id', a.owner_id, 'credit_minor', -b.amount_minor)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    join ledger.accounts as a on a.tenant_id = s.tenant_id and a.owner_id = s.subscriber_id and a.code = 'subscriber_credit'
    join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
    where r.tenant_id = v_tenant and r.id = any (v_routes) and b.sync_xid >= since and (behind is null or a.owner_id > behind)
      and not (is_full and b.amount_minor = 0)
    order by a.owner_id limit count;

  when 'cash' then return query
    select v_member, jsonb_build_object('id', v_member, 'on_hand_minor', h.amount_minor, 'shortage_minor', collections.shortage_of(v_member))
    from collections.cash_in_hand(v_member) as h
    where (behind is null or v_member > behind) and greatest(
        (select max(b.sync_xid)
          from ledger.accounts as a
          join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
          where a.tenant_id = v_tenant and a.owner_id = v_member and a.code in ('collector_cash', 'collector_shortage')),
        (select max(r.sync_xid) from collections.remittances as r where r.tenant_id = v_tenant and r.collector_id = v_member)) >= since
    limit count;

  when 'remittances' then return query
    select r.id, jsonb_build_object('id', r.id, 'declared_at', r.declared_at, 'declared_minor', d.declared_minor, 'state', r.state,
      'counted_minor', r.counted_minor, 'expected_minor', r.expected_minor, 'counted_at', r.counted_at, 'note', r.note, 'reason', r.reason)
    from collections.remittances as r
    left join lateral collections.remittance_sums(r.id) as d on true
    where r.tenant_id = v_tenant and r.collector_id = v_member and r.sync_xid >= since
      and r.declared_at >= clock.now() - interval '30 days' and (behind is null or r.id > behind)
    order by r.id limit count;

  when 'payments' then return query
    select p.id, jsonb_build_object('id', p.id, 'subscriber_id', p.subscriber_id, 'receipt_number', coalesce(x.number, p.manual_serial),
      'method', p.method, 'amount_minor', p.amount_minor, 'received_at', p.received_at, 'recorded_at', p.recorded_at, 'stage', p.stage)
    from collections.payments as p
    left join collections.receipts as x on x.tenant_id = p.tenant_id and x.payment_id = p.id
    where p.tenant_id = v_tenant and p.received_by = v_member and p.channel = 'field' and p.sync_xid >= since
      and p.received_at >= clock.now() - interval '30 days' and (behind is null or p.id > behind)
    order by p.id limit count;

  when 'promises' then return query
    select p.id, jsonb_build_object('id', p.id, 'subscriber_id', p.subscriber_id, 'promised_on', p.promised_on, 'amount_minor', p.amount_minor,
      'state', p.state, 'made_at', p.made_at)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    join collections.promises as p on p.tenant_id = s.tenant_id and p.subscriber_id = s.subscriber_id
    where r.tenant_id = v_tenant and r.id = any (v_routes) and p.sync_xid >= since and (behind is null or p.id > behind)
      and (not is_full or p.state = 'open' or p.state = 'broken' and p.promised_on >= v_today - 60)  -- who broke one is asked another way
    order by p.id limit count;

  -- What subscribers paid last, whoever took it: nobody asks twice at a door for what was paid at the office yesterday.
  when 'paid' then return query
    select p.id, jsonb_build_object('id', p.id, 'subscriber_id', p.subscriber_id, 'method', p.method, 'amount_minor', p.amount_minor,
      'received_at', p.received_at, 'stage', p.stage)
    from places.routes as r
    join places.route_stops as s on s.tenant_id = r.tenant_id and s.route_id = r.id
    cross join lateral (
      select x.id, x.subscriber_id, x.method, x.amount_minor, x.received_at, x.stage
      from collections.payments as x
      where x.tenant_id = s.tenant_id and x.subscriber_id = s.subscriber_id and x.sync_xid >= since
        and x.received_at >= clock.now() - interval '90 days' and (not is_full or x.stage <> 'void')
      order by x.received_at desc
      limit case when is_full then 3 end
    ) as p
    where r.tenant_id = v_tenant and r.id = any (v_routes) and (behind is null or p.id > behind)
    order by p.id limit count;
  end case;
end
$$;

-- What the phone prints on receipts and may do: small, so it comes whole whenever it is not what the phone has.
create function sync.settings()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('id', t.id, 'trade_name', t.trade_name, 'legal_name', t.legal_name, 'tin', t.tin, 'address', t.address,
    'phone', t.phone, 'time_zone', t.time_zone, 'currency', t.currency, 'brand_color', t.brand_color,
    'cash_limit_minor', coalesce(l.cash_limit_minor, s.collector_cash_limit_minor),
    'unsent_limit', coalesce(l.unsent_limit, s.collector_unsent_limit), 'unsent_hours', coalesce(l.unsent_hours, s.collector_unsent_hours),
    'lock_minutes', s.collector_lock_minutes, 'promise_days', s.promise_days)
  from tenancy.tenants as t
  join tenancy.billing_settings as s on s.tenant_id = t.id
  left join collections.collector_limits as l on l.tenant_id = t.id and l.id = (select access.member_id())
  where t.id = (select access.tenant_id())
$$;

-- What changed for this phone since its cursor, in chunks. Reads in one snapshot, because it is stable. The cursor of a finished pull is the
-- oldest transaction that still ran when the pull began: whatever it might yet write bears that number or a higher one, so the next pull
-- sees it. A row may come twice and is the same; none is lost. Everything comes afresh after a restore (epoch) or when other subscribers
-- are to be carried (scope).
create function sync.pull(device_id uuid, cursor jsonb default null, chunk integer default 500)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_member   uuid := access.member_id();
  v_kinds    text[] := array['barangays', 'plans', 'routes', 'subscribers', 'subscriptions', 'invoices', 'credits', 'cash', 'payments',
    'remittances', 'promises', 'paid'];
  v_chunk    integer := least(greatest(coalesce(chunk, 500), 10), 2000);
  v_epoch    integer := (select t.sync_epoch from tenancy.tenants as t where t.id = v_tenant);
  v_scope    text := coalesce((select s.version from places.collector_scopes as s where s.tenant_id = v_tenant and s.member_id = v_member), 0)
    || places.loans_digest(v_member, clock.today(v_tenant));
  v_settings jsonb := sync.settings();
  v_digest   text := md5(sync.settings()::text);
  v_same     boolean;
  v_middle   boolean;
  v_since    xid8 := '0';
  v_until    xid8;
  v_seen_on  date := '-infinity';
  v_at       integer := 1;
  v_behind   uuid;
  v_found    jsonb;
  v_left     integer := v_chunk;
  v_rows     jsonb := '{}';
  v_next     jsonb;
begin
  perform collections.require_active_device(device_id);

  -- A cursor is ours only if it names this person, this history of the database and these routes.
  v_same := coalesce(jsonb_typeof(cursor) = 'object' and cursor ->> 'member' = v_member::text
    and cursor ->> 'epoch' = v_epoch::text and cursor ->> 'scope' = v_scope
    and cursor ->> 'since' ~ '^\d{1,19}$' and cursor ->> 'until' ~ '^\d{1,19}$' and cursor ->> 'day' ~ '^\d{4}-\d\d-\d\d$', false);
  v_middle := v_same and coalesce(array_position(v_kinds, cursor ->> 'table') is not null
    and coalesce(cursor ->> 'id', '') ~ '^([0-9a-f-]{36})?$', false);

  if v_middle then
    v_since := (cursor ->> 'since')::xid8;
    v_until := (cursor ->> 'until')::xid8;
    v_at := array_position(v_kinds, cursor ->> 'table');
    v_behind := nullif(cursor ->> 'id', '')::uuid;
  else
    v_since := case when v_same then (cursor ->> 'until')::xid8 else '0' end;
    v_until := pg_snapshot_xmin(pg_current_snapshot());
    if cursor ->> 'settings' is distinct from v_digest or not v_same then
      v_rows := jsonb_build_object('settings', jsonb_build_array(v_settings));
    end if;
  end if;
  if v_same then
    v_seen_on := (cursor ->> 'day')::date;
  end if;

  while v_at <= array_length(v_kinds, 1) loop
    select coalesce(jsonb_agg(r.content order by r.id), '[]'), (array_agg(r.id order by r.id desc))[1]
    into v_found, v_behind
    from sync.rows_of(v_kinds[v_at], v_since, v_seen_on, v_since = '0', v_behind, v_left) as r;

    if v_found <> '[]' then
      v_rows := v_rows || jsonb_build_object(v_kinds[v_at], v_found);
    end if;
    v_left := v_left - jsonb_array_length(v_found);
    exit when v_left = 0;
    v_at := v_at + 1;
    v_behind := null;
  end loop;

  v_next := jsonb_build_object('member', v_member, 'epoch', v_epoch, 'scope', v_scope, 'until', v_until::text, 'settings', v_digest);
  if v_at <= array_length(v_kinds, 1) then
    v_next := v_next || jsonb_build_object('since', v_since::text, 'day', case when v_same then cursor ->> 'day' else '0001-01-01' end,
      'table', v_kinds[v_at], 'id', v_behind);
  else
    v_next := v_next || jsonb_build_object('since', v_until::text, 'day', clock.today(v_tenant));
  end if;

  return jsonb_build_object('cursor', v_next, 'full', v_since = '0', 'first', not v_middle, 'more', v_at <= array_length(v_kinds, 1),
    'rows', v_rows, 'server_at', clock.now());
end
$$;

call access.stand_before_wall('sync.rows_of(text, xid8, date, boolean, uuid, integer)', null);
call access.stand_before_wall('sync.settings()', null);
call access.stand_before_wall('sync.pull(uuid, jsonb, integer)');
