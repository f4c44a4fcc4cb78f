import { useState } from 'react'
import { formatInstant, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { MoneyInput } from '~/ui/base/money-input'
import { Select } from '~/ui/base/select'
import { TextInput } from '~/ui/base/text-input'
import { Money } from '~/ui/money/money'
import { AllOf } from '~/ui/office/all-of'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'
import type { Charge, Deposit } from '~/domain/charge'
import { DEPOSIT_METHODS } from './deposit-methods'
import { GiveDepositDialog } from './give-deposit'

/** What is held of a subscriber, what is asked for, and how it came and went. */
export function DepositCard(props: {
  /** The latest of them. */
  deposits: ReadonlyArray<Deposit>
  heldMinor: number
  asked: ReadonlyArray<Charge>
  subscriberId: string
  creditMinor: number
  ids: { deposit: string; payment: string; back: string }
  limitMinor: number | null
  action: string
}) {
  const {
    deposits,
    heldMinor: held,
    asked,
    subscriberId,
    creditMinor,
    ids,
    limitMinor,
    action,
  } = props
  const { can, currency, time_zone } = useOffice()
  const t = useT('charges')

  return (
    <Card
      title={t('deposit.title')}
      lead={t('deposit.lead')}
      footer={
        deposits.length > 0 ? (
          <AllOf to={`/office/deposits?subscriber=${subscriberId}`}>{t('deposit.all')}</AllOf>
        ) : null
      }
      actions={
        <>
          {can('payments.record') ? (
            <TakeDialog
              {...{ subscriberId, creditMinor, ids, action }}
              asked={asked[0]}
              key={ids.deposit}
            />
          ) : null}
          {can('invoices.manage') && held > 0 ? (
            <GiveDepositDialog
              {...{ subscriberId, limitMinor, action }}
              heldMinor={held}
              commandId={ids.back}
              key={ids.back}
            />
          ) : null}
        </>
      }
    >
      {deposits.length === 0 ? (
        <p className="text-soft">{t('deposit.none')}</p>
      ) : (
        <>
          <p className="flex items-baseline justify-between gap-4">
            <span className="text-soft">{t('deposit.held')}</span>
            <Money minor={held} currency={currency} className="text-xl font-semibold" />
          </p>
          <ul className="mt-3 flex flex-col divide-y divide-line border-t border-line text-sm">
            {deposits.map((deposit) => (
              <li key={deposit.id} className="flex justify-between gap-4 py-2">
                <span className="min-w-0">
                  {[
                    t(`deposit.kind.${deposit.kind}`),
                    deposit.receipt_number
                      ? t('deposit.receipt', { number: deposit.receipt_number })
                      : null,
                    deposit.note,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                  <span className="block text-faint">
                    {t('deposit.by', {
                      at: formatInstant(deposit.created_at, time_zone),
                      name: deposit.created_by_name ?? '',
                    })}
                  </span>
                </span>
                <Money minor={deposit.amount_minor} currency={currency} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

function TakeDialog(props: {
  subscriberId: string
  creditMinor: number
  asked: Charge | undefined
  ids: { deposit: string; payment: string }
  action: string
}) {
  const { subscriberId, creditMinor, asked, ids, action } = props
  const { currency } = useOffice()
  const [method, setMethod] = useState<string>('cash')
  const t = useT('charges')

  return (
    <CommandDialog
      trigger={<Button size="small">{t('deposit.take')}</Button>}
      title={t('deposit.take_title')}
      lead={t('deposit.take_lead')}
      action={action}
      intent="take_deposit"
      submit={t('deposit.take_submit')}
      done={t('deposit.taken')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="id" value={ids.deposit} />
          <input type="hidden" name="payment_id" value={ids.payment} />
          <input type="hidden" name="subscriber_id" value={subscriberId} />
          {asked ? <input type="hidden" name="charge_id" value={asked.id} /> : null}
          <Field label={t('deposit.amount')} error={errors('amount_minor')}>
            <MoneyInput name="amount_minor" defaultMinor={asked?.amount_minor} />
          </Field>
          <Field label={t('deposit.method')} error={errors('method')}>
            <Select
              name="method"
              value={method}
              onChange={(event) => setMethod(event.target.value)}
              options={[
                ...DEPOSIT_METHODS.map((value) => ({
                  value: value as string,
                  label: t(`method.${value}`),
                })),
                ...(creditMinor > 0
                  ? [
                      {
                        value: '',
                        label: t('deposit.from_credit', {
                          amount: formatMoney(creditMinor, currency),
                        }),
                      },
                    ]
                  : []),
              ]}
            />
          </Field>
          {method !== '' && method !== 'cash' ? (
            <Field label={t('deposit.reference')} error={errors('reference')}>
              <TextInput name="reference" autoComplete="off" />
            </Field>
          ) : null}
          <Field label={t('deposit.note')} optional error={errors('note')}>
            <TextInput name="note" autoComplete="off" />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
