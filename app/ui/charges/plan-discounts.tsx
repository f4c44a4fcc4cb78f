import { useState } from 'react'
import { formatPercent, type PlanDiscount } from '~/domain/charge'
import { formatDay, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Checkbox } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { FieldRow } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { PercentInput } from '~/ui/base/percent-input'
import { Select } from '~/ui/base/select'
import { DateInput, TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

/** What a plan gives to all who take it. */
export function PlanDiscounts(props: {
  planId: string
  newId: string
  discounts: ReadonlyArray<PlanDiscount>
}) {
  const { planId, newId, discounts } = props
  const t = useT('charges')
  const action = `/office/settings/plans/${planId}`

  return (
    <Card
      title={t('plan.title')}
      lead={t('plan.lead')}
      actions={<AddDialog key={newId} planId={planId} id={newId} action={action} />}
    >
      {discounts.length === 0 ? <p className="text-soft">{t('plan.none')}</p> : null}
      <ul className="flex flex-col divide-y divide-line">
        {discounts.map((discount) => (
          <DiscountRow key={discount.id} discount={discount} action={action} />
        ))}
      </ul>
    </Card>
  )
}

function DiscountRow({ discount, action }: { discount: PlanDiscount; action: string }) {
  const { currency } = useOffice()
  const t = useT('charges')
  const much =
    discount.percent_bp === null
      ? formatMoney(discount.amount_minor ?? 0, currency)
      : formatPercent(discount.percent_bp)
  const long =
    discount.months === null ? t('plan.forever') : t('plan.months', { count: discount.months })

  return (
    <li className="flex items-start justify-between gap-3 py-2 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {discount.description}
          {discount.is_conditional ? <Badge tone="info">{t('plan.conditional')}</Badge> : null}
          {discount.ended_at ? <Badge>{t('plan.ended')}</Badge> : null}
        </p>
        <p className="text-sm text-soft">{t('plan.off', { much, long })}</p>
        <p className="text-sm text-faint">
          {discount.until_on
            ? t('plan.window_until', {
                from: formatDay(discount.starts_on),
                until: formatDay(discount.until_on),
              })
            : t('plan.window', { from: formatDay(discount.starts_on) })}
          {' · '}
          {t('plan.takers', { count: discount.taker_count })}
        </p>
      </div>
      {discount.ended_at ? null : (
        <CommandDialog
          trigger={
            <Button size="small" variant="quiet">
              {t('plan.end')}
            </Button>
          }
          title={t('plan.end_title', { name: discount.description })}
          lead={t('plan.end_lead')}
          action={action}
          intent="end_discount"
          submit={t('plan.end_submit')}
          submitVariant="danger"
          done={t('plan.end_done')}
        >
          {() => (
            <>
              <input type="hidden" name="discount_id" value={discount.id} />
              <Checkbox name="for_existing" label={t('plan.end_existing')} />
            </>
          )}
        </CommandDialog>
      )}
    </li>
  )
}

function AddDialog({ planId, id, action }: { planId: string; id: string; action: string }) {
  const { today } = useOffice()
  const [measure, setMeasure] = useState('percent')
  const t = useT('charges')

  return (
    <CommandDialog
      trigger={<Button size="small">{t('plan.add')}</Button>}
      title={t('plan.add_title')}
      lead={t('plan.add_lead')}
      action={action}
      intent="discount"
      submit={t('plan.save')}
      done={t('plan.saved')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="plan_id" value={planId} />
          <Field
            label={t('plan.name')}
            hint={t('form.description_hint')}
            error={errors('description')}
          >
            <TextInput name="description" autoComplete="off" />
          </Field>
          <FieldRow>
            <Field label={t('form.measure')}>
              <Select
                value={measure}
                onChange={(event) => setMeasure(event.target.value)}
                options={(['percent', 'amount'] as const).map((value) => ({
                  value,
                  label: t(`form.measure.${value}`),
                }))}
              />
            </Field>
            {measure === 'percent' ? (
              <Field
                label={t('form.percent')}
                error={errors('percent_bp') ?? errors('amount_minor')}
              >
                <PercentInput name="percent_bp" refusal={t('form.percent_bad')} />
              </Field>
            ) : (
              <Field label={t('form.amount_less')} error={errors('amount_minor')}>
                <MoneyInput name="amount_minor" />
              </Field>
            )}
          </FieldRow>
          <Field
            label={t('plan.months')}
            optional
            hint={t('plan.months_hint')}
            error={errors('months')}
          >
            <TextInput name="months" inputMode="numeric" autoComplete="off" />
          </Field>
          <FieldRow>
            <Field label={t('plan.from')} error={errors('starts_on')}>
              <DateInput name="starts_on" defaultValue={today} />
            </Field>
            <Field
              label={t('plan.until')}
              optional
              hint={t('plan.until_hint')}
              error={errors('until_on')}
            >
              <DateInput name="until_on" />
            </Field>
          </FieldRow>
          <Checkbox name="for_existing" label={t('plan.for_existing')} />
          <Checkbox
            name="is_conditional"
            label={t('form.conditional')}
            hint={t('form.conditional_hint')}
          />
        </>
      )}
    </CommandDialog>
  )
}
