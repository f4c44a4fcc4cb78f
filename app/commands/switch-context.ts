import { z } from 'zod'

/** Goes on as somebody else the same person is: in another ISP, or as its subscriber. */
export const switchContext = {
  name: 'switch_context',
  input: z.object({
    tenant_id: z.uuid(),
    actor: z.enum(['member', 'subscriber']),
    actor_id: z.uuid(),
  }),
} as const
