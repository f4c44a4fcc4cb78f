// Routes change hands, and the phones of both collectors follow.

import { beforeEach, expect, test } from 'vitest'
import { setClock } from './database.ts'
import { approvedDevice, billedSubscriber, NOON } from './field.ts'
import { uuid7 } from './ids.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

let north: Tenant
let carlo: Person
let dina: Person
let ana: string

beforeEach(async () => {
  await setClock('2026-10-15T04:00:00Z')
  north = await signUpTenant('North Fiber')
  carlo = await north.collector()
  dina = await north.collector()
  ana = await billedSubscriber(north, carlo)
  await setClock(NOON)
})

type Pull = { cursor: unknown; full: boolean; rows: { subscribers?: Array<{ id: string }> } }
const pull = (person: Person, deviceId: string, cursor: unknown = null) =>
  person.call<Pull>('sync_pull', { device_id: deviceId, cursor })
const handOver = (from: Person, to: Person, more = {}) =>
  north.owner.call('hand_over_routes', { from_id: from.memberId, to_id: to.memberId, ...more })

test('the phone of the one forgets the subscribers, the other’s gets them, and back', async () => {
  const [his, hers] = [await approvedDevice(carlo), await approvedDevice(dina)]
  const before = await pull(carlo, his)
  const nothing = await pull(dina, hers)
  expect(before.rows.subscribers).toMatchObject([{ id: ana }])
  expect(nothing.rows.subscribers).toBeUndefined()

  expect(await handOver(carlo, dina)).toEqual({ handed_over: 1 })
  const after = await pull(carlo, his, before.cursor)
  expect(after.full).toBe(true)
  expect(after.rows.subscribers).toBeUndefined()
  expect((await pull(dina, hers, nothing.cursor)).rows.subscribers).toMatchObject([{ id: ana }])

  await handOver(dina, carlo)
  expect((await pull(carlo, his, after.cursor)).rows.subscribers).toMatchObject([{ id: ana }])
})

test('only the routes named go, and asked again nothing changes', async () => {
  await billedSubscriberOnSecondRoute()
  const routes = await north.owner.read('routes', { collector_id: carlo.memberId })
  expect(routes).toHaveLength(2)
  const named = { route_ids: [routes[0]?.id] }

  expect(await handOver(carlo, dina, named)).toEqual({ handed_over: 1 })
  expect(await handOver(carlo, dina, named)).toEqual({ handed_over: 0 })
  expect(await north.owner.read('routes', { collector_id: carlo.memberId })).toHaveLength(1)
})

test('a route that is somebody else’s, a stranger as collector and a collector as giver are refused', async () => {
  await expect(handOver(carlo, dina, { route_ids: [uuid7()] })).rejects.toMatchObject({
    code: 'PT409',
    detail: 'route_moved',
  })
  await expect(handOver(carlo, carlo)).rejects.toMatchObject({ detail: 'same_collector' })
  await expect(
    north.owner.call('hand_over_routes', { from_id: carlo.memberId, to_id: uuid7() }),
  ).rejects.toMatchObject({ code: 'PT404' })
  await expect(
    carlo.call('hand_over_routes', { from_id: carlo.memberId, to_id: dina.memberId }),
  ).rejects.toMatchObject({ code: 'PT403' })
})

async function billedSubscriberOnSecondRoute() {
  const ben = await north.subscriber({ name: 'Ben Cruz' })
  await north.route(carlo, ben)
}
