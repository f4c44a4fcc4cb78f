import { X } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { IconButton, LinkButton } from '~/ui/base/button'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { StandingBadge } from '~/ui/subscribers/standing-badge'
import type { MapPoint } from '~/domain/map-point'

/** Who lives at the chosen point. */
export function PointCard({ point, onClose }: { point: MapPoint; onClose: () => void }) {
  const { currency, can } = useOffice()
  const t = useT('plant')

  return (
    <div
      role="status"
      className="absolute inset-x-3 bottom-3 rounded-lg border border-line bg-raised p-4 shadow-pop sm:right-auto sm:w-80"
    >
      <div className="flex items-start justify-between gap-2">
        <div className="min-w-0">
          <p className="font-semibold break-words">{point.name}</p>
          <p className="text-sm text-faint">
            {[point.account_no, point.address].filter(Boolean).join(' · ')}
          </p>
        </div>
        <IconButton label={t('point.close')} size="small" className="-mt-1 -mr-1" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <div className="mt-3 flex items-center justify-between gap-3">
        <Money minor={point.balance_minor} currency={currency} className="text-xl font-semibold" />
        <StandingBadge standing={point.standing} />
      </div>
      {point.days_past_due > 0 ? (
        <p className="mt-1 text-sm text-danger">
          {t('point.late', { count: point.days_past_due })}
        </p>
      ) : null}
      <div className="mt-3 flex gap-2">
        <LinkButton size="small" to={`/office/subscribers/${point.id}`}>
          {t('point.open')}
        </LinkButton>
        {can('payments.record') && point.balance_minor > 0 ? (
          <LinkButton
            size="small"
            variant="primary"
            to={`/office/payments/new?subscriber=${point.id}`}
          >
            {t('point.take')}
          </LinkButton>
        ) : null}
      </div>
    </div>
  )
}
