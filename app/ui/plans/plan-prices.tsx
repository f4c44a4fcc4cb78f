import { addDays } from '~/domain/calendar'
import { formatDay } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { RadioGroup } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { MoneyInput } from '~/ui/base/money-input'
import { DateInput } from '~/ui/base/text-input'
import { Money } from '~/ui/money/money'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'
import type { PlanPrice } from '~/domain/plan'

/** What the plan cost, costs and will cost. */
export function PlanPrices({
  planId,
  prices,
}: {
  planId: string
  prices: ReadonlyArray<PlanPrice>
}) {
  const { today, currency } = useOffice()
  const t = useT('catalog')

  return (
    <Card title={t('prices')} lead={t('prices_lead')} actions={<NewPriceDialog planId={planId} />}>
      <ol className="flex flex-col divide-y divide-line">
        {prices.map((price) => (
          <li key={price.id} className="flex items-center justify-between gap-4 py-2">
            <span className="text-sm text-soft">
              {price.until_on
                ? t('price_span', {
                    from: formatDay(price.from_on),
                    until: formatDay(addDays(price.until_on, -1)),
                  })
                : t('price_from', { from: formatDay(price.from_on) })}
            </span>
            <span className="flex items-center gap-2">
              {price.from_on > today ? <Badge tone="info">{t('price_planned')}</Badge> : null}
              {price.from_on <= today && (!price.until_on || price.until_on > today) ? (
                <Badge tone="success">{t('price_now_badge')}</Badge>
              ) : null}
              <Money minor={price.price_minor} currency={currency} />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function NewPriceDialog({ planId }: { planId: string }) {
  const { today } = useOffice()
  const t = useT('catalog')
  return (
    <CommandDialog
      trigger={<Button size="small">{t('price_new')}</Button>}
      title={t('price_new_title')}
      lead={t('price_new_lead')}
      action={`/office/settings/plans/${planId}`}
      intent="price"
      submit={t('price_save')}
      done={t('price_saved')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="plan_id" value={planId} />
          <Field label={t('price')} error={errors('price_minor')}>
            <MoneyInput name="price_minor" />
          </Field>
          <Field label={t('price_day')} error={errors('from_on')}>
            <DateInput name="from_on" defaultValue={addDays(today, 1)} />
          </Field>
          <RadioGroup
            legend={t('price_for')}
            name="is_followed"
            defaultValue="false"
            options={[
              { value: 'false', label: t('price_for_new'), hint: t('price_for_new_hint') },
              { value: 'true', label: t('price_for_all'), hint: t('price_for_all_hint') },
            ]}
          />
        </>
      )}
    </CommandDialog>
  )
}
