import { formatInstant, formatMoney, formatMonth } from '~/i18n/format'
import type { Language } from '~/i18n/languages'
import type { Say } from '~/i18n/speech'

/** What a payment does, as `preview_payment` and `record_payment` answer it and a phone works it out. */
export type PaymentEffect = {
  applies: ReadonlyArray<AppliedInvoice>
  prepaid: BoughtTime | null
  credit_minor: number
  /** Discounts that paying on time earns. */
  earns?: ReadonlyArray<{ number: string; amount_minor: number }>
  /** Debts written off before that this money came for. */
  recovers?: ReadonlyArray<{ number: string; amount_minor: number }>
  /** The whole months that all credit together will pay. */
  ahead?: { months: number; first_on: string; last_on: string } | null
}

export type AppliedInvoice = {
  number: string
  /** The first day of the period billed; null for a sale outside the calendar. */
  period: string | null
  amount_minor: number
  settles: boolean
  left_minor: number
}

export type BoughtTime = { plan_name: string; seconds: number; ends_at: string }

type Words = {
  t: Say<'common'>
  language: Language
  timeZone: string
  currency?: string
}

/** “Pays Nov 2026 in full; ₱151.00 stays as credit.” In the language of `words`. */
export function appliesSentence(effect: PaymentEffect, words: Words): string {
  const { t, language, timeZone, currency } = words
  const parts: Array<string> = []

  const settled = effect.applies.filter((applied) => applied.settles)
  if (settled.length > 0) {
    const names = settled.map((applied) => nameOf(applied, words))
    parts.push(t('applies.full', { what: inOneBreath(names, t('applies.and')) }))
  }

  for (const applied of effect.applies.filter((candidate) => !candidate.settles)) {
    parts.push(
      t('applies.part', {
        amount: formatMoney(applied.amount_minor, currency),
        what: nameOf(applied, words),
        left: formatMoney(applied.left_minor, currency),
      }),
    )
  }

  if (effect.prepaid) {
    parts.push(
      t('applies.prepaid', {
        span: spanWords(effect.prepaid.seconds, t),
        plan: effect.prepaid.plan_name,
        until: formatInstant(effect.prepaid.ends_at, timeZone, language),
      }),
    )
  }

  for (const earned of effect.earns ?? []) {
    parts.push(
      t('applies.earns', {
        amount: formatMoney(earned.amount_minor, currency),
        number: earned.number,
      }),
    )
  }

  for (const recovered of effect.recovers ?? []) {
    parts.push(
      t('applies.recovers', {
        amount: formatMoney(recovered.amount_minor, currency),
        number: recovered.number,
      }),
    )
  }

  const credit = formatMoney(effect.credit_minor, currency)
  if (effect.credit_minor === 0) parts.push(t('applies.nothing_left'))
  else if (!effect.ahead) parts.push(t('applies.credit', { amount: credit }))
  else {
    const first = formatMonth(effect.ahead.first_on, language)
    const last = formatMonth(effect.ahead.last_on, language)
    parts.push(
      effect.ahead.months === 1
        ? t('applies.ahead_month', { amount: credit, month: first })
        : t('applies.ahead_months', { amount: credit, months: effect.ahead.months, first, last }),
    )
  }

  return `${capitalised(parts.join('; '))}.`
}

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 3_600
const DAY_SECONDS = 86_400

/** “4 days 12 hours”: the two largest units that are not zero; never rounded up. */
export function spanWords(seconds: number, t: Say<'common'>): string {
  const days = Math.floor(seconds / DAY_SECONDS)
  const hours = Math.floor((seconds % DAY_SECONDS) / HOUR_SECONDS)
  const minutes = Math.floor((seconds % HOUR_SECONDS) / MINUTE_SECONDS)

  const parts = [
    days > 0 ? t('span.days', { count: days }) : null,
    hours > 0 ? t('span.hours', { count: hours }) : null,
    minutes > 0 ? t('span.minutes', { count: minutes }) : null,
  ].filter((part) => part !== null)

  return parts.slice(0, 2).join(' ') || t('span.minutes', { count: 0 })
}

function nameOf(applied: AppliedInvoice, { t, language }: Words) {
  return applied.period
    ? formatMonth(applied.period, language)
    : t('applies.invoice', { number: applied.number })
}

function inOneBreath(names: Array<string>, and: string) {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${and} ${last}`
}

function capitalised(text: string) {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
