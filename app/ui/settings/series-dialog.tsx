import { useState, type ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { Field } from '~/ui/base/field'
import { FieldRow } from '~/ui/base/form'
import { TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'

export type Series = {
  id: string
  kind: 'invoice' | 'credit_note' | 'receipt'
  branch: string
  prefix: string
  next_number: number
}

/** One series to set. A branch gets its own with itself. */
export function SeriesDialog(props: { series: Series; trigger: ReactNode }) {
  const { series, trigger } = props
  const t = useT('settings')

  return (
    <CommandDialog
      trigger={trigger}
      title={t('series.edit', { kind: t(`series.${series.kind}`), branch: series.branch })}
      lead={t('series.edit_lead')}
      action="/office/settings/tax"
      intent="series"
      submit={t('series.save')}
      done={t('saved')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="id" value={series.id} />
          <input type="hidden" name="kind" value={series.kind} />
          <input type="hidden" name="branch" value={series.branch} />
          <FieldRow>
            <Field
              label={t('series.prefix')}
              hint={t('series.prefix_hint')}
              error={errors('prefix')}
            >
              <TextInput
                name="prefix"
                defaultValue={series.prefix}
                maxLength={12}
                className="tabular uppercase"
              />
            </Field>
            <Field
              label={t('series.next')}
              hint={t('series.next_hint')}
              error={errors('next_number')}
            >
              <NextNumber number={series.next_number} />
            </Field>
          </FieldRow>
        </>
      )}
    </CommandDialog>
  )
}

/** Sent only when it was changed: meanwhile a document may have taken the number shown. */
function NextNumber({ number }: { number: number }) {
  const [isChanged, setChanged] = useState(false)
  return (
    <TextInput
      name={isChanged ? 'next_number' : undefined}
      inputMode="numeric"
      defaultValue={String(number)}
      onChange={() => setChanged(true)}
      className="tabular"
    />
  )
}
