import { Link } from '@remix-run/react'
import { Minus, PencilLine, Plus } from 'lucide-react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { softTones, type Tone } from '~/ui/base/badge'
import { changesOf } from './audit-changes'
import type { AuditEntry } from './audit-entry'
import { auditSentence, auditTarget } from './audit-sentence'

const looks = {
  insert: { Icon: Plus, tone: 'success' },
  update: { Icon: PencilLine, tone: 'info' },
  delete: { Icon: Minus, tone: 'danger' },
} satisfies Record<string, { Icon: typeof Plus; tone: Tone }>

const sources = [
  'office',
  'phone',
  'rescue',
  'portal',
  'schedule',
  'web',
  'api',
  'demo',
  'import',
] as const

/** Changes as sentences; what a field was before opens below. */
export function AuditList(props: {
  entries: ReadonlyArray<AuditEntry>
  names: Partial<Record<string, string>>
  timeZone: string
}) {
  return (
    <ol className="divide-y divide-line">
      {props.entries.map((entry) => (
        <AuditItem
          key={entry.id}
          entry={entry}
          name={props.names[entry.row_id]}
          timeZone={props.timeZone}
        />
      ))}
    </ol>
  )
}

function AuditItem({
  entry,
  name,
  timeZone,
}: {
  entry: AuditEntry
  name?: string
  timeZone: string
}) {
  const t = useT('reports')
  const format = useFormat()
  const { Icon, tone } = looks[entry.operation]
  const target = auditTarget(entry)
  const sentence = auditSentence(entry, name)
  const source = sources.find((known) => known === entry.source)

  return (
    <li className="flex gap-3 px-4 py-3 sm:px-5">
      <span
        aria-hidden="true"
        className={`grid size-7 shrink-0 place-items-center rounded-full ${softTones[tone]}`}
      >
        <Icon className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1">
        <p>
          <span className="font-medium">{actorOf(entry)}</span>{' '}
          {target && entry.operation !== 'delete' ? (
            <Link to={target} className="hover:underline">
              {sentence}
            </Link>
          ) : (
            sentence
          )}
        </p>
        <p className="text-sm text-faint">
          {format.instant(entry.recorded_at, timeZone)}
          {' · '}
          {t('audit.from_where', { source: source ? t(`source.${source}`) : entry.source })}
          {entry.address ? ` · ${entry.address}` : null}
        </p>
        <Changes entry={entry} timeZone={timeZone} />
      </div>
    </li>
  )

  function actorOf({ actor, actor_name }: AuditEntry) {
    return actor === 'system' ? t('audit.system') : (actor_name ?? t('audit.somebody'))
  }
}

function Changes({ entry, timeZone }: { entry: AuditEntry; timeZone: string }) {
  const t = useT('reports')
  const changes = changesOf(entry, timeZone)
  if (changes.length === 0) return null

  return (
    <details className="mt-1">
      <summary className="w-fit rounded-xs text-sm font-medium text-accent-text hover:underline">
        {t('audit.details')}
      </summary>
      <div className="mt-2 overflow-x-auto">
        <table className="w-full max-w-3xl text-sm">
          <thead className="text-left text-xs text-faint">
            <tr>
              <th className="w-1/4 py-1 pr-4 font-medium">{t('audit.field')}</th>
              <th className="py-1 pr-4 font-medium">{t('audit.before')}</th>
              <th className="py-1 font-medium">{t('audit.after')}</th>
            </tr>
          </thead>
          <tbody className="align-top">
            {changes.map((change) => (
              <tr key={change.field} className="border-t border-line">
                <td className="py-1.5 pr-4 text-soft">{change.field}</td>
                <td className="py-1.5 pr-4">{change.before}</td>
                <td className="py-1.5 font-medium">{change.after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Link
        to={`/office/audit?record=${entry.row_id}`}
        className="mt-2 inline-block text-sm font-medium text-accent-text hover:underline"
      >
        {t('audit.this_record')}
      </Link>
    </details>
  )
}
