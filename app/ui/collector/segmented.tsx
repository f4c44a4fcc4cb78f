import { clsx } from 'clsx'

/** A few choices of which one holds, each a full thumb wide. */
export function Segmented<Value extends string>(props: {
  label: string
  value: Value
  options: ReadonlyArray<{ value: Value; label: string; count?: number }>
  onChange: (value: Value) => void
}) {
  return (
    <div
      role="radiogroup"
      aria-label={props.label}
      className="flex flex-wrap gap-1 rounded-md bg-sunken p-1"
    >
      {props.options.map((option) => {
        const isChosen = option.value === props.value
        return (
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={isChosen}
            tabIndex={isChosen ? 0 : -1}
            onClick={() => props.onChange(option.value)}
            onKeyDown={(event) => {
              const step = stepOf(event.key)
              if (step === 0) return
              event.preventDefault()
              const at = props.options.findIndex((one) => one.value === props.value)
              const next = props.options[(at + step + props.options.length) % props.options.length]
              if (!next) return
              props.onChange(next.value)
              const index = props.options.indexOf(next)
              const sibling = event.currentTarget.parentElement?.children[index]
              if (sibling instanceof HTMLElement) sibling.focus()
            }}
            className={clsx(
              'min-h-11 flex-auto rounded-sm px-2 text-sm font-medium [overflow-wrap:normal]',
              isChosen ? 'bg-surface text-ink shadow-hair' : 'text-soft hover:text-ink',
            )}
          >
            {option.label}
            {option.count === undefined ? null : (
              <span className="tabular ml-1.5 font-normal text-faint">{option.count}</span>
            )}
          </button>
        )
      })}
    </div>
  )
}

function stepOf(key: string) {
  if (key === 'ArrowRight' || key === 'ArrowDown') return 1
  if (key === 'ArrowLeft' || key === 'ArrowUp') return -1
  return 0
}
