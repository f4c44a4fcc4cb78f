import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { findJournal, readBook, type JournalRow, type JournalTotals } from '~/server/books.server'
import { BookFrame, isPart } from '~/ui/books/book-frame'
import { JournalTable } from '~/ui/books/journal-table'
import { entryKinds } from '~/ui/reports/entry-table'

export const handle = pageTexts('reports')
export const meta: MetaFunction = () => [{ title: 'General journal · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  return readBook<JournalRow, JournalTotals>(request, {
    book: 'journal',
    find: findJournal,
    totals: 'general_journal_totals',
  })
}

export default function Journal() {
  const { book, rows, totals, accounts } = useLoaderData<typeof loader>()
  const t = useT('reports')
  return (
    <BookFrame
      title={t('journal.title')}
      lead={t('journal.lead')}
      book={book}
      exportTo="/office/reports/books/journal/export"
      filters={[
        {
          name: 'kind',
          label: t('ledger.kind'),
          options: entryKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
        },
        {
          name: 'account',
          label: t('ledger.account'),
          options: accounts.map(({ code, name }) => ({ value: code, label: name })),
        },
      ]}
    >
      <JournalTable rows={rows} totals={totals} isPart={isPart(book)} />
    </BookFrame>
  )
}
