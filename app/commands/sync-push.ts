import { z } from 'zod'

/** What a phone did. The database reads each command by itself: one bad one must not stop the others. */
export const syncPush = {
  name: 'sync_push',
  input: z.object({
    device_id: z.uuid(),
    /** The history of the database this phone last heard of, if of any. */
    epoch: z.int().nullish(),
    unsent_count: z.int().min(0).default(0),
    commands: z.array(z.unknown()).max(50),
  }),
} as const
