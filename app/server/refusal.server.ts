/** What the database answers when it says no: a reason for the program, a sentence for the person. */
export type Refusal = { reason: string; message: string }

type DatabaseError = { code?: string; message: string; details?: string | null }

/** A NUL, or half a sign: what no keyboard makes, but a paste from a broken file does. */
const UNWRITABLE = ['22021', '22P05']

/** Our SQL refuses with PT4xx and a reason. Any other database error is a bug, so it is thrown. */
export function expectRefusal(error: DatabaseError): Refusal {
  if (UNWRITABLE.includes(error.code ?? '')) {
    return {
      reason: 'text_unwritable',
      message: 'The text holds a sign that cannot be stored. Type it again instead of pasting it.',
    }
  }
  if (/^PT4\d\d$/.test(error.code ?? '')) {
    return { reason: error.details ?? 'refused', message: error.message }
  }
  throw new DatabaseFailure(error)
}

export class DatabaseFailure extends Error {
  readonly code: string | undefined
  constructor(error: DatabaseError) {
    super(`${error.message} (${error.code ?? 'no code'})`)
    this.name = 'DatabaseFailure'
    this.code = error.code
  }
}
