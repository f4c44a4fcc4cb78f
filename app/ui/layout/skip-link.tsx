import { useT } from '~/i18n/use-t'

export function SkipLink() {
  const t = useT('common')
  return (
    <a
      href="#content"
      className="sr-only z-50 rounded-md bg-accent px-4 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
    >
      {t('skip_to_content')}
    </a>
  )
}
