import { formatDay, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import type { Offer } from './offer-note'

export type PreviewInvoice = {
  subscriber_id: string
  subscriber_name: string
  account_no: string
  total_minor: number
  lines: ReadonlyArray<{ description: string; amount_minor: number }>
  offers: ReadonlyArray<Offer>
}

export function PreviewTable({ invoices }: { invoices: ReadonlyArray<PreviewInvoice> }) {
  const t = useT('billing')

  return (
    <Table
      caption={t('preview.sample_caption')}
      isSticky={false}
      rows={invoices}
      rowKey={(invoice) => invoice.subscriber_id}
      columns={[
        {
          key: 'subscriber',
          sort: 'subscriber_name',
          header: t('column.subscriber'),
          cell: (invoice) => (
            <>
              <span className="font-medium">{invoice.subscriber_name}</span>
              <span className="block text-faint">{invoice.account_no}</span>
            </>
          ),
        },
        {
          key: 'lines',
          header: t('column.description'),
          cell: (invoice) => (
            <ul className="py-1">
              {invoice.lines.map((line, index) => (
                <li key={index} className="flex justify-between gap-6">
                  <span>{line.description}</span>
                  {invoice.lines.length > 1 ? (
                    <Money minor={line.amount_minor} className="text-faint" />
                  ) : null}
                </li>
              ))}
              {invoice.offers.map((offer, index) => (
                <li key={`offer ${index}`} className="text-success">
                  {t('offer.open', {
                    amount: formatMoney(offer.amount_minor),
                    day: formatDay(offer.pay_by_on),
                    name: offer.description,
                  })}
                </li>
              ))}
            </ul>
          ),
          isMinor: true,
        },
        {
          key: 'total',
          sort: 'total_minor',
          header: t('column.total'),
          cell: (invoice) => <Money minor={invoice.total_minor} className="font-medium" />,
          align: 'right',
        },
      ]}
    />
  )
}
