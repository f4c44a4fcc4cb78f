import { Download } from 'lucide-react'
import { importFields, type ImportTableRow } from '~/domain/import-table'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import type { ImportError } from './import-answer'

/** The rows that were refused, each with its line and the reason, as a file to correct and import again. */
export function BadRowsButton(props: {
  rows: ReadonlyArray<ImportTableRow>
  errors: ReadonlyArray<ImportError>
}) {
  const { rows, errors } = props
  const t = useT('imports')

  async function download() {
    const { default: Papa } = await import('papaparse')
    const byLine = new Map(rows.map((row) => [row.line, row]))
    const table = errors.map((error) => {
      const row = byLine.get(error.line)
      return [...importFields.map((field) => row?.[field] ?? ''), String(error.line), error.reason]
    })
    const text = Papa.unparse(
      { fields: [...importFields, 'line_in_file', 'what_is_wrong'], data: table },
      { escapeFormulae: true, newline: '\r\n' },
    )

    const address = URL.createObjectURL(
      new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }),
    )
    const link = document.createElement('a')
    link.href = address
    link.download = 'rows-with-errors.csv'
    link.click()
    URL.revokeObjectURL(address)
  }

  return (
    <Button icon={<Download />} onClick={() => void download()}>
      {t('report.download')}
    </Button>
  )
}
