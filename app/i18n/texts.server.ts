import type { Language } from './languages'
import { createSpeech } from './speech'

/** The server holds every text, so a page never waits for one. */
const files = import.meta.glob<Record<string, string>>('./*/*.json', {
  import: 'default',
  eager: true,
})

/** One for each page, so that it notes only the texts this page uses. */
export function serverSpeech(language: Language) {
  return createSpeech(language, (of, namespace) => {
    const file = files[`./${of}/${namespace}.json`] ?? files[`./en/${namespace}.json`]
    if (!file) throw new Error(`There is no file of texts called ${namespace}`)
    return file
  })
}
