import { z } from 'zod'
import { readPieces } from '~/domain/cash'

/** Notes and coins, as a form carries them: `{"100000":2}`. */
export const pieces = z.string().transform((text, context) => {
  const read = readPieces(parsed(text))
  if (read) return read
  context.addIssue({ code: 'custom', message: 'Count the notes and coins again.' })
  return z.NEVER
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
