import { z } from 'zod'

/** Makes a link that nobody used yet worthless. */
export const withdrawInvitation = {
  name: 'withdraw_invitation',
  input: z.object({ invitation_id: z.uuid() }),
} as const
