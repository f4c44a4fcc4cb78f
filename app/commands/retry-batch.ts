import { z } from 'zod'

/** Lets parts that could not be drawn be tried again. */
export const retryBatch = {
  name: 'retry_batch',
  input: z.object({ batch_id: z.uuid() }),
} as const
