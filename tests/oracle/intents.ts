// What an intent comes to on its day: the amount that is open, the payment that is voided. Null where it means nothing then.

import { type Account, openInvoices, type Service, sum } from './account.ts'
import { type Book } from './book.ts'
import { termOn } from './service.ts'
import { type Command } from './commands.ts'
import { instantOf } from './days.ts'
import { canBeTakenBack, type Here, resolveDeed } from './means.ts'
import { type Intent, type Story } from './story.ts'

export function resolve(
  intent: Intent,
  subscriber: string,
  book: Book,
  story: Story,
  { newId, further }: Pick<Here, 'newId' | 'further'>,
): Command | null {
  const account = book.account(subscriber)
  const at = instantOf(story.zone, intent.day, intent.second)
  const common = { at, subscriber }
  switch (intent.do) {
    case 'start':
      return {
        ...common,
        do: 'start',
        service: newId(),
        plan: intent.plan,
        activatedOn: Math.max(story.from, intent.day - intent.ago),
        anchor: intent.anchor,
      }
    case 'pay': {
      const service =
        intent.service === null
          ? undefined
          : account.services.find(({ mode, endsOn }) => mode === 'prepaid' && endsOn === null)
      return {
        ...common,
        do: 'pay',
        payment: newId(),
        amount: Math.max(1, amountOf(intent, account, service !== undefined)),
        service: service?.id ?? null,
        receivedAt: at - intent.minutesAgo * 60_000,
        method: intent.method,
        isInHand: false,
        invoices: null,
      }
    }
    case 'void': {
      const payment = account.payments
        .filter((one) => canBeTakenBack(account, one))
        .at(-1 - intent.nth)
      return payment ? { ...common, do: 'void', payment: payment.id } : null
    }
    case 'end': {
      const service = account.services[intent.service]
      if (!service || service.endsOn !== null) return null
      const onDay = Math.max(service.activatedOn, intent.day + intent.shift)
      return { ...common, do: 'end', service: service.id, onDay }
    }
    case 'change': {
      const service = runningService(account, intent.service)
      if (!service) return null
      const today = Math.max(intent.day, service.activatedOn)
      const isLower =
        book.priceOn(intent.plan, intent.day) < (termOn(service, today)?.price ?? Infinity)
      const byRule = isLower ? book.periodEnd(service, intent.day) : today
      const onDay =
        intent.shift === null ? byRule : Math.max(service.activatedOn, intent.day + intent.shift)
      if (termOn(service, onDay)?.plan === story.plans[intent.plan]) return null
      return {
        ...common,
        do: 'change',
        id: newId(),
        service: service.id,
        plan: intent.plan,
        onDay,
        isDayNamed: intent.shift !== null,
      }
    }
    case 'return': {
      const service = account.services[intent.service]
      if (!service || service.mode !== 'postpaid' || service.endsOn === null) return null
      const onDay =
        service.endsOn > intent.day
          ? service.endsOn
          : Math.max(service.endsOn, intent.day + intent.shift)
      return { ...common, do: 'return', id: newId(), service: service.id, plan: intent.plan, onDay }
    }
    case 'bill_day': {
      const service = runningService(account, intent.service)
      if (!service || service.dayOfMonth === intent.dayOfMonth) return null
      const { dayOfMonth } = intent
      return { ...common, do: 'bill_day', id: newId(), service: service.id, dayOfMonth }
    }
    case 'pause': {
      const service = runningService(account, intent.service)
      if (!service) return null
      const from = Math.max(service.activatedOn, intent.day + intent.shift)
      const until = from + intent.days
      const isFree = service.pauses.every((other) => other.until <= from || until <= other.from)
      if (!isFree) return null
      return { ...common, do: 'pause', pause: newId(), service: service.id, from, until }
    }
    case 'resume': {
      const service = runningService(account, intent.service)
      const pause = service?.pauses.filter(({ id }) => id !== null).at(-1)
      const onDay = intent.day + intent.shift
      if (!service || !pause?.id || pause.until <= Math.max(onDay, pause.from)) return null
      return { ...common, do: 'resume', id: newId(), pause: pause.id, service: service.id, onDay }
    }
    default:
      return resolveDeed(intent, { at, subscriber, account, book, newId, further })
  }
}

function runningService(account: Account, nth: number): Service | undefined {
  return account.services.filter(({ mode, endsOn }) => mode === 'postpaid' && endsOn === null)[nth]
}

function amountOf(intent: Intent & { do: 'pay' }, account: Account, buysTime: boolean): number {
  const open = sum(openInvoices(account).map(({ balance }) => balance))
  const price = account.services[0]?.terms.at(-1)?.price ?? 50_000
  switch (intent.how) {
    case 'exact':
      return open + (buysTime ? price : 0)
    case 'part':
      return Math.floor((open * intent.size) / 1000) || intent.size
    case 'over':
      return open + price * (1 + (intent.size % 6)) + (intent.size % 100)
    case 'any':
      return intent.size * 250
  }
}
