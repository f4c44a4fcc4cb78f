import { Link } from '@remix-run/react'
import { clsx } from 'clsx'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { Money } from '~/ui/money/money'

export const agingBuckets = ['not_due', 'd1_30', 'd31_60', 'd61_90', 'over_90'] as const

export type Aging = {
  bucket: (typeof agingBuckets)[number]
  invoice_count: number
  amount_minor: number
}

/** Darker is older: the shade only repeats what the words beside it say. */
const shades = {
  not_due: 'bg-info/35',
  d1_30: 'bg-warn/45',
  d31_60: 'bg-warn/80',
  d61_90: 'bg-danger/65',
  over_90: 'bg-danger',
}

export function AgingCard({ aging, now }: { aging: ReadonlyArray<Aging>; now?: string }) {
  const t = useT('billing')
  const total = aging.reduce((sum, part) => sum + part.amount_minor, 0)

  return (
    <Card title={t('aging.title')} lead={now ?? t('aging.lead')}>
      {total === 0 ? (
        <p className="text-soft">{t('aging.nothing')}</p>
      ) : (
        <>
          <p className="text-3xl font-semibold">
            <Money minor={total} />
          </p>
          <div aria-hidden="true" className="mt-3 flex h-2.5 gap-0.5 overflow-hidden rounded-full">
            {aging.map((part) => (
              <span
                key={part.bucket}
                className={clsx('h-full', shades[part.bucket])}
                style={{ flexGrow: part.amount_minor }}
              />
            ))}
          </div>
          <dl className="mt-3 divide-y divide-line text-sm">
            {aging.map((part) => (
              <div key={part.bucket} className="flex items-center gap-3 py-2">
                <span
                  aria-hidden="true"
                  className={clsx('size-2.5 rounded-full', shades[part.bucket])}
                />
                <dt className="flex-1">
                  <Link
                    to={`/office/invoices?state=${addressOf[part.bucket]}`}
                    className="hover:underline"
                  >
                    {t(`aging.${part.bucket}`)}
                  </Link>
                </dt>
                <dd className="text-faint max-sm:hidden">
                  {t('aging.invoices', {
                    count: part.invoice_count,
                    formatted: formatCount(part.invoice_count),
                  })}
                </dd>
                <dd className="w-32 text-right font-medium">
                  <Money minor={part.amount_minor} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Card>
  )
}

const addressOf = {
  not_due: 'open&age=not_due',
  d1_30: 'overdue&age=d1_30',
  d31_60: 'overdue&age=d31_60',
  d61_90: 'overdue&age=d61_90',
  over_90: 'overdue&age=over_90',
}
