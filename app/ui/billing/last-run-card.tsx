import { formatCount } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { KeyValue } from '~/ui/base/key-value'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import type { RunRow } from './run-table'

/** How the last run ended: how many, how much, and who was left out. */
export function LastRunCard({ run }: { run: RunRow & { finished_at: string | null } }) {
  const t = useT('billing')
  const format = useFormat()
  const { time_zone } = useOffice()

  return (
    <Card
      title={t('last.title')}
      lead={format.month(run.period)}
      actions={
        <LinkButton size="small" variant="quiet" to={`/office/billing/runs/${run.id}`}>
          {t('run.open')}
        </LinkButton>
      }
    >
      <KeyValue
        items={[
          { key: t('column.invoices'), value: formatCount(run.invoice_count) },
          {
            key: t('column.total'),
            value: <Money minor={run.total_minor} className="font-semibold" />,
          },
          {
            key: t('column.exceptions'),
            value: (
              <span className={run.exception_count > 0 ? 'font-medium text-warn' : undefined}>
                {formatCount(run.exception_count)}
              </span>
            ),
          },
          run.finished_at !== null && {
            key: t('run.finished'),
            value: format.instant(run.finished_at, time_zone),
          },
        ]}
      />
    </Card>
  )
}
