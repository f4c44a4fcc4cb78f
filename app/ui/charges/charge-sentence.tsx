import { formatPercent, partsOf, type ChargeKind } from '~/domain/charge'
import { formatDay, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { useOffice } from '~/ui/office/office-context'

export type How = 'once' | 'parts' | 'times' | 'always'

export type Draft = {
  kind: ChargeKind
  amount: number | null
  percent: number | null
  how: How
  count: number
  from: string
  until: string
  isConditional: boolean
}

/** What a charge will do, in words, while it is typed. */
export function ChargeSentence({ draft }: { draft: Draft }) {
  const t = useT('charges')
  const sentence = useSentence(draft)
  return (
    <p
      aria-live="polite"
      className={
        sentence
          ? 'rounded-md bg-info-soft px-3 py-2 text-info'
          : 'rounded-md bg-sunken px-3 py-2 text-faint'
      }
    >
      {sentence ?? t('say.nothing')}
    </p>
  )
}

function useSentence(draft: Draft): string | null {
  const t = useT('charges')
  const { currency } = useOffice()
  const { kind, how, count, until } = draft
  const money = (minor: number) => formatMoney(minor, currency)
  if (!draft.from || (draft.amount === null && draft.percent === null)) return null
  const from = formatDay(draft.from)

  if (kind === 'deposit') return t('say.deposit', { amount: money(draft.amount ?? 0) })
  const amount =
    draft.percent !== null
      ? t('say.percent', { percent: `−${formatPercent(draft.percent)}` })
      : kind === 'discount'
        ? t('say.less', { amount: money(draft.amount ?? 0) })
        : money(draft.amount ?? 0)

  const words = () => {
    if (how === 'once') return t('say.once', { amount, day: from })
    if (how === 'always') {
      return until
        ? t('say.always_until', { amount, day: from, until: formatDay(until) })
        : t('say.always', { amount, day: from })
    }
    if (!Number.isInteger(count) || count < 1 || (how === 'parts' && count < 2)) return null
    const typed = draft.amount ?? 0
    if (how === 'times') {
      return draft.percent !== null
        ? t('say.times_percent', { amount, count, day: from })
        : t('say.times', { amount, count, sum: money(typed * count), day: from })
    }
    const parts = partsOf(typed, count)
    const [first = 0] = parts
    const last = parts.at(-1) ?? 0
    return first === last
      ? t('say.parts_even', { sum: money(typed), count, part: money(first), day: from })
      : t('say.parts_odd', {
          sum: money(typed),
          count,
          first: money(first),
          part: money(last),
          day: from,
        })
  }
  const said = words()
  return said && draft.isConditional ? t('say.if_paid', { rest: said }) : said
}
