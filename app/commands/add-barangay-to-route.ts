import { z } from 'zod'

/** Puts everyone of a barangay who is on no route yet at the end of this one. */
export const addBarangayToRoute = {
  name: 'add_barangay_to_route',
  input: z.object({ route_id: z.uuid(), barangay_id: z.uuid({ error: 'Choose a barangay.' }) }),
} as const
