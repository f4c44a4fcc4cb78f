// The oracle: the money rules told once more, from the rules and not from the SQL. It counts each day of each service
// on its own and knows nothing of cursors, chunks or indexes.

import {
  type Account,
  isWorth,
  latest,
  lineOf,
  newAccount,
  type Service,
  serviceOf,
  sum,
} from './account.ts'
import { openBooks } from './books.ts'
import { type Command } from './commands.ts'
import { dayAt, type Day, partsOf, periodOf } from './days.ts'
import { credit, issue, takeCredit } from './invoices.ts'
import { pay, voidPayment } from './payments.ts'
import {
  billedUntil,
  type DayLine,
  followPrice,
  giveBack,
  lookAgain,
  propose,
  setTerm,
  settle,
} from './service.ts'
import { type Story, type Turn } from './story.ts'

const DUE_DAYS = 10

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
  const lineFor = (service: Service) => (day: DayLine) => lineOf(story.zone, service, day)

  function runPeriod(on: Day, today: Day) {
    for (const owner of accounts.values()) {
      const proposed = owner.services
        .filter(
          (service) => service.mode === 'postpaid' && periodOf(calendarOf(service), on).from === on,
        )
        .map((service) => ({
          service,
          days: propose(service, calendarOf(service), story.from, on),
        }))
      bill(owner, proposed, { day: today, dueOn: today + DUE_DAYS, period: on })
    }
  }

  /** An ended service is settled at once. */
  function settleEnded(owner: Account, service: Service, today: Day) {
    const last = Math.max(service.activatedOn, (service.endsOn ?? 0) - 1)
    const days = propose(service, calendarOf(service), story.from, last)
    bill(owner, [{ service, days }], { day: today, dueOn: today + DUE_DAYS })
    service.repairFrom = null
  }

  /** Where an invoice has no room for the days given back, credit notes give them back, and it charges the rest. */
  function bill(
    owner: Account,
    proposed: ReadonlyArray<{ service: Service; days: ReadonlyArray<DayLine> }>,
    paper: { day: Day; dueOn: Day; period?: Day },
  ) {
    const linesOf = (isOn: (day: DayLine) => boolean) =>
      proposed.flatMap(({ service, days }) => days.filter(isOn).map(lineFor(service)))
    const isWhole = isWorth(linesOf(() => true))
    const isOn = ({ returns }: DayLine) => isWhole || !returns
    if (!isWhole) {
      const returned = proposed.flatMap(({ days }) => days.filter(({ returns }) => returns))
      creditDays(owner, returned, paper.day)
    }
    const lines = linesOf(isOn)
    const invoice = lines.length > 0 ? issue(books, owner, lines, paper) : null
    for (const { service, days } of proposed) {
      if (invoice) settle(service, days.filter(isOn), invoice)
      else if (days.length > 0) service.repairFrom = null
    }
    if (invoice) takeCredit(books, owner, invoice)
  }

  /** One credit note for each invoice. */
  function creditDays(owner: Account, days: ReadonlyArray<DayLine>, today: Day) {
    for (const invoice of [...owner.invoices]) {
      const returned = days
        .filter(({ returns }) => returns?.invoice === invoice)
        .map(({ amount, term }) => ({ total: -amount, vatClass: term.plan.vatClass }))
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
        return voidPayment(books, owner, command.payment)
      case 'end':
        return end(owner, serviceOf(owner, command.service), command)
      case 'change': {
        const service = serviceOf(owner, command.service)
        setPlan(service, command.plan, command.onDay)
        lookAgain(service, command.onDay)
        return
      }
      case 'return': {
        const service = serviceOf(owner, command.service)
        const from = service.endsOn
        if (from === null) throw new RangeError('Not ended')
        if (from < command.onDay) service.pauses.push({ id: null, from, until: command.onDay })
        service.endsOn = null
        setPlan(service, command.plan, command.onDay)
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
    }
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
  function setPlan(service: Service, at: number, from: Day) {
    const plan = story.plans[at]
    if (!plan) throw new RangeError('No such plan')
    setTerm(service, { from, plan, price: priceOn(at, from) })
    followPlanned(service, at, from)
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
    }
  }

  return { account, accounts, books, apply, turn, runDue, duePeriod, priceOn, periodEnd }
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
