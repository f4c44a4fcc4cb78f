import { Building2, Calculator, Check, HandCoins, Smartphone, Undo2 } from 'lucide-react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { Timeline, type TimelineItem } from '~/ui/base/timeline'
import { useOffice } from '~/ui/office/office-context'

export type RemittanceStory = {
  collector_name: string
  submitted_by_name: string
  reason: string | null
  declared_at: string
  submitted_at: string
  state: 'submitted' | 'counted' | 'accepted' | 'rejected'
  counted_by_name: string | null
  counted_at: string | null
  approved_by_name: string | null
  approved_at: string | null
  note: string | null
  slip_number: string | null
}

/** Who did what with this cash, newest first. */
export function RemittanceLine({ story }: { story: RemittanceStory }) {
  const t = useT('custody')
  const format = useFormat()
  const { time_zone } = useOffice()
  const at = (instant: string) => format.instant(instant, time_zone)
  const isFor = story.reason !== null
  const wasOffline = Date.parse(story.submitted_at) - Date.parse(story.declared_at) > 60_000

  const items: Array<TimelineItem | null> = [
    story.slip_number
      ? {
          id: 'bank',
          title: t('line.bank', { number: story.slip_number }),
          at: '',
          icon: <Building2 />,
        }
      : null,
    story.approved_by_name && story.approved_at
      ? {
          id: 'decided',
          title: t(story.state === 'rejected' ? 'line.rejected' : 'line.accepted', {
            name: story.approved_by_name,
          }),
          at: at(story.approved_at),
          detail: story.note,
          icon: story.state === 'rejected' ? <Undo2 /> : <Check />,
          tone: story.state === 'rejected' ? 'danger' : 'success',
        }
      : null,
    story.counted_by_name && story.counted_at
      ? {
          id: 'counted',
          title: t('line.counted', { name: story.counted_by_name }),
          at: at(story.counted_at),
          icon: <Calculator />,
        }
      : null,
    wasOffline
      ? { id: 'heard', title: t('line.heard'), at: at(story.submitted_at), icon: <Smartphone /> }
      : null,
    {
      id: 'declared',
      title: isFor
        ? t('line.for', { name: story.submitted_by_name, collector: story.collector_name })
        : t('line.declared', { name: story.submitted_by_name }),
      at: at(story.declared_at),
      detail: story.reason,
      icon: <HandCoins />,
    },
  ]
  return (
    <Card title={t('line.title')}>
      <Timeline items={items.filter((item) => item !== null)} />
    </Card>
  )
}
