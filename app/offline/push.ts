// Sends what is waiting, oldest first. Nothing leaves the waiting line before its answer is stored.

import { type Answer, type Command, readMeta, writeMeta } from './database'
import { type OpenedEntry, openEach } from './opened'
import { asCommand, readable, waitingEntries } from './outbox'
import type { Phone, Reply } from './phone'

const BATCH_SIZE = 50
const SILENT_MILLISECONDS = 10 * 60_000
/** So many in a row that fail by themselves are no fault of theirs. */
const MOST_PASSED = 3
const LONGEST_TEXT = 500

export type Stopped = Exclude<Reply, { kind: 'ok' }>

/** What lies here does not open any more. */
const DAMAGED = 'damaged_on_phone'

/** What the office says of a batch that it will never take as it stands. */
const unsendable = new Set(['batch_unreadable', 'invalid_input', 'too_large'])

/** Answers null when nothing is waiting any more, else why it stopped; the next run goes on from there. */
export async function push(phone: Phone): Promise<Stopped | null> {
  const { db } = phone
  // What was written by an older version may be beyond any server. Nobody waits behind it: alone, it goes as a report of itself.
  const apart = new Map<string, string>()
  const passed = new Set<string>()
  let size = BATCH_SIZE

  for (;;) {
    const all = await waitingEntries(db)
    const waiting = all.filter(({ id }) => !passed.has(id))
    const batch = await openEach(phone, waiting.slice(0, size))
    if (batch.length === 0 && passed.size > 0) return { kind: 'unreachable' }
    if (batch.length === 0 && !(await isSilent(phone))) return null

    const reply = await phone.call('/api/sync/push', {
      device_id: phone.deviceId,
      epoch: await readMeta<number>(db, 'epoch'),
      unsent_count: all.length - batch.length,
      commands: batch.map((entry) => commandOf(entry, apart.get(entry.id))),
    })
    const [first] = batch
    if (first && isAboutContent(reply)) {
      if (batch.length > 1) size = 1
      else if (reply.reason === 'batch_failed' || apart.has(first.id)) passed.add(first.id)
      else apart.set(first.id, reply.reason)
      if (passed.size === MOST_PASSED) return { kind: 'unreachable' }
      continue
    }
    if (reply.kind !== 'ok') return reply
    await writeMeta(db, 'heard_at', phone.readClock())
    const restored = restoredTo(reply.body)
    if (restored !== null) await writeMeta(db, 'restored', restored)
    if (batch.length === 0 || restored !== null) return null

    const answers = readAnswers(reply.body)
    const answered = batch.filter((entry) => answers.has(entry.id))
    // An answer about nothing we sent would send the same batch forever.
    if (answered.length === 0) return { kind: 'unreachable' }

    const answeredAt = phone.now().toISOString()
    await db.write(['outbox'], async ({ outbox }) => {
      for (const { id } of answered) {
        await outbox.change(id, {
          state: 'answered',
          answer: answers.get(id) ?? null,
          answered_at: answeredAt,
        })
      }
    })
    size = Math.min(size * 2, BATCH_SIZE)
  }
}

function isAboutContent(reply: Reply): reply is Reply & { kind: 'refused' } {
  return (
    reply.kind === 'refused' && (reply.reason === 'batch_failed' || unsendable.has(reply.reason))
  )
}

/** With a reason it is not the deed but word of it: what can be read, for a person at the office to settle. */
function commandOf(entry: OpenedEntry, refused?: string): Command & { set_aside?: string } {
  const command = asCommand(entry)
  const reason = refused ?? (entry.isDamaged ? DAMAGED : null)
  if (!reason) return command
  return { ...command, input: readable(command.input, LONGEST_TEXT), set_aside: reason }
}

/** A phone with nothing to say says so now and then: the office sees that it is well. */
async function isSilent({ db, readClock }: Phone) {
  const heardAt = await readMeta<number>(db, 'heard_at')
  return heardAt === null || Math.abs(readClock() - heardAt) >= SILENT_MILLISECONDS
}

/** A server restored from a backup takes nothing from the middle. The pull that follows begins anew; where none is granted, `sendAgain` does. */
function restoredTo(body: unknown): number | null {
  const { restored } = (body ?? {}) as { restored?: unknown }
  return typeof restored === 'number' ? restored : null
}

const states = ['applied', 'duplicate', 'parked'] as const

function readAnswers(body: unknown): Map<string, Answer> {
  const { results } = (body ?? {}) as { results?: Array<Partial<Answer> & { id?: string }> }
  const answers = new Map<string, Answer>()
  for (const { id, state, reason } of Array.isArray(results) ? results : []) {
    if (typeof id === 'string' && states.some((known) => known === state) && state) {
      answers.set(id, { state, reason: reason ?? null })
    }
  }
  return answers
}
