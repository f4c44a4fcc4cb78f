import { isRealDay } from '~/domain/calendar'
import { formatDay, formatInstant, formatMoney } from '~/i18n/format'
import type { AuditEntry } from './audit-entry'

export type Change = { field: string; before: string; after: string }

/** Keys that say nothing to a person. */
const hidden = new Set(['id', 'tenant_id', 'created_at', 'updated_at', 'version', 'cursor'])

/** The changed fields of an entry, each with its value before and after, as a person reads them. */
export function changesOf(entry: AuditEntry, timeZone: string): Array<Change> {
  const keys = new Set([...Object.keys(entry.before ?? {}), ...Object.keys(entry.after ?? {})])
  return [...keys]
    .filter((key) => !hidden.has(key))
    .map((key) => ({
      field: fieldWords(key),
      before: valueWords(key, entry.before?.[key], timeZone),
      after: valueWords(key, entry.after?.[key], timeZone),
    }))
}

/** `paid_until` → “Paid until”, `amount_minor` → “Amount”. */
export function fieldWords(key: string) {
  const words = key.replace(/_(minor|id|at|on)$/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function valueWords(key: string, value: unknown, timeZone: string): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return key.endsWith('_minor') ? formatMoney(value) : String(value)
  if (typeof value === 'string') return stringWords(value, timeZone)
  return JSON.stringify(value)
}

function stringWords(value: string, timeZone: string) {
  const isDay: boolean = isRealDay(value)
  if (isDay) return formatDay(value)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+/.test(value) && !Number.isNaN(Date.parse(value))) {
    return formatInstant(value, timeZone)
  }
  // An id means nothing to a person; its beginning is enough to tell two apart.
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return `…${value.slice(-6)}`
  return value
}
