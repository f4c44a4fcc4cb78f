import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Language } from './languages'
import type { Namespace } from './namespaces'
import type { Say, Speech } from './speech'

const context = createContext<Speech | null>(null)

export const SpeechProvider = context.Provider

export function useSpeech(): Speech {
  const speech = useContext(context)
  if (!speech) throw new Error('There is no speech around this page')
  return speech
}

/** `const t = useT('portal')`, then `t('balance.title')`. Keys are checked by the compiler. */
export function useT<N extends Namespace>(namespace: N): Say<N> {
  const speech = useSpeech()
  useSyncExternalStore(speech.subscribe, speech.language, speech.language)
  return speech.say(namespace)
}

export function useLanguage(): Language {
  const speech = useSpeech()
  return useSyncExternalStore(speech.subscribe, speech.language, speech.language)
}
