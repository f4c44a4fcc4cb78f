import { useCallback, useEffect } from 'react'
import { readMeta } from '~/offline/database'
import type { Phone } from '~/offline/phone'
import type { SyncStatus } from '~/offline/sync'
import { useLive } from './screen'

/** Refusals that end the work on this phone, until the office takes them back. */
const endings = new Set([
  'not_a_member',
  'membership_ended',
  'device_revoked',
  'device_wiped',
  'permission_missing',
])

/** Remembered on the phone: losing the signal must not give an ended collector the screens back. */
export function useEnding(phone: Phone, status: SyncStatus): string | null {
  const { state, refusedReason } = status

  useEffect(() => {
    if (state === 'refused' && refusedReason && endings.has(refusedReason)) {
      void phone.db.meta.put({ key: 'ended', value: refusedReason })
    }
    if (state === 'idle') void phone.db.meta.delete('ended')
  }, [phone, state, refusedReason])

  return useLive(
    useCallback(() => readMeta<string>(phone.db, 'ended'), [phone]),
    [phone],
  )
}
