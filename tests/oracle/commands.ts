// What is asked of the product, after an intent met the state of the books. The oracle takes the same commands.

import { type Day } from './days.ts'

export type Command = { at: number; subscriber: string } & (
  | { do: 'join' }
  | { do: 'start'; service: string; plan: number; activatedOn: Day; anchor: Day | null }
  | {
      do: 'pay'
      payment: string
      amount: number
      service: string | null
      receivedAt: number
      method: 'cash' | 'gcash'
    }
  | { do: 'void'; payment: string }
  | { do: 'end'; service: string; onDay: Day }
)
