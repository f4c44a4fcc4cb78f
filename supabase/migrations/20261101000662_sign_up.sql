-- Signing up an ISP. It is nobody's yet, so these functions belong to the migrating role.

-- A readable short name from any text; random when nothing readable is left.
create function tenancy.slug_of(name text)
returns text
language sql
volatile
set search_path = ''
as $$
  select case when s.slug ~ '^[a-z0-9](-?[a-z0-9]){1,39}$' then s.slug else 'isp-' || left(clock.uuid7()::text, 8) end
  from (select left(btrim(regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g'), '-'), 30)) as s(slug)
$$;

-- Creates an ISP with the asking person as its owner, its preset roles, its document series and a non-VAT regime.
-- first_period_on is the month that begins next, so that nothing from before is ever billed.
create function tenancy.sign_up(trade_name text, full_name text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := access.require_user();
  v_tenant  uuid := clock.uuid7();
  v_owner   uuid := clock.uuid7();
  v_member  uuid := clock.uuid7();
  v_today   date;
begin
  if coalesce(length(btrim(sign_up.trade_name)), 0) not between 2 and 120 then
    raise exception 'Give your ISP''s name, 2 to 120 letters.' using errcode = 'PT400', detail = 'invalid_trade_name';
  end if;
  if coalesce(length(btrim(sign_up.full_name)), 0) not between 1 and 120 then
    raise exception 'Give your own name, at most 120 letters.' using errcode = 'PT400', detail = 'invalid_full_name';
  end if;
  -- A double tap on the sign-up button must not make two ISPs.
  perform pg_advisory_xact_lock(hashtextextended('sign_up:' || v_user_id, 0));
  select m.tenant_id, m.id into v_tenant, v_member
  from access.members as m
  join tenancy.tenants as t on t.id = m.tenant_id
  join access.roles as r on r.tenant_id = m.tenant_id and r.id = m.role_id
  where m.user_id = v_user_id and r.is_owner and m.status = 'active' and t.trade_name = btrim(sign_up.trade_name);
  if found then
    return jsonb_build_object('tenant_id', v_tenant, 'member_id', v_member);
  end if;
  v_tenant := clock.uuid7();
  v_member := clock.uuid7();

  insert into tenancy.tenants (id, slug, trade_name) values (v_tenant, tenancy.slug_of(sign_up.trade_name), btrim(sign_up.trade_name));
  v_today := clock.today(v_tenant);
  insert into tenancy.billing_settings (tenant_id, first_period_on) values (v_tenant, (date_trunc('month', v_today) + interval '1 month')::date);
  insert into tenancy.tax_regimes (tenant_id, regime, rate_bp, effective_from) values (v_tenant, 'non_vat', 0, '2000-01-01');
  insert into tenancy.branches (tenant_id, code, name, is_default) values (v_tenant, '00000', 'Head office', true);
  insert into tenancy.document_series (tenant_id, kind, prefix)
  values (v_tenant, 'invoice', 'INV-'), (v_tenant, 'credit_note', 'CN-'), (v_tenant, 'receipt', 'R-');

  insert into access.roles (tenant_id, id, name, preset, is_owner, home) values (v_tenant, v_owner, 'Owner', 'owner', true, 'office');
  insert into access.roles (tenant_id, name, preset, home) values
    (v_tenant, 'Manager', 'manager', 'office'), (v_tenant, 'Cashier', 'cashier', 'office'),
    (v_tenant, 'Collector', 'collector', 'collector'), (v_tenant, 'Technician', 'technician', 'technician'),
    (v_tenant, 'Customer service', 'customer_service', 'office'), (v_tenant, 'Report viewer', 'report_viewer', 'office');
  insert into access.role_permissions (tenant_id, role_id, permission)
  select v_tenant, r.id, p.permission
  from access.roles as r cross join lateral access.preset_permissions(r.preset) as p
  where r.tenant_id = v_tenant;

  insert into access.members (tenant_id, id, user_id, role_id, full_name)
  values (v_tenant, v_member, v_user_id, v_owner, btrim(sign_up.full_name));
  insert into access.people (user_id, full_name) values (v_user_id, btrim(sign_up.full_name)) on conflict (user_id) do nothing;
  perform access.choose_context(v_tenant, 'member', v_member);

  return jsonb_build_object('tenant_id', v_tenant, 'member_id', v_member);
end
$$;
grant execute on function tenancy.sign_up(text, text) to authenticated;
