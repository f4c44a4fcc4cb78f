// What the money tests share: billing a period, taking a payment, and the invariants that must hold at any moment.

import { expect } from 'vitest'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import type { Person, Tenant } from './story.ts'

export type Run = {
  state: string
  invoice_count: number
  exception_count: number
  total_minor: number
}

export type Taken = {
  payment_id: string
  receipt_number: string
  applies: Array<{ invoice_id: string; amount_minor: number; settles: boolean; left_minor: number }>
  prepaid: { starts_at: string; ends_at: string; seconds: number } | null
  credit_minor: number
  duplicate: boolean
}

/** Noon of a day in Manila. */
export function noon(day: string) {
  return `${day}T12:00:00+08:00`
}

/** Bills a period as the owner does, on its first day or another, until nothing is left to do. */
export async function bill(tenant: Tenant, period: string, on = period): Promise<Run> {
  await setClock(noon(on))
  for (;;) {
    const run = await tenant.owner.call<Run>('run_billing', { period })
    if (run.state !== 'running') return run
  }
}

export async function pay(person: Person, payment: Record<string, unknown>): Promise<Taken> {
  return person.call<Taken>('record_payment', {
    payment: { id: uuid7(), method: 'cash', ...payment },
  })
}

/** Every invariant, and the proofs that otherwise wait for the commit. */
export async function expectSound(tenant: Tenant) {
  await sql`set constraints all immediate`
  expect(await sql`select invariant, subject, detail from ledger.offences(${tenant.id})`).toEqual(
    [],
  )
  await sql`set constraints all deferred`
}
