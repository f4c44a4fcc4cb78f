import { useT } from '~/i18n/use-t'
import { TabLinks } from '~/ui/base/tabs'
import { useOffice } from '~/ui/office/office-context'

export function ReportTabs() {
  const t = useT('reports')
  const { can } = useOffice()
  const tabs = [
    { to: '/office/reports', label: t('tab.all'), end: true, needs: 'reports.read' },
    { to: '/office/reports/daily-collection', label: t('tab.daily'), needs: 'reports.read' },
    { to: '/office/reports/books/sales', label: t('tab.sales'), needs: 'ledger.read' },
    { to: '/office/reports/books/cash', label: t('tab.cash'), needs: 'ledger.read' },
    { to: '/office/reports/books/journal', label: t('tab.journal'), needs: 'ledger.read' },
    { to: '/office/reports/trial-balance', label: t('tab.balance'), needs: 'ledger.read' },
    { to: '/office/reports/periods', label: t('tab.periods'), needs: 'ledger.read' },
    { to: '/office/ledger', label: t('tab.ledger'), needs: 'ledger.read' },
    { to: '/office/audit', label: t('tab.audit'), needs: 'audit.read' },
  ]
  return <TabLinks label={t('tabs')} tabs={tabs.filter((tab) => can(tab.needs))} />
}
