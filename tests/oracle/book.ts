// The oracle: the money rules told once more, from the rules and not from the SQL. It counts each day of each service
// on its own and knows nothing of cursors, chunks or indexes.

import { type Command } from './commands.ts'
import { dayAt, type Day, instantOf, partsOf, periodOf } from './days.ts'
import {
  billedUntil,
  type DayLine,
  lookAgain,
  propose,
  type ServiceDays,
  setTerm,
  settle,
} from './service.ts'
import { secondsFor, vatOf } from './shares.ts'
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
}

/** `payment` null: the subscriber's credit. */
export type Allocation = {
  payment: string | null
  invoice: Invoice
  amount: number
  reversed: boolean
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
  const prices = story.plans.map(({ price }) => [{ from: story.from - 1000, price }])
  const regimes = [{ from: story.from - 1000, rateBp: story.rateBp }]
  const done = new Set<Day>()
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
    const vatable = lines.filter(({ vatClass }) => vatClass === 'vatable')
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
    }
    to.invoices.push(invoice)
    return invoice
  }

  function allocate(to: Account, payment: string | null, invoice: Invoice, amount: number) {
    if (amount <= 0) return
    to.allocations.push({ payment, invoice, amount, reversed: false })
    invoice.balance -= amount
    if (invoice.balance === 0) invoice.state = 'paid'
  }

  function takeBack(allocation: Allocation) {
    allocation.reversed = true
    allocation.invoice.balance += allocation.amount
    if (allocation.invoice.state === 'paid') allocation.invoice.state = 'open'
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
      if (!canStand(lines)) continue
      const invoice = issue(owner, lines, today, today + DUE_DAYS, on)
      for (const { service, days } of proposed) settle(service, days, invoice.rateBp)
      const taken = Math.min(owner.credit, invoice.balance)
      allocate(owner, null, invoice, taken)
      owner.credit -= taken
    }
  }

  function lineOf(service: Service, day: DayLine): Omit<Line, 'vat'> {
    const { vatClass } = day.term.plan
    return {
      kind: day.kind,
      service: service.id,
      from: instantOf(story.zone, day.from),
      until: instantOf(story.zone, day.until),
      // What carried no VAT gives none back.
      vatClass: day.returns?.rateBp === 0 && vatClass === 'vatable' ? 'exempt' : vatClass,
      total: day.amount,
    }
  }

  /** The first boundary of any calendar up to a day that no run has done. */
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
      .flatMap(
        ([calendar, begins]) =>
          boundaries(calendar).find((day) => day > today || (day >= begins && !done.has(day))) ??
          [],
      )
      .filter((day) => day <= today)
      .sort((a, b) => a - b)[0]
  }

  /** What the scheduler does when it comes by: every period that is due, the oldest first. */
  function runDue(today: Day) {
    for (let on = duePeriod(today); on !== undefined; on = duePeriod(today)) {
      runPeriod(on, today)
      done.add(on)
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
      if (allocation.payment !== id || allocation.reversed) continue
      takeBack(allocation)
      used += allocation.amount
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
      if (taken.payment !== null || taken.reversed) continue
      takeBack(taken)
      owner.credit += taken.amount
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
        owner.services.push({
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
        })
        return
      }
      case 'pay':
        return pay(owner, command)
      case 'void':
        return voidPayment(owner, command.payment)
      case 'end':
        serviceOf(owner, command.service).endsOn = command.onDay
        return
      case 'change': {
        const service = serviceOf(owner, command.service)
        const plan = story.plans[command.plan]
        const price = priceOn(command.plan, command.onDay)
        if (!plan) throw new RangeError('No such plan')
        setTerm(service, { from: command.onDay, plan, price })
        lookAgain(service, command.onDay)
        return
      }
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

  function serviceOf(owner: Account, id: string): Service {
    const service = owner.services.find((one) => one.id === id)
    if (!service) throw new RangeError('No such service')
    return service
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
          { from, price: change.price },
        ]
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

/** What is open, oldest due date first; of one day, the one made first. */
export function openInvoices({ invoices }: Account): Array<Invoice> {
  return invoices
    .filter(({ state, balance }) => state === 'open' && balance > 0)
    .sort((a, b) => a.dueOn - b.dueOn)
}

/** Neither an invoice nor its VAT is below nothing; what cannot stand yet waits for the next run. */
function canStand(lines: ReadonlyArray<Omit<Line, 'vat'>>) {
  const whole = sum(lines.map(({ total }) => total))
  const vatable = sum(lines.filter((line) => line.vatClass === 'vatable').map((line) => line.total))
  return vatable >= 0 && (whole > 0 || (whole === 0 && vatable === 0 && lines.length > 0))
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
