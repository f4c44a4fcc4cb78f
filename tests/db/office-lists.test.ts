// The lists of promises, late fees and deposits: each filter lets its rows in and no other, and the file says what the page says.

import { expect, test } from 'vitest'
import { findDeposits } from '~/server/deposits.server'
import { findLateFees } from '~/server/late-fees.server'
import type { MemberMe } from '~/server/guard.server'
import { listFile } from '~/server/lists/list-files.server'
import { readPage } from '~/server/list-query.server'
import { everyRow, type List } from '~/server/listing.server'
import { findPromises } from '~/server/promises.server'
import type { Db } from '~/server/supabase.server'
import { createActor } from './actor.ts'
import { ownApi } from './api.ts'
import { uuid7 } from './ids.ts'
import { noon } from './money.ts'
import { signUpTenant, type Stage } from './story.ts'

const PEOPLE = { ana: 'Ana Reyes', ben: 'Ben Cruz', carla: 'Carla Peña' }
type Who = keyof typeof PEOPLE
const everybody = Object.keys(PEOPLE) as Array<Who>

/** An ISP that serves three people at three prices since November 5th, on a calendar of the test's own. */
async function ispOfThree() {
  const api = await ownApi()
  let now = noon('2026-11-05')
  const stage: Stage = {
    sql: api.sql as unknown as Stage['sql'],
    actor: (claims) =>
      createActor(claims, async <T>(work: (sql: Stage['sql']) => Promise<T>) => {
        const result = await api.sql.begin(async (begun) => {
          await begun`select set_config('linyada.clock_at', ${now}, true)`
          return { value: await work(begun) }
        })
        return result.value
      }),
  }
  const north = await signUpTenant('North Fiber', stage)
  const { owner } = north
  const ids = { ana: '', ben: '', carla: '' }
  for (const [at, who] of everybody.entries()) {
    ids[who] = await north.subscriber({ name: PEOPLE[who], account_no: `A-${at + 1}` })
    await north.service(ids[who], await north.plan({ price_minor: 100_000 * (at + 1) }))
  }

  /** What the product does by itself for this ISP. */
  const acting = (work: (sql: Stage['sql']) => Promise<void>) =>
    api.sql.begin(async (begun) => {
      await begun`select set_config('linyada.clock_at', ${now}, true), access.act_for(${north.id})`
      await work(begun)
    })

  return {
    north,
    owner,
    ids,
    db: api.clientOf(owner.claims) as unknown as Db,
    on: (day: string) => void (now = noon(day)),
    pay: (who: Who, amount_minor: number) =>
      owner.call('record_payment', {
        payment: { id: uuid7(), subscriber_id: ids[who], method: 'cash', amount_minor },
      }),
    async bill(period: string) {
      now = noon(period)
      for (;;) {
        const { state } = await owner.call<{ state: string }>('run_billing', { period })
        if (state !== 'running') return
      }
    },
    /** What the schedule does at noon of a day. */
    async dun(day: string) {
      now = noon(day)
      await acting(async (sql) => {
        for (;;) {
          const [row] = await sql<Array<{ answer: string }>>`
            select billing.advance_dunning() as answer
          `
          if (row?.answer === 'idle') return
        }
      })
    },
    acting,
  }
}

type Listed = { subscriber_name: string; amount_minor: number | null }

/** A row, short: who and how much. */
function said({ subscriber_name, amount_minor }: Listed) {
  return `${subscriber_name.split(' ')[0]} ${amount_minor === null ? '—' : amount_minor / 100}`
}

/** Each address shows these rows, and its file has the same ones, read in parts. */
async function expectShown<Row extends Listed>(
  list: (params: URLSearchParams) => List<Row>,
  addresses: Record<string, ReadonlyArray<string>>,
) {
  for (const [address, rows] of Object.entries(addresses)) {
    const params = new URLSearchParams(address)
    const page = await readPage(list(params), params, new Headers())
    expect(page.rows.map(said), address).toEqual(rows)
    expect(page.total, address).toBe(rows.length)
    const file: Array<Row> = []
    for await (const row of everyRow(list(params), 2)) file.push(row)
    expect(file, address).toEqual(page.rows)
  }
}

/** The lines of a list's file. */
async function fileOf(name: string, db: Db, query: string) {
  const me = { tenant: { time_zone: 'Asia/Manila', today: '2027-01-20' } } as MemberMe
  const params = new URLSearchParams(`${query}&format=csv`)
  const answer = await listFile(name)?.answer({ db, me, params, headers: new Headers() })
  return (await answer?.text())?.trim().split('\r\n')
}

