import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { NoRows } from '~/ui/office/no-rows'

/** Of one subscriber: nothing at all, or nothing that fits. */
export function NoRecords({ icon, ...yet }: { icon: ReactNode; title: string; body: string }) {
  const t = useT('subscribers')
  const fit = { title: t('record.none_fit'), body: t('record.none_fit_body') }
  return <NoRows icon={icon} yet={yet} fit={fit} />
}
