import { z } from 'zod'

/** A phone says that it has emptied itself. */
export const finishWipe = {
  name: 'finish_wipe',
  input: z.object({ device_id: z.uuid() }),
} as const
