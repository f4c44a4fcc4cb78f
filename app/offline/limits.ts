// What was taken and is carried, and how near that is to where the phone must send.

import { WARN_SHARE } from '~/domain/limit'
import { type Minor, sum } from '~/domain/money'
import type { SettingsRow } from './database'
import { today, within } from './days'
import { loadSettings } from './mirror'
import { receiptsLeft, waitingEntries } from './outbox'
import { isInForce, myPayments } from './own-payments'
import type { Phone } from './phone'
import { cashNow, openCount } from './remit'

type Totals = {
  todayMinor: Minor
  todayCount: number
  /** Not handed in. */
  onHandMinor: Minor
  /** Handed in, as declared, and not counted by the office yet. */
  toCountMinor: Minor
  /** A count is open: until it is handed in no screen says what the cash should come to. */
  isCounting: boolean
  unsentCount: number
  unsentMinor: Minor
  oldestUnsentAt: string | null
  receiptsLeft: number
}

type Limits = {
  state: 'fine' | 'warn' | 'stop'
  reasons: Array<'unsent_count' | 'unsent_age' | 'cash' | 'receipts'>
}

export async function totals(phone: Phone): Promise<Totals> {
  const { db } = phone
  const [payments, cash, waiting, left, count] = await Promise.all([
    myPayments(phone),
    cashNow(phone),
    waitingEntries(db),
    receiptsLeft(db),
    openCount(phone),
  ])
  const day = today(phone)
  const isOfToday = within({ from: day, until: day }, phone.profile.time_zone)
  const ofToday = payments.filter((payment) => isInForce(payment) && isOfToday(payment.receivedAt))
  const unsent = payments.filter((payment) => payment.stage === 'on_phone')

  return {
    todayMinor: sum(ofToday.map((payment) => payment.amountMinor)),
    todayCount: ofToday.length,
    ...cash,
    isCounting: count !== null,
    unsentCount: waiting.length,
    unsentMinor: sum(unsent.map((payment) => payment.amountMinor)),
    oldestUnsentAt: waiting[0]?.happened_at ?? null,
    receiptsLeft: left,
  }
}

const HOUR_MILLISECONDS = 3_600_000

const WARN_RECEIPTS = 10

/** Until the first pull says what this ISP allows. */
const FIRST_LIMITS = { unsent_limit: 60, unsent_hours: 72, cash_limit_minor: null }

/** How near the phone is to the point where it must send before it takes more. */
export async function limits(phone: Phone): Promise<Limits> {
  return limitsOf(phone, await loadSettings(phone), await totals(phone))
}

/** The same, of what was read already. */
export function limitsOf(phone: Phone, settings: SettingsRow | null, now: Totals): Limits {
  const { unsent_limit, unsent_hours, cash_limit_minor } = settings ?? FIRST_LIMITS
  const unsentHours = now.oldestUnsentAt
    ? (phone.now().getTime() - Date.parse(now.oldestUnsentAt)) / HOUR_MILLISECONDS
    : 0

  const reached = (share: number) =>
    [
      { reason: 'unsent_count' as const, is: now.unsentCount >= unsent_limit * share },
      { reason: 'unsent_age' as const, is: unsentHours >= unsent_hours * share },
      {
        reason: 'cash' as const,
        // Cash in an envelope on its way to the office can be lost as well as cash in the hand.
        is:
          cash_limit_minor !== null &&
          now.onHandMinor + now.toCountMinor >= cash_limit_minor * share,
      },
      { reason: 'receipts' as const, is: now.receiptsLeft < (share < 1 ? WARN_RECEIPTS : 1) },
    ]
      .filter(({ is }) => is)
      .map(({ reason }) => reason)

  const stops = reached(1)
  if (stops.length > 0) return { state: 'stop', reasons: stops }
  const warnings = reached(WARN_SHARE)
  return { state: warnings.length > 0 ? 'warn' : 'fine', reasons: warnings }
}
