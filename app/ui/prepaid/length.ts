import { partsOfTime } from '~/domain/prepaid'
import { useT } from '~/i18n/use-t'

/** “4 days 12 hours”: whole parts, the two largest. */
export function useLength() {
  const t = useT('charges')
  return (seconds: number) => {
    const { days, hours, minutes } = partsOfTime(seconds)
    const words = [
      days > 0 ? t('length.days', { count: days }) : null,
      hours > 0 ? t('length.hours', { count: hours }) : null,
      minutes > 0 || days + hours === 0 ? t('length.minutes', { count: minutes }) : null,
    ]
    return words.filter(Boolean).slice(0, 2).join(' ')
  }
}
