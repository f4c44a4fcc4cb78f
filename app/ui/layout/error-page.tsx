import { isRouteErrorResponse } from '@remix-run/react'
import { useT } from '~/i18n/use-t'
import { Logo } from './logo'

/** What a person sees when a page is missing, closed to them, or broken. Works without any data. */
export function ErrorPage({ error }: { error: unknown }) {
  const t = useT('common')
  const status = isRouteErrorResponse(error) ? error.status : 500
  const text = textOf(status)
  const sentence = sentenceOf(error)

  return (
    <main className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center px-6 py-16">
      <Logo className="mb-10 h-8 self-start" />
      <p className="text-sm font-medium text-faint tabular">{status}</p>
      <h1 className="mt-1 text-2xl font-semibold">
        {sentence ? t('error.refused.title') : t(`${text}.title`)}
      </h1>
      <p className="mt-3 text-base text-soft">{sentence ?? t(`${text}.body`)}</p>
      <p className="mt-8 flex gap-3">
        <a
          href="/"
          className="control inline-flex items-center rounded-md bg-accent px-4 font-medium text-accent-ink hover:bg-accent-hover"
        >
          {t('error.home')}
        </a>
      </p>
    </main>
  )
}

/** What the server said when it refused what was sent, in its own words. */
export function sentenceOf(error: unknown): string | null {
  const isRefusal = isRouteErrorResponse(error) && [400, 409].includes(error.status)
  return isRefusal && typeof error.data === 'string' && error.data ? error.data : null
}

function textOf(status: number) {
  if (status === 404) return 'error.not_found' as const
  if (status === 401 || status === 403) return 'error.forbidden' as const
  return 'error' as const
}
