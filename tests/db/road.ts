// A collector's phone on the road: the app's own code, and the real database at the other end of a line that fails.

import { expect } from 'vitest'
import { collect } from '../../app/offline/collect.ts'
import type { Call, Phone } from '../../app/offline/phone.ts'
import { aProfile, openPhone } from '../../app/offline/story.ts'
import { syncOnce } from '../../app/offline/sync.ts'
import type { Actor, OwnDatabase } from './database.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

export type Line = { isUp: boolean; losesAnswers: number }

/** The addresses of the phone without the web between: what they do is in app/routes/api. */
export function callThrough(person: Pick<Actor, 'call'>, line: Line): Call {
  const names: Record<string, (body: unknown) => [string, Record<string, unknown>]> = {
    '/api/device/wiped': (wiped) => ['finish_wipe', wiped as Record<string, unknown>],
    '/api/device': (device) => ['register_device', { device }],
    '/api/receipts': (wish) => ['reserve_receipts', wish as Record<string, unknown>],
    '/api/sync/push': (batch) => ['sync_push', { batch }],
    '/api/sync/pull': (wish) => ['sync_pull', wish as Record<string, unknown>],
  }
  return async (path, body) => {
    const find = names[path]
    if (!line.isUp || !find) return { kind: 'unreachable' }
    try {
      const [name, input] = find(body)
      const answer = await person.call<unknown>(name, input)
      if (line.losesAnswers > 0) {
        line.losesAnswers -= 1
        return { kind: 'unreachable' }
      }
      return { kind: 'ok', body: answer }
    } catch (error) {
      const { code, detail } = error as { code?: string; detail?: string }
      if (!code?.startsWith('PT4')) throw error
      return { kind: 'refused', reason: detail ?? 'refused' }
    }
  }
}

/** A collector with so many billed doors to walk to. */
export async function aRoute(own: OwnDatabase, doors: number) {
  const north = await signUpTenant('North Fiber', own)
  const carlo = await north.collector()
  const [{ today } = { today: '' }] = await north.owner.read<{ today: string }>('tenant')
  const month = `${today.slice(0, 7)}-01`
  await north.owner.call('save_billing_settings', {
    settings: {
      first_period_on: month,
      collector_unsent_limit: 500,
      collector_unsent_hours: 240,
    },
  })
  const plan = await north.plan({ price_minor: 99_900 })
  const subscribers: Array<string> = []
  for (let door = 0; door < doors; door += 1) {
    const id = await north.subscriber({ name: `Door ${String(door).padStart(3, '0')}` })
    await north.service(id, plan, month)
    subscribers.push(id)
  }
  await north.route(carlo, ...subscribers)
  await north.owner.call('run_billing', { period: month })
  return { north, carlo, subscribers }
}

/** A new phone of this collector, with the app's own code on it. */
export function roadPhone(north: Tenant, carlo: Person, line: Line, clock: { at: number }): Phone {
  const profile = aProfile({
    user_id: carlo.userId,
    tenant_id: north.id,
    member_id: carlo.memberId,
  })
  const phone = openPhone({ profile, call: callThrough(carlo, line), clock })
  return { ...phone, deviceId: phone.newId() }
}

/** The phone makes itself known, and the office lets it in. */
export async function approveAtOffice(north: Tenant, phone: Phone) {
  expect(await syncOnce(phone)).toEqual({ kind: 'refused', reason: 'device_pending' })
  await north.owner.call('approve_device', { device_id: phone.deviceId })
}

/** Takes cash at a door. */
export const take = (phone: Phone, subscriberId: string, amountMinor: number) =>
  collect(phone, { id: phone.newId(), subscriberId, subscriptionId: null, amountMinor })
