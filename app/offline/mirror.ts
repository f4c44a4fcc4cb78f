// The mirror as it lies in the chest, and as the screens read it from memory.

import {
  type ChestRow,
  type MirrorRows,
  mirrorStores,
  type Read,
  readMeta,
  type SettingsRow,
  type Together,
  writeMeta,
} from './database'
import {
  type Memory,
  type Mirror,
  type MirrorIndex,
  type MirrorRow,
  type MirrorStore,
  noMirror,
} from './memory'
import type { Phone } from './phone'

/** Large stores lie in this many records, so that a small change writes a small part. */
const PARTS = 16
const large: ReadonlySet<MirrorStore> = new Set([
  'subscribers',
  'subscriptions',
  'invoices',
  'credits',
  'payments',
  'promises',
  'paid',
])

/** The mirror as it is now. Opens what was written since it was last read, by this window or another. */
export async function readMirror(phone: Phone): Promise<Mirror> {
  const { db, memory } = phone
  const { index, changed } = await db.read(['meta', 'chest'], async (tables) => {
    const written = await readMeta<MirrorIndex>(tables, 'mirror')
    const isKnown =
      !written || [memory.index?.version, memory.opening?.version].includes(written.version)
    return {
      index: written,
      changed: isKnown ? [] : await readChest(tables, staleKeys(memory, written)),
    }
  })

  if (!index) return forget(memory)
  if (index.version === memory.index?.version) return memory.mirror
  if (memory.opening?.version !== index.version) {
    memory.opening = {
      version: index.version,
      mirror: openChest(phone, index, changed),
    }
  }
  return memory.opening.mirror
}

export async function loadSettings(phone: Phone): Promise<SettingsRow | null> {
  return (await readMirror(phone)).settings.get(phone.profile.tenant_id) ?? null
}

export type MirrorChange = {
  /** Everything comes afresh. */
  full: boolean
  arrived: ReadonlyArray<Partial<MirrorRows>>
  keeps: (store: MirrorStore, row: MirrorRow) => boolean
}

/** The mirror after a change, sealed and ready to be written in one transaction with whatever belongs to it. */
export async function prepareMirror(phone: Phone, { full, arrived, keeps }: MirrorChange) {
  const { vault, memory } = phone
  const current = await readMirror(phone)
  const before = full ? noMirror() : current
  const known = memory.index
  const touched = new Set<string>(full ? Object.keys(known?.marks ?? {}) : [])
  const next = new Map<MirrorStore, Map<string, MirrorRow>>()

  for (const store of mirrorStores) {
    const rows = new Map<string, MirrorRow>(before[store])
    next.set(store, rows)
    for (const row of arrived.flatMap((part): ReadonlyArray<MirrorRow> => part[store] ?? [])) {
      rows.set(row.id, row)
      touched.add(partOf(store, row.id))
    }
    for (const row of rows.values()) {
      if (keeps(store, row)) continue
      rows.delete(row.id)
      touched.add(partOf(store, row.id))
    }
  }

  const parts = new Map<string, Array<MirrorRow>>([...touched].map((key) => [key, []]))
  for (const [store, rows] of next) {
    for (const row of rows.values()) parts.get(partOf(store, row.id))?.push(row)
  }
  const filled = [...parts].filter(([, rows]) => rows.length > 0)
  const sealed: Array<ChestRow> = await Promise.all(
    filled.map(async ([key, rows]) => ({ key, ...(await vault.seal(rows)) })),
  )

  const version = phone.newId()
  const gone = [...touched].filter((key) => parts.get(key)?.length === 0)
  const marks = { ...known?.marks, ...Object.fromEntries(filled.map(([key]) => [key, version])) }
  for (const key of gone) delete marks[key]

  return {
    /** False when another window wrote meanwhile. */
    write: async (tables: Together<'chest' | 'meta'>): Promise<boolean> => {
      const written = await readMeta<MirrorIndex>(tables, 'mirror')
      if (written?.version !== known?.version) return false
      await tables.chest.delete(...gone)
      await tables.chest.put(...sealed)
      await writeMeta(tables, 'mirror', { version, marks } satisfies MirrorIndex)
      return true
    },
  }
}

/** Part of what the server said is lost here. What is left is shown, and a full pull brings the rest. */
export async function isTorn(phone: Phone): Promise<boolean> {
  const { db, memory } = phone
  if ((await readMeta(db, 'cursor')) === null) return false
  await readMirror(phone)
  return memory.index === null || memory.isTorn
}

async function readChest({ chest }: Read<'chest'>, keys: ReadonlyArray<string>) {
  const rows = await chest.getEach(keys)
  return keys.map((key, at) => ({ key, row: rows[at] }))
}

async function openChest(
  phone: Phone,
  index: MirrorIndex,
  records: Awaited<ReturnType<typeof readChest>>,
) {
  const { vault, memory } = phone
  const opened = await Promise.all(
    records.map(async ({ key, row }) => ({
      key,
      rows: row ? await vault.open<Array<MirrorRow>>(row).catch(() => null) : null,
    })),
  )
  memory.isTorn = opened.some(({ rows }) => rows === null)
  for (const { key, rows } of opened) {
    if (rows) memory.chunks.set(key, rows)
    else memory.chunks.delete(key)
  }
  const changed = new Set(opened.map(({ key }) => storeOf(key)))
  for (const key of memory.chunks.keys()) {
    if (index.marks[key]) continue
    memory.chunks.delete(key)
    changed.add(storeOf(key))
  }

  const mirror: Record<string, ReadonlyMap<string, MirrorRow>> = { ...memory.mirror }
  for (const store of changed) {
    const own = new Map<string, MirrorRow>()
    for (const [key, content] of memory.chunks) {
      if (storeOf(key) === store) for (const row of content) own.set(row.id, row)
    }
    mirror[store] = own
  }
  memory.mirror = mirror as Mirror
  memory.index = index
  memory.opening = null
  return memory.mirror
}

function forget(memory: Memory): Mirror {
  if (memory.index === null) return memory.mirror
  memory.index = null
  memory.isTorn = false
  memory.chunks.clear()
  return (memory.mirror = noMirror())
}

function staleKeys({ index, chunks }: Memory, written: MirrorIndex) {
  return Object.keys(written.marks).filter(
    (key) => !chunks.has(key) || index?.marks[key] !== written.marks[key],
  )
}

function partOf(store: MirrorStore, id: string) {
  const part = large.has(store) ? Number.parseInt(id.slice(-1), PARTS) || 0 : 0
  return `${store}.${part}`
}

function storeOf(key: string) {
  return key.slice(0, key.indexOf('.'))
}
