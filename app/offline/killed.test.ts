// The page dies at each single step of taking cash. The steps are counted, not guessed: dying goes on until the flow comes
// through unharmed. Before or after a step makes a difference, so both are tried.

import { expect, test, vi } from 'vitest'
import { collect } from './collect'
import { hashOf } from './chain'
import { receiptsLeft } from './outbox'
import type { Phone } from './phone'
import { push } from './push'
import { watchRequests } from './store-faults'
import { anInvoice, aProfile, aServer, aSubscriber, openPhone, phoneWith } from './story'
import { unsentEntries } from './own-payments'

vi.setConfig({ testTimeout: 120_000 })

const ana = aSubscriber()
const FIRST_BLOCK = 100

const kindsOfStep = ['sign', 'hash', 'seal', 'add outbox', 'put blocks', 'add receipts']

class PageIsDead extends Error {
  override name = 'PageIsDead'
}

/** Counts the steps of a window, and ends it at one of them: nothing it begins after that happens. */
function deathAt(doomed: number, when: 'before' | 'after') {
  const life = { steps: 0, kinds: new Set<string>(), isOver: false }
  /** Answers whether this step is the last one. */
  const begin = (kind: string): boolean => {
    if (life.isOver) throw new PageIsDead()
    life.steps += 1
    life.kinds.add(kind)
    const isLast = life.steps >= doomed
    life.isOver = isLast && when === 'before'
    if (life.isOver) throw new PageIsDead()
    return isLast
  }
  const step = async <T>(kind: string, work: () => PromiseLike<T>): Promise<T> => {
    const isLast = begin(kind)
    const done = await work()
    life.isOver ||= isLast
    if (life.isOver) throw new PageIsDead()
    return done
  }
  return { life, begin, step }
}
type Step = ReturnType<typeof deathAt>['step']

/** What a page that dies has not committed never was. */
function watchStore(begin: (kind: string) => boolean, life: { isOver: boolean }) {
  return watchRequests((kind, transaction) => {
    if (!begin(kind)) return null
    return () => {
      life.isOver = true
      transaction.abort()
    }
  })
}

/** Answers how to look away again. */
function watchKeys(step: Step) {
  const { subtle } = crypto
  const { sign, digest, encrypt, decrypt } = subtle
  const spies = [
    vi
      .spyOn(subtle, 'sign')
      .mockImplementation((...of) => step('sign', () => sign.apply(subtle, of))),
    vi
      .spyOn(subtle, 'digest')
      .mockImplementation((...of) => step('hash', () => digest.apply(subtle, of))),
    vi
      .spyOn(subtle, 'encrypt')
      .mockImplementation((...of) => step('seal', () => encrypt.apply(subtle, of))),
    vi
      .spyOn(subtle, 'decrypt')
      .mockImplementation((...of) => step('open', () => decrypt.apply(subtle, of))),
  ]
  return () => spies.forEach((spy) => spy.mockRestore())
}

/** Every entry has its receipt and its number, each number is used once and in order, and the chain holds. */
async function expectWhole(phone: Phone) {
  const { db } = phone
  const entries = await unsentEntries(phone)
  const serials = entries.map((_, at) => at + 1)
  expect(entries.map(({ device_seq }) => device_seq)).toEqual(serials)
  expect(entries.map(({ input }) => input['serial'])).toEqual(serials)
  expect((await db.receipts.keys()).sort()).toEqual(entries.map(({ id }) => id).sort())
  expect(await receiptsLeft(db)).toBe(FIRST_BLOCK - entries.length)
  for (const [at, entry] of entries.entries()) {
    const { state: _s, hash, answer: _a, answered_at: _t, ...command } = entry
    expect(hash).toBe(await hashOf(command))
    expect(entry.prev_hash).toBe(entries[at - 1]?.hash ?? '')
  }
}

const tapOf = (phone: Phone, amountMinor: number) => ({
  id: phone.newId(),
  subscriberId: ana.id,
  subscriptionId: null,
  amountMinor,
})

test.each(['before', 'after'] as const)(
  'a page killed %s any step of taking cash leaves nothing or the whole fact, and a second tap ends it',
  async (when) => {
    let survived = 0
    for (let doomed = 1; ; doomed += 1) {
      const profile = aProfile()
      const first = await phoneWith({ subscribers: [ana], invoices: [anInvoice(ana)] }, { profile })
      await collect(first, tapOf(first, 1_000))

      const dying = openPhone({ profile })
      const { life, begin, step } = deathAt(doomed, when)
      const watches = [watchStore(begin, life), watchKeys(step)]
      const tap = tapOf(dying, 2_000)
      const isTaken = await collect(dying, tap).then(
        () => true,
        () => false,
      )
      watches.forEach((lookAway) => lookAway())
      dying.db.close()

      const living = openPhone({ profile })
      await expectWhole(living)
      if (await living.db.outbox.get(tap.id)) survived += 1
      const { number } = await collect(living, tap)
      expect(number).toBe('R-000002')
      expect((await collect(living, tap)).number).toBe(number)
      expect(await unsentEntries(living)).toHaveLength(2)
      await expectWhole(living)

      if (!isTaken) continue
      expect(life.steps).toBe(doomed - 1)
      expect([...life.kinds]).toEqual(expect.arrayContaining(kindsOfStep))
      // It died on both sides of the moment that counts.
      expect(survived).toBeGreaterThan(1)
      expect(survived).toBeLessThan(doomed)
      return
    }
  },
)

test('a page killed at any step of sending loses nothing, and each payment arrives once', async () => {
  for (let doomed = 1; ; doomed += 1) {
    const profile = aProfile()
    const server = aServer()
    const writer = await phoneWith({ subscribers: [ana] }, { profile })
    for (const amount of [1_000, 2_000, 3_000]) await collect(writer, tapOf(writer, amount))

    const { life, begin, step } = deathAt(doomed, 'after')
    const call: Phone['call'] = (path, body) => step('call', () => server.call(path, body))
    const dying = openPhone({ profile, call })
    const watches = [watchStore(begin, life), watchKeys(step)]
    const isSent = await push(dying).then(
      () => true,
      () => false,
    )
    watches.forEach((lookAway) => lookAway())
    dying.db.close()

    const living = openPhone({ profile, call: server.call })
    const waiting = new Set((await unsentEntries(living)).map(({ id }) => id))
    const arrived = new Set(server.commands.map(({ id }) => id))
    const all = (await living.db.outbox.list()).map(({ id }) => id)
    expect(all).toHaveLength(3)
    expect(all.filter((id) => !waiting.has(id) && !arrived.has(id))).toEqual([])

    await push(living)
    expect(server.commands.map(({ input }) => input['amount_minor'])).toEqual([1_000, 2_000, 3_000])
    if (!isSent) continue
    expect([...life.kinds]).toEqual(expect.arrayContaining(['call', 'open', 'put outbox']))
    return
  }
})
