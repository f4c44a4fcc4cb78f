import { z } from 'zod'
import { why } from './why'

/** Leaves things as they are, and says why to whoever asked. */
export const refuseCorrection = {
  name: 'refuse_correction',
  input: z.object({ correction_id: z.uuid(), reason: why }),
} as const
