// A collector with a phone, as the sync tests need one.

import { expect } from 'vitest'
import { uuid7 } from './ids.ts'
import type { Person, Tenant } from './story.ts'

export type Answer = {
  id: string
  state: 'applied' | 'duplicate' | 'parked'
  reason: string | null
  result: Record<string, unknown> | null
}

export type Command = {
  id: string
  device_id: string
  device_seq: number
  name: string
  input: Record<string, unknown>
  happened_at: string
  schema_version: number
  prev_hash: string
}

export type Block = {
  id: string
  prefix: string
  first_serial: number
  last_serial: number
  next_serial: number
}

export type Phone = {
  id: string
  person: Person
  /** A command that was not sent yet; the numbers go on by themselves. */
  command: (name: string, input: Record<string, unknown>, changed?: Partial<Command>) => Command
  payment: (
    subscriberId: string | null,
    amountMinor: unknown,
    input?: Record<string, unknown>,
  ) => Command
  push: (...commands: Array<unknown>) => Promise<Array<Answer>>
  /** Pushes one command and answers its result. */
  send: (command: Command) => Promise<Answer>
}

export const NOON = '2026-11-10T04:00:00Z'

/** The public half of some phone's key. Which one does not matter where nothing is signed. */
export const A_KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}

/** Makes a phone known and has the owner approve it. */
export async function approvedDevice(person: Person): Promise<string> {
  const id = uuid7()
  await person.call('register_device', {
    device: { id, label: 'Android · Chrome', public_key: A_KEY },
  })
  await person.owner.call('approve_device', { device_id: id })
  return id
}

/** An approved phone with its first receipt numbers. */
export async function phoneOf(person: Person): Promise<Phone> {
  const id = await approvedDevice(person)
  const { blocks } = await person.call<{ blocks: Array<Block> }>('reserve_receipts', {
    device_id: id,
  })
  const [block] = blocks
  if (!block) throw new Error('The phone got no receipt numbers')
  let seq = 0
  let serial = block.first_serial

  const command: Phone['command'] = (name, input, changed = {}) => {
    seq += 1
    return {
      id: uuid7(),
      device_id: id,
      device_seq: seq,
      name,
      input,
      happened_at: NOON,
      schema_version: 1,
      prev_hash: '',
      ...changed,
    }
  }
  const push: Phone['push'] = async (...commands) => {
    const { results } = await person.call<{ results: Array<Answer> }>('sync_push', {
      batch: { device_id: id, unsent_count: 0, commands },
    })
    return results
  }

  return {
    id,
    person,
    command,
    push,
    payment: (subscriberId, amountMinor, input = {}) => {
      const number = block.prefix + String(serial).padStart(6, '0')
      const made = command('record_payment', {
        subscriber_id: subscriberId,
        method: 'cash',
        amount_minor: amountMinor,
        received_at: NOON,
        serial,
        number,
        ...input,
      })
      serial += 1
      return made
    },
    send: async (sent) => {
      const [answer] = await push(sent)
      expect(answer?.id).toBe(sent.id)
      if (!answer) throw new Error('The push had no answer')
      return answer
    },
  }
}

/** A subscriber on the collector's route with a postpaid service that is billed for November. */
export async function billedSubscriber(tenant: Tenant, collector: Person) {
  const plan = await tenant.plan({ price_minor: 99_900 })
  const subscriber = await tenant.subscriber({ name: 'Ana Reyes', purok: 'Purok 3', phone: '0917' })
  await tenant.service(subscriber, plan, '2026-10-01')
  await tenant.route(collector, subscriber)
  return subscriber
}

export async function bill(tenant: Tenant, period = '2026-11-01') {
  await tenant.owner.call('run_billing', { period })
}
