import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, test, vi } from 'vitest'
import { readReply } from './call'
import type { Call, Reply } from './phone'
import { leave, open, type Opened, type World } from './ready'
import { aProfile, MORNING } from './story'

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
})

const PIN = '274915'

// A PIN is slow to try on purpose.
vi.setConfig({ testTimeout: 60_000 })

const carlo = aProfile({ full_name: 'Carlo' })
const dina = aProfile({ full_name: 'Dina', tenant_id: carlo.tenant_id })

/** A world in which the server says this of the session, and nothing else is reachable. */
function worldSaying(me: Reply): World {
  const call: Call = async (path) => (path === '/api/me' ? me : { kind: 'unreachable' })
  return { callAs: () => call, readClock: () => MORNING }
}
const offline = worldSaying({ kind: 'unreachable' })
const signedInAs = (profile: typeof carlo) => worldSaying({ kind: 'ok', body: profile })

async function opened(world: World) {
  const door = await open(world)
  if (door.state !== 'locked') throw new Error('Nobody is known here')
  const inside = await (door.hasPin ? door.unlock(PIN) : door.choose(PIN))
  if (inside.state !== 'ready') throw new Error(`The door stays shut: ${inside.state}`)
  return inside
}

const close = ({ phone, sync }: Extract<Opened, { state: 'ready' }>) => {
  sync.stop()
  phone.db.close()
}

test('once known, the phone opens with no signal, as the same device', async () => {
  const first = await opened(signedInAs(carlo))
  close(first)
  const again = await opened(offline)

  expect(again.phone.profile).toEqual(carlo)
  expect(again.phone.deviceId).toBe(first.phone.deviceId)
  close(again)
})

test('what is needed inside and did not come before the signal went is asked for again', async () => {
  vi.doMock('./sync', () => {
    throw new TypeError('Failed to fetch dynamically imported module')
  })
  const door = await open(signedInAs(carlo))
  if (door.state !== 'locked') throw new Error('Nobody is known here')
  expect(await door.choose(PIN)).toEqual({ state: 'refused', reason: 'offline' })
  vi.doUnmock('./sync')
  const inside = await door.choose(PIN)
  expect(inside.state).toBe('ready')
  if (inside.state === 'ready') close(inside)
})

test.each<[Reply, string]>([
  [{ kind: 'unreachable' }, 'offline'],
  [{ kind: 'signed_out' }, 'signed_out'],
  [{ kind: 'refused', reason: 'permission_missing' }, 'not_a_collector'],
  [{ kind: 'refused', reason: 'membership_ended' }, 'revoked'],
  [{ kind: 'ok', body: {} }, 'not_a_collector'],
])('a phone nobody is known on says why: %o', async (reply, reason) => {
  expect(await open(worldSaying(reply))).toEqual({ state: 'stranger', reason })
})

test('who left is forgotten, and somebody else opens an own room', async () => {
  const first = await opened(signedInAs(carlo))
  await first.phone.db.meta.put({ key: 'mark', value: 1 })
  await leave(first)
  expect(await open(offline)).toMatchObject({ state: 'stranger' })

  const second = await opened(signedInAs(dina))
  expect(second.phone.profile.full_name).toBe('Dina')
  expect(await second.phone.db.meta.get('mark')).toBeUndefined()
  await leave(second)

  const back = await opened(signedInAs(carlo))
  expect(await back.phone.db.meta.get('mark')).toBeDefined()
  close(back)
})

test('when the session is somebody else’s by now, the next start opens theirs', async () => {
  close(await opened(signedInAs(carlo)))
  const still = await opened(signedInAs(dina))
  expect(still.phone.profile.full_name).toBe('Carlo')

  await vi.waitFor(
    async () => {
      const next = await opened(offline)
      close(next)
      expect(next.phone.profile.full_name).toBe('Dina')
    },
    { timeout: 30_000, interval: 100 },
  )
  close(still)
})

test.each([
  [200, 'application/json', {}, { kind: 'ok', body: {} }],
  [401, 'application/json', { reason: 'signed_out' }, { kind: 'signed_out' }],
  [
    403,
    'application/json',
    { reason: 'device_revoked' },
    { kind: 'refused', reason: 'device_revoked' },
  ],
  [409, 'application/json', { reason: 'other_person' }, { kind: 'other_person' }],
  [429, 'application/json', {}, { kind: 'unreachable' }],
  [500, 'application/json', {}, { kind: 'unreachable' }],
  [503, 'text/html', {}, { kind: 'unreachable' }],
  [200, 'text/html', {}, { kind: 'unreachable' }],
  [403, 'text/html', {}, { kind: 'unreachable' }],
])('an answer %i %s is sorted', async (status, type, body, reply) => {
  const response = new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })

  expect(await readReply(response)).toEqual(reply)
})
