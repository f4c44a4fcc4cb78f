// Entries and receipts as they were written, opened once and then kept in memory. Both never change.

import type { OutboxEntry, ReceiptRow, StoredEntry, StoredReceipt } from './database'
import type { Phone } from './phone'
import { elsewhere, isSealed, openStored } from './vault'

export async function openEntries(
  { vault, memory }: Phone,
  stored: ReadonlyArray<StoredEntry>,
): Promise<Array<OutboxEntry>> {
  const fresh = stored.filter(({ id }) => !memory.inputs.has(id))
  const open = async ({ id, input }: StoredEntry) => {
    memory.inputs.set(id, await openStored(vault, input))
  }
  if (fresh.length > 0) await elsewhere(() => Promise.all(fresh.map(open)))
  return stored.map((entry) => ({ ...entry, input: memory.inputs.get(entry.id) ?? {} }))
}

export async function openReceipts(
  phone: Phone,
  paymentIds: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, ReceiptRow>> {
  const { db, vault, memory } = phone
  const fresh = paymentIds.filter((id) => !memory.receipts.has(id))
  const stored = fresh.length > 0 ? await db.receipts.bulkGet(fresh) : []
  const open = async (row: StoredReceipt | undefined) => {
    if (row) memory.receipts.set(row.payment_id, await openReceipt(vault, row))
  }
  if (fresh.length > 0) await elsewhere(() => Promise.all(stored.map(open)))
  return memory.receipts
}

async function openReceipt(vault: Phone['vault'], row: StoredReceipt): Promise<ReceiptRow> {
  if (!isSealed(row)) return row
  const content = await vault.open<Omit<ReceiptRow, 'payment_id' | 'received_at'>>(row)
  return { ...content, payment_id: row.payment_id, received_at: row.received_at }
}

export async function sealReceipt(
  vault: Phone['vault'],
  { payment_id, received_at, ...content }: ReceiptRow,
): Promise<StoredReceipt> {
  return { payment_id, received_at, ...(await vault.seal(content)) }
}
