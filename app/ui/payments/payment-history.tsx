import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Timeline, type TimelineItem } from '~/ui/base/timeline'
import { useOffice } from '~/ui/office/office-context'
import type { Channel, Stage } from './words'

type Payment = {
  channel: Channel
  stage: Stage
  received_at: string
  recorded_at: string
  received_by_name: string | null
}

type Request = {
  id: string
  state: 'open' | 'approved' | 'refused'
  reason: string
  requested_by_name: string
  requested_at: string
  decided_by_name: string | null
  decided_at: string | null
}

/** The way of the money: taken, heard of, posted, remitted, and what was asked about it. */
export function PaymentHistory(props: { payment: Payment; voids: ReadonlyArray<Request> }) {
  const { payment, voids } = props
  const t = useT('collections')
  const format = useFormat()
  const { time_zone } = useOffice()
  const at = (instant: string) => format.instant(instant, time_zone)

  const items: Array<TimelineItem> = [
    {
      id: 'taken',
      at: at(payment.received_at),
      title: payment.received_by_name
        ? t('history.taken', { name: payment.received_by_name })
        : t('history.taken_nobody'),
      tone: 'info',
    },
  ]
  if (payment.channel === 'field') {
    items.push({
      id: 'recorded',
      at: at(payment.recorded_at),
      title: t('history.recorded'),
      tone: 'info',
    })
  }
  if (payment.stage !== 'unidentified') {
    items.push({
      id: 'posted',
      at: at(payment.recorded_at),
      title: t('history.posted'),
      tone: 'success',
    })
  }
  if (payment.stage === 'remitted') {
    items.push({ id: 'remitted', at: '', title: t('history.remitted'), tone: 'success' })
  }
  for (const request of [...voids].reverse()) {
    items.push({
      id: `${request.id}-asked`,
      at: at(request.requested_at),
      title: t('history.asked', { name: request.requested_by_name }),
      detail: request.reason,
      tone: 'warn',
    })
    if (request.decided_at) items.push(decisionOf(request, request.decided_at))
  }
  return <Timeline items={items.reverse()} />

  function decisionOf(request: Request, decidedAt: string): TimelineItem {
    const name = request.decided_by_name ?? ''
    return {
      id: `${request.id}-decided`,
      at: at(decidedAt),
      title:
        request.state === 'approved' ? t('history.void', { name }) : t('history.refused', { name }),
      tone: 'neutral',
    }
  }
}
