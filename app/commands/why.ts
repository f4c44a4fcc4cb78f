import { z } from 'zod'

/** The reason of a correction, for whoever decides and whoever looks later. */
export const why = z
  .string({ error: 'Say why.' })
  .trim()
  .min(3, 'Say why, in at least 3 letters.')
  .max(300, 'At most 300 letters.')