test('promises are found by state, day, subscriber and words, and open ones stand by their day', async () => {
  const isp = await ispOfThree()
  const { owner, ids, db } = isp
  const carlo = await isp.north.collector()
  const promise = async (who: Who, promised_on: string, amount_minor: number) => {
    const id = uuid7()
    const of = { subscriber_id: ids[who], promised_on, amount_minor, note: 'After payday' }
    await owner.call('record_promise', { promise: { id, ...of } })
    return id
  }
  await isp.bill('2026-12-01')
  isp.on('2026-12-20')
  await promise('ana', '2026-12-24', 60_000)
  const withdrawn = await promise('ben', '2026-12-23', 70_000)
  await owner.call('withdraw_promise', { promise_id: withdrawn })
  await promise('carla', '2026-12-22', 80_000)
  await isp.pay('carla', 80_000)
  await isp.dun('2026-12-25')
  isp.on('2026-12-26')
  await isp.pay('ben', 200_000)
  // From a phone without a signal, that did not know of the payment: for whatever is owed, which is nothing.
  await isp.acting(async (sql) => {
    await sql`
      select collections.take_promise(${uuid7()}, ${ids.ben}, '2026-12-30', null, null, clock.now(), ${carlo.memberId})
    `
  })
  isp.on('2026-12-27')
  await promise('ana', '2026-12-29', 30_000)
  isp.on('2026-12-28')
  await promise('carla', '2026-12-31', 90_000)

  const list = (params: URLSearchParams) => findPromises(db, params)
  const all = ['Carla 900', 'Ben —', 'Ana 300', 'Ana 600', 'Ben 700', 'Carla 800']
  await expectShown(list, {
    '': all,
    'state=open': ['Ana 300', 'Carla 900'],
    'state=kept': ['Ben —', 'Carla 800'],
    'state=broken': ['Ana 600'],
    'state=withdrawn': ['Ben 700'],
    [`subscriber=${ids.ana}`]: ['Ana 300', 'Ana 600'],
    'from=2026-12-29': ['Carla 900', 'Ben —', 'Ana 300'],
    'until=2026-12-23': ['Ben 700', 'Carla 800'],
    'from=2026-12-23&until=2026-12-24': ['Ana 600', 'Ben 700'],
    'q=ben': ['Ben —', 'Ben 700'],
    'q=A-3': ['Carla 900', 'Carla 800'],
    'q=carlo': ['Ben —'],
    'state=open&q=A-3': ['Carla 900'],
    'sort=amount_minor': ['Ana 300', 'Ana 600', 'Ben 700', 'Carla 800', 'Carla 900', 'Ben —'],
    'sort=-amount_minor': ['Carla 900', 'Carla 800', 'Ben 700', 'Ana 600', 'Ana 300', 'Ben —'],
    'sort=subscriber_name': ['Ana 600', 'Ana 300', 'Ben 700', 'Ben —', 'Carla 800', 'Carla 900'],
    'sort=promised_on': all.toReversed(),
    'sort=-made_at': ['Carla 900', 'Ana 300', 'Ben —', 'Ana 600', 'Ben 700', 'Carla 800'],
    // No day, no subscriber and no column of the list: nothing is narrowed, and the order is its own.
    'from=2026-02-30&until=soon&subscriber=ana&sort=note': all,
  })
  expect(await fileOf('promises', db, 'from=2026-12-29&sort=promised_on')).toEqual([
    'Account,Subscriber,Pays by,Amount,State,Noted,Noted by,Note',
    'A-1,Ana Reyes,2026-12-29,300.00,open,2026-12-27 12:00,North Fiber Owner,After payday',
    'A-2,Ben Cruz,2026-12-30,,kept,2026-12-26 12:00,Carlo Collector,',
    'A-3,Carla Peña,2026-12-31,900.00,open,2026-12-28 12:00,North Fiber Owner,After payday',
  ])
})

