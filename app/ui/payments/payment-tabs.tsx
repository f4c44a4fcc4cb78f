import { useT } from '~/i18n/use-t'
import { TabLinks } from '~/ui/base/tabs'
import { useOffice } from '~/ui/office/office-context'

export function PaymentTabs() {
  const t = useT('collections')
  const { can } = useOffice()
  return (
    <TabLinks
      label={t('payments.title')}
      tabs={[
        { to: '/office/payments', label: t('tab.payments'), end: true },
        { to: '/office/payments/certificates?state=pending', label: t('tab.certificates') },
        ...(can('billing.read') ? [{ to: '/office/deposits', label: t('tab.held_deposits') }] : []),
      ]}
    />
  )
}
