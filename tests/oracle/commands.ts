// What is asked of the product, after an intent met the state of the books. The oracle takes the same commands.
// An invoice is named by its place among the subscriber's own: the product makes its ids itself.

import { type Method } from './account.ts'
import { type Day } from './days.ts'
import { type Plan } from './story.ts'

/** Ways money can go out again. */
export type Outward = 'cash' | 'gcash' | 'bank'

export type Command = { at: number; subscriber: string } & (
  | { do: 'join' }
  | { do: 'start'; service: string; plan: number; activatedOn: Day; anchor: Day | null }
  | {
      do: 'pay'
      payment: string
      amount: number
      service: string | null
      receivedAt: number
      method: Method
      /** Of a certificate: it is here already. */
      isInHand: boolean
      /** Only these; null: the oldest first. */
      invoices: ReadonlyArray<number> | null
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
  | {
      do: 'charge'
      id: string
      kind: 'one_time' | 'discount' | 'deposit'
      service: string | null
      amount: number | null
      percentBp: number | null
      parts: number | null
      /** How many invoices take it; 0: every one. */
      times: number
      isConditional: boolean
      vatClass: Plan['vatClass']
      startsOn: Day
      untilOn: Day | null
    }
  | { do: 'cancel_charge'; charge: string }
  | { do: 'bill_charge'; charge: string; seen: number }
  | {
      do: 'note'
      id: string
      invoice: number
      amount: number
      /** All of it of one line; null: shared by all. */
      line: number | null
    }
  | { do: 'void_invoice'; id: string; invoice: number }
  | { do: 'write_off'; id: string; invoice: number }
  | { do: 'refund'; id: string; payment: string | null; amount: number; method: Outward }
  | { do: 'transfer'; id: string; payment: string; to: string; service: string | null }
  | { do: 'bounce'; id: string; payment: string; fee: number }
  | { do: 'certificate'; payment: string }
  | {
      do: 'deposit'
      id: string
      amount: number
      charge: string | null
      /** Null: out of credit. */
      payment: { id: string; method: Outward } | null
    }
  | {
      do: 'give_deposit'
      id: string
      amount: number
      /** Null: it becomes credit. */
      method: Outward | null
    }
  | { do: 'buy_time'; id: string; service: string; amount: number }
  | { do: 'cancel_time'; id: string; service: string; invoice: number }
  | { do: 'change_prepaid'; service: string; plan: number }
  /** The nth fee of the subscriber. */
  | { do: 'waive'; fee: number }
  | { do: 'spend_credit' }
)
