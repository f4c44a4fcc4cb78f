import { formatCount } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { KeyValue } from '~/ui/base/key-value'
import { useOffice } from '~/ui/office/office-context'

export function RunFacts(props: {
  run: {
    expected_count: number
    seen_count: number
    exception_count: number
    started_by_name: string | null
    started_at: string
    finished_at: string | null
    heartbeat_at: string
  }
}) {
  const { run } = props
  const t = useT('billing')
  const format = useFormat()
  const { time_zone } = useOffice()

  return (
    <Card>
      <KeyValue
        items={[
          {
            key: t('run.seen'),
            value: `${formatCount(run.seen_count)} / ${formatCount(run.expected_count)}`,
          },
          { key: t('column.exceptions'), value: formatCount(run.exception_count) },
          { key: t('run.started_by'), value: run.started_by_name ?? t('run.schedule') },
          { key: t('run.started'), value: format.instant(run.started_at, time_zone) },
          run.finished_at
            ? { key: t('run.finished'), value: format.instant(run.finished_at, time_zone) }
            : { key: t('run.heard'), value: format.instant(run.heartbeat_at, time_zone) },
        ]}
      />
    </Card>
  )
}
