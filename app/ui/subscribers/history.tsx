import { civilDay } from '~/domain/calendar'
import { formatDay, formatInstant, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Timeline, type TimelineItem } from '~/ui/base/timeline'
import { useOffice } from '~/ui/office/office-context'
import type { ChangeKind, ServiceChange } from '~/domain/service-change'

type Values = Record<string, unknown>

export type HistoryEntry = {
  id: string
  recorded_at: string
  actor_name: string | null
  table_name: string
  operation: 'insert' | 'update' | 'delete'
  before: Values | null
  after: Values | null
  source: string
}

type Told = Pick<TimelineItem, 'title' | 'detail' | 'tone'>

/** The audit log of one subscriber in sentences, newest first. */
export function History({ entries }: { entries: ReadonlyArray<HistoryEntry> }) {
  const { time_zone } = useOffice()
  const t = useT('subscribers')
  const tell = useTelling()

  return (
    <Timeline
      items={entries.filter(isTold).map((entry) => ({
        id: entry.id,
        at: formatInstant(entry.recorded_at, time_zone),
        ...tell(entry),
        detail: (
          <>
            {tell(entry).detail}
            <span className="block text-faint">
              {t('history.by', {
                name: entry.actor_name ?? t('history.somebody'),
                source: entry.source,
              })}
            </span>
          </>
        ),
      }))}
    />
  )
}

/** That a payment joined a remittance is told when the cash was counted; an end, a return and a bill day by the change that made them. */
function isTold({ table_name, operation, after }: HistoryEntry) {
  const changed = Object.keys(after ?? {})
  if (table_name === 'service.subscriptions' && operation === 'update')
    return !changed.some((column) => column === 'state' || column === 'bill_anchor_on')
  return !(
    table_name === 'collections.payments' &&
    operation === 'update' &&
    changed.every((column) => column === 'remittance_id')
  )
}

function useTelling(): (entry: HistoryEntry) => Told {
  const { currency, time_zone } = useOffice()
  const t = useT('subscribers')

  function changes({ before, after }: HistoryEntry) {
    return Object.keys(after ?? {}).map((column) => (
      <span key={column} className="block break-words">
        {column.replaceAll('_', ' ')}: {shown(before?.[column])} → {shown(after?.[column])}
      </span>
    ))
  }

  return (entry) => {
    const after = entry.after ?? {}
    switch (`${entry.table_name} ${entry.operation}`) {
      case 'service.subscribers insert':
        return { title: t('history.added'), tone: 'success' }
      case 'service.subscribers update':
        return { title: t('history.changed'), detail: changes(entry) }
      case 'service.subscriptions insert':
        return { title: t('history.service'), tone: 'success' }
      case 'service.subscriptions update':
        if (typeof after.paid_until === 'string') {
          return {
            title: t('history.prepaid', {
              day: formatDay(civilDay(after.paid_until, time_zone)),
            }),
            tone: 'info',
          }
        }
        return { title: t('history.service_changed'), detail: changes(entry) }
      case 'service.changes insert': {
        const answer = (after.answer ?? {}) as ServiceChange['answer']
        return {
          title: t(`change.did.${after.kind as ChangeKind}`, {
            day: formatDay(String(after.on_day)),
            plan: answer.plan_name ?? '',
            old: answer.old_plan_name ?? '',
          }),
          tone: 'info',
        }
      }
      case 'service.holds insert':
        return { title: t('history.hold'), detail: shown(after.reason), tone: 'warn' }
      case 'service.holds update':
        return {
          title: t('history.lifted'),
          detail: after.closed_reason ? shown(after.closed_reason) : undefined,
          tone: 'success',
        }
      case 'collections.payments insert':
        return {
          title: t('history.paid', {
            amount: formatMoney(Number(after.amount_minor), currency),
          }),
          tone: 'success',
        }
      case 'collections.payments update':
        if (after.stage === 'void') return { title: t('history.void'), tone: 'danger' }
        if (after.stage === 'remitted') return { title: t('history.remitted') }
        return { title: t('history.payment_changed'), detail: changes(entry) }
      case 'access.invitations insert':
        return { title: t('history.invited') }
      case 'access.invitations update':
        return { title: after.accepted_at ? t('history.joined') : t('history.withdrawn') }
      default:
        return { title: `${entry.table_name} ${entry.operation}`, detail: changes(entry) }
    }
  }
}

function shown(value: unknown) {
  if (value === null || value === undefined || value === '') return '—'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
