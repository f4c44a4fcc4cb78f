import { CircleCheck } from 'lucide-react'
import type { ImportTableRow } from '~/domain/import-table'
import { useT } from '~/i18n/use-t'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { BadRowsButton } from './bad-rows-button'
import type { ImportReport } from './import-answer'

export function ImportDone({
  report,
  rows,
}: {
  report: ImportReport
  rows: ReadonlyArray<ImportTableRow>
}) {
  const t = useT('imports')
  return (
    <Card>
      <div role="status">
        <EmptyState
          icon={<CircleCheck />}
          title={t('done.title', { count: report.imported ?? 0 })}
          actions={
            <>
              {report.bad > 0 ? <BadRowsButton rows={rows} errors={report.errors} /> : null}
              <LinkButton to="/office/import" reloadDocument>
                {t('done.again')}
              </LinkButton>
              <LinkButton variant="primary" to="/office/subscribers?sort=-created_at">
                {t('done.look')}
              </LinkButton>
            </>
          }
        >
          {report.bad > 0 ? t('done.bad', { count: report.bad }) : t('done.all')}
        </EmptyState>
      </div>
    </Card>
  )
}
