import { z } from 'zod'

export const IMPORT_ROW_LIMIT = 5_000

const cell = z.string().trim().max(2_000).optional()

/** One line of a file, as text: the database says what is wrong with it. */
export const importRow = z.object({
  line: z.number().int().positive(),
  account_no: cell,
  name: cell,
  phone: cell,
  email: cell,
  barangay: cell,
  purok: cell,
  landmark: cell,
  latitude: cell,
  longitude: cell,
  plan: cell,
  activated_on: cell,
})

export type ImportRow = z.infer<typeof importRow>

/** Brings subscribers and their services from a file. The same batch twice changes nothing. */
export const importSubscribers = {
  name: 'import_subscribers',
  input: z.object({
    batch_id: z.uuid(),
    rows: z.array(importRow).min(1, 'There is no row to bring in.').max(IMPORT_ROW_LIMIT),
  }),
} as const
