import { civilDay, civilTime, daysBetween, partsOf, type Day } from '~/domain/calendar'
import type { Language } from './languages'

/**
 * Written by hand instead of by `Intl`, so that server, browser and every Android version agree to
 * the letter.
 */

const symbols: Record<string, string> = { PHP: '₱', USD: '$', EUR: '€' }

const months: Record<Language, Array<string>> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  fil: ['Ene', 'Peb', 'Mar', 'Abr', 'May', 'Hun', 'Hul', 'Ago', 'Set', 'Okt', 'Nob', 'Dis'],
  ceb: ['Ene', 'Peb', 'Mar', 'Abr', 'May', 'Hun', 'Hul', 'Ago', 'Sep', 'Okt', 'Nob', 'Dis'],
}

/** `₱1,150.00`, a true minus sign before the symbol when below zero. */
export function formatMoney(amountMinor: number, currency = 'PHP'): string {
  const sign = amountMinor < 0 ? '−' : ''
  return `${sign}${symbols[currency] ?? `${currency} `}${formatAmount(Math.abs(amountMinor))}`
}

/** `₱1,150`: on a button or a pile of notes whole pesos read faster. */
export function shortMoney(amountMinor: number, currency = 'PHP'): string {
  return formatMoney(amountMinor, currency).replace(/\.00$/, '')
}

/** `1,150.00`, for columns whose heading names the currency. */
export function formatAmount(amountMinor: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(3, '0')
  const sign = amountMinor < 0 ? '−' : ''
  return `${sign}${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`
}

/** `4,812` */
export function formatCount(count: number): string {
  return `${count < 0 ? '−' : ''}${grouped(String(Math.abs(count)))}`
}

/** `3 Nov 2026` */
export function formatDay(day: Day, language: Language = 'en'): string {
  const { year, month, date } = partsOf(day)
  return `${date} ${months[language][month - 1]} ${year}`
}

/** `Nov 2026`, from a day or a month like `2026-11`. */
export function formatMonth(month: string, language: Language = 'en'): string {
  const { year, month: number } = partsOf(`${month.slice(0, 7)}-01`)
  return `${months[language][number - 1]} ${year}`
}

/** `3 Nov 2026, 14:05` on the clock of the time zone. */
export function formatInstant(
  instant: string | Date,
  timeZone: string,
  language: Language = 'en',
): string {
  const day = formatDay(civilDay(instant, timeZone), language)
  return `${day}, ${civilTime(instant, timeZone)}`
}

/** Which phrase says how far a due day is: `due.in`, `due.today` or `due.past`, with its count. */
export function duePhrase(dueOn: Day, today: Day) {
  const count = daysBetween(today, dueOn)
  if (count === 0) return { key: 'due.today', count } as const
  if (count > 0) return { key: 'due.in', count } as const
  return { key: 'due.past', count: -count } as const
}

/** Which phrase says how much paid time is left, where `until` is the first day not paid. */
export function timeLeftPhrase(until: Day, today: Day) {
  const count = daysBetween(today, until)
  if (count === 1) return { key: 'left.last_day', count } as const
  if (count > 0) return { key: 'left.days', count } as const
  if (count === 0) return { key: 'left.ended_today', count } as const
  return { key: 'left.ended', count: -count } as const
}

function grouped(digits: string) {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}
