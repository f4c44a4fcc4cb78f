import { useT } from '~/i18n/use-t'
import { TabLinks } from '~/ui/base/tabs'
import { useOffice } from '~/ui/office/office-context'

export function CollectionTabs() {
  const t = useT('collections')
  const { can, field } = useOffice()
  return (
    <TabLinks
      label={t('tabs')}
      tabs={[
        { to: '/office/collections', label: t('tab.board'), end: true },
        { to: '/office/collections/day', label: t('tab.today') },
        { to: '/office/collections/remittances', label: t('tab.remittances') },
        { to: '/office/collections/deposits', label: t('tab.deposits') },
        {
          to: '/office/collections/parked',
          label: t('tab.parked'),
          count: field.parked || undefined,
        },
        {
          to: '/office/collections/doubles',
          label: t('tab.doubles'),
          count: field.doubles || undefined,
        },
        { to: '/office/collections/receipts', label: t('tab.receipts') },
        {
          to: '/office/collections/devices',
          label: t('tab.devices'),
          count: field.phones || undefined,
        },
        ...(can('collections.watch')
          ? [{ to: '/office/collections/watch', label: t('tab.watch') }]
          : []),
        ...(can('collections.rescue')
          ? [{ to: '/office/collections/rescue', label: t('tab.rescue') }]
          : []),
      ]}
    />
  )
}
