import { z } from 'zod'

/** Sets who is on a route, in walking order. A subscriber on another route moves here. */
export const setRouteStops = {
  name: 'set_route_stops',
  input: z.object({ route_id: z.uuid(), subscriber_ids: z.array(z.uuid()) }),
} as const
