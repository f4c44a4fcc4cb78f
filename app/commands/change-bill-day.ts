import { z } from 'zod'

/** Moves a postpaid service to another bill day: isp, anniversary, last, or a day from 1 to 28. */
export const changeBillDay = {
  name: 'change_bill_day',
  input: z.object({
    id: z.uuid(),
    subscription_id: z.uuid(),
    bill_day: z.string({ error: 'Choose the bill day.' }),
  }),
} as const
