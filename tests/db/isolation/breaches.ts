// Looks for breaches of isolation in the tables themselves, below views and functions: every table, every kind of stranger.

import { become, becomeOwner } from '../actor.ts'
import type { Claims, Sql } from '../database.ts'
import type { Scene, Table } from './victim.ts'

/** Read by everyone who is inside the tenant, on purpose: it prints on every document or names colleagues' roles. */
const OPEN_INSIDE = new Set([
  'tenancy.tenants',
  'tenancy.billing_settings',
  'tenancy.tax_regimes',
  'tenancy.logos',
  'access.roles',
  'access.role_permissions',
  'places.barangays',
  'catalog.plans',
  'catalog.plan_prices',
])

/** Nobody reads these through a policy of their own. */
const UNREAD = new Set(['collections.recovery_keys', 'places.collector_scopes'])

/** Tables of which people see some columns only. */
const NARROW: Record<string, string> = {
  'access.invitations': 'tenant_id, id, subscriber_id',
  'collections.remittances': 'tenant_id, id',
}

type Look = { table: Table; who: string; mine: number; theirs: number }

/** Every way in that is open and every door that should open but does not. Empty means the walls stand. */
export async function findBreaches(
  sql: Sql,
  scene: Scene,
  tables: Array<Table>,
): Promise<Array<string>> {
  const tenant = scene.victim.id
  const subscriber = scene.portal.subscriberId
  const look = (claims: Claims, who: string, role?: string) =>
    lookAround(sql, tables, tenant, subscriber, claims, who, role)
  const { otherOwner, revoked, otherPortal } = scene.attackers

  const strangers = [
    ...(await look(otherOwner.claims, 'the owner of another ISP')),
    ...(await look(revoked.claims, 'a revoked member')),
    ...(await look(otherPortal.claims, 'a subscriber of another ISP')),
    ...(await look({ sub: otherOwner.userId }, 'a person without a context')),
    ...(await look(otherOwner.claims, 'our own code, working for another ISP', 'linyada_definer')),
  ]
  const powerless = await look(scene.powerless.claims, 'a member without permissions')
  const portal = await look(scene.portal.claims, 'a subscriber')
  const owner = await look(scene.victim.owner.claims, 'the owner')
  const code = await look(scene.victim.owner.claims, 'our own code', 'linyada_definer')

  return [
    ...strangers
      .filter(({ mine }) => mine > 0)
      .map(({ table, who }) => `${who} reads ${table.full}`),
    ...powerless
      .filter(
        ({ table, mine }) =>
          mine >
            (table.full === 'access.members' || table.full === 'places.collector_scopes' ? 1 : 0) &&
          !OPEN_INSIDE.has(table.full),
      )
      .map(({ table, who }) => `${who} reads ${table.full}`),
    ...portal
      .filter(({ theirs }) => theirs > 0)
      .map(({ table, who }) => `${who} reads another subscriber's ${table.full}`),
    ...owner
      .filter(({ table, mine }) => mine === 0 && !UNREAD.has(table.full))
      .map(({ table, who }) => `${who} cannot read ${table.full}`),
    ...code
      .filter(({ mine }) => mine === 0)
      .map(({ table, who }) => `${who} cannot read ${table.full}`),
  ]
}

async function lookAround(
  sql: Sql,
  tables: Array<Table>,
  tenant: string,
  subscriber: string,
  claims: Claims,
  who: string,
  role?: string,
): Promise<Array<Look>> {
  await become(sql, claims)
  if (role) await sql`select set_config('role', ${role}, true)`
  const looks: Array<Look> = []
  try {
    for (const table of tables) {
      const [granted] = await sql<Array<{ may: boolean }>>`
        select has_any_column_privilege(current_user, ${table.full}, 'select') as may`
      if (!granted?.may) {
        looks.push({ table, who, mine: 0, theirs: 0 })
        continue
      }
      const theirs = PERSONAL[table.full] ?? 'false'
      const columns = role ? '*' : (NARROW[table.full] ?? '*')
      const [row] = await sql.unsafe<Array<{ mine: number; theirs: number }>>(
        `select count(*)::int as mine, (count(*) filter (where ${theirs}))::int as theirs
         from (select ${columns} from ${table.full}) as t where t.tenant_id = $1::uuid and $2::uuid is not null`,
        [tenant, subscriber],
      )
      looks.push({ table, who, mine: row?.mine ?? 0, theirs: row?.theirs ?? 0 })
    }
  } finally {
    await becomeOwner(sql)
  }
  return looks
}

