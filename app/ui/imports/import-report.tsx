import { Link } from '@remix-run/react'
import { importFields, type ImportTableRow } from '~/domain/import-table'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Table } from '~/ui/base/table'
import { BadRowsButton } from './bad-rows-button'
import type { ImportReport } from './import-answer'

const SHOWN_ERRORS = 200

/** What the import would do, with every error by its line. */
export function ImportReportCard(props: {
  report: ImportReport
  rows: ReadonlyArray<ImportTableRow>
  isBusy: boolean
  onImport: () => void
}) {
  const { report, rows, isBusy, onImport } = props
  const t = useT('imports')
  const missingPlaces = report.errors.some((error) => error.column === 'barangay')

  return (
    <Card
      title={t('report.title')}
      lead={t('report.nothing_yet')}
      actions={
        <>
          {report.bad > 0 ? <BadRowsButton rows={rows} errors={report.errors} /> : null}
          <Button variant="primary" disabled={report.good === 0} busy={isBusy} onClick={onImport}>
            {t('report.import', { count: report.good })}
          </Button>
        </>
      }
      flush
    >
      <div className="p-4 sm:px-5">
        {report.bad === 0 ? (
          <Banner kind="success">{t('report.all_good', { count: report.total })}</Banner>
        ) : (
          <Banner
            kind="warn"
            title={t('report.some_bad', {
              good: formatCount(report.good),
              total: formatCount(report.total),
            })}
          >
            {t('report.bad_body')}
            {missingPlaces ? (
              <>
                {' '}
                <Link
                  to="/office/settings/places"
                  className="font-medium text-accent-text underline"
                >
                  {t('report.places')}
                </Link>
                .
              </>
            ) : null}
          </Banner>
        )}
      </div>
      {report.errors.length > 0 ? (
        <>
          <Table
            caption={t('report.errors')}
            rows={report.errors.slice(0, SHOWN_ERRORS)}
            rowKey={(error) => String(error.line)}
            columns={[
              {
                key: 'line',
                header: t('report.line'),
                isNarrow: true,
                cell: (error) => <span className="tabular">{error.line}</span>,
              },
              {
                key: 'column',
                header: t('report.column'),
                cell: (error) => fieldName(error.column),
              },
              {
                key: 'value',
                header: t('report.value'),
                isMinor: true,
                cell: (error) => (
                  <span className="block max-w-60 truncate">{error.value ?? '—'}</span>
                ),
              },
              { key: 'reason', header: t('report.reason'), cell: (error) => error.reason },
            ]}
          />
          {report.errors.length > SHOWN_ERRORS ? (
            <p className="border-t border-line px-5 py-3 text-sm text-soft">
              {t('report.more', {
                count: report.errors.length - SHOWN_ERRORS,
              })}
            </p>
          ) : null}
        </>
      ) : null}
    </Card>
  )

  function fieldName(column: string) {
    const field = importFields.find((name) => name === column)
    return field ? t(`field.${field}`) : column
  }
}
