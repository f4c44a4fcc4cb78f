import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { spanWords, type PaymentEffect } from '~/ui/money/applies-sentence'

/** One thing the money does: “Nov 2026 in full ₱999.00”, “4 days 12 hours · Plan, until 3 Dec 2026, 18:00”. */
export type Pay = {
  kind: 'settled' | 'partly' | 'time' | 'credit'
  what: string
  detail?: string
  amount?: string
}

/** What money does, thing by thing, in the person's language. */
export function usePays(currency: string, timeZone: string) {
  const t = useT('collector')
  const common = useT('common')
  const format = useFormat()
  const money = (minor: number) => formatMoney(minor, currency)

  return (effect: PaymentEffect): Array<Pay> => {
    const pays: Array<Pay> = effect.applies.map((part) => {
      const what = part.period
        ? format.month(part.period)
        : common('applies.invoice', { number: part.number })
      return {
        kind: part.settles ? 'settled' : 'partly',
        what: part.settles
          ? t('take.in_full', { what })
          : t('take.part', { what, left: money(part.left_minor) }),
        amount: money(part.amount_minor),
      }
    })
    if (effect.prepaid) {
      pays.push({
        kind: 'time',
        what: spanWords(effect.prepaid.seconds, common),
        detail: t('take.time', {
          plan: effect.prepaid.plan_name,
          until: format.instant(effect.prepaid.ends_at, timeZone),
        }),
      })
    }
    if (effect.credit_minor > 0) {
      pays.push({ kind: 'credit', what: t('take.as_credit'), amount: money(effect.credit_minor) })
    }
    return pays
  }
}
