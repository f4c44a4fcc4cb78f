// Entries and receipts as they were written, opened once and then kept in memory. Both never change. A record that was damaged stops
// nobody: what can be told without it is told, and the rest stands as it is.

import { hashOf } from './chain'
import type { OutboxEntry, ReceiptRow, StoredEntry, StoredReceipt } from './database'
import type { Phone } from './phone'
import { isSealed, openStored } from './vault'

/** `isDamaged`: it does not open any more, and `input` is what the receipt still tells, or nothing. */
export type OpenedEntry = OutboxEntry & { isDamaged?: true }

/** All of them, each with what can be read of it. */
export async function openEach(
  phone: Phone,
  stored: ReadonlyArray<StoredEntry>,
): Promise<Array<OpenedEntry>> {
  const { vault, memory } = phone
  const fresh = stored.filter(({ id }) => !memory.inputs.has(id) && !memory.damaged.has(id))
  const open = async (entry: StoredEntry) => {
    try {
      const input: unknown = await openStored(vault, entry.input)
      if (!isInput(input)) throw new TypeError('Nothing is left of it')
      memory.inputs.set(entry.id, input)
    } catch {
      await openByPaper(phone, entry)
    }
  }
  await Promise.all(fresh.map(open))
  return stored.map((entry) => ({
    ...entry,
    input: memory.inputs.get(entry.id) ?? memory.damaged.get(entry.id) ?? {},
    ...(memory.damaged.has(entry.id) ? { isDamaged: true } : {}),
  }))
}

/** Those that say something. One that was damaged and has no receipt is not among them; it is sent as word of itself. */
export async function openEntries(
  phone: Phone,
  stored: ReadonlyArray<StoredEntry>,
): Promise<Array<OutboxEntry>> {
  const opened = await openEach(phone, stored)
  return opened.filter(({ isDamaged, input }) => !isDamaged || 'amount_minor' in input)
}

/** The receipt tells the same as its entry but for a note and a place. Where there was neither, the entry's hash proves it word for word. */
async function openByPaper(phone: Phone, { input: _, ...entry }: StoredEntry) {
  const { db, vault, memory } = phone
  const { state: _s, hash, answer: _a, answered_at: _t, ...command } = entry
  const stored = await db.receipts.get(entry.id)
  const paper = stored && (await openReceipt(vault, stored))
  const input = paper ? inputOf(paper) : {}
  const isProven = paper !== null && (await hashOf({ ...command, input })) === hash
  const kept = isProven ? memory.inputs : memory.damaged
  kept.set(entry.id, input)
}

function isInput(held: unknown): held is OutboxEntry['input'] {
  return typeof held === 'object' && held !== null
}

function inputOf(paper: ReceiptRow): OutboxEntry['input'] {
  const { subscriber_id, amount_minor, received_at, number, effect, signature } = paper
  return {
    subscriber_id,
    subscription_id: effect.prepaid?.subscription_id ?? null,
    method: 'cash',
    amount_minor,
    pay_ahead: true,
    received_at,
    number,
    serial: Number(/\d+$/.exec(number)?.[0]),
    ...(signature ? { signature } : {}),
  }
}

export async function openReceipts(
  phone: Phone,
  paymentIds: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, ReceiptRow>> {
  const { db, vault, memory } = phone
  const fresh = paymentIds.filter((id) => !memory.receipts.has(id))
  const stored = fresh.length > 0 ? await db.receipts.getEach(fresh) : []
  const open = async (row: StoredReceipt | undefined) => {
    const opened = row && (await openReceipt(vault, row))
    if (opened) memory.receipts.set(opened.payment_id, opened)
  }
  await Promise.all(stored.map(open))
  return memory.receipts
}

/** Null where it was damaged. The paper that was given out says the same. */
async function openReceipt(vault: Phone['vault'], row: StoredReceipt): Promise<ReceiptRow | null> {
  if (!isSealed(row)) return row
  const { payment_id, received_at } = row
  try {
    const content = await vault.open<Omit<ReceiptRow, 'payment_id' | 'received_at'>>(row)
    return { ...content, payment_id, received_at }
  } catch {
    return null
  }
}

export async function sealReceipt(
  vault: Phone['vault'],
  { payment_id, received_at, ...content }: ReceiptRow,
): Promise<StoredReceipt> {
  return { payment_id, received_at, ...(await vault.seal(content)) }
}
