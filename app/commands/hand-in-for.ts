import { z } from 'zod'
import { sumOfPieces } from '~/domain/cash'
import { pieces } from './pieces'

/** The office hands in cash for a collector who cannot. Somebody else counts it. */
export const handInFor = {
  name: 'submit_remittance',
  input: z
    .object({
      id: z.uuid(),
      collector_id: z.uuid(),
      reason: z
        .string({ error: 'Say why the collector does not hand in the cash.' })
        .trim()
        .min(3, 'Say why the collector does not hand in the cash.')
        .max(300, 'At most 300 letters.'),
      denominations: pieces,
    })
    .transform((cash) => ({ ...cash, declared_minor: sumOfPieces(cash.denominations) })),
} as const
