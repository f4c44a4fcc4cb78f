import { clsx } from 'clsx'

/** Three lines leave together and turn the same corner: an L made of fibre. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={clsx('shrink-0', className)} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="var(--accent-ink)" strokeWidth="2.4" strokeLinecap="round">
        <path d="M9 7v10.5A7.5 7.5 0 0 0 16.500 25H25" />
        <path d="M14 7v9.500A3.500 3.500 0 0 0 17.500 20H25" opacity="0.75" />
        <path d="M19 7v6a2 2 0 0 0 2 2h4" opacity="0.5" />
      </g>
    </svg>
  )
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-2.5 text-ink', className)}>
      <LogoMark className="h-full w-auto" />
      <span className="text-lg font-semibold tracking-tight">Linyada</span>
    </span>
  )
}
