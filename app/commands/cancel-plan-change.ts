import { z } from 'zod'

/** Takes back the changes of plan that have not come yet. */
export const cancelPlanChange = {
  name: 'cancel_plan_change',
  input: z.object({ id: z.uuid(), subscription_id: z.uuid() }),
} as const
