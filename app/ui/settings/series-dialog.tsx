import { useState, type ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { Field } from '~/ui/base/field'
import { FieldRow } from '~/ui/base/form'
import { Select } from '~/ui/base/select'
import { TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'

export type Series = {
  id: string
  kind: 'invoice' | 'credit_note' | 'receipt'
  branch: string
  prefix: string
  next_number: number
}

/** One series to set, or none: a series for another branch. */
export function SeriesDialog(props: { series: Series | null; newId: string; trigger: ReactNode }) {
  const { series, newId, trigger } = props
  const t = useT('settings')

  return (
    <CommandDialog
      trigger={trigger}
      title={
        series
          ? t('series.edit', { kind: t(`series.${series.kind}`), branch: series.branch })
          : t('series.add')
      }
      lead={series ? t('series.edit_lead') : t('series.add_lead')}
      action="/office/settings/tax"
      intent="series"
      submit={t('series.save')}
      done={t('saved')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="id" value={series?.id ?? newId} />
          {series ? (
            <>
              <input type="hidden" name="kind" value={series.kind} />
              <input type="hidden" name="branch" value={series.branch} />
            </>
          ) : (
            <FieldRow>
              <Field label={t('series.kind')} error={errors('kind')}>
                <Select
                  name="kind"
                  options={(['invoice', 'credit_note'] as const).map((kind) => ({
                    value: kind,
                    label: t(`series.${kind}`),
                  }))}
                />
              </Field>
              <Field
                label={t('series.branch')}
                hint={t('series.branch_hint')}
                error={errors('branch')}
              >
                <TextInput
                  name="branch"
                  inputMode="numeric"
                  placeholder="00001"
                  className="tabular"
                />
              </Field>
            </FieldRow>
          )}
          <FieldRow>
            <Field
              label={t('series.prefix')}
              hint={t('series.prefix_hint')}
              error={errors('prefix')}
            >
              <TextInput
                name="prefix"
                defaultValue={series?.prefix ?? ''}
                maxLength={12}
                className="tabular uppercase"
              />
            </Field>
            <Field
              label={t('series.next')}
              hint={t('series.next_hint')}
              error={errors('next_number')}
            >
              <NextNumber number={series?.next_number ?? 1} />
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
