import { z } from 'zod'

/** Begins the papers of all invoices of a run. They are made part by part, in the background. */
export const startBatch = {
  name: 'start_batch',
  input: z.object({ id: z.uuid(), run_id: z.uuid() }),
} as const
