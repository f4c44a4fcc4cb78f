import { clsx } from 'clsx'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'

type MoneyProps = { minor: number; currency?: string; className?: string }

/** `₱1,150.00` in figures of one width. */
export function Money({ minor, currency, className }: MoneyProps) {
  return (
    <span className={clsx('tabular whitespace-nowrap', className)}>
      {formatMoney(minor, currency)}
    </span>
  )
}

/** Money of a column: put it in a cell with `align: 'right'`. Nothing is a quiet dash. */
export function MoneyCell({ minor, currency, className }: MoneyProps) {
  if (minor === 0) return <span className="text-faint">—</span>
  if (minor < 0) return <Credit minor={-minor} currency={currency} />
  return <Money minor={minor} currency={currency} className={className} />
}

/** What we owe the subscriber: a minus, a colour, and the word. Takes the size of the credit, above zero. */
export function Credit({ minor, currency, className }: MoneyProps) {
  const t = useT('common')
  return (
    <span className={clsx('text-success', className)}>
      <Money minor={-Math.abs(minor)} currency={currency} />{' '}
      <span className="text-[0.85em]">{t('credit')}</span>
    </span>
  )
}

/** A balance either way: above zero is owed to us, below zero is the subscriber's credit. */
export function Balance({ minor, currency, className }: MoneyProps) {
  if (minor < 0) return <Credit minor={-minor} currency={currency} className={className} />
  return <Money minor={minor} currency={currency} className={className} />
}
