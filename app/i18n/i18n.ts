import { createInstance, type BackendModule, type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from './languages'
import type { Namespace } from './namespaces'

/** Brings the texts of one language and namespace, or the English ones where no others exist. */
export type LoadTexts = (language: string, namespace: string) => Promise<Record<string, string>>

/** Keys are flat (`receipt.taken`), so a dot in a key is only a dot. */
export const i18nOptions = {
  fallbackLng: false,
  ns: ['common'],
  defaultNS: 'common',
  keySeparator: false,
  returnNull: false,
  interpolation: { escapeValue: false },
  load: 'currentOnly',
} as const

export async function startI18n(
  language: Language,
  namespaces: ReadonlyArray<Namespace>,
  loadTexts: LoadTexts,
): Promise<I18n> {
  const backend: BackendModule = {
    type: 'backend',
    init() {},
    read(language, namespace, done) {
      loadTexts(language, namespace).then(
        (texts) => done(null, texts),
        (error: unknown) => done(error instanceof Error ? error : String(error), false),
      )
    },
  }

  const i18n = createInstance()
  await i18n
    .use(backend)
    .use(initReactI18next)
    .init({ ...i18nOptions, lng: language, ns: [...new Set<Namespace>(['common', ...namespaces])] })
  return i18n
}
