import { useT } from '~/i18n/use-t'
import { StatusBadge } from '~/ui/base/badge'
import { standingTones, type Standing } from './subscriber'

export function StandingBadge({ standing }: { standing: Standing }) {
  const t = useT('subscribers')
  return <StatusBadge tone={standingTones[standing]}>{t(`standing.${standing}`)}</StatusBadge>
}
