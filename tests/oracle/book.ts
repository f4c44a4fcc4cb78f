// The oracle: the money rules told once more, from the rules and not from the SQL. It counts each day of each service
// on its own and knows nothing of cursors, chunks or indexes.

import { type Command } from './commands.ts'
import { dayAt, type Day, instantOf, partsOf, periodOf } from './days.ts'
import {
  billedUntil,
  type DayLine,
  followPrice,
  giveBack,
  lookAgain,
  propose,
  type ServiceDays,
  setTerm,
  settle,
} from './service.ts'
import { rounded, secondsFor, vatOf } from './shares.ts'
import { type Plan, type Story, type Turn } from './story.ts'

const DUE_DAYS = 10

export type Line = {
  kind: string
  service: string | null
  from: number | null
  until: number | null
  vatClass: string
  total: number
  vat: number
}

export type Invoice = {
  period: Day | null
  issuedOn: Day
  dueOn: Day
  rateBp: number
  total: number
  vat: number
  balance: number
  state: 'open' | 'paid' | 'void'
  lines: Array<Line>
  notes: Array<CreditNote>
}

export type CreditNote = { issuedOn: Day; total: number; vatable: number; vat: number }

/** `payment` null: the subscriber's credit. */
export type Allocation = {
  payment: string | null
  invoice: Invoice
  amount: number
}

export type Sale = {
  payment: string
  invoice: Invoice
  amount: number
  seconds: number
  receivedAt: number
  startsAt: number
  endsAt: number
  isCancelled: boolean
}

export type Service = ServiceDays & {
  id: string
  mode: Plan['mode']
  /** The day of the month of its own calendar; null: the tenant's. */
  dayOfMonth: number | null
  sales: Array<Sale>
}

type Payment = { id: string; amount: number; isVoid: boolean; service: Service | null }

export type Account = {
  services: Array<Service>
  payments: Array<Payment>
  invoices: Array<Invoice>
  allocations: Array<Allocation>
  credit: number
}

export type Book = ReturnType<typeof openBook>

