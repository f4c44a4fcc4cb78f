import { Link } from '@remix-run/react'
import { clsx } from 'clsx'
import { CircleAlert, CircleCheck, CloudOff, RefreshCw, Smartphone } from 'lucide-react'
import { useT } from '~/i18n/use-t'

export type SyncState =
  | { kind: 'synced' }
  | { kind: 'waiting'; count: number }
  | { kind: 'sending'; count: number }
  | { kind: 'offline'; count: number }
  | { kind: 'trouble'; count: number }

const looks = {
  synced: { tone: 'text-success', Icon: CircleCheck },
  waiting: { tone: 'text-warn', Icon: Smartphone },
  sending: { tone: 'text-info', Icon: RefreshCw },
  offline: { tone: 'text-soft', Icon: CloudOff },
  trouble: { tone: 'text-danger', Icon: CircleAlert },
}

/** Where this phone's work is right now. Tapping it tells more. */
export function SyncBadge({ state, to }: { state: SyncState; to: string }) {
  const t = useT('common')
  const { tone, Icon } = looks[state.kind]
  const count = 'count' in state ? state.count : 0
  const isSafeHere = state.kind === 'offline' && count > 0

  return (
    // Around the link: a link whose words are a status has no name.
    <div role="status" className="max-w-[min(14rem,80%)] shrink-0">
      <Link
        to={to}
        className={clsx(
          'flex min-h-12 items-center gap-2 text-right text-sm leading-tight font-medium',
          tone,
        )}
      >
        {isSafeHere ? t('sync.waiting', { count }) : t(`sync.${state.kind}`, { count })}
        <Icon className="size-5 shrink-0" aria-hidden="true" />
      </Link>
    </div>
  )
}
