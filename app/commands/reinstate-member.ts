import { z } from 'zod'

/** Gives a revoked member the same role again. They sign in anew. */
export const reinstateMember = {
  name: 'reinstate_member',
  input: z.object({ member_id: z.uuid() }),
} as const
