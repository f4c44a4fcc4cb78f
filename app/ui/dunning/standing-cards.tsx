import { Handshake } from 'lucide-react'
import type { ReactNode } from 'react'
import { addDays, civilDay } from '~/domain/calendar'
import type { LateFee, SubscriberPromise } from '~/domain/dunning'
import { formatDay, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { AllOf } from '~/ui/office/all-of'
import { useOffice } from '~/ui/office/office-context'
import { PromiseDialog, WaiveFeeDialog, WithdrawPromiseDialog } from './standing-dialogs'

export const promiseTones = {
  open: 'info',
  kept: 'success',
  broken: 'danger',
  withdrawn: 'neutral',
} satisfies Record<SubscriberPromise['state'], Tone>

export function PromisesCard(props: {
  subscriberId: string
  promises: ReadonlyArray<SubscriberPromise>
  promiseId: string
  promiseDays: number
  owes: boolean
}) {
  const { subscriberId, promises, promiseId, promiseDays, owes } = props
  const { can, currency, time_zone, today } = useOffice()
  const t = useT('dunning')
  const mayPromise = can('payments.record') || can('subscribers.manage')

  return (
    <Card
      title={t('promises')}
      footer={
        promises.length > 0 && can('collections.read') ? (
          <AllOf to={`/office/promises?subscriber=${subscriberId}`}>{t('promises.all')}</AllOf>
        ) : null
      }
      actions={
        mayPromise && owes ? (
          <PromiseDialog
            subscriberId={subscriberId}
            id={promiseId}
            today={today}
            latestDay={addDays(today, promiseDays)}
            days={promiseDays}
            trigger={
              <Button size="small" icon={<Handshake />}>
                {t('promise.take')}
              </Button>
            }
          />
        ) : undefined
      }
    >
      {promises.length === 0 ? <p className="text-soft">{t('promises.none')}</p> : null}
      <ul className="divide-y divide-line">
        {promises.map((promise) => (
          <Entry
            key={promise.id}
            title={t('promise.by', {
              amount:
                promise.amount_minor === null ? '' : formatMoney(promise.amount_minor, currency),
              day: formatDay(promise.promised_on),
            })}
            detail={
              <>
                {t('promise.taken', {
                  day: formatDay(civilDay(promise.made_at, time_zone)),
                  name: promise.taken_by_name ?? '—',
                })}
                {promise.note ? <span className="block break-words">{promise.note}</span> : null}
              </>
            }
            state={
              <StatusBadge tone={promiseTones[promise.state]}>
                {t(`promise.state.${promise.state}`)}
              </StatusBadge>
            }
            action={
              promise.state === 'open' && mayPromise ? (
                <WithdrawPromiseDialog subscriberId={subscriberId} promiseId={promise.id} />
              ) : null
            }
          />
        ))}
      </ul>
    </Card>
  )
}

export const feeTones = { waiting: 'warn', billed: 'neutral', waived: 'success' } satisfies Record<
  NonNullable<LateFee['state']>,
  Tone
>

export function LateFeesCard(props: { subscriberId: string; fees: ReadonlyArray<LateFee> }) {
  const { can, currency, time_zone } = useOffice()
  const t = useT('dunning')
  return (
    <Card
      title={t('fees')}
      footer={
        props.fees.length > 0 ? (
          <AllOf to={`/office/late-fees?subscriber=${props.subscriberId}`}>{t('fees.all')}</AllOf>
        ) : null
      }
    >
      {props.fees.length === 0 ? <p className="text-soft">{t('fees.none')}</p> : null}
      <ul className="divide-y divide-line">
        {props.fees.map((fee) => (
          <Entry
            key={fee.id}
            title={t('fee.of', {
              amount: formatMoney(fee.amount_minor, currency),
              number: fee.number,
            })}
            detail={
              fee.state === 'waived'
                ? t('fee.waived_by', {
                    name: fee.waived_by_name ?? '—',
                    reason: fee.waive_reason ?? '',
                  })
                : t('fee.on', { day: formatDay(civilDay(fee.created_at, time_zone)) })
            }
            state={
              fee.state ? (
                <StatusBadge tone={feeTones[fee.state]}>{t(`fee.state.${fee.state}`)}</StatusBadge>
              ) : null
            }
            action={
              fee.state === 'waiting' && can('invoices.manage') ? (
                <WaiveFeeDialog subscriberId={props.subscriberId} lateFeeId={fee.id} />
              ) : null
            }
          />
        ))}
      </ul>
    </Card>
  )
}

function Entry(props: { title: string; detail: ReactNode; state: ReactNode; action: ReactNode }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="font-medium">{props.title}</p>
        <div className="text-sm text-soft">{props.detail}</div>
      </div>
      <div className="flex items-center gap-2">
        {props.state}
        {props.action}
      </div>
    </li>
  )
}
