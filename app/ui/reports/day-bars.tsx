import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'

export type DayBar = { day: string; amount_minor: number }

/** Days beside one another. The table below carries the same numbers, so this is for the eye alone. */
export function DayBars({ bars, label }: { bars: ReadonlyArray<DayBar>; label: string }) {
  const format = useFormat()
  const largest = Math.max(...bars.map((bar) => bar.amount_minor), 1)

  return (
    <figure aria-label={label} className="flex h-40 items-end gap-1">
      {bars.map((bar) => (
        <div
          key={bar.day}
          title={`${format.day(bar.day)}: ${formatMoney(bar.amount_minor)}`}
          className="group flex h-full min-w-0 flex-1 flex-col justify-end gap-1.5"
        >
          <div
            className="w-full rounded-t-xs bg-accent group-hover:bg-accent-hover"
            style={{ height: `${(bar.amount_minor / largest) * 100}%`, minHeight: bar.amount_minor > 0 ? 2 : 0 }}
          />
          <span aria-hidden="true" className="truncate text-center text-2xs text-faint">
            {Number(bar.day.slice(8))}
          </span>
        </div>
      ))}
    </figure>
  )
}
