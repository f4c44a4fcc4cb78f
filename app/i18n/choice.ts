import { chosenLanguage, languageCookie, type Language } from './languages'

/** Browser only: the language and look a person chose, kept in cookies so that the server knows too. */

const YEAR_SECONDS = 31_536_000

export type Theme = 'system' | 'light' | 'dark'

export const themeCookie = 'linyada_theme'

export function readLanguage(): Language {
  return chosenLanguage(document.cookie, navigator.languages.join(','))
}

export function keepLanguage(language: Language) {
  keep(languageCookie, language)
}

export function readTheme(): Theme {
  const theme = new RegExp(`(?:^|;\\s*)${themeCookie}=(light|dark)`).exec(document.cookie)?.[1]
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

export function keepTheme(theme: Theme) {
  keep(themeCookie, theme)
  applyTheme()
}

export function applyTheme() {
  const theme = readTheme()
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme =
    theme === 'system' ? (prefersDark ? 'dark' : 'light') : theme
}

/** Runs in the head before anything is drawn, so the wrong theme never flashes. */
export const themeScript = `(function(){var m=/(?:^|;\\s*)${themeCookie}=(light|dark)/.exec(document.cookie);document.documentElement.dataset.theme=m?m[1]:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'})()`

function keep(name: string, value: string) {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
}
