// Many ISPs, each with many postpaid services, made in bulk: for what is about size and not about how they came to be.

import postgres from 'postgres'

export type Size = { tenants: number; subscriptions: number; firstPeriod: string }

/**
 * An ISP that is there already keeps what it has and gets as many services as the others.
 * As the platform's superuser and without triggers, because the audit trail of a bulk is of no use.
 */
export async function makeIsps(adminUrl: string, size: Size) {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  await sql`set session_replication_role = replica`
  await sql`
    insert into tenancy.tenants (slug, trade_name, legal_name, tin, address)
    select 'isp-' || n, 'ISP ' || n, 'ISP ' || n || ' Inc.', '123-456-789-00000', 'Cagayan de Oro'
    from generate_series(1, ${size.tenants}) as n
  `
  await sql`
    insert into tenancy.billing_settings (tenant_id, invoice_day, first_period_on)
    select id, 1, ${size.firstPeriod} from tenancy.tenants
    on conflict do nothing
  `
  // Every second tenant is under VAT, and posts one line more.
  await sql`
    insert into tenancy.tax_regimes (tenant_id, regime, rate_bp, effective_from)
    select t.id, case when n % 2 = 0 then 'vat' else 'non_vat' end, case when n % 2 = 0 then 1200 else 0 end, '2000-01-01'
    from (select id, row_number() over () as n from tenancy.tenants) as t
    on conflict do nothing
  `
  await sql`
    insert into tenancy.branches (tenant_id, code, name, is_default)
    select id, '00000', 'Head office', true from tenancy.tenants
    on conflict do nothing
  `
  await sql`
    insert into tenancy.document_series (tenant_id, kind, prefix)
    select t.id, k.kind, k.prefix from tenancy.tenants as t
    cross join (values ('invoice', 'INV-'), ('credit_note', 'CN-'), ('receipt', 'R-')) as k(kind, prefix)
    on conflict do nothing
  `
  await sql`
    insert into catalog.plans (tenant_id, name, billing_mode, down_mbps, up_mbps)
    select id, 'Fiber 100', 'postpaid', 100, 50 from tenancy.tenants
    on conflict do nothing
  `
  await sql`
    insert into service.subscribers (tenant_id, account_no, name, phone, purok)
    select t.id, lpad(n::text, 6, '0'), 'Subscriber ' || n, '0917 555 0000', 'Purok ' || n % 9
    from tenancy.tenants as t cross join generate_series(1, ${size.subscriptions}) as n
  `
  await sql`
    insert into ledger.accounts (tenant_id, code, name, class, owner_kind, owner_id)
    select s.tenant_id, c.code, c.name, c.class, c.owner_kind, s.id
    from service.subscribers as s cross join ledger.chart() as c where c.owner_kind = 'subscriber'
    on conflict do nothing
  `
  await sql`
    insert into service.subscriptions (tenant_id, subscriber_id, billing_mode, state, activated_on)
    select tenant_id, id, 'postpaid', 'active', '2025-06-01' from service.subscribers as s
    where not exists (select from service.subscriptions as u where u.tenant_id = s.tenant_id and u.subscriber_id = s.id)
  `
  await sql`
    insert into service.subscription_terms (tenant_id, subscription_id, plan_id, price_minor, valid)
    select u.tenant_id, u.id, p.id, 129900, daterange('2025-06-01', null)
    from service.subscriptions as u join catalog.plans as p on p.tenant_id = u.tenant_id and p.name = 'Fiber 100'
    where not exists (select from service.subscription_terms as t where t.tenant_id = u.tenant_id and t.subscription_id = u.id)
  `
  await sql`analyze`
  await sql.end()
}
