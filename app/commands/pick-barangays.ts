import { z } from 'zod'

/** Takes barangays of the national list into service. */
export const pickBarangays = {
  name: 'pick_barangays',
  input: z.object({
    codes: z.array(z.string().regex(/^\d{10}$/)).min(1, 'Tick at least one barangay.'),
  }),
} as const
