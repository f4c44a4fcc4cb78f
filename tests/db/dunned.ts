// What the tests of dunning share: an ISP that billed somebody, and its calendar day by day.

import { beforeEach } from 'vitest'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, noon } from './money.ts'
import { signUpTenant, type Tenant } from './story.ts'

export const PRICE = 99_900

export let north: Tenant
export let ana: string
export let service: string

beforeEach(async () => {
  await setClock(noon('2026-11-05'))
  north = await signUpTenant('North Fiber')
  ana = await north.subscriber({ name: 'Ana Reyes' })
  service = await north.service(ana, await north.plan({ price_minor: PRICE }), '2026-11-05')
})

/** Bills December, due on the 11th; the warning comes on the 16th, the cut on Monday the 28th. */
export async function billDecember() {
  await bill(north, '2026-12-01')
}

export async function calendar(settings: Record<string, unknown>) {
  await north.owner.call('save_dunning_settings', { settings })
}

/** What the schedule does at ten in the morning of a day, or at another hour. */
export async function dun(day: string, time = '10:00') {
  await setClock(`${day}T${time}:00+08:00`)
  await sql`select access.act_for(${north.id})`
  try {
    for (let turn = 0; turn < 9; turn += 1) {
      const [row] = await sql<Array<{ answer: string }>>`select billing.advance_dunning() as answer`
      if (row?.answer === 'idle') break
    }
  } finally {
    await sql`select access.act_for(null)`
  }
}

/** The stages of Ana's invoices, in their order. */
export async function stages() {
  const rows = await sql<Array<{ stage: string; day: string }>>`
    select stage, reached_on::text as day from billing.dunning_stages where tenant_id = ${north.id} order by id
  `
  return rows.map(({ stage, day }) => `${stage} ${day}`)
}

export async function isOn() {
  const [row] = await north.owner.read('service_status', { id: service })
  return row?.['is_on']
}

export async function holds() {
  return sql<
    Array<{ kind: string; rule: string | null; closed_reason: string | null; open: boolean }>
  >`
    select kind, rule, closed_reason, closed_at is null as open from service.holds where tenant_id = ${north.id} order by id
  `
}

export async function promise(day: string, amount?: number, id = uuid7()) {
  return north.owner.call('record_promise', {
    promise: { id, subscriber_id: ana, promised_on: day, amount_minor: amount ?? null },
  })
}

export async function promises() {
  const rows = await north.owner.read('promises', { subscriber_id: ana })
  return rows.map(({ state }) => state)
}
