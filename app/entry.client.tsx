import { RemixBrowser } from '@remix-run/react'
import { startTransition, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { textsOfHandles } from './i18n/page-texts'
import { speech } from './i18n/texts.client'
import { SpeechProvider } from './i18n/use-t'
import { readUsedTexts } from './i18n/used-texts'
import { PageContextProvider } from './ui/layout/page-context'

const handles = Object.values(window.__remixRouteModules).map((module) => module?.handle)

void speech.load(['common', ...textsOfHandles(handles), ...readUsedTexts()]).then(() => {
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <PageContextProvider value={{ nonce: '', language: speech.language() }}>
          <SpeechProvider value={speech}>
            <RemixBrowser />
          </SpeechProvider>
        </PageContextProvider>
      </StrictMode>,
    )
  })
})
