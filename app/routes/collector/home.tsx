import { MapPin } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { EmptyState } from '~/ui/base/empty-state'
import { PhoneHeader } from '~/ui/layout/phone-shell'

export default function CollectorHome() {
  const t = useT('collector')
  return (
    <>
      <PhoneHeader title={t('home.title')} />
      <EmptyState icon={<MapPin />} title={t('home.empty.title')}>
        {t('home.empty.body')}
      </EmptyState>
    </>
  )
}
