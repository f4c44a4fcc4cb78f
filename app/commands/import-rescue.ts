import { z } from 'zod'

/** Takes in what a phone saved, as if the phone had sent it. The same again changes nothing. */
export const importRescue = {
  name: 'import_rescue',
  input: z.object({ rescue_id: z.uuid(), commands: z.array(z.unknown()).min(1).max(2_000) }),
} as const
