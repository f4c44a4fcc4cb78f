import { formatDay } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { OfferNote } from '~/ui/billing/offer-note'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import type { NextInvoice } from '~/domain/charge'

/** What the next run would bill, from the same rule the run asks. */
export function NextInvoiceCard({ next }: { next: NextInvoice }) {
  const { currency } = useOffice()
  const t = useT('charges')

  return (
    <Card
      title={t('next')}
      lead={next.period ? t('next_on', { day: formatDay(next.period) }) : undefined}
    >
      {next.lines.length === 0 ? (
        <p className="text-soft">{next.problem ?? t('next_none')}</p>
      ) : (
        <>
          <ul className="flex flex-col divide-y divide-line text-sm">
            {next.lines.map((line, index) => (
              <li key={index} className="flex justify-between gap-4 py-2 first:pt-0">
                <span className="min-w-0">{line.description}</span>
                <Money minor={line.amount_minor} currency={currency} />
              </li>
            ))}
          </ul>
          <p className="mt-1 flex justify-between gap-4 border-t border-line-strong pt-2 font-semibold">
            <span>{t('next_total')}</span>
            <Money minor={next.total_minor} currency={currency} />
          </p>
        </>
      )}
      {next.offers.map((offer) => (
        <OfferNote key={offer.charge_id} offer={offer} className="mt-3" />
      ))}
    </Card>
  )
}
