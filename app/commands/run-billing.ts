import { z } from 'zod'

/** Bills one chunk of a period and answers how far the run is; asked again until it is done. */
export const runBilling = {
  name: 'run_billing',
  input: z.object({ period: z.iso.date() }),
} as const
