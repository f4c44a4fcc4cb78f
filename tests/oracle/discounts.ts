// Discounts of plans: each service that takes the plan gets one as its own, once.

import { type Account, type Service } from './account.ts'
import { type Charge, isWaiting } from './charges.ts'
import { type Day } from './days.ts'
import { type Plan, type PlanDiscount } from './story.ts'

type Offered = {
  discount: PlanDiscount
  plan: Plan
  from: Day
  isEnded: boolean
  given: Map<Service, Charge>
}

export type Discounts = ReturnType<typeof openDiscounts>

export function openDiscounts() {
  const all: Array<Offered> = []

  function give(owner: Account, service: Service, offered: Offered, from: Day) {
    const { discount, plan, given } = offered
    if (given.has(service)) return
    const charge: Charge = {
      id: null,
      kind: 'discount',
      service: service.id,
      plan,
      amount: discount.amount,
      percentBp: discount.percentBp,
      parts: null,
      left: discount.months,
      isConditional: discount.isConditional,
      vatClass: plan.vatClass,
      startsOn: from,
      untilOn: null,
      isCancelled: false,
      taken: [],
    }
    given.set(service, charge)
    owner.charges.push(charge)
  }

  const isBefore = (day: Day, { discount, from }: Offered) =>
    discount.days === null || day < from + discount.days

  return {
    /** A service takes a plan from a day on. */
    taken: (owner: Account, service: Service, plan: Plan, from: Day) => {
      for (const offered of all) {
        if (offered.plan !== plan || offered.isEnded) continue
        if (from >= offered.from && isBefore(from, offered)) give(owner, service, offered, from)
      }
    },
    begin: (discount: PlanDiscount, plan: Plan, from: Day, accounts: Iterable<Account>) => {
      const offered = { discount, plan, from, isEnded: false, given: new Map<Service, Charge>() }
      all.push(offered)
      if (!discount.isForExisting) return
      for (const owner of accounts) {
        for (const service of owner.services) {
          if (service.endsOn !== null) continue
          const term = service.terms.find(
            (one, at) =>
              one.plan === plan &&
              (service.terms[at + 1]?.from ?? Infinity) > from &&
              isBefore(one.from, offered),
          )
          if (term) give(owner, service, offered, Math.max(from, term.from))
        }
      }
    },
    /** No longer offered; who has it keeps it, unless it is taken from them too. */
    end: (nth: number, isTaken: boolean) => {
      const offered = all[nth]
      if (!offered) throw new RangeError('No such discount')
      offered.isEnded = true
      if (!isTaken) return
      for (const charge of offered.given.values()) {
        if (isWaiting(charge)) charge.isCancelled = true
      }
    },
  }
}
