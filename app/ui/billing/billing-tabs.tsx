import { useT } from '~/i18n/use-t'
import { TabLinks } from '~/ui/base/tabs'

export function BillingTabs() {
  const t = useT('billing')
  return (
    <TabLinks
      label={t('tabs')}
      tabs={[
        { to: '/office/billing', label: t('tab.runs') },
        { to: '/office/invoices', label: t('tab.invoices') },
        { to: '/office/credit-notes', label: t('tab.credit_notes') },
        { to: '/office/late', label: t('tab.late') },
      ]}
    />
  )
}
