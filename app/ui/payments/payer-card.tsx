import { Link } from '@remix-run/react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Credit, Money } from '~/ui/money/money'

export type PayerFacts = {
  id: string
  name: string
  account_no: string
  address: string | null
  balance_minor: number
  credit_minor: number
  oldest_due_on: string | null
}

/** Who pays and what they owe, so that the cashier reads it out before taking anything. */
export function PayerCard({ payer }: { payer: PayerFacts }) {
  const t = useT('collections')
  const format = useFormat()

  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0 flex-1">
          <Link
            to={`/office/subscribers/${payer.id}`}
            className="text-lg font-semibold hover:underline"
          >
            {payer.name}
          </Link>
          <p className="text-soft">
            {[payer.account_no, payer.address].filter(Boolean).join(' · ')}
          </p>
          <LinkButton
            to="/office/payments/new"
            variant="quiet"
            size="small"
            className="mt-2 -ml-2.5"
          >
            {t('take.change')}
          </LinkButton>
        </div>
        <div className="text-right">
          <p className="text-sm text-soft">
            {payer.balance_minor > 0 ? t('take.owes') : t('take.owes_nothing')}
          </p>
          <p className="text-2xl font-semibold">
            <Money minor={payer.balance_minor} />
          </p>
          {payer.oldest_due_on ? (
            <p className="text-sm text-soft">
              {t('take.since', { day: format.day(payer.oldest_due_on) })}
            </p>
          ) : null}
          {payer.credit_minor > 0 ? (
            <p className="mt-1 text-sm">
              <Credit minor={payer.credit_minor} />
            </p>
          ) : null}
        </div>
      </div>
    </Card>
  )
}
