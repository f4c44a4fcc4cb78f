// What this phone put right at a door and the mirror does not show yet.

import type { SubscriberRow } from './database'
import { openEntries } from './opened'
import { ownEntries } from './outbox'
import type { Phone } from './phone'

/** A corrected phone number or landmark shows at once, until the mirror brings it. */
type Fix = Partial<Pick<SubscriberRow, 'phone' | 'landmark' | 'latitude' | 'longitude'>>

/** What this phone put right and the mirror does not show yet, by subscriber. */
export async function loadFixes(phone: Phone): Promise<Map<string, Fix>> {
  const stored = await ownEntries(phone.db)
  const fixes = stored.filter(
    (entry) => entry.name === 'fix_subscriber_contact' && entry.answer?.state !== 'parked',
  )
  const fixed = new Map<string, Fix>()
  for (const { input } of await openEntries(phone, fixes)) {
    const { phone: number, landmark, latitude, longitude } = input
    const id = String(input['subscriber_id'])
    fixed.set(id, {
      ...fixed.get(id),
      ...(typeof number === 'string' ? { phone: number } : {}),
      ...(typeof landmark === 'string' ? { landmark } : {}),
      ...(typeof latitude === 'number' && typeof longitude === 'number'
        ? { latitude, longitude }
        : {}),
    })
  }
  return fixed
}
