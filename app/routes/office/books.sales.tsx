import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import {
  bookMonths,
  bookTotals,
  openBook,
  findSales,
  type SalesRow,
  type SalesTotals,
} from '~/server/books.server'
import { requireMember } from '~/server/guard.server'
import { PAGE_ROWS, readPage } from '~/server/list-query.server'
import { Card } from '~/ui/base/card'
import { Pagination } from '~/ui/base/pagination'
import { BookFrame } from '~/ui/books/book-frame'
import { SalesTable } from '~/ui/books/sales-table'

export const handle = pageTexts('reports')
export const meta: MetaFunction = () => [{ title: 'Sales book · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'ledger.read')
  const params = new URL(request.url).searchParams
  const { today } = me.tenant
  const days = openBook(params, today, headers)
  const [book, totals] = await Promise.all([
    readPage<SalesRow>(findSales(db, params, days), params, headers),
    bookTotals<SalesTotals>(db, 'sales_book_totals', days),
  ])
  return data(
    {
      days,
      months: bookMonths(today),
      rows: book.rows,
      total: book.total,
      totals,
      pageRows: PAGE_ROWS,
    },
    { headers },
  )
}

export default function SalesBook() {
  const { days, months, rows, total, totals, pageRows } = useLoaderData<typeof loader>()
  const t = useT('reports')

  return (
    <BookFrame
      title={t('sales.title')}
      lead={t('sales.lead')}
      months={months}
      days={days}
      exportTo="/office/reports/books/sales/export"
    >
      <Card flush footer={total > 0 ? <Pagination total={total} pageSize={pageRows} /> : null}>
        <SalesTable rows={rows} totals={totals} />
      </Card>
    </BookFrame>
  )
}
