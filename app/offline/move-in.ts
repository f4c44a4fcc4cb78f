// Brings what lies open, as versions before the vault left it, under seal. What a person did stays word for word what it was.

import { type MirrorRows, mirrorStores, readMeta, writeMeta } from './database'
import { prepareMirror } from './mirror'
import { sealReceipt } from './opened'
import type { Phone } from './phone'
import { isSealed } from './vault'

/** Set once nothing lies open any more, so that no later opening looks through everything again. */
const MOVED_IN = 'moved_in'

/** Whole or not at all, as often as it is called: a phone that dies in the middle moves in at its next opening. */
export async function moveIn(phone: Phone): Promise<void> {
  if (await readMeta(phone.db, MOVED_IN)) return
  await moveMirror(phone)
  await moveEntries(phone)
  await moveReceipts(phone)
  await writeMeta(phone.db, MOVED_IN, true)
}

async function moveMirror(phone: Phone) {
  const { db } = phone
  // Stores that were added to the mirror since never lay open.
  const names = mirrorStores.filter((name) => db.tables.some((table) => table.name === name))
  // `stops` was mirrored once and read by nobody.
  const stores = ['stops', ...names].map((name) => db.table(name))
  const counts = await Promise.all(stores.map((store) => store.count()))
  if (counts.every((count) => count === 0)) return

  const rows = await Promise.all(
    names.map(async (name) => [name, await db.table(name).toArray()] as const),
  )
  const arrived = [Object.fromEntries(rows) as Partial<MirrorRows>]
  const mirror = await prepareMirror(phone, { full: false, arrived, keeps: () => true })
  await db.transaction('rw', [...stores, db.chest, db.arrivals, db.meta], async () => {
    if (!(await mirror.write())) return
    await Promise.all([...stores, db.arrivals].map((store) => store.clear()))
    await db.meta.delete('pull')
  })
}

async function moveEntries({ db, vault }: Phone) {
  const open = await db.outbox.filter(({ input }) => !isSealed(input)).toArray()
  const sealed = await Promise.all(
    open.map(async ({ id, input }) => ({ id, input: await vault.seal(input) })),
  )
  await db.transaction('rw', db.outbox, async () => {
    for (const { id, input } of sealed) await db.outbox.where('id').equals(id).modify({ input })
  })
}

async function moveReceipts({ db, vault }: Phone) {
  const open = await db.receipts.filter((row) => !isSealed(row)).toArray()
  const sealed = await Promise.all(
    open.flatMap((row) => (isSealed(row) ? [] : [sealReceipt(vault, row)])),
  )
  await db.receipts.bulkPut(sealed)
}
