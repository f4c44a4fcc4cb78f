import { EmptyState } from '~/ui/base/empty-state'
import { LinkButton } from '~/ui/base/button'
import { useT } from '~/i18n/use-t'

export default function NotFound() {
  const t = useT('common')
  return (
    <EmptyState
      isPage
      title={t('error.not_found.title')}
      actions={<LinkButton to="/collector">{t('error.home')}</LinkButton>}
    >
      {t('error.not_found.body')}
    </EmptyState>
  )
}
