import { ChevronRight } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'

export type ContextChoice = {
  id: string
  tradeName: string
  label: string
  isSubscriber: boolean
  isCurrent: boolean
}

/** Every place a person works or has a line, as buttons of one form. */
export function ContextList({ choices }: { choices: ReadonlyArray<ContextChoice> }) {
  const t = useT('auth')
  return (
    <ul className="flex flex-col gap-2">
      {choices.map((choice) => (
        <li key={choice.id}>
          <button
            name="context"
            value={choice.id}
            className="flex min-h-14 w-full items-center gap-3 rounded-lg border border-line-strong bg-surface px-4 py-2.5 text-left shadow-hair hover:bg-hover"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{choice.tradeName}</span>
              <span className="block truncate text-sm text-soft">
                {choice.isSubscriber
                  ? t('switch.subscriber', { account: choice.label })
                  : choice.label}
              </span>
            </span>
            {choice.isCurrent ? <Badge tone="accent">{t('switch.current')}</Badge> : null}
            <ChevronRight className="size-5 shrink-0 text-faint" aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}
