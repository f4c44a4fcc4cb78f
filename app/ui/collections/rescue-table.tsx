import { FileInput } from 'lucide-react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge } from '~/ui/base/badge'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { useOffice } from '~/ui/office/office-context'

export type RescueRow = {
  id: string
  device_code: string
  member_name: string
  saved_at: string
  opened_at: string
  opened_by_name: string | null
  imported_at: string | null
  imported_by_name: string | null
  applied_count: number | null
  parked_count: number | null
  known_count: number | null
}

/** Every file that was opened here, by whom, and what it brought. */
export function RescueTable({ rows }: { rows: ReadonlyArray<RescueRow> }) {
  const t = useT('collections')
  const format = useFormat()
  const { time_zone } = useOffice()

  return (
    <Table
      caption={t('rescue.history')}
      rows={rows}
      rowKey={(row) => row.id}
      empty={
        <EmptyState icon={<FileInput />} title={t('rescue.none')}>
          {t('rescue.none_body')}
        </EmptyState>
      }
      columns={[
        {
          key: 'who',
          header: t('column.collector'),
          cell: (row) => (
            <>
              <span className="font-medium">{row.member_name}</span>
              <span className="block text-faint">
                {row.device_code} ·{' '}
                {t('rescue.saved_at', { at: format.instant(row.saved_at, time_zone) })}
              </span>
            </>
          ),
        },
        {
          key: 'by',
          header: t('rescue.by'),
          cell: (row) => (
            <>
              {row.imported_by_name ?? row.opened_by_name ?? '—'}
              <span className="block text-faint">
                {format.instant(row.imported_at ?? row.opened_at, time_zone)}
              </span>
            </>
          ),
          isNarrow: true,
        },
        {
          key: 'brought',
          header: t('rescue.brought'),
          cell: (row) =>
            row.imported_at === null ? (
              <StatusBadge tone="neutral">{t('rescue.only_looked')}</StatusBadge>
            ) : (
              [
                t('rescue.applied', { count: row.applied_count ?? 0 }),
                row.parked_count ? t('rescue.parked', { count: row.parked_count }) : null,
                row.known_count ? t('rescue.known', { count: row.known_count }) : null,
              ]
                .filter(Boolean)
                .join(' ')
            ),
        },
      ]}
    />
  )
}
