import { useMemo } from 'react'
import type { Day } from '~/domain/calendar'
import { duePhrase, formatDay, formatInstant, formatMonth, timeLeftPhrase } from './format'
import { useLanguage, useT } from './use-t'

/** Dates and spans in the person's language. Money reads the same in all of them: `formatMoney`. */
export function useFormat() {
  const language = useLanguage()
  const t = useT('common')

  // The same as long as the language is, so that a row that is given it need not be drawn anew.
  return useMemo(
    () => ({
      day: (day: Day) => formatDay(day, language),
      month: (month: string) => formatMonth(month, language),
      instant: (instant: string | Date, timeZone: string) =>
        formatInstant(instant, timeZone, language),
      /** “12 days past due”, “due today”, “due in 3 days” */
      due: (dueOn: Day, today: Day) => {
        const { key, count } = duePhrase(dueOn, today)
        return t(key, { count })
      },
      /** “2 days left”, “last day”, “ended 3 days ago” */
      timeLeft: (until: Day, today: Day) => {
        const { key, count } = timeLeftPhrase(until, today)
        return t(key, { count })
      },
    }),
    [language, t],
  )
}

export type Format = ReturnType<typeof useFormat>
