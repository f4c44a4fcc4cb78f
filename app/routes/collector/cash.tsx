import { HandCoins, Wallet } from 'lucide-react'
import { useCallback } from 'react'
import { cashRecord } from '~/offline/cash-record'
import { openCount } from '~/offline/remit'
import { LinkButton } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { KeyValue } from '~/ui/base/key-value'
import { CashDayCard } from '~/ui/collector/cash-day'
import { CountIsOpen } from '~/ui/collector/count-is-open'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { PhoneComing } from '~/ui/layout/phone-coming'
import { PhoneHeader } from '~/ui/layout/phone-shell'
import { useLive, useScreen } from './screen'

/** The collector's own record: collected, handed in, waiting, short. It is all here without a signal. */
export default function MyCash() {
  const { phone, today } = useScreen()
  const t = useT('cash')
  const common = useT('common')
  const { currency, time_zone: timeZone } = phone.profile
  const known = useLive(
    useCallback(
      async () => ({ record: await cashRecord(phone), count: await openCount(phone) }),
      [phone],
    ),
    [phone, today],
  )

  if (known === null) return <PhoneComing />
  const { record, count } = known
  const head = (
    <PhoneHeader
      title={t('record.title')}
      back={{ to: '/collector/today', label: common('back') }}
    />
  )
  if (count) {
    return (
      <>
        {head}
        <CountIsOpen />
      </>
    )
  }
  const money = (minor: number) => (
    <span className="tabular font-semibold">{formatMoney(minor, currency)}</span>
  )

  return (
    <>
      {head}
      <section className="mb-5 rounded-lg border border-line bg-surface px-5 py-4">
        <KeyValue
          items={[
            { key: t('record.on_hand'), value: money(record.onHandMinor) },
            record.toCountMinor > 0
              ? { key: t('record.to_count'), value: money(record.toCountMinor) }
              : null,
            record.shortageMinor > 0
              ? {
                  key: t('record.shortage'),
                  value: <span className="text-danger">{money(record.shortageMinor)}</span>,
                }
              : null,
          ]}
        />
        <LinkButton
          to="/collector/cash/count"
          variant="primary"
          wide
          icon={<HandCoins />}
          className="mt-3"
        >
          {t('hand_in.title')}
        </LinkButton>
      </section>

      {record.days.length === 0 ? (
        <EmptyState icon={<Wallet />} title={t('record.none.title')}>
          {t('record.none.body')}
        </EmptyState>
      ) : (
        <>
          <h2 className="mb-2 text-sm font-medium text-soft">{t('record.days')}</h2>
          <ul className="flex flex-col gap-3">
            {record.days.map((day) => (
              <li key={day.day}>
                <CashDayCard day={day} currency={currency} timeZone={timeZone} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
