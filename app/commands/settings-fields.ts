import { z } from 'zod'

/** A whole number within bounds, which it says when it is not. */
export function wholeNumber(least: number, most: number) {
  const sentence = `A whole number from ${least} to ${most}.`
  return z.number({ error: sentence }).int(sentence).min(least, sentence).max(most, sentence)
}

export const clockTime = z
  .string({ error: 'Give a time.' })
  .regex(/^\d{2}:\d{2}(:\d{2})?$/, 'Write it like 08:00.')
