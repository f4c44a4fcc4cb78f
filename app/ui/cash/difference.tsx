import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { useOffice } from '~/ui/office/office-context'

/** Counted less expected, in words. */
export function Difference({ minor }: { minor: number | null }) {
  const t = useT('custody')
  const { currency } = useOffice()
  if (minor === null) return <span className="text-faint">—</span>
  if (minor === 0) return <span className="text-soft">{t('difference.none')}</span>
  const amount = formatMoney(Math.abs(minor), currency)
  return (
    <span className="font-medium text-danger">
      {t(minor < 0 ? 'difference.short' : 'difference.over', { amount })}
    </span>
  )
}
