import type { Language } from './languages'
import type { Namespace, Texts } from './namespaces'

type TextFile = Readonly<Record<string, string>>

/** The texts of one language and namespace, or the English ones where no others exist: at once, or when they arrive. */
export type TextsOf = (language: Language, namespace: Namespace) => TextFile | Promise<TextFile>

/** What a text leaves open: `{{name}}`. `count` also chooses between `_one` and `_other`. */
export type Fillings = Readonly<Record<string, string | number | null>>

type KeyOf<N extends Namespace> = WithoutCount<keyof Texts[N] & string, keyof Texts[N]>
type WithoutCount<Key, All> = Key extends `${infer Base}_one` | `${infer Base}_other`
  ? `${Base}_one` | `${Base}_other` extends All
    ? Base
    : Key
  : Key

/** Says a text of one namespace. Keys are flat (`receipt.taken`) and checked by the compiler. */
export type Say<N extends Namespace> = (key: KeyOf<N>, fillings?: Fillings) => string

type SayAny = (key: string, fillings?: Fillings) => string

export type Speech = ReturnType<typeof createSpeech>

/** Which language is spoken, and its texts as far as they are here. */
export function createSpeech(first: Language, textsOf: TextsOf) {
  let language = first
  let wanted = first
  const says = new Map<string, SayAny>()
  const coming = new Map<string, Promise<void>>()
  const failures = new Map<string, unknown>()
  const used = new Set<Namespace>()
  const listeners = new Set<() => void>()

  /** Answers a promise while the texts are on their way, and nothing when they are here. */
  function bring(of: Language, namespace: Namespace): Promise<void> | undefined {
    const id = idOf(of, namespace)
    if (says.has(id) || coming.has(id)) return coming.get(id)

    const keep = (file: TextFile) => void says.set(id, sayFrom(file, of))
    const file = textsOf(of, namespace)
    if (!(file instanceof Promise)) {
      keep(file)
      return undefined
    }
    const arrival = file.then(keep, (error: unknown) => void failures.set(id, error))
    coming.set(id, arrival)
    return arrival
  }

  return {
    language: () => language,

    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    /** So that nothing has to wait for its words while it answers a tap. */
    async load(namespaces: ReadonlyArray<Namespace>) {
      for (const namespace of namespaces) used.add(namespace)
      await Promise.all(namespaces.flatMap((namespace) => bring(language, namespace) ?? []))
    },

    /** Every text in use arrives in the new language before the first of them changes. */
    async turnTo(next: Language) {
      wanted = next
      if (next === language) return
      await Promise.all([...used].flatMap((namespace) => bring(next, namespace) ?? []))
      // Somebody who chose again meanwhile means the last choice.
      if (wanted !== next) return
      language = next
      for (const listener of listeners) listener()
    },

    /** Throws the promise of texts that are on their way, as React asks for. */
    say<N extends Namespace>(namespace: N): Say<N> {
      used.add(namespace)
      const id = idOf(language, namespace)
      const arrival = says.has(id) ? undefined : bring(language, namespace)
      const say = says.get(id)
      if (say) return say
      throw failures.get(id) ?? arrival
    },

    /** Which texts this page has asked for. */
    used: (): ReadonlyArray<Namespace> => [...used],
  }
}

const plurals = new Map<Language, Intl.PluralRules>()

function sayFrom(texts: TextFile, language: Language): SayAny {
  return (key, fillings = {}) => {
    const { count } = fillings
    const text =
      (typeof count === 'number' ? texts[`${key}_${formOf(count, language)}`] : undefined) ??
      texts[key] ??
      texts[`${key}_other`] ??
      key
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(fillings[name] ?? ''))
  }
}

function formOf(count: number, language: Language) {
  const known = plurals.get(language) ?? new Intl.PluralRules(language)
  plurals.set(language, known)
  return known.select(count)
}

function idOf(language: Language, namespace: Namespace) {
  return `${language}/${namespace}`
}
