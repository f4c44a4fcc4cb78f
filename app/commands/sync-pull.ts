import { z } from 'zod'

/** What changed for a phone since its cursor; null asks for everything. */
export const syncPull = {
  name: 'sync_pull',
  input: z.object({
    device_id: z.uuid(),
    cursor: z.record(z.string(), z.unknown()).nullable().default(null),
    chunk: z.int().min(10).max(2000).default(500),
  }),
} as const
