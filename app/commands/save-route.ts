import { z } from 'zod'

/** Creates or renames a route, or gives it to another collector. */
export const saveRoute = {
  name: 'save_route',
  input: z.object({
    id: z.uuid(),
    name: z
      .string({ error: 'Give the route a name.' })
      .trim()
      .min(1, 'Give the route a name.')
      .max(80, 'At most 80 letters.'),
    collector_id: z.uuid().nullable().default(null),
  }),
} as const
