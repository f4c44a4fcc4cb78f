import { clsx } from 'clsx'
import { formatDay, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { useOffice } from '~/ui/office/office-context'

export type Offer = {
  description: string
  amount_minor: number
  pay_by_on: string
  earned_at?: string | null
  earned_minor?: number
}

/** What paying an invoice by its day takes off, has taken off, or would have. */
export function OfferNote({ offer, className }: { offer: Offer; className?: string }) {
  const t = useT('billing')
  const { currency, today } = useOffice()
  const standing = offer.earned_at ? 'earned' : offer.pay_by_on < today ? 'missed' : 'open'

  return (
    <p
      className={clsx(
        'rounded-md px-3 py-2 text-sm',
        standing === 'missed' ? 'bg-sunken text-soft' : 'bg-success-soft text-success',
        className,
      )}
    >
      {t(`offer.${standing}`, {
        amount: formatMoney(offer.earned_minor || offer.amount_minor, currency),
        day: formatDay(offer.pay_by_on),
        name: offer.description,
      })}
    </p>
  )
}
