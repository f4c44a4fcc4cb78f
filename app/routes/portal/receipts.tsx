import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireSubscriber } from '~/server/guard.server'
import { Pagination } from '~/ui/base/pagination'
import { pageOf } from '~/domain/url-list'
import { ReceiptList, type PortalReceipt } from '~/ui/portal/receipt-list'

export const handle = pageTexts('portal')

const PAGE_SIZE = 24

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireSubscriber(request)
  const from = (pageOf(new URL(request.url).searchParams) - 1) * PAGE_SIZE
  const { data: receipts, count } = await db
    .from('payments')
    .select('payment_id:id, number:receipt_number, method, amount_minor, received_at, stage', {
      count: 'exact',
    })
    .eq('subscriber_id', me.subscriber_id)
    .order('received_at', { ascending: false })
    .order('id', { ascending: false })
    .range(from, from + PAGE_SIZE - 1)
    .throwOnError()

  const { today, time_zone: timeZone, currency } = me.tenant
  return data(
    {
      receipts: receipts as Array<PortalReceipt>,
      total: count ?? 0,
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
      {total > PAGE_SIZE ? <Pagination total={total} pageSize={PAGE_SIZE} /> : null}
    </div>
  )
}
