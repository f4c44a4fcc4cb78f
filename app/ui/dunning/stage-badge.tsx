import type { Hindrance, Stage } from '~/domain/dunning'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'

const tones = {
  reminded: 'neutral',
  due: 'info',
  warned: 'warn',
  suspended: 'danger',
  uncollectible: 'danger',
} satisfies Record<Stage, Tone>

/** How far the calendar is with an invoice, in one word. */
export function StageBadge({ stage }: { stage: Stage | null }) {
  const t = useT('dunning')
  if (!stage) return <StatusBadge tone="neutral">{t('stage.none')}</StatusBadge>
  return <StatusBadge tone={tones[stage]}>{t(`stage.${stage}`)}</StatusBadge>
}

type Step = { next_stage: Stage | null; next_on: string | null; waits_for: Hindrance | null }

/** The next step with its day, and what holds it back. */
export function NextStep({ step }: { step: Step }) {
  const t = useT('dunning')
  const format = useFormat()
  return (
    <>
      {step.next_stage && step.next_on
        ? t('next.on', { step: t(`next.${step.next_stage}`), day: format.day(step.next_on) })
        : t('next.none')}
      {step.waits_for ? (
        <span className="block text-faint">
          {t('waits.held', { reason: t(`waits.${step.waits_for}`) })}
        </span>
      ) : null}
    </>
  )
}
