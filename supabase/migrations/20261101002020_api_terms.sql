-- The public face of a service's terms.

create view api.subscription_terms with (security_invoker = true) as
  select t.tenant_id, t.id, t.subscription_id, t.plan_id, p.name as plan_name, t.price_minor, t.is_special,
    lower(t.valid) as from_on, upper(t.valid) as until_on
  from service.subscription_terms as t
  join catalog.plans as p on p.tenant_id = t.tenant_id and p.id = t.plan_id;

create view api.pauses with (security_invoker = true) as
  select p.tenant_id, p.id, p.subscription_id, p.kind, lower(p.days) as from_on, upper(p.days) as until_on, p.fee_minor, p.reason
  from service.pauses as p;

create view api.subscription_changes with (security_invoker = true) as
  select c.tenant_id, c.id, c.subscription_id, c.kind, c.on_day, c.request ->> 'reason' as reason, c.answer, m.full_name as made_by_name, c.made_at
  from service.changes as c
  left join access.members as m on m.tenant_id = c.tenant_id and m.id = c.made_by;

grant select on api.subscription_terms, api.pauses, api.subscription_changes to authenticated;

create function api.activate_subscription(change jsonb) returns jsonb language sql set search_path = ''
  as $$ select service.make_change('activated', change) $$;
create function api.cancel_sale(change jsonb) returns jsonb language sql set search_path = ''
  as $$ select service.make_change('sale_cancelled', change) $$;
create function api.change_plan(change jsonb) returns jsonb language sql set search_path = '' as $$ select service.make_change('plan', change) $$;
create function api.cancel_plan_change(change jsonb) returns jsonb language sql set search_path = ''
  as $$ select service.make_change('plan_cancelled', change) $$;
create function api.pause_subscription(change jsonb) returns jsonb language sql set search_path = '' as $$ select service.make_change('pause', change) $$;
create function api.end_pause(change jsonb) returns jsonb language sql set search_path = '' as $$ select service.make_change('pause_ended', change) $$;
create function api.reactivate_subscription(change jsonb) returns jsonb language sql set search_path = ''
  as $$ select service.make_change('returned', change) $$;
create function api.change_bill_day(change jsonb) returns jsonb language sql set search_path = '' as $$ select service.make_change('bill_day', change) $$;

-- What a command would do, before it is done: the change itself and the next invoice after it.
create function api.quote_plan_change(change jsonb) returns jsonb language sql set search_path = '' as $$ select service.quote('plan', change) $$;
create function api.quote_service_change(kind text, change jsonb) returns jsonb language sql set search_path = ''
  as $$ select service.quote(kind, change) $$;

create function api.next_invoice(subscription_id uuid) returns jsonb language sql stable set search_path = ''
  as $$ select service.next_invoice(subscription_id) $$;

grant execute on function api.activate_subscription(jsonb), api.cancel_sale(jsonb), api.change_plan(jsonb), api.cancel_plan_change(jsonb), api.pause_subscription(jsonb), api.end_pause(jsonb),
  api.reactivate_subscription(jsonb), api.change_bill_day(jsonb), api.quote_plan_change(jsonb), api.quote_service_change(text, jsonb),
  api.next_invoice(uuid)
  to authenticated;
