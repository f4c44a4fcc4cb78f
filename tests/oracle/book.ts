// The oracle: the money rules told once more, from the rules and not from the SQL. It counts each day of each service
// on its own and knows nothing of cursors, chunks or indexes.

import {
  type Account,
  type Invoice,
  isWorth,
  latest,
  lineOf,
  newAccount,
  paymentOf,
  type Service,
  serviceOf,
  sum,
} from './account.ts'
import { openBooks } from './books.ts'
import {
  billCharge,
  type Charge,
  chargeLines,
  chargeOf,
  dueOf,
  isTakenIn,
  saveCharge,
  takeCharges,
} from './charges.ts'
import { type Command } from './commands.ts'
import {
  bounce,
  creditByHand,
  giveBackCredit,
  giveDeposit,
  refund,
  transfer,
  voidInvoice,
  writeOff,
} from './corrections.ts'
import { dayAt, type Day, partsOf, periodOf } from './days.ts'
import { openDiscounts } from './discounts.ts'
import { credit, issue, takeCredit } from './invoices.ts'
import { openDunning } from './late.ts'
import { offer, reconsider, settleOffers } from './offers.ts'
import { pay, receiveCertificate, takeDeposit, voidPayment } from './payments.ts'
import { cancelTime, changePrepaid, sell } from './prepaid.ts'
import {
  billedUntil,
  type DayLine,
  followPrice,
  giveBack,
  lookAgain,
  propose,
  setTerm,
  settle,
  termOn,
} from './service.ts'
import { type Story, type Turn } from './story.ts'

const DUE_DAYS = 10

type Proposed = { service: Service; days: ReadonlyArray<DayLine> }

export type Book = ReturnType<typeof openBook>

