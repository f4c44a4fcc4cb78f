import { useLocation } from '@remix-run/react'
import { clsx } from 'clsx'
import { keepLanguage } from '~/i18n/choice'
import { languages, type Language } from '~/i18n/languages'
import { useLanguage, useSpeech, useT } from '~/i18n/use-t'

/** Turns the texts over at once; before JavaScript arrives the same buttons post to the server. */
export function LanguagePicker({ className }: { className?: string }) {
  const t = useT('common')
  const current = useLanguage()
  const choose = useChooseLanguage()
  const { pathname, search } = useLocation()

  return (
    <form
      method="post"
      action="/language"
      aria-label={t('language')}
      className={clsx('flex flex-wrap gap-1', className)}
    >
      <input type="hidden" name="to" value={pathname + search} />
      {languages.map(({ code, name }) => (
        <button
          key={code}
          name="language"
          value={code}
          lang={code}
          aria-pressed={code === current}
          onClick={(event) => {
            event.preventDefault()
            choose(code)
          }}
          className={clsx(
            'min-h-(--control-small) rounded-md px-2.5 text-sm transition-colors',
            code === current
              ? 'bg-accent-soft font-medium text-accent-text'
              : 'text-soft hover:bg-hover',
          )}
        >
          {name}
        </button>
      ))}
    </form>
  )
}

export function useChooseLanguage() {
  const speech = useSpeech()
  return (language: Language) => {
    keepLanguage(language)
    document.documentElement.lang = language
    void speech.turnTo(language)
  }
}
