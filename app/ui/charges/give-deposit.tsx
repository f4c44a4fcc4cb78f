import { useState } from 'react'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { MoneyInput } from '~/ui/base/money-input'
import { Select } from '~/ui/base/select'
import { TextInput } from '~/ui/base/text-input'
import { WhyField } from '~/ui/corrections/why-field'
import { useCorrectionWords } from '~/ui/corrections/words'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'
import { DEPOSIT_METHODS } from './deposit-methods'

type Errors = (name: string) => Array<string> | null

/** Gives a deposit back as money, or sets it against what is owed. */
export function GiveDepositDialog(props: {
  subscriberId: string
  heldMinor: number
  commandId: string
  limitMinor: number | null
  action: string
}) {
  const { subscriberId, heldMinor, commandId, limitMinor, action } = props
  const { currency } = useOffice()
  const [how, setHow] = useState('apply')
  const t = useT('charges')
  const { hintOf, saidOf } = useCorrectionWords()
  const isMoney = how !== 'apply'

  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="quiet">
          {t('deposit.give')}
        </Button>
      }
      title={t('deposit.give_title')}
      lead={
        t('deposit.give_lead', { amount: formatMoney(heldMinor, currency) }) +
        (isMoney ? hintOf(limitMinor, heldMinor) : '')
      }
      action={action}
      intent={isMoney ? 'deposit_return' : 'apply_deposit'}
      submit={t(isMoney ? 'deposit.give_submit' : 'deposit.apply_submit')}
      done={saidOf(t(isMoney ? 'deposit.given' : 'deposit.applied'))}
    >
      {(errors) => (
        <>
          <input type="hidden" name="id" value={commandId} />
          <input type="hidden" name="subscriber_id" value={subscriberId} />
          <Field label={t('deposit.amount')} error={errors('amount_minor')}>
            <MoneyInput name="amount_minor" defaultMinor={heldMinor} />
          </Field>
          <HowField label={t('deposit.how')} name="method" value={how} onChange={setHow} />
          <ReferenceField how={how} name="reference" errors={errors} />
          {isMoney ? (
            <WhyField errors={errors} autoFocus={false} />
          ) : (
            <Field label={t('deposit.note')} optional error={errors('note')}>
              <TextInput name="note" autoComplete="off" />
            </Field>
          )}
        </>
      )}
    </CommandDialog>
  )
}

/** What becomes of the deposit, asked where the service ends. */
export function DepositAtEnd(props: {
  deposit: { id: string; heldMinor: number; limitMinor: number | null }
  errors: Errors
}) {
  const { deposit, errors } = props
  const { currency } = useOffice()
  const [how, setHow] = useState('apply')
  const t = useT('charges')
  const { hintOf } = useCorrectionWords()
  const isMoney = how !== '' && how !== 'apply'

  return (
    <>
      <input type="hidden" name="deposit.id" value={deposit.id} />
      <input type="hidden" name="deposit.amount_minor" value={deposit.heldMinor} />
      <HowField
        label={t('deposit.at_end', { amount: formatMoney(deposit.heldMinor, currency) })}
        hint={isMoney ? hintOf(deposit.limitMinor, deposit.heldMinor).trim() : undefined}
        name="deposit.how"
        value={how}
        onChange={setHow}
        mayKeep
      />
      <ReferenceField how={how} name="deposit.reference" errors={errors} />
    </>
  )
}

function HowField(props: {
  label: string
  hint?: string
  name: string
  value: string
  onChange: (how: string) => void
  mayKeep?: boolean
}) {
  const { label, hint, name, value, onChange, mayKeep } = props
  const t = useT('charges')
  return (
    <Field label={label} hint={hint || undefined}>
      <Select
        name={name}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        options={[
          { value: 'apply', label: t('deposit.to_invoices') },
          ...DEPOSIT_METHODS.map((method) => ({
            value: method as string,
            label: t('deposit.give_by', { method: t(`method.${method}`) }),
          })),
          ...(mayKeep ? [{ value: '', label: t('deposit.keep') }] : []),
        ]}
      />
    </Field>
  )
}

function ReferenceField({ how, name, errors }: { how: string; name: string; errors: Errors }) {
  const t = useT('charges')
  if (how === '' || how === 'apply' || how === 'cash') return null
  return (
    <Field label={t('deposit.reference')} optional error={errors(name)}>
      <TextInput name={name} autoComplete="off" />
    </Field>
  )
}
