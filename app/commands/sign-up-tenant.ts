import { z } from 'zod'

/** A signed-in person opens their own ISP and becomes its owner. */
export const signUpTenant = {
  name: 'sign_up_tenant',
  input: z.object({
    trade_name: z
      .string({ error: 'error.trade_name' })
      .trim()
      .min(2, 'error.trade_name')
      .max(120, 'error.trade_name'),
    full_name: z
      .string({ error: 'error.full_name' })
      .trim()
      .min(1, 'error.full_name')
      .max(120, 'error.full_name'),
  }),
} as const
