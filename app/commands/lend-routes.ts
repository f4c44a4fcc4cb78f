import { z } from 'zod'

const day = z.iso.date({ error: 'Choose a day.' })

/** Has somebody else walk routes of a collector for some days, the last one included. */
export const lendRoutes = {
  name: 'lend_routes',
  input: z.object({
    id: z.uuid(),
    from_id: z.uuid(),
    to_id: z.uuid({ error: 'Choose who takes them.' }),
    route_ids: z.array(z.uuid()).min(1, 'Choose at least one route.'),
    from_on: day,
    until_on: day,
    reason: z
      .string()
      .trim()
      .min(3, 'Say why in 3 to 300 letters, or leave it empty.')
      .max(300)
      .optional(),
  }),
} as const
