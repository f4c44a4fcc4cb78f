import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { History } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { findAuditEntries, namesOfRecords } from '~/server/audit.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import type { AuditEntry } from '~/ui/audit/audit-entry'
import { AuditList } from '~/ui/audit/audit-list'
import { auditedTables } from '~/ui/audit/audit-sentence'
import { Banner } from '~/ui/base/banner'
import type { Filter } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'
import { useOffice } from '~/ui/office/office-context'
import { ReportTabs } from '~/ui/reports/report-tabs'

export const handle = pageTexts('reports')
export const meta: MetaFunction = () => [{ title: 'Audit log · Linyada' }]

type Member = { id: string; full_name: string }

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'audit.read')
  const params = new URL(request.url).searchParams

  const [found, members] = await Promise.all([
    readPage(findAuditEntries<AuditEntry>(db, params, me.tenant.time_zone), params, headers),
    db.from('members').select('id, full_name').order('full_name').throwOnError(),
  ])
  const entries = found.rows
  return data(
    {
      entries,
      total: found.total,
      names: await namesOfRecords(db, entries),
      members: members.data as Array<Member>,
    },
    { headers },
  )
}

export default function Audit() {
  const { entries, total, names, members } = useLoaderData<typeof loader>()
  const t = useT('reports')
  const { time_zone } = useOffice()
  const [params] = useSearchParams()

  return (
    <>
      <PageHeader title={t('audit.title')} lead={t('audit.lead')} />
      <ReportTabs />
      <FilteredList
        filters={useAuditFilters(members)}
        exportTo="/office/lists/audit/export"
        notice={params.has('record') ? <OfOneRecord /> : null}
        total={total}
      >
        {entries.length > 0 ? (
          <AuditList entries={entries} names={names} timeZone={time_zone} />
        ) : (
          <NoRows
            icon={<History />}
            yet={{ title: t('audit.empty') }}
            fit={{ title: t('audit.none_fit') }}
          />
        )}
      </FilteredList>
    </>
  )
}

function OfOneRecord() {
  const t = useT('reports')
  return (
    <Banner
      className="mb-3"
      actions={
        <Link to="/office/audit" className="font-medium text-accent-text hover:underline">
          {t('audit.all')}
        </Link>
      }
    >
      {t('audit.record')}
    </Banner>
  )
}

function useAuditFilters(members: ReadonlyArray<Member>): Array<Filter> {
  const t = useT('reports')
  return [
    {
      name: 'who',
      label: t('audit.who'),
      options: [
        ...members.map((member) => ({ value: member.id, label: member.full_name })),
        { value: 'system', label: t('audit.system') },
      ],
    },
    { name: 'table', label: t('audit.what'), options: auditedTables() },
    {
      name: 'operation',
      label: t('audit.operation'),
      options: (['insert', 'update', 'delete'] as const).map((operation) => ({
        value: operation,
        label: t(`audit.operation.${operation}`),
      })),
    },
    { kind: 'day', name: 'from', label: t('audit.from') },
    { kind: 'day', name: 'until', label: t('audit.until') },
  ]
}
