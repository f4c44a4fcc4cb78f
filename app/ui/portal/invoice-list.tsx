import { FileText } from 'lucide-react'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { Money } from '~/ui/money/money'
import { DocumentRow } from './document-row'
import type { Place } from './place'

export type PortalInvoice = {
  id: string
  number: string
  period: string | null
  issued_on: string
  due_on: string
  total_minor: number
  balance_minor: number
  offer_minor?: number
  state?: string
}

export function InvoiceList({
  invoices,
  place,
}: {
  invoices: ReadonlyArray<PortalInvoice>
  place: Place
}) {
  const t = useT('portal')
  const format = useFormat()
  if (invoices.length === 0) return <p className="text-soft">{t('invoices.none')}</p>

  return (
    <ul className="overflow-hidden rounded-lg border border-line bg-surface shadow-hair">
      {invoices.map((invoice) => (
        <DocumentRow
          key={invoice.id}
          href={`/portal/invoices/${invoice.id}/pdf`}
          label={t('invoices.pdf', { number: invoice.number })}
          icon={<FileText />}
          title={
            invoice.period
              ? format.month(invoice.period)
              : t('invoices.one', { number: invoice.number })
          }
          detail={
            <>
              {invoice.number} · <DueOrState invoice={invoice} today={place.today} />
              {invoice.offer_minor ? (
                <span className="block font-medium text-success">
                  {t('invoices.offer', {
                    amount: formatMoney(
                      invoice.balance_minor - invoice.offer_minor,
                      place.currency,
                    ),
                    less: formatMoney(invoice.offer_minor, place.currency),
                    day: format.day(invoice.due_on),
                  })}
                </span>
              ) : null}
            </>
          }
          amount={
            <Money
              minor={invoice.balance_minor > 0 ? invoice.balance_minor : invoice.total_minor}
              currency={place.currency}
            />
          }
          amountDetail={
            invoice.balance_minor > 0 && invoice.balance_minor < invoice.total_minor ? (
              <>
                {t('invoices.of')} <Money minor={invoice.total_minor} currency={place.currency} />
              </>
            ) : null
          }
        />
      ))}
    </ul>
  )
}

function DueOrState({ invoice, today }: { invoice: PortalInvoice; today: string }) {
  const t = useT('portal')
  const format = useFormat()
  if (invoice.state === 'void') return <Badge>{t('invoices.void')}</Badge>
  if (invoice.balance_minor === 0) return <Badge tone="success">{t('invoices.paid')}</Badge>
  return (
    <span className={invoice.due_on < today ? 'font-medium text-danger' : undefined}>
      {format.due(invoice.due_on, today)}
    </span>
  )
}
