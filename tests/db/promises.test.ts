// A promise to pay holds the cut back until its day is over, and is kept or broken by itself.

import { expect, test } from 'vitest'
import { setClock } from './database.ts'
import {
  ana,
  billDecember,
  dun,
  holds,
  isOn,
  north,
  PRICE,
  promise,
  promises,
  stages,
} from './dunned.ts'
import { phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { expectSound, noon, pay } from './money.ts'

test('a promise holds the cut back, and is broken when its day passes unpaid', async () => {
  await billDecember()
  await dun('2026-12-16')
  await setClock(noon('2026-12-24'))
  await promise('2026-12-29')
  await dun('2026-12-28')
  await dun('2026-12-29')
  expect(await isOn()).toBe(true)
  expect(await promises()).toEqual(['open'])
  await dun('2026-12-30')
  expect(await promises()).toEqual(['broken'])
  expect(await isOn()).toBe(false)
  await expectSound(north)
})

test('a promise is kept by the payment itself, also by two', async () => {
  await billDecember()
  await setClock(noon('2026-12-20'))
  await promise('2026-12-24', 60_000)
  await setClock(noon('2026-12-21'))
  await pay(north.owner, { subscriber_id: ana, amount_minor: 30_000 })
  expect(await promises()).toEqual(['open'])
  await pay(north.owner, { subscriber_id: ana, amount_minor: 30_000 })
  expect(await promises()).toEqual(['kept'])
  await expectSound(north)
})

test('cash of a phone that was in time mends a promise that was broken meanwhile', async () => {
  const carlo = await north.collector()
  await north.route(carlo, ana)
  await billDecember()
  const phone = await phoneOf(carlo)
  await setClock(noon('2026-12-20'))
  await promise('2026-12-22')
  await dun('2026-12-23')
  expect(await promises()).toEqual(['broken'])
  await phone.push({ ...phone.payment(ana, PRICE), happened_at: '2026-12-22T09:00:00Z' })
  expect(await promises()).toEqual(['kept'])
})

test('a promise given while cut switches on again until its day is over', async () => {
  await billDecember()
  await dun('2026-12-16')
  await dun('2026-12-28')
  expect(await isOn()).toBe(false)
  await promise('2026-12-29')
  expect(await isOn()).toBe(true)
  expect(await holds()).toMatchObject([{ closed_reason: 'Promised to pay by 29 Dec 2026' }])
  await dun('2026-12-30')
  expect(await isOn()).toBe(false)
  expect((await stages()).filter((stage) => stage.startsWith('suspended'))).toHaveLength(1)
  await expectSound(north)
})

test('promises have a limit in days and in number, and a repeat is the same promise', async () => {
  await billDecember()
  await setClock(noon('2026-12-20'))
  await expect(promise('2026-12-28')).rejects.toMatchObject({ detail: 'promise_too_far' })
  await expect(promise('2026-12-19')).rejects.toMatchObject({ detail: 'promise_in_past' })
  await expect(promise('2026-13-45')).rejects.toMatchObject({ detail: 'invalid_promise' })

  const id = uuid7()
  const answer = await promise('2026-12-21', undefined, id)
  expect(answer).toMatchObject({ state: 'open', amount_minor: PRICE })
  expect(await promise('2026-12-21', undefined, id)).toEqual(answer)
  await expect(promise('2026-12-22', undefined, id)).rejects.toMatchObject({
    detail: 'promise_conflict',
  })
  await setClock(noon('2026-12-21'))
  await promise('2026-12-22')
  expect((await promises()).sort()).toEqual(['open', 'withdrawn'])
  await expect(promise('2026-12-23')).rejects.toMatchObject({ detail: 'promise_limit' })

  const [open] = await north.owner.read('promises', { state: 'open' })
  await north.owner.call('withdraw_promise', { promise_id: open?.['id'] })
  await expect(
    north.owner.call('withdraw_promise', { promise_id: open?.['id'] }),
  ).rejects.toMatchObject({ detail: 'promise_not_open' })
  await pay(north.owner, { subscriber_id: ana, amount_minor: PRICE })
  await expect(promise('2026-12-22')).rejects.toMatchObject({ detail: 'nothing_owed' })
})

test('a promise whose payment is void is open again, or broken', async () => {
  await billDecember()
  await setClock(noon('2026-12-20'))
  await promise('2026-12-24')
  await setClock(noon('2026-12-21'))
  const { payment_id } = await pay(north.owner, { subscriber_id: ana, amount_minor: PRICE })
  expect(await promises()).toEqual(['kept'])
  const other = await north.member('payments.approve_void')
  const { request_id } = await north.owner.call<{ request_id: string }>('request_void', {
    payment_id,
    reason: 'wrong person',
  })
  await other.call('approve_void', { request_id })
  expect(await promises()).toEqual(['open'])
  await dun('2026-12-25')
  expect(await promises()).toEqual(['broken'])
  await expectSound(north)
})
