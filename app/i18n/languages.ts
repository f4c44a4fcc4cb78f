/** The languages a person may choose, and where that choice is kept. */

export const languages = [
  { code: 'en', name: 'English' },
  { code: 'fil', name: 'Filipino' },
  { code: 'ceb', name: 'Bisaya' },
] as const

export type Language = (typeof languages)[number]['code']

export const languageCookie = 'linyada_lang'

export function isLanguage(text: string): text is Language {
  return languages.some((language) => language.code === text)
}

/** What the person chose, else what their browser asks for, else English. */
export function chosenLanguage(cookies: string, accepted: string): Language {
  const cookie = new RegExp(`(?:^|;\\s*)${languageCookie}=([a-z]+)`).exec(cookies)?.[1] ?? ''
  if (isLanguage(cookie)) return cookie

  for (const tag of accepted.toLowerCase().split(',')) {
    const code = tag.trim().split(/[-;]/)[0] ?? ''
    if (code === 'tl') return 'fil'
    if (isLanguage(code)) return code
  }
  return 'en'
}

/**
 * The office is written in English only. The phone's shell documents are English because they are
 * stored for everybody; the phone then turns to the person's language before its first screen.
 */
export function languageOfPage(pathname: string, chosen: Language): Language {
  if (/^\/(office|dev)(\/|$)/.test(pathname)) return 'en'
  if (/^\/(collector|technician)\/shell$/.test(pathname)) return 'en'
  return chosen
}
