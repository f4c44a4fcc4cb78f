import { z } from 'zod'

/** Makes a phone known, once; the same phone again answers the same. */
export const registerDevice = {
  name: 'register_device',
  input: z.object({
    id: z.uuid(),
    label: z.string().trim().max(120).default('Phone'),
    public_key: z.record(z.string(), z.unknown()).optional(),
  }),
} as const
