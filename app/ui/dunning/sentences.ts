import { civilDay } from '~/domain/calendar'
import type { Cause, Why, WhyEvent } from '~/domain/why'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import type { Tone } from '~/ui/base/badge'

export type Where = { timeZone: string; currency: string }

/** Puts the facts of a story into the person's language. */
export function useSentences({ timeZone, currency }: Where) {
  const t = useT('why')
  const format = useFormat()
  const money = (minor: number | null | undefined) => formatMoney(minor ?? 0, currency)
  const day = (value: string | null | undefined) => (value ? format.day(value) : '')
  const instant = (value: string | null | undefined) =>
    value ? format.instant(value, timeZone) : ''

  return {
    open({ balance_minor, overdue_minor }: Why) {
      if (balance_minor === 0) return t('open_nothing')
      if (overdue_minor === 0) return t('open_not_late', { amount: money(balance_minor) })
      return t('open', { amount: money(balance_minor), overdue: money(overdue_minor) })
    },

    cause(cause: Cause) {
      return t(`cause.${cause.code}`, {
        day: day(cause.on),
        at: instant(cause.at),
        reason: cause.reason ?? '',
      })
    },

    next({ next }: Why): Array<string> {
      if (!next) return []
      const sentences: Array<string> = []
      if (next.waits_for === 'phone' && !next.collector) sentences.push(t('waits.phone_of_nobody'))
      else if (next.waits_for) {
        sentences.push(
          t(`waits.${next.waits_for}`, {
            day: day(next.promised_on),
            amount: money(next.threshold_minor),
            name: next.collector ?? '',
            from: next.cut_from,
            until: next.cut_until,
          }),
        )
      }
      if (next.stage && next.on) sentences.push(t(`next.${next.stage}`, { day: day(next.on) }))
      return sentences
    },

    event(event: WhyEvent) {
      const values = {
        number: event.number ?? '',
        amount: money(event.amount_minor),
        day: day(event.on),
        reason: event.reason ?? '',
        at: instant(event.until_at),
      }
      if (event.code === 'paid' && event.number) return t('event.paid_receipt', values)
      return t(`event.${event.code}`, values)
    },

    when: (event: WhyEvent) => format.day(civilDay(event.at, timeZone)),
  }
}

/** Good news, bad news, or neither. */
export function toneOf({ code }: WhyEvent): Tone {
  if (code === 'paid' || code === 'promise_kept' || code.startsWith('on_')) return 'success'
  if (code.startsWith('off_') || code === 'stage_suspended' || code === 'stage_uncollectible')
    return 'danger'
  if (code === 'stage_warned' || code === 'promise_broken' || code === 'late_fee') return 'warn'
  if (code.startsWith('promise')) return 'info'
  return 'neutral'
}