/** How a row of each table says that it is about somebody else than the asking subscriber ($2). */
const PERSONAL: Record<string, string> = {
  'service.subscribers': 't.id <> $2',
  'service.subscriptions': 't.subscriber_id <> $2',
  'service.subscription_terms':
    'not exists (select from service.subscriptions as s where s.tenant_id = t.tenant_id and s.id = t.subscription_id and s.subscriber_id = $2)',
  'service.holds':
    'not exists (select from service.subscriptions as s where s.tenant_id = t.tenant_id and s.id = t.subscription_id and s.subscriber_id = $2)',
  'service.pauses':
    'not exists (select from service.subscriptions as s where s.tenant_id = t.tenant_id and s.id = t.subscription_id and s.subscriber_id = $2)',
  'billing.invoices': 't.subscriber_id <> $2',
  'billing.invoice_lines':
    'not exists (select from billing.invoices as i where i.tenant_id = t.tenant_id and i.id = t.invoice_id and i.subscriber_id = $2)',
  'billing.credit_notes': 't.subscriber_id <> $2',
  'billing.credit_note_lines':
    'not exists (select from billing.credit_notes as n where n.tenant_id = t.tenant_id and n.id = t.credit_note_id and n.subscriber_id = $2)',
  'billing.corrections': 'true',
  'billing.write_offs': 'true',
  'collections.recoveries': 'true',
  'collections.refunds': 't.subscriber_id <> $2',
  'collections.certificates': 'true',
  'billing.prepaid_periods':
    'not exists (select from service.subscriptions as s where s.tenant_id = t.tenant_id and s.id = t.subscription_id and s.subscriber_id = $2)',
  'billing.charges': 'true',
  'billing.invoice_drafts': 'true',
  'billing.dunning_stages': 't.subscriber_id <> $2',
  'billing.late_fees': 't.subscriber_id <> $2',
  'billing.dunning_rounds': 'true',
  'billing.runs': 'true',
  'billing.prints': 'true',
  'billing.batches': 'true',
  'billing.batch_parts': 'true',
  'tenancy.series_changes': 'true',
  'tenancy.lost_numbers': 'true',
  'ledger.reopen_requests': 'true',
  'billing.run_exceptions': 'true',
  'collections.payments': 't.subscriber_id is distinct from $2',
  'collections.receipts':
    'not exists (select from collections.payments as p where p.tenant_id = t.tenant_id and p.id = t.payment_id and p.subscriber_id = $2)',
  'collections.allocations':
    'not exists (select from collections.payments as p where p.tenant_id = t.tenant_id and p.id = t.payment_id and p.subscriber_id = $2)',
  'collections.promises': 't.subscriber_id <> $2',
  'collections.claims': 't.subscriber_id <> $2',
  'collections.void_requests': 'true',
  'collections.visits': 'true',
  'collections.devices': 'true',
  'collections.receipt_blocks': 'true',
  'collections.remittances': 'true',
  'collections.collector_limits': 'true',
  'collections.shortage_repayments': 'true',
  'collections.bank_deposits': 'true',
  'collections.deposit_slips': 'true',
  'ledger.transactions': 'true',
  'ledger.entries': 'true',
  'ledger.periods': 'true',
  'access.members': 'true',
  'access.roles': 'true',
  'access.role_permissions': 'true',
  'access.invitations': 'true',
  'access.subscriber_logins': 't.subscriber_id <> $2',
  'audit.entries': 'true',
  'sync.commands': 'true',
  'sync.alarms': 'true',
  'places.routes': 'true',
  'places.route_stops': 'true',
  'places.route_loans': 'true',
  'collections.doubles': 'true',
  'ledger.accounts': 't.owner_id is distinct from $2',
}
