import { UserX } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { LinkButton } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'

/** An address of somebody whom this phone does not carry any more. */
export function NotOnRoute() {
  const t = useT('collector')
  return (
    <EmptyState
      isPage
      icon={<UserX />}
      title={t('card.gone.title')}
      actions={<LinkButton to="/collector">{t('card.back')}</LinkButton>}
    >
      {t('card.gone.body')}
    </EmptyState>
  )
}
