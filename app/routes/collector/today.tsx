import { CloudOff, HandCoins, Wallet } from 'lucide-react'
import { useCallback } from 'react'
import { civilDay, type Day } from '~/domain/calendar'
import { totals } from '~/offline/limits'
import { type MyPayment, myPayments } from '~/offline/own-payments'
import type { SyncStatus } from '~/offline/sync'
import { Button, LinkButton } from '~/ui/base/button'
import { Banner } from '~/ui/base/banner'
import { EmptyState } from '~/ui/base/empty-state'
import { CountIsOpen } from '~/ui/collector/count-is-open'
import { HandOver } from '~/ui/collector/hand-over'
import { type DayOfPayments, PaymentDays } from '~/ui/collector/payment-days'
import { PaymentList, type TakenPayment } from '~/ui/collector/payment-list'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { PhoneComing } from '~/ui/layout/phone-coming'
import { PhoneHeader } from '~/ui/layout/phone-shell'
import { useLimitWords } from './limit-notice'
import { takenPayment } from './payment'
import { useLive, useQueue, useScreen, useSyncStatus } from './screen'

/** What I took, where each payment is now, and whether the office has it. */
export default function CollectorToday() {
  const { phone, today } = useScreen()
  const t = useT('collector')
  const cash = useT('cash')
  const { currency, time_zone: timeZone } = phone.profile
  const limit = useLimitWords(phone)
  const taken = useLive(
    useCallback(async () => {
      const [payments, sums] = await Promise.all([myPayments(phone), totals(phone)])
      return { payments, sums }
    }, [phone]),
    [phone, today],
  )

  if (taken === null) return <PhoneComing />
  const { payments, sums } = taken
  if (sums.isCounting) {
    return (
      <>
        <PhoneHeader title={t('today.title')} />
        <CountIsOpen />
        <Sending unsent={sums.unsentCount} unsentMinor={0} />
      </>
    )
  }
  const days = byDay(payments, timeZone)
  const ofToday = days.find(({ on }) => on === today)?.payments ?? []
  const earlier = days.filter(({ on }) => on !== today)

  return (
    <>
      <PhoneHeader title={t('today.title')} />
      <section className="rounded-lg border border-line bg-surface px-5 py-4">
        <p className="text-soft">{t('home.collected')}</p>
        <p className="tabular text-[min(2.5rem,11vw)] leading-tight font-semibold tracking-tight">
          {formatMoney(sums.todayMinor, currency)}
        </p>
        <p className="mt-1 text-soft">{t('today.receipts', { count: sums.todayCount })}</p>
        <p className="mt-3 flex justify-between gap-4 border-t border-line pt-3">
          <span className="text-soft">{t('home.on_hand')}</span>
          <span className="tabular font-semibold">{formatMoney(sums.onHandMinor, currency)}</span>
        </p>
        {sums.toCountMinor > 0 ? (
          <p className="mt-1.5 flex justify-between gap-4">
            <span className="text-soft">{cash('record.to_count')}</span>
            <span className="tabular">{formatMoney(sums.toCountMinor, currency)}</span>
          </p>
        ) : null}
        <div className="mt-3 grid gap-2">
          <LinkButton to="/collector/cash/count" variant="primary" wide icon={<HandCoins />}>
            {cash('hand_in.title')}
          </LinkButton>
          <LinkButton to="/collector/cash" variant="quiet" wide>
            {cash('record.open')}
          </LinkButton>
        </div>
      </section>

      <Sending unsent={sums.unsentCount} unsentMinor={sums.unsentMinor} />
      {limit.words.length > 0 ? (
        <Banner kind={limit.state === 'stop' ? 'danger' : 'warn'} className="mt-3">
          {limit.words.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Banner>
      ) : null}

      <div className="-mx-4 mt-5">
        {ofToday.length > 0 ? (
          <PaymentList payments={ofToday} currency={currency} timeZone={timeZone} by="time" />
        ) : (
          <EmptyState icon={<Wallet />} title={t('today.none.title')}>
            {t('today.none.body')}
          </EmptyState>
        )}
        {earlier.length > 0 ? (
          <>
            <h2 className="mt-6 mb-1.5 px-4 text-sm font-medium text-soft">{t('today.earlier')}</h2>
            <PaymentDays days={earlier} currency={currency} timeZone={timeZone} />
          </>
        ) : null}
      </div>
    </>
  )
}

/** The days of the newest payments first, as they come. */
function byDay(payments: ReadonlyArray<MyPayment>, timeZone: string): Array<DayOfPayments> {
  const days = new Map<Day, Array<TakenPayment>>()
  for (const payment of payments) {
    const on = civilDay(payment.receivedAt, timeZone)
    days.set(on, [...(days.get(on) ?? []), takenPayment(payment)])
  }
  return [...days].map(([on, taken]) => ({ on, payments: taken }))
}

function Sending(props: { unsent: number; unsentMinor: number }) {
  const { phone, sync } = useScreen()
  const t = useT('collector')
  const format = useFormat()
  const status = useSyncStatus(sync)
  const queue = useQueue(phone)
  const { currency, time_zone } = phone.profile

  return (
    <section
      aria-live="polite"
      aria-label={t('sync.title')}
      className="mt-3 rounded-lg border border-line bg-surface px-5 py-4"
    >
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          {props.unsent > 0 ? (
            <>
              <p className="font-medium">{t('sync.unsent', { count: props.unsent })}</p>
              {props.unsentMinor > 0 ? (
                <p className="tabular mt-0.5 text-lg font-semibold">
                  {formatMoney(props.unsentMinor, currency)}
                </p>
              ) : null}
            </>
          ) : (
            <p className="font-medium text-success">{t('sync.all_sent')}</p>
          )}
          <p className="mt-1 text-sm text-soft">
            {status.lastSyncAt
              ? t('sync.last', { when: format.instant(status.lastSyncAt, time_zone) })
              : t('sync.never')}
          </p>
          <WhyNot status={status} />
        </div>
      </div>
      <Button
        className="mt-3"
        wide
        busy={status.state === 'sending'}
        onClick={() => void sync.now()}
      >
        {t('sync.send_now')}
      </Button>
      {queue ? (
        <div className="mt-2">
          <HandOver queue={queue} variant="quiet" />
        </div>
      ) : null}
    </section>
  )
}

function WhyNot({ status }: { status: SyncStatus }) {
  const t = useT('collector')
  if (status.state !== 'offline') return null
  return (
    <p className="mt-1 flex items-center gap-1.5 text-sm text-soft">
      <CloudOff className="size-4 shrink-0" aria-hidden="true" />
      {t(navigator.onLine ? 'sync.failed' : 'sync.no_signal')}
    </p>
  )
}