test('late fees are found by what became of them, subscriber, invoice and words', async () => {
  const isp = await ispOfThree()
  const { owner, ids, db } = isp
  await owner.call('save_dunning_settings', {
    settings: { late_fee_kind: 'percent', late_fee_bp: 500, late_fee_stages: ['warned'] },
  })
  // Each is warned on a day of their own.
  await owner.call('set_grace', { subscriber_id: ids.ben, grace_days: 1 })
  await owner.call('set_grace', { subscriber_id: ids.carla, grace_days: 2 })
  await isp.bill('2026-12-01')
  for (const day of ['2026-12-16', '2026-12-17', '2026-12-18']) await isp.dun(day)
  const [fee] = await owner.read('late_fees', { subscriber_id: ids.ben })
  await owner.call('waive_late_fee', { late_fee_id: fee?.['id'], reason: 'First time' })
  await isp.bill('2027-01-01')
  await isp.pay('ana', 125_000)
  await isp.dun('2027-01-16')

  const list = (params: URLSearchParams) => findLateFees(db, params)
  const all = ['Ana 40', 'Carla 150', 'Ben 100', 'Ana 50']
  await expectShown(list, {
    '': all,
    'state=waiting': ['Ana 40'],
    'state=billed': ['Carla 150', 'Ana 50'],
    'state=waived': ['Ben 100'],
    [`subscriber=${ids.ana}`]: ['Ana 40', 'Ana 50'],
    'q=INV-000003': ['Carla 150'],
    'q=ben': ['Ben 100'],
    'q=A-1': ['Ana 40', 'Ana 50'],
    'state=billed&q=A-1': ['Ana 50'],
    'sort=subscriber_name': ['Ana 50', 'Ana 40', 'Ben 100', 'Carla 150'],
    'sort=number': ['Ana 50', 'Ben 100', 'Carla 150', 'Ana 40'],
    'sort=created_at': all.toReversed(),
    'sort=-amount_minor': ['Carla 150', 'Ben 100', 'Ana 50', 'Ana 40'],
    'subscriber=ben&sort=state': all,
  })
  expect(await fileOf('late-fees', db, 'state=waived')).toEqual([
    'Account,Subscriber,Invoice,Charged,Amount,State,Waived by,Reason',
    'A-2,Ben Cruz,INV-000002,2026-12-17 12:00,100.00,waived,North Fiber Owner,First time',
  ])
})

test('deposits are found by what happened to them, subscriber, receipt, reference and words', async () => {
  const isp = await ispOfThree()
  const { owner, ids, db } = isp
  const take = async (who: Who, amount_minor: number) => {
    const payment_id = uuid7()
    const of = { subscriber_id: ids[who], amount_minor, method: 'cash' }
    await owner.call('take_deposit', { deposit: { id: uuid7(), payment_id, ...of } })
    return payment_id
  }
  await take('ana', 150_000)
  isp.on('2026-11-06')
  const payment_id = await take('ben', 50_000)
  isp.on('2026-11-07')
  await take('carla', 30_000)
  await isp.bill('2026-12-01')
  await owner.call('apply_deposit', {
    deposit: { id: uuid7(), subscriber_id: ids.carla, amount_minor: 30_000 },
  })
  isp.on('2026-12-03')
  await owner.call('return_deposit', {
    deposit_return: {
      id: uuid7(),
      subscriber_id: ids.ana,
      amount_minor: 40_000,
      method: 'gcash',
      reference: 'GC-9',
      reason: 'Moves away',
    },
  })
  isp.on('2026-12-04')
  const { request_id } = await owner.call('request_void', { payment_id, reason: 'Wrong person' })
  const manager = await isp.north.member('payments.approve_void')
  await manager.call('approve_void', { request_id })

  const list = (params: URLSearchParams) => findDeposits(db, params)
  const all = ['Ben -500', 'Ana -400', 'Carla -300', 'Carla 300', 'Ben 500', 'Ana 1500']
  await expectShown(list, {
    '': all,
    'kind=taken': ['Carla 300', 'Ben 500', 'Ana 1500'],
    'kind=returned': ['Ana -400'],
    'kind=applied': ['Carla -300'],
    'kind=taken_back': ['Ben -500'],
    [`subscriber=${ids.carla}`]: ['Carla -300', 'Carla 300'],
    'q=R-000001': ['Ana 1500'],
    'q=gc-9': ['Ana -400'],
    'q=ben': ['Ben -500', 'Ben 500'],
    'q=A-3': ['Carla -300', 'Carla 300'],
    'kind=taken&q=A-3': ['Carla 300'],
    'sort=subscriber_name': [
      'Ana 1500',
      'Ana -400',
      'Ben 500',
      'Ben -500',
      'Carla 300',
      'Carla -300',
    ],
    'sort=created_at': all.toReversed(),
    'sort=-amount_minor': all.toReversed(),
    'subscriber=ben&sort=kind': all,
  })
  expect(await fileOf('deposits', db, `subscriber=${ids.ana}`)).toEqual([
    'Account,Subscriber,When,What,Receipt,Returned by,Reference,Note,By,Amount',
    'A-1,Ana Reyes,2026-12-03 12:00,returned,,gcash,GC-9,Moves away,North Fiber Owner,-400.00',
    'A-1,Ana Reyes,2026-11-05 12:00,taken,R-000001,,,,North Fiber Owner,1500.00',
  ])
})
