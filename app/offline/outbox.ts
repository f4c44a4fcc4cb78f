// What the person did, in the order it happened. Written here before anybody is told that it happened.

import { hashOf } from './chain'
import {
  type BlockRow,
  type Command,
  type OutboxEntry,
  type PhoneDatabase,
  type Read,
  readMeta,
  type ReceiptRow,
  type StoredEntry,
  type Together,
  writeMeta,
} from './database'
import { openEach, sealReceipt } from './opened'
import type { Phone } from './phone'

/** 2: the hash is over the text the server makes of it too. Entries of version 1 go out as they were written. */
export const SCHEMA_VERSION = 2
const SERIAL_DIGITS = 6
/** The highest number handed out here, also of blocks that are gone. */
const HIGHEST = 'highest_serial'
/** Another tab may write first; each time it does, we look again. */
const ATTEMPTS = 20

export type ReceiptNumber = { serial: number; number: string }

/** Something the person did. With a receipt it also takes a number, and both are written or neither. */
export type Deed = {
  id: string
  name: string
  happenedAt: string
  input: Record<string, unknown>
  receipt?: (taken: ReceiptNumber) => Promise<ReceiptRow>
}

export class OutOfReceipts extends Error {
  override name = 'OutOfReceipts'
}

/** Writes the deed once: the same id again answers with the entry that is there. */
export async function enqueue(phone: Phone, deed: Deed): Promise<OutboxEntry> {
  const { db, vault } = phone

  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const known = await db.outbox.get(deed.id)
    if (known) return openOne(phone, known)

    const [last, block] = [await lastEntry(db), deed.receipt ? await openBlock(db) : null]
    if (block === undefined) throw new OutOfReceipts()

    // Signing, hashing and sealing await something that is not the store, so they happen outside the transaction.
    const taken = block ? numberOf(block) : null
    const receipt = taken && deed.receipt ? await deed.receipt(taken) : null
    const entry = await makeEntry(phone, deed, last, { ...taken, signature: receipt?.signature })
    const sealed = { ...entry, input: await vault.seal(entry.input) }
    const paper = receipt ? await sealReceipt(vault, receipt) : null

    const isWritten = await db.write(['outbox', 'blocks', 'receipts', 'meta'], async (tables) => {
      const { outbox, blocks, receipts } = tables
      const isUnchanged =
        (await lastEntry(tables))?.device_seq === last?.device_seq &&
        (block === null || (await blocks.get(block.id))?.next_serial === block.next_serial)
      if (!isUnchanged || (await outbox.get(deed.id))) return false

      await outbox.add(sealed)
      if (block && paper) {
        await blocks.change(block.id, { next_serial: block.next_serial + 1 })
        await writeMeta(tables, HIGHEST, block.next_serial)
        await receipts.add(paper)
      }
      return true
    })
    if (isWritten) return entry
  }
  throw new Error('The outbox is busy in another window. Close the other one and try again.')
}

async function openOne(phone: Phone, stored: StoredEntry): Promise<OutboxEntry> {
  const [entry] = await openEach(phone, [stored])
  if (!entry) throw new Error('The entry was not opened')
  return entry
}

/** How many receipts can still be handed out without the server. */
export async function receiptsLeft(db: PhoneDatabase): Promise<number> {
  const blocks = await db.blocks.list()
  return blocks.reduce((left, block) => left + (block.last_serial - block.next_serial + 1), 0)
}

/**
 * The server's blocks, never turning back a number that was already handed out: a server restored from a backup lends a block
 * again that was used up here.
 */
export async function keepBlocks(db: PhoneDatabase, blocks: ReadonlyArray<BlockRow>) {
  await db.write(['blocks', 'meta'], async (tables) => {
    const highest = (await readMeta<number>(tables, HIGHEST)) ?? 0
    for (const block of blocks) {
      const known = await tables.blocks.get(block.id)
      const next = Math.max(block.next_serial, known?.next_serial ?? 0, highest + 1)
      const next_serial = Math.min(next, block.last_serial + 1)
      await tables.blocks.put({ ...block, next_serial })
    }
    // A block the server no longer lends, such as one cancelled by the office, is not used any more.
    const lent = new Set(blocks.map((block) => block.id))
    const kept = await tables.blocks.keys()
    await tables.blocks.delete(...kept.filter((id) => !lent.has(id)))
  })
}

/** A server restored from a backup may have forgotten what it answered; it knows again what it hears twice. */
export async function sendAllAgain(
  tables: Together<'outbox' | 'meta'>,
  epoch: number | null,
): Promise<void> {
  const entries = await tables.outbox.list()
  await tables.outbox.put(...entries.map((entry) => ({ ...entry, state: 'waiting' as const })))
  await writeMeta(tables, 'epoch', epoch)
  await tables.meta.delete('restored')
}

export function asCommand(entry: OutboxEntry): Command {
  const { id, device_id, device_seq, name, input, happened_at, schema_version, prev_hash } = entry
  return { id, device_id, device_seq, name, input, happened_at, schema_version, prev_hash }
}

export function lastEntry({ outbox }: Read<'outbox'>) {
  return outbox.last('device_seq')
}

/** What only this phone knows of, in the order it was done. */
export async function waitingEntries({ outbox }: Read<'outbox'>): Promise<Array<StoredEntry>> {
  return inOrder(await outbox.list('state', 'waiting'))
}

/** What the mirror does not show, in the order it was done. */
export async function ownEntries({ outbox }: Read<'outbox'>): Promise<Array<StoredEntry>> {
  return inOrder(await outbox.list('state', 'waiting', 'answered'))
}

function inOrder(entries: Array<StoredEntry>) {
  return entries.sort((a, b) => a.device_seq - b.device_seq)
}

/** Numbers are used strictly in order. */
async function openBlock({ blocks }: Read<'blocks'>) {
  const inOrder = await blocks.list('first_serial')
  return inOrder.find((block) => block.next_serial <= block.last_serial)
}

function numberOf({ prefix, next_serial }: BlockRow): ReceiptNumber {
  return {
    serial: next_serial,
    number: prefix + String(next_serial).padStart(SERIAL_DIGITS, '0'),
  }
}

async function makeEntry(
  phone: Phone,
  deed: Deed,
  last: StoredEntry | undefined,
  proof: Partial<ReceiptNumber> & { signature: string | undefined },
): Promise<OutboxEntry> {
  const { signature, ...number } = proof
  const command: Command = {
    id: deed.id,
    device_id: phone.deviceId,
    device_seq: (last?.device_seq ?? 0) + 1,
    name: deed.name,
    input: { ...readable(deed.input), ...number, ...(signature ? { signature } : {}) },
    happened_at: deed.happenedAt,
    schema_version: SCHEMA_VERSION,
    prev_hash: last?.hash ?? '',
  }
  const hash = await hashOf(command)
  return { ...command, hash, state: 'waiting', answer: null, answered_at: null }
}

/** Postgres reads neither half a character nor NUL: one such note would hold up everything behind it for good. */
export function readable(input: Deed['input'], longest?: number): Deed['input'] {
  const read = (_: string, value: unknown) =>
    typeof value === 'string'
      ? value
          .slice(0, longest)
          .replace(/\p{Cs}/gu, '')
          .replaceAll('\0', '')
      : value
  return JSON.parse(JSON.stringify(input), read) as Deed['input']
}
