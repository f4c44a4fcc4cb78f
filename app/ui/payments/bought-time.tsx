import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { Card } from '~/ui/base/card'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'

type Period = {
  id: string
  plan_name: string | null
  starts_at: string
  ends_at: string
  amount_minor: number
  cancelled_at: string | null
}

/** Prepaid time a payment bought. */
export function BoughtTime({ periods }: { periods: ReadonlyArray<Period> }) {
  const t = useT('collections')
  const format = useFormat()
  const { time_zone } = useOffice()

  return (
    <Card title={t('payment.time')}>
      <ul className="divide-y divide-line">
        {periods.map((period) => (
          <li
            key={period.id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2"
          >
            <span>
              <span className="font-medium">{period.plan_name}</span>{' '}
              {period.cancelled_at ? <Badge>{t('payment.time_cancelled')}</Badge> : null}
              <span className="block text-soft">
                {t('payment.time_body', {
                  from: format.instant(period.starts_at, time_zone),
                  until: format.instant(period.ends_at, time_zone),
                })}
              </span>
            </span>
            <Money minor={period.amount_minor} className="font-medium" />
          </li>
        ))}
      </ul>
    </Card>
  )
}
