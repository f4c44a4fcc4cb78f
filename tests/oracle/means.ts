// What a deed comes to on its day. Null where it would be refused, or means nothing then.

import {
  type Account,
  type Invoice,
  isSale,
  openInvoices,
  type Payment,
  type Service,
  sum,
} from './account.ts'
import { type Book } from './book.ts'
import { type Books } from './books.ts'
import { isWaiting } from './charges.ts'
import { type Command } from './commands.ts'
import { leftToCredit, refund } from './corrections.ts'
import { type Deed } from './deeds.ts'
import { standingSales } from './prepaid.ts'
import { termOn } from './service.ts'
import { type Moment } from './story.ts'

export type Here = {
  at: number
  subscriber: string
  account: Account
  book: Book
  newId: () => string
  /** The subscriber so many places further in the story. */
  further: (places: number) => string | undefined
}

export function resolveDeed(deed: Deed & Moment, here: Here): Command | null {
  const { account, at, subscriber, newId } = here
  const common = { at, subscriber }
  switch (deed.do) {
    case 'charge':
      return chargeMeant(deed, here)
    case 'cancel_charge': {
      const charge = namedCharges(account).at(-1 - deed.nth)
      return charge ? { ...common, do: 'cancel_charge', charge } : null
    }
    case 'bill_charge': {
      const charge = account.charges
        .filter((one) => isWaiting(one) && one.kind === 'one_time' && one.id !== null)
        .at(-1 - deed.nth)
      return charge?.id
        ? { ...common, do: 'bill_charge', charge: charge.id, seen: charge.taken.length }
        : null
    }
    case 'note':
      return noteMeant(deed, here)
    case 'void_invoice': {
      const invoice = account.invoices.filter((one) => canBeVoid(account, one)).at(-1 - deed.nth)
      return invoice
        ? { ...common, do: 'void_invoice', id: newId(), invoice: account.invoices.indexOf(invoice) }
        : null
    }
    case 'write_off': {
      const invoice = openInvoices(account).find(({ dueOn }) => dueOn < deed.day)
      return invoice
        ? { ...common, do: 'write_off', id: newId(), invoice: account.invoices.indexOf(invoice) }
        : null
    }
    case 'recover': {
      const debt = account.writeOffs.find(({ amount, recovered }) => recovered < amount)
      return debt ? payChosen(here, debt.invoice, share(debt.amount, deed.size + 300)) : null
    }
    case 'pay_newest': {
      const invoice = openInvoices(account).at(-1)
      return invoice ? payChosen(here, invoice, share(invoice.balance, deed.size + 100)) : null
    }
    case 'refund':
      return refundMeant(deed, here)
    case 'transfer':
      return transferMeant(deed, here)
    case 'bounce': {
      const payment = account.payments
        .filter((one) => one.method === 'cheque' && canBeTakenBack(account, one))
        .at(-1)
      return payment
        ? { ...common, do: 'bounce', id: newId(), payment: payment.id, fee: deed.fee }
        : null
    }
    case 'withhold': {
      const open = sum(openInvoices(account).map(({ balance }) => balance))
      const amount = share(open, deed.size)
      return amount > 0
        ? { ...payment(here, amount), method: 'withholding', isInHand: deed.isInHand }
        : null
    }
    case 'certificate': {
      const pending = account.payments.find(
        ({ money, isVoid }) => money === 'certificates_pending' && !isVoid,
      )
      return pending ? { ...common, do: 'certificate', payment: pending.id } : null
    }
    case 'ask_deposit':
      return {
        ...common,
        ...plainCharge,
        do: 'charge',
        id: newId(),
        kind: 'deposit',
        amount: deed.size * 200,
        startsOn: deed.day,
      }
    case 'deposit': {
      const asked = account.charges.find((one) => one.kind === 'deposit' && isWaiting(one))
      const amount = asked?.amount ?? deed.size * 100
      const { method } = deed
      if (method === null && amount > account.credit) return null
      const by = method === null ? null : { id: newId(), method }
      return {
        ...common,
        do: 'deposit',
        id: newId(),
        amount,
        charge: asked?.id ?? null,
        payment: by,
      }
    }
    case 'give_deposit': {
      const amount = share(account.deposit, Math.min(1000, deed.size + 200))
      return amount > 0
        ? { ...common, do: 'give_deposit', id: newId(), amount, method: deed.method }
        : null
    }
    case 'buy_time': {
      const service = runningPrepaid(account)
      const amount = share(account.credit, Math.min(1000, deed.size + 200))
      return service && amount > 0
        ? { ...common, do: 'buy_time', id: newId(), service: service.id, amount }
        : null
    }
    case 'cancel_time': {
      for (const service of account.services) {
        const sale = standingSales(service).find(
          ({ startsAt, invoice }) => startsAt > at && invoice.notes.length === 0,
        )
        if (!sale) continue
        const invoice = account.invoices.indexOf(sale.invoice)
        return { ...common, do: 'cancel_time', id: newId(), service: service.id, invoice }
      }
      return null
    }
    case 'change_prepaid': {
      const service = runningPrepaid(account)
      return service
        ? { ...common, do: 'change_prepaid', service: service.id, plan: deed.plan }
        : null
    }
    case 'waive': {
      const fee = here.book.feesOf(account).findIndex(isWaiting)
      return fee < 0 ? null : { ...common, do: 'waive', fee }
    }
    case 'spend_credit':
      return { ...common, do: 'spend_credit' }
  }
}

