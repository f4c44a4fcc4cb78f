import { useCallback } from 'react'
import type { Phone } from '~/offline/phone'
import { limitsOf, totals } from '~/offline/limits'
import { loadSettings } from '~/offline/mirror'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { useLive } from './screen'

/** How near the phone is to having to send or remit before it takes more, in sentences. */
export function useLimitWords(phone: Phone): {
  state: 'fine' | 'warn' | 'stop'
  words: Array<string>
} {
  const t = useT('collector')
  const cash = useT('cash')
  const format = useFormat()
  const { currency, time_zone } = phone.profile
  const known = useLive(
    useCallback(async () => {
      const [sums, settings] = await Promise.all([totals(phone), loadSettings(phone)])
      return { reached: limitsOf(phone, settings, sums), sums, settings }
    }, [phone]),
    [phone],
  )
  if (!known) return { state: 'fine', words: [] }

  const { reached, sums, settings } = known
  const isStop = reached.state === 'stop'
  const carried = sums.onHandMinor + sums.toCountMinor
  const oldest = sums.oldestUnsentAt ? format.instant(sums.oldestUnsentAt, time_zone) : ''
  const words = reached.reasons.map((reason) => {
    switch (reason) {
      case 'unsent_count':
        return t(isStop ? 'limit.count_stop' : 'limit.count_warn', {
          count: sums.unsentCount,
          limit: settings?.unsent_limit ?? sums.unsentCount,
        })
      case 'unsent_age':
        return t(isStop ? 'limit.age_stop' : 'limit.age_warn', { when: oldest })
      case 'cash':
        if (sums.isCounting) return cash(isStop ? 'limit.over' : 'limit.near')
        return t(isStop ? 'limit.cash_stop' : 'limit.cash_warn', {
          amount: formatMoney(carried, currency),
          limit: formatMoney(settings?.cash_limit_minor ?? carried, currency),
        })
      case 'receipts':
        return isStop ? t('limit.no_numbers') : t('limit.numbers_low', { count: sums.receiptsLeft })
    }
  })
  return { state: reached.state, words }
}
