import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-t'

/** Work that takes longer than a second. Without `of` it only says that it goes on. */
export function Progress(props: {
  label: ReactNode
  done?: number
  of?: number
  hint?: ReactNode
}) {
  const { label, done = 0, of, hint } = props
  const share = of ? Math.min(100, Math.round((done / of) * 100)) : null
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex justify-between gap-4 text-sm">
        <span className="font-medium">{label}</span>
        {share === null ? null : <span className="tabular text-soft">{share}%</span>}
      </div>
      <div
        role="progressbar"
        aria-label={typeof label === 'string' ? label : undefined}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share ?? undefined}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className={clsx(
            'h-full rounded-full bg-accent transition-[width]',
            share === null && 'w-1/3 animate-pulse-soft',
          )}
          style={share === null ? undefined : { width: `${share}%` }}
        />
      </div>
      {hint ? <p className="text-sm text-faint">{hint}</p> : null}
    </div>
  )
}

/** The shape of what is coming. Give it the size of the real thing: `<Skeleton className="h-5 w-40" />`. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('block animate-pulse-soft rounded-sm bg-line', className)}
    />
  )
}

export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  const t = useT('common')
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-(--row) items-center gap-4 px-4">
          <Skeleton className="h-3.5 w-1/4" />
          <Skeleton className="h-3.5 w-1/3" />
          <Skeleton className="ml-auto h-3.5 w-16" />
        </div>
      ))}
    </div>
  )
}
