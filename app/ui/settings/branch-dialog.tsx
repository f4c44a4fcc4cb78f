import type { ReactNode } from 'react'
import { branchLabel, type Branch } from '~/domain/branch'
import { useT } from '~/i18n/use-t'
import { Checkbox } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { FieldRow } from '~/ui/base/form'
import { TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'

/** One branch to change, or none: a new one, which opens its series. */
export function BranchDialog(props: { branch: Branch | null; newId: string; trigger: ReactNode }) {
  const { branch, newId, trigger } = props
  const t = useT('settings')

  return (
    <CommandDialog
      trigger={trigger}
      title={branch ? branchLabel(branch) : t('branch.add')}
      lead={branch ? t('branch.edit_lead') : t('branch.add_lead')}
      action="/office/settings/tax"
      intent="branch"
      submit={branch ? t('branch.save') : t('branch.add')}
      done={t('saved')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="id" value={branch?.id ?? newId} />
          {branch ? (
            <input type="hidden" name="code" value={branch.code} />
          ) : (
            <Field label={t('branch.code')} hint={t('branch.code_hint')} error={errors('code')}>
              <TextInput name="code" inputMode="numeric" maxLength={5} className="tabular" />
            </Field>
          )}
          <Field label={t('branch.name')} error={errors('name')}>
            <TextInput name="name" defaultValue={branch?.name} maxLength={80} autoComplete="off" />
          </Field>
          <Field
            label={t('branch.address')}
            hint={t('branch.address_hint')}
            optional
            error={errors('address')}
          >
            <TextInput
              name="address"
              defaultValue={branch?.address ?? ''}
              maxLength={300}
              autoComplete="off"
            />
          </Field>
          {branch ? null : (
            <FieldRow>
              <Field
                label={t('branch.invoice_prefix')}
                hint={t('branch.prefix_hint')}
                optional
                error={errors('invoice_prefix')}
              >
                <TextInput name="invoice_prefix" maxLength={12} className="tabular uppercase" />
              </Field>
              <Field
                label={t('branch.credit_note_prefix')}
                optional
                error={errors('credit_note_prefix')}
              >
                <TextInput name="credit_note_prefix" maxLength={12} className="tabular uppercase" />
              </Field>
            </FieldRow>
          )}
          {branch?.is_default ? (
            <input type="hidden" name="is_default" value="on" />
          ) : (
            <Checkbox
              name="is_default"
              label={t('branch.is_default')}
              hint={t('branch.is_default_hint')}
            />
          )}
          {branch && !branch.is_default ? (
            <Checkbox
              name="is_open"
              label={t('branch.is_open')}
              hint={t('branch.is_open_hint')}
              defaultChecked={branch.is_open}
            />
          ) : (
            <input type="hidden" name="is_open" value="on" />
          )}
        </>
      )}
    </CommandDialog>
  )
}

/** Gives the subscribers of barangays to a branch, all at once. */
export function MoveToBranchDialog(props: {
  branch: Branch
  barangays: ReadonlyArray<{
    id: string
    name: string
    municipality: string
    subscriber_count: number
  }>
  trigger: ReactNode
}) {
  const { branch, barangays, trigger } = props
  const t = useT('settings')

  return (
    <CommandDialog
      trigger={trigger}
      title={t('branch.move_title', { branch: branchLabel(branch) })}
      lead={t('branch.move_lead')}
      action="/office/settings/tax"
      intent="move_to_branch"
      submit={t('branch.move_submit')}
      done={t('branch.moved')}
    >
      {(errors) => (
        <fieldset className="max-h-72 overflow-y-auto rounded-md border border-line p-3">
          <legend className="sr-only">{t('branch.barangays')}</legend>
          <input type="hidden" name="code" value={branch.code} />
          <div className="flex flex-col gap-2">
            {barangays.map((place) => (
              <Checkbox
                key={place.id}
                name="barangays"
                value={place.id}
                label={`${place.name}, ${place.municipality}`}
                hint={t('branch.subscribers', { count: place.subscriber_count })}
              />
            ))}
          </div>
          {errors('barangays') ? (
            <p role="alert" className="mt-2 text-sm text-danger">
              {errors('barangays')?.[0]}
            </p>
          ) : null}
        </fieldset>
      )}
    </CommandDialog>
  )
}
