import { useT } from '~/i18n/use-t'
import { TabLinks } from '~/ui/base/tabs'
import { useOffice } from '~/ui/office/office-context'

export function BillingTabs() {
  const t = useT('billing')
  const { can } = useOffice()
  return (
    <TabLinks
      label={t('tabs')}
      tabs={[
        { to: '/office/billing', label: t('tab.runs') },
        { to: '/office/invoices', label: t('tab.invoices') },
        { to: '/office/credit-notes', label: t('tab.credit_notes') },
        { to: '/office/late', label: t('tab.late') },
        ...(can('collections.read')
          ? [{ to: '/office/promises?state=open', label: t('tab.promises') }]
          : []),
        { to: '/office/late-fees', label: t('tab.late_fees') },
      ]}
    />
  )
}
