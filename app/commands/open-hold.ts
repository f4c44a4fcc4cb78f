import { z } from 'zod'

/** Turns a service off for a reason. Holds for nonpayment are the billing calendar's own. */
export const openHold = {
  name: 'open_hold',
  input: z.object({
    subscription_id: z.uuid(),
    kind: z.enum(['manual', 'vacation', 'fault', 'abuse'], { error: 'Choose the kind of hold.' }),
    reason: z
      .string({ error: 'Say why. The subscriber can read it.' })
      .trim()
      .min(1, 'Say why. The subscriber can read it.')
      .max(300, 'At most 300 letters.'),
  }),
} as const
