// A phone's two hundred payments through sync_push, against the very same payments recorded one after the other by
// record_payment in as many transactions. The push also keeps each command, its answer and its receipt number's block.

import type { Actor } from '../db/actor.ts'
import { A_KEY } from '../db/field.ts'
import { uuid7 } from '../db/ids.ts'
import { median, onOwnServer, openIsp, type Options, type Result, timed } from './measure.ts'

const PAYMENTS = 200
const BATCH = 50
const SUBSCRIBERS = 100
const ROUNDS = 5

type Payment = Record<string, unknown>

export async function measure({ scale, say }: Options): Promise<Result> {
  return onOwnServer(async (server) => {
    const sql = server.open()
    // The owner may collect as well as take payments: both sides are the same person.
    const owner = await openIsp(sql)
    const subscribers = await addSubscribers(owner)
    const payments = Math.max(BATCH, Math.round((PAYMENTS * scale) / BATCH) * BATCH)

    const rounds: Array<{ push: number; direct: number }> = []
    // One round warms up both sides and is not counted.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const push = await pushAll(owner, subscribers, payments)
      const direct = await recordAll(owner, subscribers, payments)
      if (round === 0) continue
      rounds.push({ push, direct })
      say(
        `  ${payments} payments: push ${push.toFixed(0)} ms, direct ${direct.toFixed(0)} ms, ratio ${(push / direct).toFixed(2)}`,
      )
    }

    return {
      name: 'sync-push',
      ratio: median(rounds.map(({ push, direct }) => push / direct)),
      target: 2,
      details: {
        payments,
        pushMilliseconds: rounds.map(({ push }) => Math.round(push)),
        directMilliseconds: rounds.map(({ direct }) => Math.round(direct)),
      },
    }
  })
}

async function addSubscribers(owner: Actor): Promise<Array<string>> {
  const subscribers: Array<string> = []
  for (let made = 0; made < SUBSCRIBERS; made += 1) {
    const { id } = await owner.call<{ id: string }>('save_subscriber', {
      subscriber: { id: uuid7(), name: `Subscriber ${made}` },
    })
    subscribers.push(id)
  }
  return subscribers
}

async function pushAll(owner: Actor, subscribers: ReadonlyArray<string>, count: number) {
  const deviceId = uuid7()
  await owner.call('register_device', {
    device: { id: deviceId, label: 'Bench', public_key: A_KEY },
  })
  await owner.call('approve_device', { device_id: deviceId })
  const { blocks } = await owner.call<{ blocks: Array<{ first_serial: number }> }>(
    'reserve_receipts',
    { device_id: deviceId, wanted: count },
  )
  const first = blocks[0]?.first_serial ?? 0
  const commands = paymentsOf(subscribers, count).map(({ id, received_at, ...input }, at) => ({
    id,
    device_id: deviceId,
    device_seq: at + 1,
    name: 'record_payment',
    input: { ...input, received_at, serial: first + at },
    happened_at: received_at,
    schema_version: 1,
    prev_hash: '',
  }))

  return timed(async () => {
    for (const batch of batches(commands)) {
      const { results } = await owner.call<{ results: Array<{ state: string }> }>('sync_push', {
        batch: { device_id: deviceId, unsent_count: 0, commands: batch },
      })
      if (results.some(({ state }) => state !== 'applied')) throw new Error('A payment was parked')
    }
  })
}

async function recordAll(owner: Actor, subscribers: ReadonlyArray<string>, count: number) {
  const payments = paymentsOf(subscribers, count)
  return timed(async () => {
    for (const batch of batches(payments)) {
      await owner.run(
        (sql) => sql`
          select count(api.record_payment(p.value))
          from jsonb_array_elements(${JSON.stringify(batch)}::text::jsonb) as p
        `,
      )
    }
  })
}

function paymentsOf(subscribers: ReadonlyArray<string>, count: number): Array<Payment> {
  return Array.from({ length: count }, (_, at) => ({
    id: uuid7(),
    subscriber_id: subscribers[at % subscribers.length],
    subscription_id: null,
    method: 'cash',
    amount_minor: 10_000 + at,
    received_at: new Date().toISOString(),
  }))
}

function batches<T>(all: ReadonlyArray<T>): Array<Array<T>> {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, at) =>
    all.slice(at * BATCH, (at + 1) * BATCH),
  )
}
