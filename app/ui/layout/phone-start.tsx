import { getI18n } from 'react-i18next'
import { readLanguage } from '~/i18n/choice'
import { Logo } from './logo'

/**
 * What the stored shell document shows until the phone's own data is read: neutral, because the
 * same document serves every person of every ISP.
 */
export function PhoneStart() {
  return (
    <div data-density="touch" className="grid min-h-dvh place-items-center">
      <Logo className="h-10 animate-pulse-soft" />
    </div>
  )
}

/** Turns the shell, which is English, to the person's language before the first screen is drawn. */
export async function turnToChosenLanguage() {
  const i18n = getI18n()
  const language = readLanguage()
  document.documentElement.lang = language
  if (i18n.language !== language) await i18n.changeLanguage(language)
}
