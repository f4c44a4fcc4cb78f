// What the tests of terms share: an ISP with a small and a large plan, and a service that changes.

import { beforeEach } from 'vitest'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { noon } from './money.ts'
import { signUpTenant, type Tenant } from './story.ts'

export const PRICE = 99_900

export let north: Tenant
export let small: string
export let large: string

beforeEach(async () => {
  await setClock(noon('2026-10-05'))
  north = await signUpTenant('North Fiber')
  await setClock(noon('2026-11-01'))
  small = await north.plan({ name: 'Fiber 50', price_minor: PRICE })
  large = await north.plan({ name: 'Fiber 100', price_minor: 150_000 })
})

export async function subscribed(activatedOn = '2026-11-01', plan = small) {
  const subscriber = await north.subscriber()
  const service = await north.service(subscriber, plan, activatedOn)
  return { subscriber, service }
}

export type Answer = Record<string, unknown> & { on_day: string }

/** Sends a command on a day, and answers what it answered. */
export async function send(
  name: string,
  day: string,
  change: Record<string, unknown>,
): Promise<Answer> {
  await setClock(noon(day))
  return north.owner.call<Answer>(name, { change: { id: uuid7(), ...change } })
}

export async function linesOf(subscriber: string) {
  const rows = await sql<Array<{ number: string; from: string; until: string; total: string }>>`
    select i.number, l.total_minor::text as total,
      (l.service_from at time zone 'Asia/Manila')::date::text as from,
      (l.service_until at time zone 'Asia/Manila')::date::text as until
    from billing.invoice_lines as l
    join billing.invoices as i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
    where i.subscriber_id = ${subscriber} and l.in_force
    order by i.serial, l.line
  `
  return rows.map(({ from, until, total }) => [from, until, Number(total)])
}
