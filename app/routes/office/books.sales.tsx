import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { findSales, readBook, type SalesRow, type SalesTotals } from '~/server/books.server'
import { BookFrame, branchFilter, isPart } from '~/ui/books/book-frame'
import { SalesTable } from '~/ui/books/sales-table'

export const handle = pageTexts('reports')
export const meta: MetaFunction = () => [{ title: 'Sales book · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  return readBook<SalesRow, SalesTotals>(request, {
    book: 'sales',
    find: findSales,
    totals: 'sales_book_totals',
  })
}

export default function SalesBook() {
  const { book, rows, totals, branches } = useLoaderData<typeof loader>()
  const t = useT('reports')
  return (
    <BookFrame
      title={t('sales.title')}
      lead={t('sales.lead')}
      book={book}
      exportTo="/office/reports/books/sales/export"
      filters={branchFilter(t('sales.branch'), branches)}
    >
      <SalesTable
        isPart={isPart(book)}
        rows={rows}
        totals={totals}
        hasBranches={branches.length > 1}
      />
    </BookFrame>
  )
}
