import { weekdayOf } from '~/domain/calendar'
import type { DunningPreview } from '~/domain/dunning'
import { formatDay } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { Timeline } from '~/ui/base/timeline'

const tones = {
  reminded: 'neutral',
  due: 'info',
  warned: 'warn',
  suspended: 'danger',
  uncollectible: 'danger',
} as const

/** The next invoice, if nobody paid it, told day by day. */
export function CalendarPreview({ preview }: { preview: DunningPreview }) {
  const t = useT('dunning')
  const { cut_from: from, cut_until: until } = preview
  const named = (day: string) => `${t(`weekday.${weekdayNumber(day)}`)}, ${formatDay(day)}`
  const wanted = preview.cut_wanted_on
  const isNeverCut = !preview.steps.some(({ stage }) => stage === 'suspended')

  function sentence({ stage, on }: DunningPreview['steps'][number]) {
    if (stage === 'suspended' && on > wanted) {
      return t('preview.suspended_later', { day: named(on), wanted: named(wanted), from, until })
    }
    return t(`preview.${stage}`, { day: named(on), from, until })
  }

  return (
    <Card title={t('preview')} className="xl:sticky xl:top-20">
      <div aria-live="polite">
        <Timeline
          items={[
            {
              id: 'issued',
              title: (
                <Plain>
                  {t('preview.issued', {
                    day: named(preview.issued_on),
                    due: named(preview.due_on),
                  })}
                </Plain>
              ),
              at: null,
            },
            ...preview.steps.map((step) => ({
              id: step.stage,
              title: <Plain>{sentence(step)}</Plain>,
              at: null,
              tone: tones[step.stage],
            })),
            ...(isNeverCut
              ? [{ id: 'never', title: <Plain>{t('preview.never')}</Plain>, at: null }]
              : []),
          ]}
        />
      </div>
    </Card>
  )
}

function Plain({ children }: { children: string }) {
  return <span className="font-normal">{children}</span>
}

function weekdayNumber(day: string) {
  return (weekdayOf(day) || 7) as 1 | 2 | 3 | 4 | 5 | 6 | 7
}
