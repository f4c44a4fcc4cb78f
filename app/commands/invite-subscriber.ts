import { z } from 'zod'

/** Makes the link by which a subscriber opens the own portal. The answer carries its secret once. */
export const inviteSubscriber = {
  name: 'invite_subscriber',
  input: z.object({
    id: z.uuid(),
    subscriber_id: z.uuid(),
    email: z.email('Write it like name@example.com, or leave it empty.').optional(),
  }),
} as const
