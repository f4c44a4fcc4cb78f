import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FileText, Plus } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { countDrafts } from '~/server/invoice-drafts.server'
import { invoicePage } from '~/server/invoices.server'
import { LinkButton } from '~/ui/base/button'
import type { Filter } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { BillingTabs } from '~/ui/billing/billing-tabs'
import { InvoiceTable } from '~/ui/billing/invoice-table'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'
import { useOffice } from '~/ui/office/office-context'

export const handle = pageTexts('billing')
export const meta: MetaFunction = () => [{ title: 'Invoices · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const params = new URL(request.url).searchParams

  const [found, runs, draftCount] = await Promise.all([
    invoicePage(db, params, me.tenant.today, headers),
    db
      .from('billing_runs')
      .select('period')
      .order('period', { ascending: false })
      .limit(24)
      .throwOnError(),
    countDrafts(db),
  ])
  return data(
    {
      draftCount,
      invoices: found.rows,
      total: found.total,
      edges: found.edges,
      periods: runs.data.map((run) => String(run.period)),
    },
    { headers },
  )
}

export default function Invoices() {
  const { invoices, total, edges, periods, draftCount } = useLoaderData<typeof loader>()
  const t = useT('billing')
  const { today, can } = useOffice()

  return (
    <>
      <PageHeader
        title={t('invoices.title')}
        actions={
          <>
            {draftCount > 0 ? (
              <LinkButton to="/office/invoices/drafts?state=draft">
                {t('drafts.waiting', { count: draftCount })}
              </LinkButton>
            ) : null}
            {can('invoices.manage') ? (
              <LinkButton variant="primary" icon={<Plus />} to="/office/invoices/new">
                {t('drafts.new')}
              </LinkButton>
            ) : null}
          </>
        }
      />
      <BillingTabs />
      <FilteredList
        search={{ label: t('invoices.search') }}
        filters={useInvoiceFilters(periods)}
        exportTo="/office/invoices/export"
        total={total}
        edges={edges}
      >
        <InvoiceTable invoices={invoices} today={today} empty={<NoInvoices />} />
      </FilteredList>
    </>
  )
}

function useInvoiceFilters(periods: ReadonlyArray<string>): Array<Filter> {
  const t = useT('billing')
  const format = useFormat()
  return [
    {
      name: 'state',
      label: t('filter.state'),
      options: (['open', 'overdue', 'paid', 'written_off', 'void'] as const).map((state) => ({
        value: state,
        label: t(`state.${state}`),
      })),
    },
    {
      name: 'age',
      label: t('filter.age'),
      options: (['not_due', 'd1_30', 'd31_60', 'd61_90', 'over_90'] as const).map((age) => ({
        value: age,
        label: t(`aging.${age}`),
      })),
    },
    {
      name: 'period',
      label: t('filter.period'),
      options: periods.map((period) => ({ value: period, label: format.month(period) })),
    },
  ]
}

function NoInvoices() {
  const t = useT('billing')
  return (
    <NoRows
      icon={<FileText />}
      yet={{ title: t('invoices.empty'), body: t('invoices.empty_body') }}
      fit={{ title: t('invoices.none_fit'), body: t('invoices.none_fit_body') }}
    />
  )
}
