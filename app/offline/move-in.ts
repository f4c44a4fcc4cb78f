// Brings what lies open, as versions before the vault left it, under seal. What a person did stays word for word what it was.

import { type MirrorRows, mirrorStores, type PhoneRows, readMeta, writeMeta } from './database'
import type { MirrorRow, MirrorStore } from './memory'
import { prepareMirror } from './mirror'
import { sealReceipt } from './opened'
import type { Phone } from './phone'
import type { Store } from './store'
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

/** The mirror of before the vault; `stops` was mirrored once and read by nobody. */
type OldRows = PhoneRows & { [Old in MirrorStore]: MirrorRow<Old> } & { stops: object }

async function moveMirror(phone: Phone) {
  const db = phone.db as unknown as Store<OldRows>
  const here = await db.names()
  const names = mirrorStores.filter((name) => here.includes(name))
  if (!here.includes('stops')) return

  const [rows, stops] = await db.read(['stops', ...names], (tables) =>
    Promise.all([
      Promise.all(names.map(async (name) => [name, await tables[name].list()] as const)),
      tables.stops.count(),
    ]),
  )
  if (stops === 0 && rows.every(([, lying]) => lying.length === 0)) return

  const arrived = [Object.fromEntries(rows) as Partial<MirrorRows>]
  const mirror = await prepareMirror(phone, { full: false, arrived, keeps: () => true })
  await db.write(['stops', 'chest', 'arrivals', 'meta', ...names], async (tables) => {
    if (!(await mirror.write(tables))) return
    await Promise.all(
      ['stops' as const, 'arrivals' as const, ...names].map((one) => tables[one].clear()),
    )
    await tables.meta.delete('pull')
  })
}

async function moveEntries({ db, vault }: Phone) {
  const open = (await db.outbox.list()).filter(({ input }) => !isSealed(input))
  const sealed = await Promise.all(
    open.map(async ({ id, input }) => ({ id, input: await vault.seal(input) })),
  )
  await db.write(['outbox'], async ({ outbox }) => {
    for (const { id, input } of sealed) await outbox.change(id, { input })
  })
}

async function moveReceipts({ db, vault }: Phone) {
  const sealed = await Promise.all(
    (await db.receipts.list()).flatMap((row) => (isSealed(row) ? [] : [sealReceipt(vault, row)])),
  )
  await db.receipts.put(...sealed)
}
