import { z } from 'zod'

/** Stops offering a plan's discount. Who has it keeps it, unless it is taken from them too. */
export const endPlanDiscount = {
  name: 'end_plan_discount',
  input: z.object({ discount_id: z.uuid(), for_existing: z.boolean().default(false) }),
} as const
