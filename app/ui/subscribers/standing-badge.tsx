import type { Standing } from '~/domain/subscriber'
import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'

const tones: Record<Standing, Tone> = {
  active: 'success',
  overdue: 'warn',
  suspended: 'danger',
  pending: 'info',
  ended: 'neutral',
  none: 'neutral',
}

/** Beside the colour always stands the word. */
export function StandingBadge({ standing }: { standing: Standing }) {
  const t = useT('subscribers')
  return <StatusBadge tone={tones[standing]}>{t(`standing.${standing}`)}</StatusBadge>
}
