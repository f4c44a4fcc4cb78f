import { z } from 'zod'

/** Gives routes of one collector to another. */
export const handOverRoutes = {
  name: 'hand_over_routes',
  input: z.object({
    from_id: z.uuid(),
    to_id: z.uuid({ error: 'Choose who takes them.' }),
    route_ids: z.array(z.uuid()).min(1, 'Choose at least one route.'),
  }),
} as const
