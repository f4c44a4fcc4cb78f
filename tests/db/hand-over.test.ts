// Routes change hands, and the phones of both collectors follow.

import { beforeEach, expect, test } from 'vitest'
import { setClock, sql } from './database.ts'
import { approvedDevice, billedSubscriber, NOON, phoneOf } from './field.ts'
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

// A loan ---------------------------------------------------------------------

const lend = async (more: Record<string, unknown> = {}) => {
  const routes = await north.owner.read('routes', { collector_id: carlo.memberId })
  return north.owner.call<{ id: string; lent: number }>('lend_routes', {
    loan: {
      id: uuid7(),
      from_id: carlo.memberId,
      to_id: dina.memberId,
      route_ids: routes.map((route) => route.id),
      from_on: '2026-11-12',
      until_on: '2026-11-13',
      ...more,
    },
  })
}
const carries = ({ rows }: Pull) => rows.subscribers?.map(({ id }) => id) ?? []

test('a route that is lent goes and comes back by itself, on the phones of both', async () => {
  const [his, hers] = [await approvedDevice(carlo), await approvedDevice(dina)]
  expect(await lend()).toMatchObject({ lent: 1 })

  const day = async (instant: string, before: { his: Pull; hers: Pull } | null) => {
    await setClock(instant)
    const pulls = {
      his: await pull(carlo, his, before?.his.cursor),
      hers: await pull(dina, hers, before?.hers.cursor),
    }
    return pulls
  }
  // Until the last minute of the day before, in Manila.
  const before = await day('2026-11-11T15:59:00Z', null)
  expect([carries(before.his), carries(before.hers)]).toEqual([[ana], []])
  const first = await day('2026-11-11T16:01:00Z', before)
  expect([first.his.full, carries(first.his), carries(first.hers)]).toEqual([true, [], [ana]])
  const second = await day('2026-11-13T04:00:00Z', first)
  expect([second.his.full, second.hers.full]).toEqual([false, false])
  const after = await day('2026-11-13T16:01:00Z', second)
  expect([carries(after.his), after.hers.full, carries(after.hers)]).toEqual([[ana], true, []])
})

test('who walks a lent route collects on the own route, and its collector off it', async () => {
  const [his, hers] = [await phoneOf(carlo), await phoneOf(dina)]
  await lend({ from_on: '2026-11-10' })
  expect((await hers.send(hers.payment(ana, 10_000))).result).not.toHaveProperty('off_route')
  expect((await his.send(his.payment(ana, 20_000))).result).toMatchObject({ off_route: true })
  expect(await north.owner.read('collectors', { id: dina.memberId })).toMatchObject([
    { stops: 1, route_names: [expect.stringContaining('Route')] },
  ])
})

test('nobody is cut while the phone of either may hold the cash', async () => {
  const hers = await phoneOf(dina)
  await dina.call('sync_push', { batch: { device_id: hers.id, unsent_count: 3, commands: [] } })
  const unsynced = async () => {
    await sql`select set_config('linyada.system_tenant', ${north.id}, true)`
    const found = await sql<Array<{ id: string }>>`
      select unsynced_subscribers as id from collections.unsynced_subscribers()`
    await sql`select set_config('linyada.system_tenant', '', true)`
    return found.map(({ id }) => id)
  }
  expect(await unsynced()).toEqual([])
  await lend({ from_on: '2026-11-10', until_on: '2026-11-10' })
  expect(await unsynced()).toEqual([ana])
  await setClock('2026-11-12T04:00:00Z')
  expect(await unsynced()).toEqual([ana])
})

test('a loan asked again is the same loan, under the same id nothing else is lent', async () => {
  const loan = { id: uuid7() }
  const made = await lend(loan)
  expect(await lend(loan)).toEqual(made)
  expect(await north.owner.read('route_loans')).toHaveLength(1)
  await expect(lend({ ...loan, until_on: '2026-11-20' })).rejects.toMatchObject({
    code: 'PT409',
    detail: 'loan_conflict',
  })
})

test('a loan that begins is taken back at once, one that did not begin is undone', async () => {
  const his = await approvedDevice(carlo)
  await lend({ from_on: '2026-11-10' })
  await lend({ from_on: '2026-12-01', until_on: '2026-12-03' })
  const [running, coming] = await north.owner.read('route_loans')
  expect(carries(await pull(carlo, his))).toEqual([])

  for (const loan of [running, coming, running]) {
    await north.owner.call('end_loan', { loan_id: loan?.id })
  }
  expect(carries(await pull(carlo, his))).toEqual([ana])
  expect(await north.owner.read('route_loans')).toEqual([])
  await expect(carlo.call('end_loan', { loan_id: running?.id })).rejects.toMatchObject({
    code: 'PT403',
  })
})

test('a route lent to somebody who leaves is its collector’s again', async () => {
  const his = await approvedDevice(carlo)
  await lend({ from_on: '2026-11-10' })
  expect(carries(await pull(carlo, his))).toEqual([])
  await north.owner.call('revoke_member', { member_id: dina.memberId, reason: 'left' })
  expect(carries(await pull(carlo, his))).toEqual([ana])
})

test('days that are over, upside down or taken, and routes of others are refused in words', async () => {
  await lend()
  const refusals = [
    [{ from_on: '2026-11-13', until_on: '2026-11-20' }, 'already_lent'],
    [{ from_on: '2026-11-09' }, 'days_over'],
    [{ from_on: '2026-11-20', until_on: '2026-11-19' }, 'invalid_days'],
    [{ from_on: '2026-11-31' }, 'invalid_day'],
    [{ from_on: '' }, 'invalid_days'],
    [{ to_id: carlo.memberId }, 'same_collector'],
    [{ to_id: uuid7() }, 'collector_unknown'],
    [{ route_ids: [uuid7()] }, 'route_moved'],
    [{ route_ids: [] }, 'route_moved'],
    [{ from_on: '2026-12-01', until_on: '2026-12-02', reason: 'x' }, 'invalid_reason'],
  ] as const
  for (const [changed, detail] of refusals) {
    await expect(lend(changed)).rejects.toMatchObject({ detail })
  }
  await expect(lend({ from_on: '2026-11-13', until_on: '2026-11-20' })).rejects.toThrow(
    /is with Carlo Collector from 12 Nov to 13 Nov already\./,
  )
})

async function billedSubscriberOnSecondRoute() {
  const ben = await north.subscriber({ name: 'Ben Cruz' })
  await north.route(carlo, ben)
}
