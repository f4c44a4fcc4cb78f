import { printedNumber, type LostNumbers } from '~/domain/lost-numbers'
import { formatCount, formatInstant } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { Table } from '~/ui/base/table'
import { TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

/** What restores lost of the numbers, newest first: what nobody said yet with the way to say it, the rest with who said it and why. */
export function LostNumbersTable({ lost }: { lost: ReadonlyArray<LostNumbers> }) {
  const t = useT('settings')
  const { time_zone } = useOffice()
  return (
    <Table
      caption={t('lost.title')}
      rows={lost}
      rowKey={(one) => one.id}
      isSticky={false}
      columns={[
        {
          key: 'series',
          header: t('series.kind'),
          cell: (one) => (
            <>
              {t(`series.${one.kind}`)}
              <span className="block text-sm text-faint">
                {t('lost.branch', {
                  branch: one.branch,
                  at: formatInstant(one.restored_at, time_zone),
                })}
              </span>
            </>
          ),
        },
        { key: 'lost', header: t('lost.numbers'), cell: (one) => <Lost one={one} /> },
        {
          key: 'said',
          header: t('lost.said'),
          cell: (one) =>
            one.said_at === null ? (
              <SayDialog lost={one} />
            ) : (
              <>
                {one.note}
                <span className="block text-sm text-faint">
                  {t('lost.said_by', {
                    name: one.said_by_name ?? '',
                    at: formatInstant(one.said_at, time_zone),
                  })}
                </span>
              </>
            ),
        },
      ]}
    />
  )
}

function Lost({ one }: { one: LostNumbers }) {
  const t = useT('settings')
  if (one.last_serial === null) {
    return (
      <span className="font-medium text-danger">
        {t('lost.unsaid', { number: printedNumber(one.prefix, one.first_serial) })}
      </span>
    )
  }
  const count = one.last_serial - one.first_serial + 1
  if (count === 0) return <>{t('lost.none')}</>
  const words = {
    first: printedNumber(one.prefix, one.first_serial),
    last: printedNumber(one.prefix, one.last_serial),
    count,
    numbers: formatCount(count),
  }
  return <span className="tabular">{t(count === 1 ? 'lost.one' : 'lost.range', words)}</span>
}

function SayDialog({ lost }: { lost: LostNumbers }) {
  const t = useT('settings')
  const known = lost.first_serial - 1
  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="primary">
          {t('lost.say')}
        </Button>
      }
      title={t('lost.say_title', { kind: t(`series.${lost.kind}`), branch: lost.branch })}
      lead={t(known === 0 ? 'lost.say_lead_first' : 'lost.say_lead', {
        known: printedNumber(lost.prefix, known),
      })}
      action="/office/settings/tax"
      intent="lost_numbers"
      submit={t('lost.say_submit')}
      done={t('lost.done')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="lost_id" value={lost.id} />
          <Field
            label={t('lost.last')}
            hint={t('lost.last_hint', { known })}
            error={errors('last_number')}
          >
            <TextInput
              name="last_number"
              inputMode="numeric"
              autoComplete="off"
              className="tabular"
            />
          </Field>
          <Field label={t('lost.note')} hint={t('lost.note_hint')} error={errors('note')}>
            <TextInput name="note" autoComplete="off" maxLength={300} />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
