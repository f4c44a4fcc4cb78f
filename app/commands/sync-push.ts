import { z } from 'zod'

/** What a phone did. The database reads each command by itself: one bad one must not stop the others. */
export const syncPush = {
  name: 'sync_push',
  input: z.object({
    device_id: z.uuid(),
    unsent_count: z.int().min(0).default(0),
    commands: z.array(z.unknown()).max(50),
  }),
} as const
