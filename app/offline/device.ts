// This phone as the office knows it: made known once, approved there, and emptied when the office asks for it.

import { readMeta, writeMeta } from './database'
import { ownKeys, publicKeyOf } from './keys'
import { sendAllAgain } from './outbox'
import { recoveryKeyOf } from './pin'
import type { Phone } from './phone'
import type { Stopped } from './push'

export type EnrolledDevice = {
  device_id: string
  code: string
  status: 'pending' | 'active' | 'wiping' | 'revoked'
}

/** Tells the server which phone this is, until the office has approved it. */
export async function enrol(phone: Phone): Promise<Stopped | null> {
  const { db, vault, deviceId, call } = phone
  const known = await readMeta<EnrolledDevice>(db, 'device')
  if (known && known.status !== 'pending') return null

  const reply = await call('/api/device', {
    id: deviceId,
    label: deviceLabel(),
    public_key: await publicKeyOf(await ownKeys(db)),
    recovery_key: await recoveryKeyOf(db, vault),
  })
  if (reply.kind !== 'ok') return reply
  await writeMeta(db, 'device', reply.body)
  return null
}

/** Only an approved phone is lent numbers and told about subscribers. */
export async function isLetIn({ db }: Phone): Promise<Stopped | null> {
  const device = await readMeta<EnrolledDevice>(db, 'device')
  return device?.status === 'pending' ? { kind: 'refused', reason: 'device_pending' } : null
}

/** What a refusal asks of this phone. */
export async function stopOf(
  phone: Phone,
  stopped: Stopped & { kind: 'refused' },
): Promise<Stopped> {
  const { db } = phone
  switch (stopped.reason) {
    case 'device_unknown':
      // A server restored from before this phone came does not know it: it introduces itself again.
      await db.meta.delete('device')
      return { kind: 'unreachable' }
    case 'device_pending':
      await db.write(['meta'], async (tables) => {
        const known = await readMeta<EnrolledDevice>(tables, 'device')
        if (known) await writeMeta(tables, 'device', { ...known, status: 'pending' })
      })
      return (await isSentAgain(phone)) ? { kind: 'unreachable' } : stopped
    case 'device_wiping':
      return (await isSentAgain(phone)) ? { kind: 'unreachable' } : emptyItself(phone)
    case 'device_revoked':
      await forgetSubscribers(phone)
      return stopped
    default:
      return stopped
  }
}

/** A phone that may not fetch is told of a restore by the answer to what it sent, and begins anew all the same. */
async function isSentAgain({ db }: Phone): Promise<boolean> {
  return db.write(['outbox', 'meta'], async (tables) => {
    const epoch = await readMeta<number>(tables, 'restored')
    if (epoch !== null) await sendAllAgain(tables, epoch)
    return epoch !== null
  })
}

/** Everything goes, once the office has all that was taken: first what new cash would need, then the rest. */
async function emptyItself(phone: Phone): Promise<Stopped> {
  const { db, deviceId, call } = phone
  if (!(await forgetSubscribers(phone, { onlyWhenSent: true }))) {
    return { kind: 'refused', reason: 'device_wiping' }
  }
  const reply = await call('/api/device/wiped', { device_id: deviceId })
  if (reply.kind !== 'ok') return reply
  await db.clear()
  return { kind: 'refused', reason: 'device_wiped' }
}

/** Takes the mirror and the receipt numbers off the phone. What the person did stays. */
async function forgetSubscribers({ db }: Phone, { onlyWhenSent = false } = {}): Promise<boolean> {
  return db.write(['chest', 'arrivals', 'blocks', 'outbox', 'meta'], async (tables) => {
    const { chest, arrivals, blocks, outbox, meta } = tables
    if (onlyWhenSent && (await outbox.count('state', 'waiting')) > 0) return false
    await Promise.all([chest, arrivals, blocks].map((store) => store.clear()))
    await meta.delete('cursor', 'mirror', 'pull')
    return true
  })
}

/** What the office reads in its list of phones. */
function deviceLabel() {
  const agent = typeof navigator === 'undefined' ? '' : navigator.userAgent
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((name) =>
    agent.includes(name),
  )
  const browser = ['SamsungBrowser', 'Edg', 'Firefox', 'Chrome', 'Safari'].find((name) =>
    agent.includes(name),
  )
  return [system ?? 'Phone', browser === 'Edg' ? 'Edge' : browser].filter(Boolean).join(' · ')
}
