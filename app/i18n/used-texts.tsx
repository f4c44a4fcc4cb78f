import type { Namespace } from './namespaces'
import { useSpeech } from './use-t'

const id = 'used-texts'

/** Stands at the end of the document and names the texts drawn before it, so that hydration waits for them. */
export function UsedTexts() {
  const used = useSpeech().used()

  return (
    <script
      id={id}
      type="application/json"
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: JSON.stringify(used) }}
    />
  )
}

export function readUsedTexts(): Array<Namespace> {
  return JSON.parse(document.getElementById(id)?.textContent ?? '[]') as Array<Namespace>
}
