import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FileText } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { findCreditNotes } from '~/server/credit-notes.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { PageHeader } from '~/ui/base/page-header'
import { BillingTabs } from '~/ui/billing/billing-tabs'
import { CreditNoteTable } from '~/ui/corrections/credit-note-table'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'

export const handle = pageTexts('billing', 'corrections')
export const meta: MetaFunction = () => [{ title: 'Credit notes · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const params = new URL(request.url).searchParams
  const found = await readPage(findCreditNotes(db, params), params, headers)
  return data({ notes: found.rows, total: found.total }, { headers })
}

export default function CreditNotes() {
  const { notes, total } = useLoaderData<typeof loader>()
  const t = useT('corrections')

  return (
    <>
      <PageHeader title={t('notes.title')} />
      <BillingTabs />
      <FilteredList
        search={{ label: t('notes.search') }}
        filters={[]}
        exportTo="/office/credit-notes/export"
        total={total}
      >
        <CreditNoteTable
          notes={notes}
          empty={
            <NoRows
              icon={<FileText />}
              yet={{ title: t('notes.empty'), body: t('notes.empty_body') }}
              fit={{ title: t('notes.none_fit'), body: t('notes.empty_body') }}
            />
          }
        />
      </FilteredList>
    </>
  )
}
