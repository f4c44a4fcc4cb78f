import { useFetcher } from '@remix-run/react'
import { useState } from 'react'
import { IMPORT_ROW_LIMIT } from '~/commands/import-subscribers'
import {
  guessMapping,
  hasHeading,
  rowsOf,
  emptyMapping,
  type ImportMapping,
} from '~/domain/import-table'
import { OPENED_FOR } from '~/domain/opened-for'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { useOffice } from '~/ui/office/office-context'
import { ColumnMapping } from './column-mapping'
import { ImportDone } from './import-done'
import { ImportReportCard } from './import-report'
import { ImportSource } from './import-source'
import type { ImportAnswer } from './import-answer'

type Table = { cells: Array<Array<string>>; hasHeading: boolean; mapping: ImportMapping }

/** Give a file, check its columns, read what would happen, bring it in. */
export function ImportSteps({ batchId }: { batchId: string }) {
  const t = useT('imports')
  const { id } = useOffice()
  const fetcher = useFetcher<ImportAnswer>()
  const [table, setTable] = useState<Table | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [isStale, setStale] = useState(false)

  const firstLine = table?.hasHeading ? 2 : 1
  const body = table ? table.cells.slice(firstLine - 1) : []
  const rows = table ? rowsOf(body, table.mapping, firstLine) : []
  const answer = isStale ? undefined : fetcher.data

  function take(cells: Array<Array<string>>) {
    const heading = cells[0] ?? []
    const isHeading = hasHeading(heading)
    const count = cells.length - (isHeading ? 1 : 0)
    if (count < 1) {
      setTrouble(t('trouble.empty'))
      return
    }
    if (count > IMPORT_ROW_LIMIT) {
      setTrouble(
        t('trouble.rows', {
          rows: formatCount(count),
          limit: formatCount(IMPORT_ROW_LIMIT),
        }),
      )
      return
    }
    setTrouble(null)
    setStale(true)
    setTable({
      cells,
      hasHeading: isHeading,
      mapping: isHeading ? guessMapping(heading) : emptyMapping(),
    })
  }

  function send(intent: 'preview' | 'import') {
    setStale(false)
    fetcher.submit(
      JSON.stringify({
        intent,
        rows,
        [OPENED_FOR]: id,
        ...(intent === 'import' ? { batch_id: batchId } : {}),
      }),
      { method: 'post', action: '/office/import', encType: 'application/json' },
    )
  }

  if (answer?.state === 'imported') return <ImportDone report={answer.report} rows={rows} />

  return (
    <div className="flex flex-col gap-5">
      {trouble ? <Banner kind="danger">{trouble}</Banner> : null}
      {answer?.state === 'refused' ? (
        <Banner kind="danger">
          {answer.reason === 'unreadable' ? t('trouble.unreadable') : answer.reason}
        </Banner>
      ) : null}
      {table ? (
        <ColumnMapping
          cells={table.cells}
          hasHeading={table.hasHeading}
          mapping={table.mapping}
          rowCount={rows.length}
          isBusy={fetcher.state !== 'idle'}
          isChecked={answer?.state === 'checked'}
          onChange={(change) => {
            setStale(true)
            setTable({ ...table, ...change })
          }}
          onCheck={() => send('preview')}
          onOther={() => setTable(null)}
        />
      ) : (
        <ImportSource onTable={take} onTrouble={setTrouble} />
      )}
      {answer?.state === 'checked' ? (
        <ImportReportCard
          report={answer.report}
          rows={rows}
          isBusy={fetcher.state !== 'idle'}
          onImport={() => send('import')}
        />
      ) : null}
    </div>
  )
}
