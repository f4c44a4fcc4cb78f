import { useTranslation } from 'react-i18next'
import type { Namespace } from './namespaces'

const id = 'used-texts'

/** Stands at the end of the document and names the texts drawn before it, so that hydration waits for them. */
export function UsedTexts() {
  const { i18n } = useTranslation('common')
  const used = i18n.reportNamespaces?.getUsedNamespaces() ?? []

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
