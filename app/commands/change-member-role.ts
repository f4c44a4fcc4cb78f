import { z } from 'zod'

/** Changes what a member may do, from their next tap on. */
export const changeMemberRole = {
  name: 'change_member_role',
  input: z.object({ member_id: z.uuid(), role_id: z.uuid({ error: 'Choose a role.' }) }),
} as const
