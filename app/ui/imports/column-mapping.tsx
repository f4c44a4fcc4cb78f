import { importFields, type ImportField, type ImportMapping } from '~/domain/import-table'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Checkbox } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { Select } from '~/ui/base/select'

/** Which column means what: guessed, and open to correction, with the first row as an example. */
export function ColumnMapping(props: {
  cells: ReadonlyArray<ReadonlyArray<string>>
  hasHeading: boolean
  mapping: ImportMapping
  rowCount: number
  isBusy: boolean
  isChecked: boolean
  onChange: (change: { mapping?: ImportMapping; hasHeading?: boolean }) => void
  onCheck: () => void
  onOther: () => void
}) {
  const { cells, hasHeading, mapping, rowCount, isBusy, isChecked, onChange, onCheck, onOther } =
    props
  const t = useT('imports')
  const heading = cells[0] ?? []
  const example = cells[hasHeading ? 1 : 0] ?? []
  const isReady = mapping.name !== null

  function choose(field: ImportField, column: string) {
    onChange({ mapping: { ...mapping, [field]: column === '' ? null : Number(column) } })
  }

  return (
    <Card
      title={t('columns.title')}
      lead={t('columns.lead', { count: rowCount })}
      actions={
        <Button size="small" variant="quiet" onClick={onOther}>
          {t('columns.other')}
        </Button>
      }
    >
      <Checkbox
        label={t('columns.heading')}
        checked={hasHeading}
        onChange={(event) => onChange({ hasHeading: event.target.checked })}
      />
      <div className="mt-4 grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {importFields.map((field) => {
          const column = mapping[field]
          return (
            <Field
              key={field}
              label={t(`field.${field}`)}
              optional={field !== 'name'}
              hint={
                column === null ? undefined : (
                  <span className="block truncate">{example[column] || '—'}</span>
                )
              }
              error={field === 'name' && column === null ? t('columns.name_needed') : null}
            >
              <Select
                value={column === null ? '' : String(column)}
                onChange={(event) => choose(field, event.target.value)}
                placeholder={t('columns.none')}
                options={heading.map((title, index) => ({
                  value: String(index),
                  label:
                    hasHeading && title.trim() ? title : t('columns.number', { number: index + 1 }),
                }))}
              />
            </Field>
          )
        })}
      </div>
      <div className="mt-5 flex justify-end">
        <Button
          variant={isChecked ? 'secondary' : 'primary'}
          disabled={!isReady || rowCount === 0}
          busy={isBusy}
          onClick={onCheck}
        >
          {t('columns.check', { count: rowCount })}
        </Button>
      </div>
    </Card>
  )
}
