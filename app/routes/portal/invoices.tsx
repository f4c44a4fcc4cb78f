import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PAGE_ROWS } from '~/domain/url-list'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireSubscriber } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { list } from '~/server/listing.server'
import { readPortalHome } from '~/server/portal.server'
import { Pagination } from '~/ui/base/pagination'
import { InvoiceList, type PortalInvoice } from '~/ui/portal/invoice-list'

export const handle = pageTexts('portal')

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireSubscriber(request)
  const mine = list<PortalInvoice>((how) => ({
    fitting: db
      .from('invoices')
      .select('id, number, state, period, issued_on, due_on, total_minor, balance_minor', how)
      .eq('subscriber_id', me.subscriber_id),
    order: ['issued_on', 'id'].map((column) => ({ column, ascending: false })),
  }))
  const [found, home] = await Promise.all([
    readPage(mine, new URL(request.url).searchParams, headers),
    readPortalHome(db),
  ])
  const offers = new Map(home.open_invoices.map(({ id, offer_minor }) => [id, offer_minor]))

  const { today, time_zone: timeZone, currency } = me.tenant
  return data(
    {
      invoices: found.rows.map((row) => ({ ...row, offer_minor: offers.get(row.id) ?? 0 })),
      total: found.total,
      place: { today, timeZone, currency },
    },
    { headers },
  )
}

export default function PortalInvoices() {
  const { invoices, total, place } = useLoaderData<typeof loader>()
  const t = useT('portal')
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-2xl font-semibold">{t('tab.invoices')}</h1>
      <InvoiceList invoices={invoices} place={place} />
      {total > PAGE_ROWS ? <Pagination total={total} /> : null}
    </div>
  )
}
