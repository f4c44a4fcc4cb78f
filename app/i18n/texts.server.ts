import { createInstance, type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { i18nOptions } from './i18n'
import type { Language } from './languages'

/** The server holds every text, so a page never waits for one. */
const files = import.meta.glob<Record<string, string>>('./*/*.json', {
  import: 'default',
  eager: true,
})

const byLanguage = new Map<Language, I18n>()

export function serverI18n(language: Language): I18n {
  const known = byLanguage.get(language)
  if (known) return known

  const i18n = createInstance()
  void i18n.use(initReactI18next).init({
    ...i18nOptions,
    lng: language,
    initAsync: false,
    resources: { [language]: textsOf(language) },
  })
  byLanguage.set(language, i18n)
  return i18n
}

function textsOf(language: Language) {
  const texts: Record<string, Record<string, string>> = {}
  for (const [path, file] of Object.entries(files)) {
    const [, of = '', namespace = ''] = /^\.\/([a-z]+)\/([a-z-]+)\.json$/.exec(path) ?? []
    const isOnlyEnglish = of === 'en' && !files[`./${language}/${namespace}.json`]
    if (of === language || isOnlyEnglish) texts[namespace] = file
  }
  return texts
}
