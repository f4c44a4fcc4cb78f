import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { findCash, readBook, type CashRow, type CashTotals } from '~/server/books.server'
import { BookFrame, branchFilter, isPart } from '~/ui/books/book-frame'
import { CashTable, methods } from '~/ui/books/cash-table'

export const handle = pageTexts('reports')
export const meta: MetaFunction = () => [{ title: 'Cash receipts book · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  return readBook<CashRow, CashTotals>(request, {
    book: 'cash',
    find: findCash,
    totals: 'cash_receipts_totals',
  })
}

export default function CashBook() {
  const { book, rows, totals, branches } = useLoaderData<typeof loader>()
  const t = useT('reports')
  return (
    <BookFrame
      title={t('cash.title')}
      lead={t('cash.lead')}
      book={book}
      exportTo="/office/reports/books/cash/export"
      filters={[
        {
          name: 'method',
          label: t('cash.method'),
          options: methods.map((method) => ({ value: method, label: t(`method.${method}`) })),
        },
        ...branchFilter(t('sales.branch'), branches),
      ]}
    >
      <CashTable rows={rows} totals={totals} isPart={isPart(book)} />
    </BookFrame>
  )
}
