import { isRouteErrorResponse, Outlet, useRouteError } from '@remix-run/react'
import { useT } from '~/i18n/use-t'
import { Button, LinkButton } from '~/ui/base/button'
import { PageHeader } from '~/ui/base/page-header'
import { sentenceOf } from '~/ui/layout/error-page'

/** Everything inside the frame. What fails here leaves the navigation standing. */
export default function OfficeContent() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  const t = useT('common')
  const text = textOf(isRouteErrorResponse(error) ? error.status : 500)
  const sentence = sentenceOf(error)

  return (
    <div role="alert">
      <PageHeader
        title={sentence ? t('error.refused.title') : t(`${text}.title`)}
        lead={sentence ?? t(`${text}.body`)}
      />
      <div className="flex flex-wrap gap-2">
        {text === 'error' ? (
          <Button onClick={() => window.location.reload()}>{t('retry')}</Button>
        ) : null}
        <LinkButton to="/office">{t('today')}</LinkButton>
      </div>
    </div>
  )
}

function textOf(status: number) {
  if (status === 404) return 'error.not_found' as const
  if (status === 401 || status === 403) return 'error.forbidden' as const
  return 'error' as const
}
