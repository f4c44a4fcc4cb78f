-- The public face of dunning.

create view api.dunning with (security_invoker = true) as
  select i.tenant_id, b.invoice_id as id, b.invoice_id, i.number, b.subscriber_id, s.name as subscriber_name, s.account_no,
    i.due_on, greatest((b.facts).today - i.due_on, 0) as days_past_due, (b.facts).open_minor,
    b.stage, b.since_on, (b.facts).is_cut, (b.facts).grace_days,
    (b.facts).promised_on, (b.verdict).waits_for, (b.verdict).next_stage, (b.verdict).next_on,
    p.route_id, r.name as route_name, r.walker_id as collector_id
  from billing.dunning_board() as b
  join billing.invoices as i on i.id = b.invoice_id and i.tenant_id = (select access.tenant_id())
  join service.subscribers as s on s.tenant_id = i.tenant_id and s.id = b.subscriber_id
  left join places.route_stops as p on p.tenant_id = s.tenant_id and p.subscriber_id = s.id
  left join api.routes as r on r.tenant_id = p.tenant_id and r.id = p.route_id;

create view api.dunning_stages with (security_invoker = true) as
  select t.tenant_id, t.id, t.subscriber_id, t.invoice_id, i.number, t.stage, t.reached_on, t.open_minor, t.created_at
  from billing.dunning_stages as t
  join billing.invoices as i on i.tenant_id = t.tenant_id and i.id = t.invoice_id;

create view api.late_fees with (security_invoker = true) as
  select f.tenant_id, f.id, f.subscriber_id, s.name as subscriber_name, s.account_no, f.invoice_id, i.number, f.stage, f.charge_id, f.base_minor,
    f.amount_minor, f.created_at, f.waived_at, c.full_name as waived_by_name, f.waive_reason,
    case when f.waived_at is not null then 'waived' when h.remaining = 0 then 'billed' when h.id is not null then 'waiting' end as state
  from billing.late_fees as f
  join billing.invoices as i on i.tenant_id = f.tenant_id and i.id = f.invoice_id
  left join service.subscribers as s on s.tenant_id = f.tenant_id and s.id = f.subscriber_id
  left join billing.charges as h on h.tenant_id = f.tenant_id and h.id = f.charge_id
  left join access.colleagues() as c on c.id = f.waived_by;

create view api.promises with (security_invoker = true) as
  select p.tenant_id, p.id, p.subscriber_id, s.name as subscriber_name, s.account_no, p.promised_on, p.amount_minor, p.note, p.state,
    c.full_name as taken_by_name, p.made_at, p.decided_at
  from collections.promises as p
  left join service.subscribers as s on s.tenant_id = p.tenant_id and s.id = p.subscriber_id
  left join access.colleagues() as c on c.id = p.taken_by;

-- The days the schedule looked through everybody who owes.
create view api.dunning_rounds with (security_invoker = true) as
  select r.tenant_id, r.id, r.day, r.state, r.seen_count, r.stage_count, r.cut_count, r.reconnect_count, r.fee_count, r.last_error,
    r.started_at, r.heartbeat_at, r.finished_at,
    -- Its own day is not done, or the next one has begun without it; four calls of the schedule missed it.
    clock.now() - interval '20 minutes' > case when r.finished_at is null then r.heartbeat_at
      else (r.day + 1)::timestamp at time zone (select t.time_zone from tenancy.tenants as t where t.id = (select access.tenant_id())) end as is_late
  from billing.dunning_rounds as r;

grant select on api.dunning, api.dunning_stages, api.late_fees, api.promises, api.dunning_rounds to authenticated;

create function api.record_promise(promise jsonb) returns jsonb language sql set search_path = ''
  as $$ select collections.record_promise(promise) $$;
create function api.withdraw_promise(promise_id uuid) returns void language sql set search_path = ''
  as $$ select collections.withdraw_promise(promise_id) $$;
create function api.set_grace(subscriber_id uuid, grace_days integer) returns void language sql set search_path = ''
  as $$ select service.set_grace(subscriber_id, grace_days) $$;
create function api.waive_late_fee(late_fee_id uuid, reason text) returns void language sql set search_path = ''
  as $$ select billing.waive_late_fee(late_fee_id, reason) $$;
create function api.save_dunning_settings(settings jsonb) returns void language sql set search_path = ''
  as $$ select tenancy.save_dunning_settings(settings) $$;
create function api.preview_dunning(settings jsonb default '{}') returns jsonb language sql stable set search_path = ''
  as $$ select billing.preview_dunning(settings) $$;
create function api.why(subscriber_id uuid) returns jsonb language sql stable set search_path = ''
  as $$ select service.why(subscriber_id) $$;

grant execute on function api.record_promise(jsonb), api.withdraw_promise(uuid), api.set_grace(uuid, integer), api.waive_late_fee(uuid, text),
  api.save_dunning_settings(jsonb), api.preview_dunning(jsonb), api.why(uuid) to authenticated;
