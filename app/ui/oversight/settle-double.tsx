import { useState } from 'react'
import { paymentsOf, type Double } from '~/domain/double'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { RadioGroup } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { TextArea } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

/** A person says what a pair was: two payments, or one that was written twice. */
export function SettleDouble({ pair }: { pair: Double }) {
  const t = useT('oversight')
  const format = useFormat()
  const { currency, time_zone, can } = useOffice()
  const [decision, setDecision] = useState('both_right')
  const asksVoid = decision === 'void_asked'
  const mayAsk = can('payments.request_void')

  return (
    <CommandDialog
      trigger={<Button size="small">{t('double.settle')}</Button>}
      title={t('double.settle_title', { name: pair.subscriber_name })}
      lead={t('double.settle_lead')}
      action="/office/collections/doubles"
      intent="settle"
      submit={asksVoid ? t('double.ask_void') : t('double.keep_both')}
      submitVariant={asksVoid ? 'danger' : 'primary'}
      done={asksVoid ? t('double.asked_toast') : t('double.settled_toast')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="double_id" value={pair.id} />
          <RadioGroup
            legend={t('double.what')}
            name="decision"
            value={decision}
            onChange={setDecision}
            error={errors('decision')?.[0]}
            options={[
              { value: 'both_right', label: t('double.both_right') },
              {
                value: 'void_asked',
                label: t('double.one_too_many'),
                hint: mayAsk ? t('double.one_too_many_hint') : t('double.may_not_ask'),
                disabled: !mayAsk,
              },
            ]}
          />
          {asksVoid ? (
            <RadioGroup
              legend={t('double.which')}
              name="void_id"
              defaultValue={pair.id}
              error={errors('void_id')?.[0]}
              options={paymentsOf(pair).map((payment) => ({
                value: payment.id,
                label: `${payment.receipt ?? t('double.no_number')} · ${formatMoney(payment.amountMinor, currency)}`,
                hint: `${payment.byName ?? '—'}, ${format.instant(payment.receivedAt, time_zone)}`,
              }))}
            />
          ) : null}
          <Field
            label={t('double.note')}
            hint={t('double.note_hint')}
            error={errors('note')}
            required
          >
            <TextArea name="note" maxLength={300} />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
