import { readLanguage } from '~/i18n/choice'
import type { Namespace } from '~/i18n/namespaces'
import { speech } from '~/i18n/texts.client'
import { Logo } from './logo'

/**
 * What the stored shell document shows until the phone's own data is read: neutral, because the
 * same document serves every person of every ISP.
 */
export function PhoneStart() {
  return (
    <main data-density="touch" aria-busy="true" className="grid min-h-dvh place-items-center">
      <h1>
        <Logo className="h-10 animate-pulse-soft" />
      </h1>
    </main>
  )
}

/**
 * Turns the shell, which is English, to the person's language before the first screen is drawn, and brings the texts of
 * the screens: nothing may wait for words while it answers a tap.
 */
export async function turnToChosenLanguage({ texts }: { texts: Array<Namespace> }) {
  const language = readLanguage()
  document.documentElement.lang = language
  await speech.load(texts)
  await speech.turnTo(language)
}
