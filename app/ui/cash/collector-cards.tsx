import { formatCount, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { KeyValue } from '~/ui/base/key-value'
import { MoneyInput } from '~/ui/base/money-input'
import { TextInput } from '~/ui/base/text-input'
import { Money } from '~/ui/money/money'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

export type Limits = {
  cash_limit_minor: number | null
  unsent_limit: number | null
  unsent_hours: number | null
}

type Carrier = { id: string; full_name: string; has_own_limits: boolean } & Limits

/** What this collector may carry; what is not set here is as for everybody. */
export function LimitsCard(props: { collector: Carrier; own: Limits; isp: Limits }) {
  const { collector, own, isp } = props
  const t = useT('custody')
  const { currency, can } = useOffice()
  const name = collector.full_name
  const money = (minor: number | null) =>
    minor === null ? t('limits.none') : formatMoney(minor, currency)
  const hours = (count: number | null) => t('limits.hours_value', { count: count ?? 0 })

  return (
    <Card
      title={t('limits.title')}
      actions={
        can('collections.settle') ? (
          <CommandDialog
            trigger={<Button size="small">{t('limits.change')}</Button>}
            title={t('limits.dialog_title', { name })}
            lead={t('limits.dialog_lead')}
            action={`/office/collections/collectors/${collector.id}`}
            intent="limits"
            submit={t('limits.change')}
            done={t('limits.saved')}
          >
            {(errors) => (
              <>
                <input type="hidden" name="collector_id" value={collector.id} />
                <Field
                  label={t('limits.cash_field')}
                  hint={t('limits.as_isp', { value: money(isp.cash_limit_minor) })}
                  error={errors('cash_limit_minor')}
                  optional
                >
                  <MoneyInput name="cash_limit_minor" defaultMinor={own.cash_limit_minor} />
                </Field>
                <Field
                  label={t('limits.unsent_field')}
                  hint={t('limits.as_isp', { value: formatCount(isp.unsent_limit ?? 0) })}
                  error={errors('unsent_limit')}
                  optional
                >
                  <TextInput
                    name="unsent_limit"
                    inputMode="numeric"
                    defaultValue={own.unsent_limit ?? ''}
                  />
                </Field>
                <Field
                  label={t('limits.hours_field')}
                  hint={t('limits.as_isp', { value: hours(isp.unsent_hours) })}
                  error={errors('unsent_hours')}
                  optional
                >
                  <TextInput
                    name="unsent_hours"
                    inputMode="numeric"
                    defaultValue={own.unsent_hours ?? ''}
                  />
                </Field>
              </>
            )}
          </CommandDialog>
        ) : undefined
      }
    >
      <KeyValue
        items={[
          { key: t('limits.cash'), value: money(collector.cash_limit_minor) },
          { key: t('limits.unsent'), value: formatCount(collector.unsent_limit ?? 0) },
          { key: t('limits.hours'), value: hours(collector.unsent_hours) },
        ]}
      />
      {collector.has_own_limits ? <Badge tone="info">{t('limits.own')}</Badge> : null}
    </Card>
  )
}

/** What the collector owes of what was short, and how it is made good. */
export function ShortageCard(props: {
  collector: { id: string; full_name: string; shortage_minor: number }
  repaymentId: string
  isMe: boolean
}) {
  const { collector, isMe } = props
  const t = useT('custody')
  const { currency, can } = useOffice()
  const name = collector.full_name
  const owed = collector.shortage_minor

  return (
    <Card
      title={t('owed.title')}
      actions={
        owed > 0 && can('remittances.count') && !isMe ? (
          <CommandDialog
            trigger={<Button size="small">{t('owed.repay')}</Button>}
            title={t('owed.repay_title', { name })}
            lead={t('owed.repay_lead', { name, amount: formatMoney(owed, currency) })}
            action={`/office/collections/collectors/${collector.id}`}
            intent="repay"
            submit={t('owed.repay')}
            done={t('owed.done')}
          >
            {(errors) => (
              <>
                <input type="hidden" name="id" value={props.repaymentId} />
                <input type="hidden" name="collector_id" value={collector.id} />
                <Field label={t('owed.amount')} error={errors('amount_minor')} required>
                  <MoneyInput name="amount_minor" defaultMinor={owed} autoFocus />
                </Field>
                <Field label={t('owed.note')} error={errors('note')} optional>
                  <TextInput name="note" maxLength={300} />
                </Field>
              </>
            )}
          </CommandDialog>
        ) : undefined
      }
    >
      <p className={owed > 0 ? 'text-2xl font-semibold text-danger' : 'text-soft'}>
        {owed > 0 ? <Money minor={owed} /> : t('owed.none')}
      </p>
    </Card>
  )
}
