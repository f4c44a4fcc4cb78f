import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import { formatDay, formatInstant, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { MoneyInput } from '~/ui/base/money-input'
import { SkeletonRows } from '~/ui/base/progress'
import { Select } from '~/ui/base/select'
import { WhyField } from '~/ui/corrections/why-field'
import { useCorrectionWords } from '~/ui/corrections/words'
import { spanWords } from '~/ui/money/applies-sentence'
import { Money } from '~/ui/money/money'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'
import type { Plan } from '~/domain/plan'
import type { BoughtPeriod, TimeOffer, WaitingPlan } from '~/domain/prepaid'

/** What the card asks for: the time of one service, and what could follow. */
type Time = {
  purchaseId: string
  periods: Array<BoughtPeriod & { cancelId: string }>
  limitMinor: number | null
  next: WaitingPlan | null
  offer: TimeOffer | null
  plans: Array<Plan>
}

/** The time a prepaid service has: what runs, what waits, and what can be done with it. */
export function PrepaidTime(props: {
  subscriberId: string
  subscriptionId: string
  planName: string
  paidUntil: string | null
}) {
  const { subscriberId, subscriptionId, planName, paidUntil } = props
  const { can, currency } = useOffice()
  const t = useT('charges')
  const { load, data } = useFetcher<Time>()
  const action = `/office/subscribers/${subscriberId}/prepaid`

  // Asked anew when the time changes: a payment, a purchase, a cancellation.
  useEffect(() => {
    load(`${action}?service=${subscriptionId}`)
  }, [load, action, subscriptionId, paidUntil])

  if (!can('billing.read')) return null
  if (!data) return <SkeletonRows rows={1} />
  const { periods, next, offer, plans, purchaseId, limitMinor } = data

  return (
    <section aria-label={t('time.title')} className="mt-4 border-t border-line pt-3">
      {periods.length > 0 ? (
        <>
          <h3 className="text-sm font-medium text-soft">{t('time.title')}</h3>
          <ol className="mt-1 flex flex-col divide-y divide-line text-sm">
            {periods.map((period) => (
              <PeriodRow key={period.id} {...{ period, action, limitMinor }} />
            ))}
          </ol>
        </>
      ) : null}
      {next ? (
        <p className="mt-2 rounded-md bg-info-soft px-3 py-2 text-sm text-info">
          {t('time.plan_next', {
            plan: next.plan_name,
            price: formatMoney(next.price_minor, currency),
            day: formatDay(next.from_on),
          })}
        </p>
      ) : null}
      <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
        {offer?.prepaid && can('payments.record') ? (
          <UseCreditDialog
            key={purchaseId}
            offer={offer}
            purchaseId={purchaseId}
            subscriptionId={subscriptionId}
            action={action}
          />
        ) : null}
        {can('subscribers.manage') && plans.length > 0 ? (
          <ChangePlanDialog
            plans={plans}
            planName={planName}
            endsAt={periods.at(-1)?.ends_at ?? null}
            subscriptionId={subscriptionId}
            action={action}
          />
        ) : null}
      </div>
    </section>
  )
}

function PeriodRow(props: {
  period: Time['periods'][number]
  action: string
  limitMinor: number | null
}) {
  const { period, action, limitMinor } = props
  const { can, currency, time_zone } = useOffice()
  const t = useT('charges')
  const { hintOf, saidOf } = useCorrectionWords()
  const isWaiting = new Date(period.starts_at) > new Date()
  const from = formatInstant(period.starts_at, time_zone)

  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
      <span className="min-w-0">
        {t('time.span', { from, until: formatInstant(period.ends_at, time_zone) })}
        <span className="block text-faint">{period.plan_name}</span>
      </span>
      <span className="flex items-center gap-3">
        <Badge tone={isWaiting ? 'info' : 'success'}>
          {t(isWaiting ? 'time.waiting' : 'time.running')}
        </Badge>
        <Money minor={period.amount_minor} currency={currency} />
        {isWaiting && can('invoices.manage') ? (
          <CommandDialog
            trigger={
              <Button size="small" variant="quiet">
                {t('time.cancel')}
              </Button>
            }
            title={t('time.cancel_title', { from })}
            lead={
              t('time.cancel_lead', { amount: formatMoney(period.amount_minor, currency) }) +
              hintOf(limitMinor, period.amount_minor)
            }
            action={action}
            intent="time_cancel"
            submit={t('time.cancel_submit')}
            submitVariant="danger"
            done={saidOf(t('time.cancelled'))}
          >
            {(errors) => (
              <>
                <input type="hidden" name="id" value={period.cancelId} />
                <input type="hidden" name="period_id" value={period.id} />
                <WhyField errors={errors} hint={t('time.reason_hint')} />
              </>
            )}
          </CommandDialog>
        ) : null}
      </span>
    </li>
  )
}

function UseCreditDialog(props: {
  offer: TimeOffer
  purchaseId: string
  subscriptionId: string
  action: string
}) {
  const { offer, purchaseId, subscriptionId, action } = props
  const { currency, time_zone } = useOffice()
  const t = useT('charges')
  const common = useT('common')
  if (!offer.prepaid) return null
  const amount = formatMoney(offer.prepaid.amount_minor, currency)
  const length = spanWords(offer.prepaid.seconds, common)

  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="primary">
          {t('time.use', { amount, length })}
        </Button>
      }
      title={t('time.use_title', { amount, length })}
      lead={t('time.use_lead', {
        from: formatInstant(offer.prepaid.starts_at, time_zone),
        until: formatInstant(offer.prepaid.ends_at, time_zone),
      })}
      action={action}
      intent="buy"
      submit={t('time.use_submit')}
      done={t('time.used')}
    >
      {() => (
        <>
          <input type="hidden" name="id" value={purchaseId} />
          <input type="hidden" name="subscription_id" value={subscriptionId} />
          <input type="hidden" name="amount_minor" value={offer.prepaid?.amount_minor} />
        </>
      )}
    </CommandDialog>
  )
}

function ChangePlanDialog(props: {
  plans: ReadonlyArray<Plan>
  planName: string
  endsAt: string | null
  subscriptionId: string
  action: string
}) {
  const { plans, planName, endsAt, subscriptionId, action } = props
  const { currency, time_zone } = useOffice()
  const t = useT('charges')

  return (
    <CommandDialog
      trigger={<Button size="small">{t('time.plan')}</Button>}
      title={t('time.plan_title')}
      lead={
        endsAt
          ? t('time.plan_lead', { at: formatInstant(endsAt, time_zone) })
          : t('time.plan_lead_now')
      }
      action={action}
      intent="plan"
      submit={t('time.plan_submit')}
      done={t('time.plan_changed')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="subscription_id" value={subscriptionId} />
          <Field label={t('time.plan_choose')} error={errors('plan_id')}>
            <Select
              name="plan_id"
              placeholder={t('time.plan_choose_first')}
              defaultValue=""
              options={plans.map((plan) => ({
                value: plan.id,
                label: `${plan.name} · ${formatMoney(plan.price_minor ?? 0, currency)}${plan.name === planName ? ' ✓' : ''}`,
                disabled: plan.price_minor === null,
              }))}
            />
          </Field>
          <Field
            label={t('time.plan_price')}
            optional
            hint={t('time.plan_price_hint')}
            error={errors('price_minor')}
          >
            <MoneyInput name="price_minor" />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