const plainCharge = {
  service: null,
  amount: null,
  percentBp: null,
  parts: null,
  times: 1,
  isConditional: false,
  vatClass: 'vatable',
  untilOn: null,
} as const

function chargeMeant(deed: Deed & Moment & { do: 'charge' }, here: Here): Command | null {
  const { account, at, subscriber, newId } = here
  const postpaid = account.services.filter(({ mode }) => mode === 'postpaid')
  const service = deed.service === null ? null : postpaid[deed.service]
  if (service === undefined) return null
  const of = service ?? postpaid[0]
  const price = of?.terms.at(-1)?.price ?? 99_900
  const isOne = deed.kind === 'one_time'
  const startsOn = deed.day + deed.ahead
  return {
    ...plainCharge,
    at,
    subscriber,
    do: 'charge',
    id: newId(),
    kind: deed.kind,
    service: service?.id ?? null,
    amount: deed.isPercent
      ? null
      : Math.max(10, share(price, isOne ? deed.size * 3 : deed.size / 3)),
    percentBp: deed.isPercent ? Math.max(1, deed.size * 10) : null,
    parts: deed.parts,
    times: deed.times,
    isConditional: deed.isConditional,
    // What a service costs and what is taken off it are of one class.
    vatClass: (of && termOn(of, Math.max(deed.day, of.activatedOn))?.plan.vatClass) ?? 'vatable',
    startsOn,
    untilOn: deed.lasts === null ? null : startsOn + deed.lasts,
  }
}

function namedCharges(account: Account): Array<string> {
  return account.charges.filter(isWaiting).flatMap(({ id }) => (id === null ? [] : [id]))
}

function noteMeant(deed: Deed & { do: 'note' }, here: Here): Command | null {
  const { account, at, subscriber, newId } = here
  const invoice = account.invoices
    .filter(
      (one) =>
        (one.state === 'open' || one.state === 'paid') &&
        one.givenUp === 0 &&
        !isSale(account, one) &&
        // Where days or discounts were taken back across classes, the product may find too little VAT left.
        one.lines.every(({ total }) => total > 0) &&
        leftToCredit(one) > 0,
    )
    .at(-1 - deed.nth)
  if (!invoice) return null
  const common = { at, subscriber, do: 'note', id: newId() } as const
  const place = account.invoices.indexOf(invoice)
  const line = invoice.lines.findIndex(({ total, given }) => total > given)
  const found = invoice.lines[line]
  if (deed.isOfLine && found) {
    const amount = share(found.total - found.given, deed.size)
    return amount > 0 ? { ...common, invoice: place, amount, line } : null
  }
  const amount = Math.max(1, share(leftToCredit(invoice), deed.size))
  return { ...common, invoice: place, amount, line: null }
}

