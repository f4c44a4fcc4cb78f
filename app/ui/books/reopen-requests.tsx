import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Card } from '~/ui/base/card'
import { Timeline } from '~/ui/base/timeline'
import { useOffice } from '~/ui/office/office-context'
import { DecideReopen } from './period-commands'

type Request = {
  id: string
  month: string
  reason: string
  state: 'open' | 'approved' | 'refused'
  requested_by: string
  requested_by_name: string
  requested_at: string
  decided_by_name: string | null
  decided_at: string | null
  decision_note: string | null
}

/** What waits for a second person. Whoever asked only sees that somebody else must decide. */
export function OpenRequests(props: { requests: ReadonlyArray<Request>; memberId: string }) {
  const t = useT('reports')
  const format = useFormat()
  const { can } = useOffice()

  return props.requests
    .filter((request) => request.state === 'open')
    .map((request) => {
      const isOwn = request.requested_by === props.memberId
      return (
        <Banner
          key={request.id}
          kind="warn"
          className="mb-4"
          title={t('periods.open_title', {
            name: request.requested_by_name,
            month: format.month(request.month),
          })}
          actions={can('ledger.close') && !isOwn ? <DecideReopen request={request} /> : null}
        >
          <p>“{request.reason}”</p>
          {isOwn ? <p className="mt-1 text-soft">{t('periods.own')}</p> : null}
        </Banner>
      )
    })
}

export function RequestHistory({ requests }: { requests: ReadonlyArray<Request> }) {
  const t = useT('reports')
  const format = useFormat()
  const { time_zone } = useOffice()
  const decided = requests.filter((request) => request.state !== 'open')
  if (decided.length === 0) return null

  return (
    <Card title={t('periods.history')} className="mt-5">
      <Timeline
        items={decided.map((request) => ({
          id: request.id,
          title: t(request.state === 'approved' ? 'periods.was_reopened' : 'periods.was_refused', {
            month: format.month(request.month),
            name: request.decided_by_name ?? '',
          }),
          at: format.instant(request.decided_at ?? request.requested_at, time_zone),
          detail: [
            t('periods.asked_by', { name: request.requested_by_name, reason: request.reason }),
            request.decision_note,
          ]
            .filter(Boolean)
            .join(' · '),
          tone: request.state === 'approved' ? 'warn' : 'neutral',
        }))}
      />
    </Card>
  )
}
