import { Link } from '@remix-run/react'
import { formatDay } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import type { Statement } from '~/domain/statement'

const methods = ['cash', 'gcash', 'maya', 'bank', 'cheque', 'withholding'] as const

/** Money that is in none of the sums above: known of, but not booked for this subscriber, or kept as a deposit. */
export function StatementApart({ statement }: { statement: Statement }) {
  const t = useT('subscribers')
  const { currency } = useOffice()
  if (statement.on_the_way.length === 0 && statement.deposit_minor === 0) return null

  return (
    <Card title={t('statement.apart')} lead={t('statement.apart_lead')} className="mt-5" flush>
      <ul>
        {statement.on_the_way.map((one, index) => {
          const method = methods.find((known) => known === one.method)
          return (
            <li
              key={index}
              className="flex items-baseline justify-between gap-4 border-b border-line px-4 py-2.5 text-sm last:border-b-0 sm:px-5"
            >
              <span>
                <span className="tabular mr-3 text-faint">{formatDay(one.on)}</span>
                {t(`statement.way.${one.kind}`)}
                <span className="text-faint">
                  {' · '}
                  {[method ? t(`statement.method.${method}`) : one.method, one.reference]
                    .filter(Boolean)
                    .join(' ')}
                </span>
                {one.kind === 'phone' ? (
                  <>
                    {' · '}
                    <Link
                      to="/office/collections/parked"
                      className="text-accent-text hover:underline"
                    >
                      {t('statement.settle')}
                    </Link>
                  </>
                ) : null}
              </span>
              <Money minor={one.amount_minor} currency={currency} className="font-medium" />
            </li>
          )
        })}
        {statement.deposit_minor > 0 ? (
          <li className="flex items-baseline justify-between gap-4 px-4 py-2.5 text-sm sm:px-5">
            <span>{t('statement.deposit')}</span>
            <Money minor={statement.deposit_minor} currency={currency} className="font-medium" />
          </li>
        ) : null}
      </ul>
    </Card>
  )
}
