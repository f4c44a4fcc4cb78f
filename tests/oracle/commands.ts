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
  | {
      do: 'change'
      id: string
      service: string
      plan: number
      onDay: Day
      /** Whether the office names the day, or leaves it to the rule. */
      isDayNamed: boolean
    }
  | { do: 'return'; id: string; service: string; plan: number; onDay: Day }
  | { do: 'bill_day'; id: string; service: string; dayOfMonth: number | null }
  | { do: 'pause'; pause: string; service: string; from: Day; until: Day }
  | { do: 'resume'; id: string; pause: string; service: string; onDay: Day }
)
