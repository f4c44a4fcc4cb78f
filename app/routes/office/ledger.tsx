import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { BookOpen } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { findEntries } from '~/server/ledger.server'
import { readPage } from '~/server/list-query.server'
import { accountsOf } from '~/server/trial-balance.server'
import { PageHeader } from '~/ui/base/page-header'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'
import { EntryTable, entryKinds } from '~/ui/reports/entry-table'
import { ReportTabs } from '~/ui/reports/report-tabs'

export const handle = pageTexts('reports')
export const meta: MetaFunction = () => [{ title: 'Ledger · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'ledger.read')
  const params = new URL(request.url).searchParams

  const [found, accounts] = await Promise.all([
    readPage(findEntries(db, params), params, headers),
    accountsOf(db),
  ])
  return data(
    {
      entries: found.rows,
      total: found.total,
      accounts,
    },
    { headers },
  )
}

export default function Ledger() {
  const { entries, total, accounts } = useLoaderData<typeof loader>()
  const t = useT('reports')

  return (
    <>
      <PageHeader title={t('ledger.title')} lead={t('ledger.lead')} />
      <ReportTabs />
      <FilteredList
        filters={[
          {
            name: 'account',
            label: t('ledger.account'),
            options: accounts.map((account) => ({ value: account.code, label: account.name })),
          },
          {
            name: 'kind',
            label: t('ledger.kind'),
            options: entryKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
          },
          { kind: 'day', name: 'from', label: t('filter.from') },
          { kind: 'day', name: 'until', label: t('filter.until') },
        ]}
        exportTo="/office/lists/ledger/export"
        total={total}
      >
        <EntryTable
          entries={entries}
          empty={
            <NoRows
              icon={<BookOpen />}
              yet={{ title: t('ledger.empty') }}
              fit={{ title: t('ledger.none_fit') }}
            />
          }
        />
      </FilteredList>
    </>
  )
}