/** Whether nothing was built on an invoice that its void would pull away. */
function canBeVoid(account: Account, invoice: Invoice): boolean {
  return (
    (invoice.state === 'open' || invoice.state === 'paid') &&
    invoice.total > 0 &&
    invoice.notes.length === 0 &&
    invoice.givenUp === 0 &&
    !isSale(account, invoice) &&
    account.services.every(({ paid }) =>
      paid.every(
        (one) =>
          one.invoice !== invoice || one.returned.every(({ by }) => by === null || by === invoice),
      ),
    )
  )
}

function refundMeant(deed: Deed & { do: 'refund' }, here: Here): Command | null {
  const { account, at, subscriber, newId } = here
  const common = { at, subscriber, do: 'refund', id: newId(), method: deed.method } as const
  if (deed.nth === null) {
    const amount = share(account.credit, deed.size)
    return amount > 0 ? { ...common, payment: null, amount } : null
  }
  const one = account.payments
    .filter(({ isVoid, method }) => !isVoid && method !== 'withholding')
    .at(-1 - deed.nth)
  if (!one || boughtTime(account, one)) return null
  const recovered = sum(one.recovered.map(({ amount }) => amount))
  const used = sum(
    account.allocations.filter(({ payment: by }) => by === one).map(({ amount }) => amount),
  )
  const left = Math.min(one.amount - one.refunded - recovered, account.credit + used)
  const amount = share(left, deed.size)
  const command = { ...common, payment: one.id, amount }
  return amount > 0 && canBe(here, (books, owner) => refund(books, owner, command)) ? command : null
}

/** Whether it would be done: credit that is needed for it is not gone. */
function canBe({ account, book }: Here, deed: (books: Books, owner: Account) => void): boolean {
  try {
    deed({ ...book.books, post: () => undefined }, structuredClone(account))
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function boughtTime({ services }: Account, payment: Payment): boolean {
  return services.some((service) => standingSales(service).some((sale) => sale.payment === payment))
}

function transferMeant(deed: Deed & { do: 'transfer' }, here: Here): Command | null {
  const { account, at, subscriber, newId, book } = here
  const to = here.further(deed.further)
  const one = account.payments.filter((each) => canBeTakenBack(account, each)).at(-1 - deed.nth)
  if (!to || !one) return null
  const other = book.account(to)
  // A certificate settles invoices only.
  const open = sum(openInvoices(other).map(({ balance }) => balance))
  if (one.method === 'withholding' && one.amount > open) return null
  const service = deed.buysTime ? (runningPrepaid(other)?.id ?? null) : null
  return { at, subscriber, do: 'transfer', id: newId(), payment: one.id, to, service }
}

/** Whether a payment can be taken back whole: nothing of it went out again, and what its credit paid can give it back. */
export function canBeTakenBack(account: Account, payment: Payment): boolean {
  if (payment.isVoid || payment.refunded > 0) return false
  if ((payment.deposit?.amount ?? 0) > account.deposit) return false
  const { allocations, offers, credit } = account
  const of = (isOne: (one: (typeof allocations)[number]) => boolean) =>
    sum(allocations.filter(isOne).map(({ amount }) => amount))
  const used = of((one) => one.payment === payment)
  const recovered = sum(payment.recovered.map(({ amount }) => amount))
  const unused = payment.amount - used - recovered - (payment.deposit?.amount ?? 0)
  const earned = sum(offers.map((one) => one.earned))
  return credit + of((one) => one.payment === null && one.offer === null) - earned >= unused
}

function payChosen(here: Here, invoice: Invoice, amount: number): Command | null {
  if (amount <= 0) return null
  return { ...payment(here, amount), invoices: [here.account.invoices.indexOf(invoice)] }
}

function payment({ at, subscriber, newId }: Here, amount: number) {
  return {
    at,
    subscriber,
    do: 'pay',
    payment: newId(),
    amount,
    service: null,
    receivedAt: at,
    method: 'cash',
    isInHand: false,
    invoices: null,
  } as const satisfies Command
}

function runningPrepaid({ services }: Account): Service | undefined {
  return services.find(({ mode, endsOn }) => mode === 'prepaid' && endsOn === null)
}

function share(amount: number, thousandths: number): number {
  return Math.floor((amount * thousandths) / 1000)
}
