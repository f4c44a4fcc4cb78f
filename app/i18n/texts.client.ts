import { isOfPhone } from '../phone-area'
import { readLanguage } from './choice'
import { isLanguage, type Language } from './languages'
import type { Namespace } from './namespaces'
import { createSpeech } from './speech'

/** In the browser each file of texts is its own small chunk, fetched when a page first needs it. */
const files = import.meta.glob<Record<string, string>>('./*/*.json', { import: 'default' })

/** One for the whole page: the document says which language it was drawn in. */
export const speech = createSpeech(languageOfDocument(), loadTexts)

async function loadTexts(language: Language, namespace: Namespace) {
  const file = files[`./${language}/${namespace}.json`] ?? files[`./en/${namespace}.json`]
  if (!file) throw new Error(`There is no file of texts called ${namespace}`)
  return file()
}

function languageOfDocument(): Language {
  // A stored shell is English and holds no words: a phone begins in its person's language, and brings no texts twice.
  if (isOfPhone(window.location.pathname)) return readLanguage()
  const { lang } = document.documentElement
  return isLanguage(lang) ? lang : 'en'
}