export function openBook(story: Story) {
  const accounts = new Map<string, Account>()
  const prices = story.plans.map(({ price }) => [
    { from: story.from - 1000, price, isFollowed: false },
  ])
  const regimes = [{ from: story.from - 1000, rateBp: story.rateBp }]
  const books = openBooks(story.zone, (day) => latest(regimes, day)?.rateBp ?? 0)
  let lastDone = -Infinity
  let invoiceDay = story.invoiceDay

  const account = (id: string): Account => {
    const found = accounts.get(id) ?? newAccount()
    accounts.set(id, found)
    return found
  }

  const boundaries = remember((calendar: number) =>
    Array.from({ length: story.until - story.from + 62 }, (_, at) => story.from + at).filter(
      (day) => periodOf(calendar, day).from === day,
    ),
  )
  const calendarOf = (service: Service) => service.dayOfMonth ?? invoiceDay
  const daysOf = ({ service, days }: Proposed) =>
    days.map((day) => ({ ...lineOf(story.zone, service, day), plan: day.term.plan }))
  const discounts = openDiscounts()
  const dunning = openDunning(story.lateFee)

  function runPeriod(on: Day, today: Day) {
    const isTenants = periodOf(invoiceDay, on).from === on
    for (const owner of accounts.values()) {
      const proposed = owner.services
        .filter(
          (service) => service.mode === 'postpaid' && periodOf(calendarOf(service), on).from === on,
        )
        .map((service) => ({
          service,
          days: propose(service, calendarOf(service), story.from, on),
        }))
      const hasDays = proposed.some(({ days }) => days.length > 0)
      const waiting = isTenants || hasDays ? owner.charges : []
      const paper = { day: today, dueOn: today + DUE_DAYS, period: on }
      const invoice = bill(owner, proposed, dueOf(waiting, { on, today }), paper)
      if (!invoice) continue
      offer(owner, invoice, proposed.flatMap(daysOf), on)
      settleOffers(books, owner, today)
    }
  }

  /** An ended service is settled at once; the last invoice of the last service takes all that waits. */
  function settleEnded(owner: Account, service: Service, today: Day) {
    const on = Math.max(service.activatedOn, (service.endsOn ?? 0) - 1)
    const days = propose(service, calendarOf(service), story.from, on)
    const isLast = owner.services.every(({ endsOn }) => endsOn !== null)
    const { from } = periodOf(calendarOf(service), on)
    const waiting = owner.charges
      .filter((one) => isLast || one.service === service.id)
      .filter((one) => !isTakenIn(one, { from, until: on + 1 }))
    const paper = { day: today, dueOn: today + DUE_DAYS }
    bill(owner, [{ service, days }], dueOf(waiting, { on, today }), paper)
    service.repairFrom = null
    for (const charge of dueOf(waiting, { on, today })) giveBackCredit(books, owner, charge, today)
  }

  /** Where an invoice has no room for the days given back, credit notes give them back, and it charges the rest. */
  function bill(
    owner: Account,
    proposed: ReadonlyArray<Proposed>,
    waiting: ReadonlyArray<Charge>,
    paper: { day: Day; dueOn: Day; period?: Day },
  ): Invoice | null {
    const days = proposed.flatMap(daysOf)
    const isFinal = paper.period === undefined
    const extra = chargeLines(waiting, days, isFinal)
    const isWhole = isWorth([...days, ...extra])
    const isOn = ({ returns }: DayLine) => isWhole || !returns
    const kept = proposed.map((one) => ({ ...one, days: one.days.filter(isOn) }))
    const lines = [...kept.flatMap(daysOf), ...extra]
    if (!isWhole) {
      const returned = proposed.flatMap((one) => one.days.filter(({ returns }) => returns))
      creditDays(owner, returned, paper.day)
    }
    const hasDays = kept.some((one) => one.days.length > 0)
    const isIssued =
      lines.length > 0 && (isFinal || hasDays || sum(lines.map(({ total }) => total)) > 0)
    const invoice = isIssued ? issue(books, owner, lines, paper) : null
    let at = 0
    for (const [nth, { service, days: its }] of kept.entries()) {
      if (invoice) settle(service, its, invoice, invoice.lines.slice(at, (at += its.length)))
      else if ((proposed[nth]?.days.length ?? 0) > 0) service.repairFrom = null
    }
    if (!invoice) return null
    takeCharges(invoice)
    takeCredit(books, owner, invoice)
    return invoice
  }

  /** One credit note for each invoice. */
  function creditDays(owner: Account, days: ReadonlyArray<DayLine>, today: Day) {
    for (const invoice of [...owner.invoices]) {
      const returned = days.flatMap(({ amount, returns }) =>
        returns?.invoice === invoice ? [{ total: -amount, line: returns.line }] : [],
      )
      if (sum(returned.map(({ total }) => total)) > 0)
        credit(books, owner, invoice, returned, today)
    }
    giveBack(days)
  }

  /** The first boundary of any calendar after the last one that was run: that one billed every day before it, whatever the calendar was. */
  function duePeriod(today: Day): Day | undefined {
    // A calendar begins with the first service that has it.
    const since = new Map([[invoiceDay, story.from]])
    for (const { services } of accounts.values()) {
      for (const { mode, dayOfMonth, activatedOn } of services) {
        if (mode !== 'postpaid' || dayOfMonth === null) continue
        since.set(dayOfMonth, Math.min(since.get(dayOfMonth) ?? Infinity, activatedOn))
      }
    }
    return [...since]
      .flatMap(([calendar, begins]) =>
        boundaries(calendar).filter((day) => lastDone < day && begins <= day && day <= today),
      )
      .sort((a, b) => a - b)[0]
  }

  /** What the scheduler does when it comes by: every period that is due, the oldest first. */
  function runDue(today: Day) {
    for (let on = duePeriod(today); on !== undefined; on = duePeriod(today)) {
      runPeriod(on, today)
      lastDone = on
    }
  }

  function apply(command: Command) {
    const owner = account(command.subscriber)
    switch (command.do) {
      case 'join':
        return
      case 'start':
        return start(owner, command)
      case 'pay':
        return pay(books, owner, command)
      case 'void':
        return voidPayment(books, owner, paymentOf(owner, command.payment), command.at)
      case 'end':
        return end(owner, serviceOf(owner, command.service), command)
      case 'change': {
        const service = serviceOf(owner, command.service)
        setPlan(owner, service, command.plan, command.onDay)
        lookAgain(service, command.onDay)
        return
      }
      case 'return': {
        const service = serviceOf(owner, command.service)
        const from = service.endsOn
        if (from === null) throw new RangeError('Not ended')
        if (from < command.onDay) service.pauses.push({ id: null, from, until: command.onDay })
        service.endsOn = null
        setPlan(owner, service, command.plan, command.onDay)
        lookAgain(service, command.onDay)
        return
      }
      case 'bill_day':
        serviceOf(owner, command.service).dayOfMonth = command.dayOfMonth
        return
      case 'pause': {
        const service = serviceOf(owner, command.service)
        service.pauses.push({ id: command.pause, from: command.from, until: command.until })
        lookAgain(service, command.from)
        return
      }
      case 'resume': {
        const service = serviceOf(owner, command.service)
        const pause = service.pauses.find(({ id }) => id === command.pause)
        if (!pause) throw new RangeError('No such pause')
        pause.until = Math.max(pause.from, command.onDay)
        lookAgain(service, pause.until)
        return
      }
      case 'charge':
        return saveCharge(owner, command)
      case 'cancel_charge':
        chargeOf(owner, command.charge).isCancelled = true
        return
      case 'bill_charge':
        return billCharge(books, owner, command, DUE_DAYS)
      case 'note':
        return creditByHand(books, owner, command)
      case 'void_invoice':
        return voidInvoice(books, owner, command)
      case 'write_off':
        return writeOff(books, owner, command.invoice)
      case 'refund':
        return refund(books, owner, command)
      case 'transfer':
        return transfer(books, owner, account(command.to), command)
      case 'bounce':
        return bounce(books, owner, command)
      case 'certificate':
        return receiveCertificate(books, owner, command.payment)
      case 'deposit':
        return takeDeposit(books, owner, command)
      case 'give_deposit':
        return giveDeposit(books, owner, command)
      case 'buy_time':
        return sell(books, owner, serviceOf(owner, command.service), null, command)
      case 'cancel_time':
        return cancelTime(books, owner, command)
      case 'change_prepaid': {
        const plan = story.plans[command.plan]
        if (!plan) throw new RangeError('No such plan')
        return changePrepaid(books, serviceOf(owner, command.service), command.at, plan, (day) =>
          priceOn(command.plan, day),
        )
      }
      case 'waive': {
        const fee = dunning.feesOf(owner)[command.fee]
        if (!fee) throw new RangeError('No such fee')
        fee.isCancelled = true
        return
      }
      case 'spend_credit':
        return reconsider(books, owner, dayAt(story.zone, command.at))
    }
  }

  function look(today: Day) {
    for (const owner of accounts.values()) dunning.look(owner, today)
  }

  function start(owner: Account, command: Command & { do: 'start' }) {
    const plan = story.plans[command.plan]
    if (!plan) throw new RangeError('No such plan')
    const price = priceOn(command.plan, command.activatedOn)
    const service: Service = {
      id: command.service,
      mode: plan.mode,
      activatedOn: command.activatedOn,
      endsOn: null,
      dayOfMonth: command.anchor === null ? null : partsOf(command.anchor).date,
      terms: [{ from: command.activatedOn, plan, price, agreed: price }],
      pauses: [],
      paid: [],
      repairFrom: null,
      sales: [],
    }
    owner.services.push(service)
    followPlanned(service, command.plan, command.activatedOn)
    discounts.taken(owner, service, plan, command.activatedOn)
  }

  function end(owner: Account, service: Service, { onDay, at }: Command & { do: 'end' }) {
    service.endsOn = onDay
    service.terms = service.terms.filter(({ from }) => from < onDay || from === service.activatedOn)
    service.pauses = service.pauses
      .filter(({ from }) => from < onDay)
      .map((pause) => ({ ...pause, until: Math.min(pause.until, onDay) }))
    if (service.mode !== 'postpaid') return
    lookAgain(service, onDay)
    settleEnded(owner, service, dayAt(story.zone, at))
  }

  /** A plan at its price of the day, and what is planned for that price. */
  function setPlan(owner: Account, service: Service, at: number, from: Day) {
    const plan = story.plans[at]
    if (!plan) throw new RangeError('No such plan')
    setTerm(service, { from, plan, price: priceOn(at, from) })
    followPlanned(service, at, from)
    if (termOn(service, from - 1)?.plan !== plan) discounts.taken(owner, service, plan, from)
  }

  function followPlanned(service: Service, at: number, after: Day) {
    const plan = story.plans[at]
    if (!plan || !isRunning(service)) return
    for (const { from, price, isFollowed } of prices[at] ?? []) {
      if (isFollowed && from > after)
        followPrice(service, calendarOf(service), { plan, price, from })
    }
  }

  function priceOn(plan: number, day: Day): number {
    const version = latest(prices[plan] ?? [], day)
    if (!version) throw new RangeError('No price')
    return version.price
  }

  /** The first day the running price does not cover: the end of what is billed, or else of the period. */
  function periodEnd(service: Service, today: Day): Day {
    const billed = billedUntil(service)
    if (billed > today) return billed
    return periodOf(calendarOf(service), Math.max(today, service.activatedOn)).until
  }

  function turn(change: Turn) {
    switch (change.do) {
      case 'price': {
        const versions = prices[change.plan] ?? []
        const from = change.day + change.ahead
        prices[change.plan] = [
          ...versions.filter((version) => version.from < from),
          { from, price: change.price, isFollowed: change.isFollowed },
        ]
        const plan = story.plans[change.plan]
        const isUnfollowed = versions.some((one) => one.from >= from && one.isFollowed)
        if (!plan || (!change.isFollowed && !isUnfollowed)) return
        const price = change.isFollowed ? change.price : null
        for (const { services } of accounts.values()) {
          for (const service of services.filter(isRunning)) {
            followPrice(service, calendarOf(service), { plan, price, from })
            // What was followed before the price that is gone is followed again.
            if (price === null) followPlanned(service, change.plan, -Infinity)
          }
        }
        return
      }
      case 'regime':
        regimes.push({ from: change.day + 1, rateBp: change.rateBp })
        return
      case 'invoice_day':
        invoiceDay = change.invoiceDay
        return
      case 'discount': {
        const plan = story.plans[change.plan]
        if (plan) discounts.begin(change, plan, change.day, accounts.values())
        return
      }
      case 'end_discount':
        return discounts.end(change.nth, change.isTaken)
    }
  }

  const { feesOf } = dunning
  return {
    account,
    accounts,
    books,
    apply,
    turn,
    runDue,
    duePeriod,
    look,
    feesOf,
    priceOn,
    periodEnd,
  }
}

function isRunning({ mode, endsOn }: Service) {
  return mode === 'postpaid' && endsOn === null
}

function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
