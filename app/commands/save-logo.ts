import { z } from 'zod'

/** The picture on an ISP's documents and screens; without one it is taken away. */
export const saveLogo = {
  name: 'save_logo',
  input: z.object({
    content_type: z.enum(['image/png', 'image/jpeg']).optional(),
    base64: z.string().max(360_000, 'The picture must be at most 256 kB.').optional(),
  }),
} as const
