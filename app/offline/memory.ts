// What was opened once stays open while the app is: nobody waits for it again at each keystroke.

import type { MirrorRows, OutboxEntry, ReceiptRow } from './database'

export type MirrorStore = keyof MirrorRows
export type MirrorRow<Store extends MirrorStore = MirrorStore> = MirrorRows[Store][number]

/** Everything the server said, by store and id. */
export type Mirror = { [Store in MirrorStore]: ReadonlyMap<string, MirrorRow<Store>> }

/** Which records the mirror is made of; each gets another mark when it is written. */
export type MirrorIndex = { version: string; marks: Record<string, string> }

export type Memory = {
  index: MirrorIndex | null
  chunks: Map<string, ReadonlyArray<MirrorRow>>
  mirror: Mirror
  opening: { version: string; mirror: Promise<Mirror> } | null
  /** Records of the mirror that are gone or do not open: the next pull brings everything afresh. */
  isTorn: boolean
  inputs: Map<string, OutboxEntry['input']>
  /** Entries that do not open any more, with what is still known of them. */
  damaged: Map<string, OutboxEntry['input']>
  receipts: Map<string, ReceiptRow>
}

export function noMemory(): Memory {
  return {
    index: null,
    chunks: new Map(),
    mirror: noMirror(),
    opening: null,
    isTorn: false,
    inputs: new Map(),
    damaged: new Map(),
    receipts: new Map(),
  }
}

export function noMirror(): Mirror {
  return {
    settings: new Map(),
    barangays: new Map(),
    plans: new Map(),
    routes: new Map(),
    subscribers: new Map(),
    subscriptions: new Map(),
    invoices: new Map(),
    credits: new Map(),
    cash: new Map(),
    payments: new Map(),
    remittances: new Map(),
    promises: new Map(),
    paid: new Map(),
  }
}
