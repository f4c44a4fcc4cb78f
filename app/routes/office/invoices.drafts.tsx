import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FilePen, Plus } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { findDrafts } from '~/server/invoice-drafts.server'
import { readPage } from '~/server/list-query.server'
import { LinkButton } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { BillingTabs } from '~/ui/billing/billing-tabs'
import { DraftTable } from '~/ui/billing/draft-table'
import { FilteredList } from '~/ui/office/filtered-list'
import { useOffice } from '~/ui/office/office-context'

export const handle = pageTexts('billing')
export const meta: MetaFunction = () => [{ title: 'Draft invoices · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const params = new URL(request.url).searchParams
  const found = await readPage(findDrafts(db, params), params, headers)
  return data({ drafts: found.rows, total: found.total }, { headers })
}

export default function InvoiceDrafts() {
  const { drafts, total } = useLoaderData<typeof loader>()
  const t = useT('billing')
  const { can } = useOffice()

  return (
    <>
      <PageHeader
        back={{ to: '/office/invoices', label: t('invoice.back') }}
        title={t('drafts.title')}
        lead={t('drafts.lead')}
        actions={
          can('invoices.manage') ? (
            <LinkButton variant="primary" icon={<Plus />} to="/office/invoices/new">
              {t('drafts.new')}
            </LinkButton>
          ) : null
        }
      />
      <BillingTabs />
      <FilteredList
        search={{ label: t('drafts.search') }}
        filters={[
          {
            name: 'state',
            label: t('filter.state'),
            options: (['draft', 'issued', 'discarded'] as const).map((state) => ({
              value: state,
              label: t(`drafts.state.${state}`),
            })),
          },
        ]}
        exportTo="/office/invoices/drafts/export"
        total={total}
      >
        <DraftTable
          drafts={drafts}
          empty={
            <EmptyState icon={<FilePen />} title={t('drafts.empty')}>
              {t('drafts.empty_body')}
            </EmptyState>
          }
        />
      </FilteredList>
    </>
  )
}
