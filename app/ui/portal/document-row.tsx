import type { ReactNode } from 'react'

/** A paper with its amount; the whole row opens the PDF, which the server draws. */
export function DocumentRow(props: {
  href: string
  label: string
  icon: ReactNode
  title: ReactNode
  detail: ReactNode
  amount: ReactNode
  amountDetail?: ReactNode
}) {
  const { href, label, icon, title, detail, amount, amountDetail } = props
  return (
    <li className="border-b border-line last:border-b-0">
      <a
        href={href}
        title={label}
        className="flex min-h-16 items-center gap-3 px-4 py-3 hover:bg-hover"
      >
        <span aria-hidden="true" className="shrink-0 text-faint [&>svg]:size-5">
          {icon}
        </span>
        <span className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-3">
          <span className="min-w-32 flex-1">
            <span className="block font-medium">{title}</span>
            <span className="block text-sm text-soft">{detail}</span>
          </span>
          <span className="ml-auto text-right">
            <span className="block font-medium">{amount}</span>
            {amountDetail ? <span className="block text-sm text-faint">{amountDetail}</span> : null}
          </span>
        </span>
        <span className="sr-only">{label}</span>
      </a>
    </li>
  )
}
