import { z } from 'zod'

/** Makes a phone known, once; the same phone again answers the same. */
export const registerDevice = {
  name: 'register_device',
  input: z.object({
    id: z.uuid(),
    label: z.string().trim().max(120).default('Phone'),
    public_key: z.object({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string().length(43),
      y: z.string().length(43),
    }),
    /** Opens the phone's store when the PIN is forgotten; kept by the server, useless without the phone. */
    recovery_key: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
} as const
