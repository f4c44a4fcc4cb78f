import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { EmptyState } from '~/ui/base/empty-state'

/** Nothing at all, or nothing that fits. */
export function NoRecords(props: {
  icon: ReactNode
  isNarrowed: boolean
  title: string
  body: string
}) {
  const t = useT('subscribers')
  if (props.isNarrowed) {
    return (
      <EmptyState icon={props.icon} title={t('record.none_fit')}>
        {t('record.none_fit_body')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={props.icon} title={props.title}>
      {props.body}
    </EmptyState>
  )
}
