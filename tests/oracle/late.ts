// Late fees: what an unpaid invoice comes to on the days somebody looks.

import { type Account, type Invoice, sum } from './account.ts'
import { type Charge, partOf } from './charges.ts'
import { fee } from './corrections.ts'
import { type Day } from './days.ts'

export type LateFee = {
  amount: number | null
  percentBp: number | null
  cap: number | null
  stages: ReadonlyArray<'due' | 'warned'>
}

const STAGES = ['reminded', 'due', 'warned', 'uncollectible'] as const
type Stage = (typeof STAGES)[number]

const REMINDER_DAYS = 3
const WARNING_DAYS = 5
const UNCOLLECTIBLE_DAYS = 90

export type Dunning = {
  look: (owner: Account, today: Day) => void
  feesOf: (owner: Account) => ReadonlyArray<Charge>
}

/** Each stage is reached once; what was missed while nobody looked is not caught up. */
export function openDunning(rule: LateFee | null): Dunning {
  const reached = new Map<Invoice, { stage: Stage; warnedOn: Day | null; fees: Array<Charge> }>()

  function look(owner: Account, today: Day) {
    for (const invoice of owner.invoices) {
      if (invoice.state !== 'open' || invoice.balance <= 0) continue
      const before = reached.get(invoice)
      const stage = stageOf(invoice, today, before?.warnedOn ?? null)
      if (!stage || (before && STAGES.indexOf(before.stage) >= STAGES.indexOf(stage))) continue
      const now = {
        stage,
        warnedOn: stage === 'warned' ? today : (before?.warnedOn ?? null),
        fees: before?.fees ?? [],
      }
      reached.set(invoice, now)
      const charge = feeOf(invoice, stage, now.fees, today)
      if (!charge) continue
      owner.charges.push(charge)
      now.fees.push(charge)
    }
  }

  function feeOf(invoice: Invoice, stage: Stage, earlier: ReadonlyArray<Charge>, today: Day) {
    if (!rule?.stages.some((one) => one === stage)) return null
    // Never a fee on a fee.
    const fees = sum(
      invoice.lines.filter(({ kind }) => kind === 'late_fee').map(({ total }) => total),
    )
    const base = Math.min(invoice.balance, invoice.total - fees)
    if (base <= 0) return null
    const charged = sum(
      earlier.filter(({ isCancelled }) => !isCancelled).map(({ amount }) => amount ?? 0),
    )
    const whole = rule.amount ?? partOf(base, rule.percentBp ?? 0)
    const amount = Math.min(whole, (rule.cap ?? Infinity) - charged)
    return amount > 0 ? fee('late_fee', amount, today) : null
  }

  return {
    look,
    feesOf: ({ charges }) => charges.filter(({ kind }) => kind === 'late_fee'),
  }
}

function stageOf({ dueOn }: Invoice, today: Day, warnedOn: Day | null): Stage | null {
  const isWarned = warnedOn !== null && warnedOn < today
  if (today >= dueOn + UNCOLLECTIBLE_DAYS && isWarned) return 'uncollectible'
  if (warnedOn !== null || today >= dueOn + WARNING_DAYS) return 'warned'
  if (today > dueOn) return 'due'
  return today >= dueOn - REMINDER_DAYS ? 'reminded' : null
}
