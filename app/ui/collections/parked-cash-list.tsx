import { useRef, useState, type ReactNode } from 'react'
import type { ParkedCash, SettledCash } from '~/domain/parked'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { SelectionBar, useSelection } from '~/ui/base/selection'
import { Table } from '~/ui/base/table'
import { TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

type Refused = SettledCash['refused'][number] & { of: ParkedCash | undefined }

/** Payments of one ended phone, all chosen at first; one question posts the chosen ones. */
export function ParkedCashList(props: {
  deviceId: string
  rows: ReadonlyArray<ParkedCash>
  total: number
  empty: ReactNode
}) {
  const { deviceId, rows, total, empty } = props
  const t = useT('collections')
  const format = useFormat()
  const { currency, time_zone } = useOffice()
  const selection = useSelection(rows.map(({ id }) => id))
  const [refused, setRefused] = useState<ReadonlyArray<Refused>>([])
  const list = useRef<HTMLDivElement>(null)
  const chosen = rows.filter(({ id }) => selection.has(id))
  const sum = formatMoney(
    chosen.reduce((minor, row) => minor + row.amount_minor, 0),
    currency,
  )

  function show(answer: Partial<SettledCash>) {
    setRefused(
      (answer.refused ?? []).map((one) => ({
        ...one,
        of: rows.find(({ id }) => id === one.command_id),
      })),
    )
    selection.clear()
    // The button that had the focus is gone with the choice.
    requestAnimationFrame(() => list.current?.focus())
  }

  return (
    <div ref={list} tabIndex={-1} className="outline-none">
      {refused.length > 0 ? (
        <Banner
          kind="warn"
          className="mb-4"
          title={t('together.refused', { count: refused.length })}
        >
          <ul>
            {refused.map(({ command_id, message, of }) => (
              <li key={command_id}>
                {of ? `${of.receipt_number ?? '—'}, ${of.subscriber_name}: ` : null}
                {message}
              </li>
            ))}
          </ul>
        </Banner>
      ) : null}
      {total > rows.length ? (
        <p className="mb-4 text-sm text-soft">
          {t('together.oldest', { shown: rows.length, count: total })}
        </p>
      ) : null}
      <Card flush>
        <SelectionBar selection={{ ...selection, keys: chosen.map(({ id }) => id) }}>
          <CommandDialog
            trigger={
              <Button size="small" variant="primary">
                {t('together.post', { count: chosen.length, sum })}
              </Button>
            }
            title={t('together.ask', { count: chosen.length, sum })}
            lead={t('together.ask_lead')}
            action={`/office/collections/parked/phone/${deviceId}`}
            intent="together"
            submit={t('together.post', { count: chosen.length, sum })}
            done={({ settled_count = 0, settled_minor = 0 }) =>
              t('together.done', {
                count: settled_count,
                sum: formatMoney(settled_minor, currency),
              })
            }
            onDone={show}
          >
            {(errors) => (
              <>
                <input type="hidden" name="device_id" value={deviceId} />
                {chosen.map(({ id }, index) => (
                  <input key={id} type="hidden" name={`command_ids[${index}]`} value={id} />
                ))}
                <Field label={t('parked.note')} error={errors('note')} optional>
                  <TextInput name="note" maxLength={300} />
                </Field>
              </>
            )}
          </CommandDialog>
        </SelectionBar>
        <Table
          caption={t('together.title')}
          rows={rows}
          rowKey={(row) => row.id}
          rowLabel={(row) => row.receipt_number ?? row.subscriber_name}
          selection={selection}
          empty={empty}
          columns={[
            {
              key: 'receipt',
              header: t('together.column.receipt'),
              cell: (row) => row.receipt_number ?? '—',
              isNarrow: true,
            },
            {
              key: 'subscriber',
              header: t('together.column.subscriber'),
              cell: (row) => (
                <>
                  <span className="font-medium">{row.subscriber_name}</span>{' '}
                  <span className="text-faint">{row.account_no}</span>
                </>
              ),
            },
            {
              key: 'taken',
              header: t('together.column.taken'),
              cell: (row) => format.instant(row.happened_at, time_zone),
              isMinor: true,
              isNarrow: true,
            },
            {
              key: 'amount',
              header: t('together.column.amount'),
              cell: (row) => formatMoney(row.amount_minor, currency),
              align: 'right',
            },
          ]}
        />
      </Card>
    </div>
  )
}
