/** Numbers of a series that a restore lost, or, until somebody says which, the question. */
export type LostNumbers = {
  id: string
  kind: 'invoice' | 'credit_note'
  branch: string
  prefix: string
  first_serial: number
  last_serial: number | null
  restored_at: string
  said_at: string | null
  said_by_name: string | null
  note: string | null
}

const NUMBER_DIGITS = 6

/** A number as it stands on a paper. */
export function printedNumber(prefix: string, serial: number) {
  return prefix + String(serial).padStart(NUMBER_DIGITS, '0')
}
