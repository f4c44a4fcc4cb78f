import { z } from 'zod'
import { sumOfPieces } from '~/domain/cash'
import { pieces } from './pieces'

/** What another person counted of the cash a collector handed in, before seeing what is expected. */
export const countRemittance = {
  name: 'count_remittance',
  input: z
    .object({ remittance_id: z.uuid(), denominations: pieces })
    .transform((count) => ({ ...count, counted_minor: sumOfPieces(count.denominations) })),
} as const
