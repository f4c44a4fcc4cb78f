import { formatAmount, formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'

export type DayBar = { day: string; amount_minor: number }

const MOST_LABELLED = 10

/** Days beside one another. The table below carries the same numbers, so this is for the eye alone. */
export function DayBars({ bars, label }: { bars: ReadonlyArray<DayBar>; label: string }) {
  const format = useFormat()
  const largest = Math.max(...bars.map((bar) => bar.amount_minor), 1)
  const isLabelled = bars.length <= MOST_LABELLED

  return (
    <figure role="img" aria-label={label} className="flex items-end gap-1 sm:gap-2">
      {bars.map((bar) => (
        <div
          key={bar.day}
          title={`${format.day(bar.day)}: ${formatMoney(bar.amount_minor)}`}
          className="group min-w-0 flex-1 text-center"
        >
          <div className="flex h-32 flex-col items-center justify-end gap-1">
            {isLabelled && bar.amount_minor > 0 ? (
              <span className="tabular text-2xs text-soft max-sm:hidden">
                {formatAmount(bar.amount_minor)}
              </span>
            ) : null}
            <span
              className="w-full max-w-14 shrink-0 rounded-t-xs bg-accent/75 group-hover:bg-accent"
              style={{ height: `${Math.round((bar.amount_minor / largest) * 80)}%` }}
            />
          </div>
          <p className="tabular truncate border-t border-line-strong pt-1 text-2xs text-faint">
            {isLabelled ? format.day(bar.day).replace(/ \d{4}$/, '') : Number(bar.day.slice(8))}
          </p>
        </div>
      ))}
    </figure>
  )
}