export function openBook(story: Story) {
  const accounts = new Map<string, Account>()
  const prices = story.plans.map(({ price }) => [
    { from: story.from - 1000, price, isFollowed: false },
  ])
  const regimes = [{ from: story.from - 1000, rateBp: story.rateBp }]
  let lastDone = -Infinity
  let invoiceDay = story.invoiceDay

  const account = (id: string): Account => {
    const found = accounts.get(id) ?? {
      services: [],
      payments: [],
      invoices: [],
      allocations: [],
      credit: 0,
    }
    accounts.set(id, found)
    return found
  }

  const boundaries = remember((calendar: number) =>
    Array.from({ length: story.until - story.from + 62 }, (_, at) => story.from + at).filter(
      (day) => periodOf(calendar, day).from === day,
    ),
  )
  const calendarOf = (service: Service) => service.dayOfMonth ?? invoiceDay
  const rateOn = (day: Day) => latest(regimes, day)?.rateBp ?? 0

  function issue(
    to: Account,
    lines: Array<Omit<Line, 'vat'>>,
    day: Day,
    dueOn: Day,
    period: Day | null,
  ): Invoice {
    const rateBp = rateOn(day)
    const vatable = vatableOf(lines)
    const vats = vatOf(
      vatable.map(({ total }) => total),
      rateBp,
    )
    const withVat = lines.map((line) => ({
      ...line,
      vat: line.vatClass === 'vatable' ? (vats[vatable.indexOf(line)] ?? 0) : 0,
    }))
    const total = sum(lines.map((line) => line.total))
    const invoice: Invoice = {
      period,
      issuedOn: day,
      dueOn,
      rateBp,
      total,
      vat: sum(withVat.map(({ vat }) => vat)),
      balance: total,
      state: total === 0 ? 'paid' : 'open',
      lines: withVat,
      notes: [],
    }
    to.invoices.push(invoice)
    return invoice
  }

  function allocate(to: Account, payment: string | null, invoice: Invoice, amount: number) {
    if (amount <= 0) return
    to.allocations.push({ payment, invoice, amount })
    invoice.balance -= amount
    if (invoice.balance === 0) invoice.state = 'paid'
  }

  function takeBack(allocation: Allocation, amount = allocation.amount): number {
    allocation.amount -= amount
    allocation.invoice.balance += amount
    if (amount > 0) allocation.invoice.state = 'open'
    return amount
  }

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
      const lines = proposed.flatMap(({ service, days }) => days.map((day) => lineOf(service, day)))
      // What cannot stand yet waits for the next run.
      if (lines.length === 0 || !isWorth(lines)) continue
      const invoice = issue(owner, lines, today, today + DUE_DAYS, on)
      for (const { service, days } of proposed) settle(service, days, invoice)
      takeCredit(owner, invoice)
    }
  }

  function takeCredit(owner: Account, invoice: Invoice) {
    const taken = Math.min(owner.credit, invoice.balance)
    allocate(owner, null, invoice, taken)
    owner.credit -= taken
  }

  /** An ended service is settled at once: by an invoice that gives back what was billed beyond, or else by credit notes. */
  function settleEnded(owner: Account, service: Service, today: Day) {
    const last = Math.max(service.activatedOn, (service.endsOn ?? 0) - 1)
    let days = propose(service, calendarOf(service), story.from, last)
    if (!isWorth(days.map((day) => lineOf(service, day)))) {
      creditDays(
        owner,
        days.filter(({ returns }) => returns),
        today,
      )
      days = days.filter(({ returns }) => !returns)
    }
    if (days.length > 0) {
      const lines = days.map((day) => lineOf(service, day))
      const invoice = issue(owner, lines, today, today + DUE_DAYS, null)
      settle(service, days, invoice)
      takeCredit(owner, invoice)
    }
    service.repairFrom = null
  }

  /** One credit note for each invoice, with its share of the VAT; what was paid of it comes back as credit and goes on to what is open. */
  function creditDays(owner: Account, days: ReadonlyArray<DayLine>, today: Day) {
    for (const invoice of owner.invoices) {
      const returned = days.filter(({ returns }) => returns?.invoice === invoice)
      const total = -sum(returned.map(({ amount }) => amount))
      if (total > 0) credit(owner, invoice, returned, total, today)
    }
    giveBack(days)
  }

  function credit(
    owner: Account,
    invoice: Invoice,
    returned: ReadonlyArray<DayLine>,
    total: number,
    today: Day,
  ) {
    const gross = sum(vatableOf(invoice.lines).map((line) => line.total))
    const isVatable = ({ term }: DayLine) => term.plan.vatClass === 'vatable'
    const vatable = -sum(returned.filter(isVatable).map(({ amount }) => amount))
    const before = sum(invoice.notes.map((note) => note.vatable))
    const share =
      gross === 0 ? 0n : rounded(BigInt(invoice.vat) * BigInt(before + vatable), BigInt(gross))
    const vat = Number(share) - sum(invoice.notes.map((note) => note.vat))
    let toRelease = total - invoice.balance
    for (const allocation of owner.allocations.filter((one) => one.invoice === invoice).reverse()) {
      if (toRelease <= 0) break
      const amount = Math.min(allocation.amount, toRelease)
      takeBack(allocation, amount)
      owner.credit += amount
      toRelease -= amount
    }
    invoice.notes.push({ issuedOn: today, total, vatable, vat })
    invoice.balance -= total
    invoice.state = invoice.balance === 0 ? 'paid' : 'open'
    for (const open of openInvoices(owner)) takeCredit(owner, open)
  }

  function lineOf(service: Service, day: DayLine): Omit<Line, 'vat'> {
    const { vatClass } = day.term.plan
    return {
      kind: day.kind,
      service: service.id,
      from: instantOf(story.zone, day.from),
      until: instantOf(story.zone, day.until),
      // What carried no VAT gives none back.
      vatClass: day.returns?.invoice.rateBp === 0 && vatClass === 'vatable' ? 'exempt' : vatClass,
      total: day.amount,
    }
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

  function sell(owner: Account, service: Service, payment: Payment, amount: number, at: number) {
    const day = dayAt(story.zone, at)
    const term = latest(service.terms, day) ?? service.terms[0]
    if (!term?.plan.days) throw new RangeError('No price for prepaid time')
    const startsAt = Math.max(
      at,
      instantOf(story.zone, service.activatedOn),
      service.sales.filter(({ isCancelled }) => !isCancelled).at(-1)?.endsAt ?? 0,
    )
    const seconds = secondsFor(amount, term.price, term.plan.days)
    const endsAt = startsAt + seconds * 1000
    const line = {
      kind: 'prepaid_time',
      service: service.id,
      from: startsAt,
      until: endsAt,
      vatClass: term.plan.vatClass,
      total: amount,
    }
    const invoice = issue(owner, [line], day, day, null)
    allocate(owner, payment.id, invoice, amount)
    service.sales.push({
      payment: payment.id,
      invoice,
      amount,
      seconds,
      receivedAt: at,
      startsAt,
      endsAt,
      isCancelled: false,
    })
  }

  function pay(owner: Account, command: Command & { do: 'pay' }) {
    const service = owner.services.find(({ id }) => id === command.service) ?? null
    const payment = { id: command.payment, amount: command.amount, isVoid: false, service }
    owner.payments.push(payment)
    let left = command.amount
    for (const invoice of openInvoices(owner)) {
      const amount = Math.min(left, invoice.balance)
      allocate(owner, payment.id, invoice, amount)
      left -= amount
    }
    if (left > 0 && service?.mode === 'prepaid')
      sell(owner, service, payment, left, command.receivedAt)
    else owner.credit += left
  }

  function voidPayment(owner: Account, id: string) {
    const payment = owner.payments.find((one) => one.id === id)
    if (!payment) throw new RangeError('No such payment')
    payment.isVoid = true
    let used = 0
    for (const allocation of owner.allocations) {
      if (allocation.payment === id) used += takeBack(allocation)
    }
    owner.credit -= payment.amount - used

    for (const { sales, activatedOn } of owner.services) {
      const sale = sales.find((one) => one.payment === id && !one.isCancelled)
      if (!sale) continue
      sale.isCancelled = true
      sale.invoice.state = 'void'
      sale.invoice.balance = 0
      // What stands is where it would be had the sale never been.
      let end = instantOf(story.zone, activatedOn)
      for (const standing of sales.filter(({ isCancelled }) => !isCancelled)) {
        standing.startsAt = Math.max(end, standing.receivedAt)
        standing.endsAt = standing.startsAt + standing.seconds * 1000
        end = standing.endsAt
      }
    }

    // Credit that is missing now is given back by the newest invoices that took any.
    for (const taken of [...owner.allocations].reverse()) {
      if (owner.credit >= 0) break
      if (taken.payment === null) owner.credit += takeBack(taken)
    }
  }

  function apply(command: Command) {
    const owner = account(command.subscriber)
    switch (command.do) {
      case 'join':
        return
      case 'start': {
        const plan = story.plans[command.plan]
        if (!plan) throw new RangeError('No such plan')
        const price = priceOn(command.plan, command.activatedOn)
        const service: Service = {
          id: command.service,
          mode: plan.mode,
          activatedOn: command.activatedOn,
          endsOn: null,
          dayOfMonth: command.anchor === null ? null : partsOf(command.anchor).date,
          terms: [{ from: command.activatedOn, plan, price }],
          pauses: [],
          paid: [],
          repairFrom: null,
          sales: [],
        }
        owner.services.push(service)
        followPlanned(service, command.plan, command.activatedOn)
        return
      }
      case 'pay':
        return pay(owner, command)
      case 'void':
        return voidPayment(owner, command.payment)
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

  function serviceOf(owner: Account, id: string): Service {
    const service = owner.services.find((one) => one.id === id)
    if (!service) throw new RangeError('No such service')
    return service
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
        if (!change.isFollowed || !plan) return
        for (const { services } of accounts.values()) {
          for (const service of services.filter(isRunning)) {
            followPrice(service, calendarOf(service), { plan, price: change.price, from })
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

  return { account, accounts, apply, turn, runDue, duePeriod, priceOn, periodEnd }
}

function isRunning({ mode, endsOn }: Service) {
  return mode === 'postpaid' && endsOn === null
}

/** What is open, oldest due date first; of one day, the one made first. */
export function openInvoices({ invoices }: Account): Array<Invoice> {
  return invoices
    .filter(({ state, balance }) => state === 'open' && balance > 0)
    .sort((a, b) => a.dueOn - b.dueOn)
}

/** Neither an invoice nor its VAT is below nothing, and one of nothing has no VAT. */
function isWorth(lines: ReadonlyArray<Omit<Line, 'vat'>>) {
  const whole = sum(lines.map(({ total }) => total))
  const vatable = sum(vatableOf(lines).map(({ total }) => total))
  return vatable >= 0 && (whole > 0 || (whole === 0 && vatable === 0))
}

function vatableOf<T extends { vatClass: string }>(lines: ReadonlyArray<T>): Array<T> {
  return lines.filter(({ vatClass }) => vatClass === 'vatable')
}

export function sum(amounts: ReadonlyArray<number>): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}

function latest<T extends { from: Day }>(versions: ReadonlyArray<T>, day: Day): T | undefined {
  return versions.filter(({ from }) => from <= day).at(-1)
}

function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
