-- The public face of charges, discounts, deposits and prepaid time.

create view api.charge_parts with (security_invoker = true) as
  select x.tenant_id, x.id, x.charge_id, x.invoice_id, i.number as invoice_number, i.state as invoice_state, i.issued_on, x.amount_minor,
    x.pay_by_on, x.earned_at, x.earned_minor, x.created_at, c.description
  from billing.charge_parts as x
  join billing.charges as c on c.tenant_id = x.tenant_id and c.id = x.charge_id
  join billing.invoices as i on i.tenant_id = x.tenant_id and i.id = x.invoice_id;

create view api.plan_discounts with (security_invoker = true) as
  select d.tenant_id, d.id, d.plan_id, p.name as plan_name, d.description, d.amount_minor, d.percent_bp, d.months, d.is_conditional, d.starts_on,
    d.until_on, d.ended_at, d.created_at,
    (select count(*)::integer from billing.charges as c where c.tenant_id = d.tenant_id and c.plan_discount_id = d.id
      and c.cancelled_at is null and c.remaining is distinct from 0) as taker_count
  from catalog.plan_discounts as d
  join catalog.plans as p on p.tenant_id = d.tenant_id and p.id = d.plan_id;

create view api.deposits with (security_invoker = true) as
  select d.tenant_id, d.id, d.subscriber_id, s.name as subscriber_name, s.account_no, d.kind, d.amount_minor, d.charge_id, d.payment_id,
    (select r.number from collections.receipts as r where r.tenant_id = d.tenant_id and r.payment_id = d.payment_id) as receipt_number,
    d.method, d.reference, d.note, d.created_at, c.full_name as created_by_name
  from billing.deposits as d
  join service.subscribers as s on s.tenant_id = d.tenant_id and s.id = d.subscriber_id
  left join access.colleagues() as c on c.id = d.created_by;

grant select on api.charge_parts, api.plan_discounts, api.deposits to authenticated;

create function api.save_charge(charge jsonb) returns jsonb language sql set search_path = '' as $$ select billing.save_charge(charge) $$;
create function api.cancel_charge(charge_id uuid) returns jsonb language sql set search_path = '' as $$ select billing.cancel_charge(charge_id) $$;
create function api.bill_charge(charge_id uuid, seen_count integer) returns jsonb language sql set search_path = ''
  as $$ select billing.bill_charge(charge_id, seen_count) $$;
create function api.save_plan_discount(discount jsonb) returns jsonb language sql set search_path = '' as $$ select catalog.save_plan_discount(discount) $$;
create function api.end_plan_discount(discount_id uuid, for_existing boolean default false) returns jsonb language sql set search_path = ''
  as $$ select catalog.end_plan_discount(discount_id, for_existing) $$;
create function api.take_deposit(deposit jsonb) returns jsonb language sql set search_path = '' as $$ select billing.take_deposit(deposit) $$;
create function api.apply_deposit(deposit jsonb) returns jsonb language sql set search_path = '' as $$ select billing.apply_deposit(deposit) $$;
create function api.return_deposit(deposit_return jsonb) returns jsonb language sql set search_path = ''
  as $$ select billing.ask_correction('deposit_return', deposit_return) $$;
create function api.preview_time(subscription_id uuid, amount_minor bigint default null) returns jsonb language sql stable set search_path = ''
  as $$ select billing.preview_time(subscription_id, amount_minor) $$;
create function api.buy_time(purchase jsonb) returns jsonb language sql set search_path = '' as $$ select billing.buy_time(purchase) $$;
create function api.cancel_prepaid_period(time_cancel jsonb) returns jsonb language sql set search_path = ''
  as $$ select billing.ask_correction('time_cancel', time_cancel) $$;
create function api.change_prepaid_plan(subscription_id uuid, plan_id uuid, price_minor bigint default null) returns jsonb language sql set search_path = ''
  as $$ select billing.change_prepaid_plan(subscription_id, plan_id, price_minor) $$;
create function api.preview_next_invoice(subscriber_id uuid) returns jsonb language sql stable set search_path = ''
  as $$ select billing.preview_next_invoice(subscriber_id) $$;

grant execute on function api.save_charge(jsonb), api.cancel_charge(uuid), api.bill_charge(uuid, integer), api.save_plan_discount(jsonb),
  api.end_plan_discount(uuid, boolean), api.take_deposit(jsonb), api.apply_deposit(jsonb), api.return_deposit(jsonb), api.preview_time(uuid, bigint), api.buy_time(jsonb),
  api.cancel_prepaid_period(jsonb), api.change_prepaid_plan(uuid, uuid, bigint), api.preview_next_invoice(uuid) to authenticated;
