// What an intent comes to on its day: the amount that is open, the payment that is voided. Null where it means nothing then.

import { type Account, openInvoices, sum } from './book.ts'
import { type Command } from './commands.ts'
import { instantOf } from './days.ts'
import { type Intent, type Story } from './story.ts'

export function resolve(
  intent: Intent,
  subscriber: string,
  account: Account,
  story: Story,
  newId: () => string,
): Command | null {
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
      }
    }
    case 'void': {
      const payment = account.payments.filter(({ isVoid }) => !isVoid).at(-1 - intent.nth)
      return payment ? { ...common, do: 'void', payment: payment.id } : null
    }
    case 'end': {
      const service = account.services[intent.service]
      if (!service || service.endsOn !== null) return null
      const onDay = Math.max(service.activatedOn, intent.day + intent.shift)
      return { ...common, do: 'end', service: service.id, onDay }
    }
  }
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
