import { useState, type ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { RadioGroup } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { Select } from '~/ui/base/select'
import { DateInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

/** Basis points of the Philippine rate. */
const RATE_BP = 1_200

export function TaxRegimeDialog({ trigger }: { trigger: ReactNode }) {
  const { today } = useOffice()
  const t = useT('settings')
  const [regime, setRegime] = useState('vat')

  return (
    <CommandDialog
      trigger={trigger}
      title={t('tax.dialog')}
      lead={t('tax.dialog_lead')}
      action="/office/settings/tax"
      intent="save"
      submit={t('tax.save')}
      done={t('saved')}
    >
      {(errors) => (
        <>
          <RadioGroup
            legend={t('tax.regime')}
            name="regime"
            value={regime}
            onChange={setRegime}
            options={[
              { value: 'vat', label: t('tax.vat_option') },
              { value: 'non_vat', label: t('tax.non_vat') },
            ]}
            error={errors('regime')?.[0]}
          />
          {regime === 'vat' ? (
            <Field label={t('tax.rate')} error={errors('rate_bp')}>
              <Select name="rate_bp" options={[{ value: String(RATE_BP), label: '12 %' }]} />
            </Field>
          ) : (
            <input type="hidden" name="rate_bp" value="0" />
          )}
          <Field label={t('tax.from_day')} error={errors('effective_from')}>
            <DateInput name="effective_from" defaultValue={today} />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
