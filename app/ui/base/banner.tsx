import { clsx } from 'clsx'
import { CircleAlert, CircleCheck, FlaskConical, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export type BannerKind = 'info' | 'success' | 'warn' | 'danger' | 'demo'

const looks: Record<BannerKind, string> = {
  info: 'border-info-line bg-info-soft text-info',
  success: 'border-success-line bg-success-soft text-success',
  warn: 'border-warn-line bg-warn-soft text-warn',
  danger: 'border-danger-line bg-danger-soft text-danger',
  demo: 'border-line-strong border-dashed bg-sunken text-soft',
}

const icons = {
  info: Info,
  success: CircleCheck,
  warn: TriangleAlert,
  danger: CircleAlert,
  demo: FlaskConical,
}

/** Says what happened, what is safe, and what to do. A danger is announced at once. */
export function Banner(props: {
  kind?: BannerKind
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  className?: string
}) {
  const { kind = 'info', title, children, actions, className } = props
  const Icon = icons[kind]
  return (
    <div
      role={kind === 'danger' ? 'alert' : 'status'}
      className={clsx(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-4 py-3 text-sm',
        looks[kind],
        className,
      )}
    >
      <Icon className="mt-0.5 size-4.5 shrink-0" aria-hidden="true" />
      <div className="min-w-[min(12rem,100%)] flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className={clsx(title && 'mt-0.5', 'text-ink')}>{children}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  )
}
