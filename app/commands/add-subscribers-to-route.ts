import { z } from 'zod'

/** Puts chosen subscribers at the end of a route, in the order given. It ends in `set_route_stops`. */
export const addSubscribersToRoute = {
  name: 'set_route_stops',
  input: z.object({
    route_id: z.uuid({ error: 'Choose a route.' }),
    subscriber_ids: z.array(z.uuid()).min(1, 'Tick at least one subscriber.'),
  }),
} as const
