import type { Finding } from '~/domain/finding'
import { formatCount, formatInstant, formatMoney } from './format'
import type { Say } from './speech'

type Words = { t: Say<'oversight'>; timeZone: string; currency: string }

const METRES_OF_KILOMETRE = 1000

/** What the books say, in a sentence, and no more than they say. */
export function findingSentence(finding: Finding, { t, timeZone, currency }: Words): string {
  const money = (minor: number) => formatMoney(minor, currency)
  const { kind, facts } = finding
  switch (kind) {
    case 'voids':
      return t('watch.voids', { ...facts })
    case 'late':
      return t('watch.late', {
        count: facts.receipts,
        hours: facts.hours,
        limit: facts.limit_hours,
        amount: money(facts.amount_minor),
      })
    case 'clock':
      return t('watch.clock', {
        number: facts.number,
        before: facts.before_number,
        minutes: formatCount(facts.minutes),
        at: formatInstant(facts.before_at, timeZone),
      })
    case 'far':
      return t(facts.what === 'visit' ? 'watch.far_visit' : 'watch.far', {
        name: finding.subscriber_name ?? '',
        amount: money(facts.amount_minor ?? 0),
        distance: (facts.metres / METRES_OF_KILOMETRE).toFixed(1),
      })
    case 'shift':
      return t('watch.shift', { ...facts, count: facts.longest, amount: money(facts.amount_minor) })
    case 'covered':
      return t('watch.covered', {
        short: money(facts.short_minor),
        at: formatInstant(facts.short_at, timeZone),
        over: money(facts.over_minor),
      })
    case 'after_visit':
      return t('watch.after_visit', { ...facts })
  }
}
