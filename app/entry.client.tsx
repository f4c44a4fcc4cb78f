import { RemixBrowser } from '@remix-run/react'
import { startTransition, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { startI18n } from './i18n/i18n'
import { isLanguage } from './i18n/languages'
import { textsOfHandles } from './i18n/page-texts'
import { readUsedTexts } from './i18n/used-texts'
import { loadTexts } from './i18n/texts.client'
import { PageContextProvider } from './ui/layout/page-context'

const lang = document.documentElement.lang
const language = isLanguage(lang) ? lang : 'en'
const handles = Object.values(window.__remixRouteModules).map((module) => module?.handle)

const texts = [...textsOfHandles(handles), ...readUsedTexts()]

void startI18n(language, texts, loadTexts).then((i18n) => {
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <PageContextProvider value={{ nonce: '', language }}>
          <I18nextProvider i18n={i18n}>
            <RemixBrowser />
          </I18nextProvider>
        </PageContextProvider>
      </StrictMode>,
    )
  })
})
