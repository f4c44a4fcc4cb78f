import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Scale } from 'lucide-react'
import { formatMoney } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { readTrialBalance } from '~/server/trial-balance.server'
import { Banner } from '~/ui/base/banner'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { FilterBar } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { ExportButtons } from '~/ui/office/export-buttons'
import { ReportTabs } from '~/ui/reports/report-tabs'

export const handle = pageTexts('reports')
export const meta: MetaFunction = () => [{ title: 'Trial balance · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'ledger.read')
  const params = new URL(request.url).searchParams
  return data(await readTrialBalance(db, params, me.tenant.today), { headers })
}

export default function TrialBalance() {
  const { accounts } = useLoaderData<typeof loader>()
  const t = useT('reports')
  const debits = accounts.reduce((sum, account) => sum + account.debit_minor, 0)
  const credits = accounts.reduce((sum, account) => sum + account.credit_minor, 0)

  return (
    <>
      <PageHeader title={t('balance.title')} lead={t('balance.lead')} />
      <ReportTabs />
      <div className="mb-4">
        <FilterBar
          filters={[
            { kind: 'day', name: 'until', label: t('balance.until') },
            {
              name: 'zero',
              label: t('balance.zero'),
              options: [{ value: 'hidden', label: t('balance.zero_hidden') }],
            },
          ]}
          actions={<ExportButtons to="/office/reports/trial-balance/export" />}
        />
      </div>
      {accounts.length > 0 ? <Evenness debits={debits} credits={credits} /> : null}
      <Card flush>
        <Table
          caption={t('balance.caption')}
          rows={accounts}
          rowKey={(account) => account.code}
          rowHref={(account) => `/office/ledger?account=${account.code}`}
          empty={
            <EmptyState icon={<Scale />} title={t('balance.empty')}>
              {t('balance.empty_body')}
            </EmptyState>
          }
          columns={[
            {
              key: 'account',
              header: t('column.account'),
              sort: 'name',
              cell: (account) => account.name,
            },
            {
              key: 'class',
              header: t('column.class'),
              sort: 'class',
              cell: (account) => t(`class.${account.class}`),
              isMinor: true,
            },
            {
              key: 'debit',
              header: t('column.debit'),
              sort: 'debit_minor',
              cell: (account) => <Money minor={account.debit_minor} />,
              align: 'right',
              isMinor: true,
            },
            {
              key: 'credit',
              header: t('column.credit'),
              sort: 'credit_minor',
              cell: (account) => <Money minor={account.credit_minor} />,
              align: 'right',
              isMinor: true,
            },
            {
              key: 'balance',
              header: t('column.balance'),
              sort: 'balance_minor',
              cell: (account) => <Money minor={account.balance_minor} className="font-medium" />,
              align: 'right',
            },
          ]}
          totals={{
            account: t('column.total'),
            debit: <Money minor={debits} />,
            credit: <Money minor={credits} />,
            balance: <Money minor={debits - credits} />,
          }}
        />
      </Card>
    </>
  )
}

function Evenness({ debits, credits }: { debits: number; credits: number }) {
  const t = useT('reports')
  const isEven = debits === credits
  return (
    <Banner
      className="mb-4"
      kind={isEven ? 'success' : 'danger'}
      title={
        isEven
          ? t('balance.even')
          : t('balance.odd', { amount: formatMoney(Math.abs(debits - credits)) })
      }
    >
      {isEven ? t('balance.even_body') : t('balance.odd_body')}
    </Banner>
  )
}
