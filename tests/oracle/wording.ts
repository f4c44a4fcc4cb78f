// How the story's commands and turns are said to the product.

import { type Command } from './commands.ts'
import { instantOf, write } from './days.ts'
import { type Story, type Turn } from './story.ts'

/** A command as `api` takes it. An invoice is named by its place; `play` looks its id up. */
export function worded(command: Command, plans: ReadonlyArray<string>) {
  const said = (fields: Record<string, unknown>) => ({
    do: command.do,
    at: iso(command.at),
    subscriber: command.subscriber,
    with: fields,
  })
  switch (command.do) {
    case 'join':
      return said({ id: command.subscriber, name: 'Ana Reyes' })
    case 'start':
      return said({
        id: command.service,
        subscriber_id: command.subscriber,
        plan_id: plans[command.plan],
        activated_on: write(command.activatedOn),
        bill_anchor_on: command.anchor === null ? null : write(command.anchor),
      })
    case 'pay':
      return said({
        id: command.payment,
        subscriber_id: command.subscriber,
        subscription_id: command.service,
        amount_minor: command.amount,
        method: command.method,
        reference: hasReference(command) ? command.payment : null,
        received_at: iso(command.receivedAt),
        invoices_at: command.invoices,
      })
    case 'void':
      return said({ payment_id: command.payment })
    case 'change':
      return said({
        id: command.id,
        subscription_id: command.service,
        plan_id: plans[command.plan],
        on_day: command.isDayNamed ? write(command.onDay) : null,
      })
    case 'return':
      return said({
        id: command.id,
        subscription_id: command.service,
        plan_id: plans[command.plan],
        on_day: write(command.onDay),
      })
    case 'bill_day':
      return said({
        id: command.id,
        subscription_id: command.service,
        bill_day: billDay(command.dayOfMonth),
      })
    case 'pause':
      return said({
        id: command.pause,
        subscription_id: command.service,
        from_on: write(command.from),
        until_on: write(command.until),
      })
    case 'resume':
      return said({
        id: command.id,
        subscription_id: command.service,
        pause_id: command.pause,
        on_day: write(command.onDay),
      })
    case 'end':
      return said({ subscription_id: command.service, on_day: write(command.onDay) })
    case 'charge':
      return said({
        id: command.id,
        subscriber_id: command.subscriber,
        subscription_id: command.service,
        kind: command.kind,
        description: 'Something',
        amount_minor: command.amount,
        percent_bp: command.percentBp,
        parts: command.parts,
        times: command.times,
        is_conditional: command.isConditional,
        vat_class: command.vatClass,
        starts_on: write(command.startsOn),
        until_on: command.untilOn === null ? null : write(command.untilOn),
      })
    case 'cancel_charge':
      return said({ charge_id: command.charge })
    case 'bill_charge':
      return said({ charge_id: command.charge, seen_count: command.seen })
    case 'note':
      return said({
        id: command.id,
        reason: 'Was wrong',
        invoice_at: command.invoice,
        amount_minor: command.amount,
        line_at: command.line,
      })
    case 'void_invoice':
    case 'write_off':
      return said({ id: command.id, reason: 'Was wrong', invoice_at: command.invoice })
    case 'refund':
      return said({
        id: command.id,
        reason: 'Asked for it',
        subscriber_id: command.subscriber,
        payment_id: command.payment,
        amount_minor: command.amount,
        method: command.method,
        reference: command.id,
      })
    case 'transfer':
      return said({
        id: command.id,
        reason: 'Was theirs',
        payment_id: command.payment,
        subscriber_id: command.to,
        subscription_id: command.service,
      })
    case 'bounce':
      return said({
        id: command.id,
        reason: 'No funds',
        payment_id: command.payment,
        fee_minor: command.fee,
      })
    case 'certificate':
      return said({ payment_id: command.payment })
    case 'deposit':
      return said({
        id: command.id,
        subscriber_id: command.subscriber,
        amount_minor: command.amount,
        charge_id: command.charge,
        payment_id: command.payment?.id ?? null,
        method: command.payment?.method ?? null,
        reference: command.payment?.id ?? null,
      })
    case 'give_deposit':
      return said({
        id: command.id,
        reason: 'Leaves',
        subscriber_id: command.subscriber,
        amount_minor: command.amount,
        method: command.method,
        reference: command.id,
      })
    case 'buy_time':
      return said({
        id: command.id,
        subscription_id: command.service,
        amount_minor: command.amount,
      })
    case 'cancel_time':
      return said({ id: command.id, reason: 'Not wanted', invoice_at: command.invoice })
    case 'change_prepaid':
      return said({ subscription_id: command.service, plan_id: plans[command.plan] })
    case 'waive':
      return said({ fee_at: command.fee })
    case 'spend_credit':
      return said({})
  }
}

function hasReference({ method, isInHand }: Command & { do: 'pay' }) {
  return method === 'withholding' ? isInHand : method !== 'cash'
}

/** A turn of the ISP as `api` takes it. */
export function turned(
  turn: Turn,
  story: Story,
  { plans, discounts }: { plans: ReadonlyArray<string>; discounts: ReadonlyArray<string> },
) {
  const at = iso(instantOf(story.zone, turn.day, turn.second))
  switch (turn.do) {
    case 'price':
      return {
        do: turn.do,
        at,
        with: {
          plan_id: plans[turn.plan],
          price_minor: turn.price,
          is_followed: turn.isFollowed,
          from_on: write(turn.day + turn.ahead),
        },
      }
    case 'regime':
      return {
        do: turn.do,
        at,
        with: {
          regime: regimeOf(turn.rateBp),
          rate_bp: turn.rateBp,
          effective_from: write(turn.day + 1),
        },
      }
    case 'invoice_day':
      return { do: turn.do, at, with: { invoice_day: turn.invoiceDay } }
    case 'discount':
      return {
        do: turn.do,
        at,
        with: {
          id: discounts.at(-1),
          plan_id: plans[turn.plan],
          description: 'Less for a while',
          amount_minor: turn.amount,
          percent_bp: turn.percentBp,
          months: turn.months,
          is_conditional: turn.isConditional,
          starts_on: write(turn.day),
          until_on: turn.days === null ? null : write(turn.day + turn.days),
          for_existing: turn.isForExisting,
        },
      }
    case 'end_discount':
      return {
        do: turn.do,
        at,
        with: { discount_id: discounts[turn.nth], for_existing: turn.isTaken },
      }
  }
}

function billDay(dayOfMonth: number | null) {
  if (dayOfMonth === null) return 'isp'
  return dayOfMonth === 31 ? 'last' : String(dayOfMonth)
}

export function regimeOf(rateBp: number) {
  return rateBp === 0 ? 'non_vat' : 'vat'
}

export function iso(instant: number) {
  return new Date(instant).toISOString()
}
