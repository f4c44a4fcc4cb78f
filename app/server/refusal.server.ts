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

/** What passes by itself: no connection, two in each other's way, out of resources, shutting down, the API's own troubles. */
const PASSING = /^(08|25|40|53|55|57|58|PGRST|PT|$)/

/**
 * What a batch of a phone runs into that is neither a refusal nor passes. `batch_unreadable`: no server will ever read it.
 * `batch_failed`: our mistake, which a later version may mend. Either way the phone finds out which command it was.
 */
export function batchFault({ code }: DatabaseError): 'batch_unreadable' | 'batch_failed' | null {
  if (/^(22|54)/.test(code ?? '') || code === 'PGRST102') return 'batch_unreadable'
  return PASSING.test(code ?? '') ? null : 'batch_failed'
}
