import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'

export type RunStanding = 'running' | 'stopped' | 'paused' | 'failed' | 'done'

const tones: Record<RunStanding, Tone> = {
  running: 'info',
  stopped: 'danger',
  paused: 'warn',
  failed: 'danger',
  done: 'success',
}

export function RunState({ standing }: { standing: RunStanding }) {
  const t = useT('billing')
  return <StatusBadge tone={tones[standing]}>{t(`run.state.${standing}`)}</StatusBadge>
}
