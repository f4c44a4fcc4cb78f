import { z } from 'zod'

const sentence = 'A whole number from 0 to 60, or nothing.'

/** Gives a subscriber days before a late invoice counts. Null gives back the ISP's own. */
export const setGrace = {
  name: 'set_grace',
  input: z.object({
    subscriber_id: z.uuid(),
    grace_days: z
      .number({ error: sentence })
      .int(sentence)
      .min(0, sentence)
      .max(60, sentence)
      .nullable()
      .default(null),
  }),
} as const
