import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'

type State = 'submitted' | 'counted' | 'accepted' | 'rejected'

const tones: Record<State, Tone> = {
  submitted: 'info',
  counted: 'warn',
  accepted: 'success',
  rejected: 'danger',
}

export function RemittanceBadge({ state }: { state: State }) {
  const t = useT('custody')
  return <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
}
