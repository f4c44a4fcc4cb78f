import { z } from 'zod'

/** Opens what a phone saved because it could not send. Nothing is taken in by looking. */
export const openRescue = {
  name: 'open_rescue',
  /** The file as base64url: three megabytes of it are thousands of entries. */
  input: z.object({ intent: z.enum(['open', 'import']), file: z.string().min(1).max(3_000_000) }),
} as const
