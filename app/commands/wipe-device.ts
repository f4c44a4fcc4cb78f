import { z } from 'zod'

/** Asks a phone to send what it holds and then to empty itself. */
export const wipeDevice = {
  name: 'wipe_device',
  input: z.object({
    device_id: z.uuid(),
    reason: z.string().trim().min(1, 'Say why.').max(300),
  }),
} as const
