import { useT } from '~/i18n/use-t'
import { TabLinks } from '~/ui/base/tabs'

export function PaymentTabs() {
  const t = useT('collections')
  return (
    <TabLinks
      label={t('payments.title')}
      tabs={[
        { to: '/office/payments', label: t('tab.payments'), end: true },
        { to: '/office/payments/certificates?state=pending', label: t('tab.certificates') },
      ]}
    />
  )
}
