import { useT } from '~/i18n/use-t'
import { TabLinks } from '~/ui/base/tabs'

export function CollectionTabs({ parked }: { parked?: number }) {
  const t = useT('collections')
  return (
    <TabLinks
      label={t('tabs')}
      tabs={[
        { to: '/office/collections', label: t('tab.board'), end: true },
        { to: '/office/collections/day', label: t('tab.today') },
        { to: '/office/collections/remittances', label: t('tab.remittances') },
        { to: '/office/collections/deposits', label: t('tab.deposits') },
        { to: '/office/collections/parked', label: t('tab.parked'), count: parked || undefined },
        { to: '/office/collections/receipts', label: t('tab.receipts') },
        { to: '/office/collections/devices', label: t('tab.devices') },
      ]}
    />
  )
}
