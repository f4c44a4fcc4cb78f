import { useTranslation } from 'react-i18next'
import { isLanguage, type Language } from './languages'
import type { Namespace } from './namespaces'

/** `const t = useT('portal')`, then `t('balance.title')`. Keys are checked by the compiler. */
export function useT<N extends Namespace>(namespace: N) {
  return useTranslation(namespace).t
}

export function useLanguage(): Language {
  const { language } = useTranslation('common').i18n
  return isLanguage(language) ? language : 'en'
}
