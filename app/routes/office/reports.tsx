import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { PageHeader } from '~/ui/base/page-header'
import { useOffice } from '~/ui/office/office-context'
import { ReportTabs } from '~/ui/reports/report-tabs'

export const handle = pageTexts('reports')
export const meta: MetaFunction = () => [{ title: 'Reports · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { headers } = await requireMember(request, 'reports.read')
  return data(null, { headers })
}

export default function Reports() {
  const t = useT('reports')
  const { can } = useOffice()
  const cards = [
    {
      to: '/office/reports/daily-collection',
      title: t('tab.daily'),
      lead: t('card.daily'),
      needs: 'reports.read',
    },
    {
      to: '/office/billing',
      title: t('card.aging_title'),
      lead: t('card.aging'),
      needs: 'billing.read',
    },
    {
      to: '/office/reports/books/sales',
      title: t('tab.sales'),
      lead: t('card.sales'),
      needs: 'ledger.read',
    },
    {
      to: '/office/reports/books/cash',
      title: t('tab.cash'),
      lead: t('card.cash'),
      needs: 'ledger.read',
    },
    {
      to: '/office/reports/books/journal',
      title: t('tab.journal'),
      lead: t('card.journal'),
      needs: 'ledger.read',
    },
    {
      to: '/office/reports/trial-balance',
      title: t('tab.balance'),
      lead: t('card.balance'),
      needs: 'ledger.read',
    },
    {
      to: '/office/reports/periods',
      title: t('tab.periods'),
      lead: t('card.periods'),
      needs: 'ledger.read',
    },
    { to: '/office/ledger', title: t('tab.ledger'), lead: t('card.ledger'), needs: 'ledger.read' },
    { to: '/office/audit', title: t('tab.audit'), lead: t('card.audit'), needs: 'audit.read' },
  ]

  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <ReportTabs />
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {cards
          .filter((card) => can(card.needs))
          .map((card) => (
            <li key={card.to}>
              <Link
                to={card.to}
                className="block h-full rounded-lg border border-line bg-surface p-5 shadow-hair hover:border-line-strong hover:bg-hover"
              >
                <span className="text-base font-semibold">{card.title}</span>
                <span className="mt-1 block text-soft">{card.lead}</span>
              </Link>
            </li>
          ))}
      </ul>
    </>
  )
}
