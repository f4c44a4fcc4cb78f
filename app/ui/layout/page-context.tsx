import { createContext, useContext } from 'react'
import type { Language } from '~/i18n/languages'

/** What a document was made with. There is no root loader, so this never travels over the network again. */
export type PageContext = { nonce: string; language: Language }

const context = createContext<PageContext>({ nonce: '', language: 'en' })

export const PageContextProvider = context.Provider

export function usePageContext() {
  return useContext(context)
}
