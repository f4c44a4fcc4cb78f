// What the tests of charges, discounts and deposits share: an ISP with one subscriber of one plan, and what is charged.

import { beforeEach } from 'vitest'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, noon } from './money.ts'
import { signUpTenant, type Tenant } from './story.ts'

export const PRICE = 99_900

export let north: Tenant
export let plan: string
export let subscriber: string
export let service: string

beforeEach(async () => {
  await setClock(noon('2026-10-20'))
  north = await signUpTenant('North Fiber')
  await sql`update tenancy.billing_settings set first_period_on = '2026-11-01' where tenant_id = ${north.id}`
  plan = await north.plan({ price_minor: PRICE })
  subscriber = await north.subscriber()
  service = await north.service(subscriber, plan, '2026-11-01')
})

export async function charge(fields: Record<string, unknown>) {
  const id = uuid7()
  await north.owner.call('save_charge', {
    charge: {
      id,
      subscriber_id: subscriber,
      kind: 'one_time',
      description: 'Router',
      starts_on: '2026-11-01',
      ...fields,
    },
  })
  return id
}

export async function stateOf(id: string) {
  const [row] = await north.owner.read<{ state: string }>('charges', { id })
  return row?.state
}

export async function totals() {
  const invoices = await north.owner.read<{ period: string; total_minor: number }>('invoices', {
    subscriber_id: subscriber,
  })
  return invoices
    .sort((a, b) => String(a.period).localeCompare(String(b.period)))
    .map(({ total_minor }) => total_minor)
}

export async function billMonths(...months: Array<string>) {
  for (const month of months) await bill(north, month)
}

export async function accountOf(code: string) {
  const [row] = await sql<Array<{ amount: number }>>`
    select coalesce(sum(e.amount_minor), 0)::int as amount
    from ledger.entries as e join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where a.tenant_id = ${north.id} and a.code = ${code}
  `
  return row?.amount
}

export const isVat = () =>
  north.owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-11-01',
  })

export const end = (on_day: string) =>
  north.owner.call<{ invoice: { invoice_id: string } | null; credit_notes: Array<unknown> }>(
    'terminate_subscription',
    { subscription_id: service, on_day, reason: 'Moved' },
  )

export function giveBack(request: Record<string, unknown>) {
  return north.owner.call('return_deposit', {
    deposit_return: {
      id: uuid7(),
      subscriber_id: subscriber,
      method: 'cash',
      reason: 'Moves away',
      ...request,
    },
  })
}
