import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PAGE_ROWS } from '~/domain/url-list'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireSubscriber } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { list } from '~/server/listing.server'
import { Pagination } from '~/ui/base/pagination'
import { ReceiptList, type PortalReceipt } from '~/ui/portal/receipt-list'

export const handle = pageTexts('portal')

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireSubscriber(request)
  const mine = list<PortalReceipt>((how) => ({
    fitting: db
      .from('payments')
      .select('payment_id:id, number:receipt_number, method, amount_minor, received_at, stage', how)
      .eq('subscriber_id', me.subscriber_id),
    order: ['received_at', 'id'].map((column) => ({ column, ascending: false })),
  }))
  const found = await readPage(mine, new URL(request.url).searchParams, headers)

  const { today, time_zone: timeZone, currency } = me.tenant
  return data(
    {
      receipts: found.rows,
      total: found.total,
      place: { today, timeZone, currency },
    },
    { headers },
  )
}

export default function PortalReceipts() {
  const { receipts, total, place } = useLoaderData<typeof loader>()
  const t = useT('portal')
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-2xl font-semibold">{t('tab.receipts')}</h1>
      <ReceiptList receipts={receipts} place={place} />
      {total > PAGE_ROWS ? <Pagination total={total} /> : null}
    </div>
  )
}
