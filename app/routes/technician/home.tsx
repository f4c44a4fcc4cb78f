import { useT } from '~/i18n/use-t'
import { PhoneHeader } from '~/ui/layout/phone-shell'

export default function TechnicianHome() {
  const t = useT('technician')
  return (
    <>
      <PhoneHeader title={t('home.title')} />
      <p>{t('home.empty.title')}</p>
    </>
  )
}
