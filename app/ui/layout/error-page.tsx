import { useT } from '~/i18n/use-t'
import { Logo } from './logo'

/** What a person sees when a page is missing, closed to them, or broken. Works without any data. */
export function ErrorPage({ status }: { status: number }) {
  const t = useT('common')
  const text = textOf(status)

  return (
    <main className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center px-6 py-16">
      <Logo className="mb-10 h-8 self-start" />
      <p className="text-sm font-medium text-faint tabular">{status}</p>
      <h1 className="mt-1 text-2xl font-semibold">{t(`${text}.title`)}</h1>
      <p className="mt-3 text-base text-soft">{t(`${text}.body`)}</p>
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

function textOf(status: number) {
  if (status === 404) return 'error.not_found' as const
  if (status === 401 || status === 403) return 'error.forbidden' as const
  return 'error' as const
}
