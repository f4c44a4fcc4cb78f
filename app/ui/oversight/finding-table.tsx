import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { Finding } from '~/domain/finding'
import { findingSentence } from '~/i18n/finding-sentence'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { useOffice } from '~/ui/office/office-context'
import { findingLink } from './finding-link'

/** What stands out, one sentence each, with the way to what it stands on. */
export function FindingTable(props: {
  findings: ReadonlyArray<Finding>
  days: { from: string; until: string }
  empty: ReactNode
}) {
  const { findings, days, empty } = props
  const t = useT('oversight')
  const format = useFormat()
  const { time_zone, currency } = useOffice()

  return (
    <Table
      caption={t('watch.title')}
      rows={findings}
      rowKey={(finding) => finding.id}
      empty={empty}
      columns={[
        {
          key: 'collector',
          header: t('watch.column.collector'),
          sort: 'member_name',
          isNarrow: true,
          cell: (finding) => (
            <Link
              to={`/office/collections/collectors/${finding.member_id}`}
              className="font-medium hover:underline"
            >
              {finding.member_name}
            </Link>
          ),
        },
        {
          key: 'what',
          header: t('watch.column.what'),
          sort: 'kind',
          cell: (finding) => (
            <>
              <span className="font-medium">{t(`watch.kind.${finding.kind}`)}</span>
              <span className="block max-w-prose text-soft">
                {findingSentence(finding, { t, timeZone: time_zone, currency })}
              </span>
            </>
          ),
        },
        {
          key: 'at',
          header: t('watch.column.at'),
          sort: 'at',
          isMinor: true,
          isNarrow: true,
          cell: (finding) => format.instant(finding.at, time_zone),
        },
        {
          key: 'facts',
          header: <span className="sr-only">{t('watch.column.facts')}</span>,
          align: 'right',
          isNarrow: true,
          cell: (finding) => (
            <Link to={findingLink(finding, days)} className="text-accent-text hover:underline">
              {t('watch.facts')}
            </Link>
          ),
        },
      ]}
    />
  )
}
