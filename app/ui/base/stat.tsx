import { Link } from '@remix-run/react'
import { clsx } from 'clsx'
import { Children, type ReactNode } from 'react'
import { textTones, type Tone } from './badge'

/** One number a person acts on, with the word for it. */
export function Stat(props: {
  label: ReactNode
  value: ReactNode
  hint?: ReactNode
  tone?: Tone
  to?: string
  /** `hero` is for the single number a page is about. */
  size?: 'normal' | 'hero'
  className?: string
}) {
  const { label, value, hint, tone = 'neutral', to, size = 'normal', className } = props
  const isHero = size === 'hero'
  const body = (
    <>
      <p className="text-sm text-soft">{label}</p>
      <p
        className={clsx(
          'tabular mt-1 font-semibold tracking-tight',
          // However large the letters are, the one number stays whole.
          isHero ? 'text-[min(2.5rem,12vw)] leading-tight sm:text-5xl' : 'text-lg sm:text-2xl',
          textTones[tone],
        )}
      >
        {value}
      </p>
      {hint ? (
        <p className={clsx('mt-1 text-faint', isHero ? 'text-base' : 'text-sm')}>{hint}</p>
      ) : null}
    </>
  )
  const look = clsx(
    !isHero && 'rounded-lg border border-line bg-surface p-3 shadow-hair sm:p-4',
    'block min-w-0',
    className,
  )

  if (to) {
    return (
      <Link to={to} className={clsx(look, 'hover:border-line-strong hover:bg-hover')}>
        {body}
      </Link>
    )
  }
  return <div className={look}>{body}</div>
}

export function StatGrid({ children }: { children: ReactNode }) {
  // Five stand in one line: a fifth alone below looks forgotten.
  const columns = Children.toArray(children).length === 5 ? 'lg:grid-cols-5' : 'lg:grid-cols-4'
  return <div className={clsx('grid grid-cols-2 gap-3', columns)}>{children}</div>
}
