import { minor, proportion } from '~/domain/money'
import type { Say } from '~/i18n/speech'

type Payer = {
  balance_minor: number
  credit_minor: number
  monthly_minor: number
  prepaid: ReadonlyArray<{ subscription_id: string; price_minor: number; prepaid_days: number }>
}

const HALF_MONTH_DAYS = 15
const MONTHS_AHEAD = [1, 3]

/** Amounts one press fills in: all that is owed, months ahead, and for prepaid services a month and half a month. */
export function suggestionsFor(payer: Payer, t: Say<'collections'>) {
  const owed = payer.balance_minor
  const debts = owed > 0 ? [{ label: t('take.all'), amount_minor: owed }] : []

  // What is owed comes first, so buying time means paying the debt as well.
  const times = payer.prepaid.flatMap((service) => {
    const price = minor(service.price_minor)
    const whole = {
      label:
        service.prepaid_days === 30
          ? t('take.month')
          : t('take.days', { days: service.prepaid_days }),
      amount_minor: owed + price,
      subscription_id: service.subscription_id,
    }
    const half = {
      label: t('take.days', { days: HALF_MONTH_DAYS }),
      amount_minor: owed + proportion(price, HALF_MONTH_DAYS, service.prepaid_days),
      subscription_id: service.subscription_id,
    }
    return service.prepaid_days > HALF_MONTH_DAYS ? [whole, half] : [whole]
  })
  // Credit that is there already counts towards the months ahead.
  const ahead = MONTHS_AHEAD.flatMap((months) => {
    const amount = owed + payer.monthly_minor * months - payer.credit_minor
    if (payer.monthly_minor === 0 || amount <= 0 || payer.prepaid.length > 0) return []
    return [{ label: t('take.months', { count: months }), amount_minor: amount }]
  })
  return [...debts, ...ahead, ...times]
}
