import { civilDay } from '~/domain/calendar'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Stat } from '~/ui/base/stat'
import { Money } from '~/ui/money/money'
import type { Place } from './place'

type Service = { billing_mode: string; state: string; paid_until: string | null }

export type Balance = {
  balance_minor: number
  credit_minor: number
  oldest_due_on: string | null
  services: ReadonlyArray<Service>
  subscriber: { name: string; account_no: string }
}

/** The one number, until when it is paid, one button. Debt comes first, then time, then nothing. */
export function BalanceHero({ home, place }: { home: Balance; place: Place }) {
  const t = useT('portal')
  const { subscriber, credit_minor } = home

  return (
    <Card>
      <h1 className="sr-only">{t('tab.home')}</h1>
      <p className="mb-4 text-sm text-soft">
        <span className="font-medium text-ink">{subscriber.name}</span> · {subscriber.account_no}
      </p>
      <TheNumber home={home} place={place} />
      {credit_minor > 0 ? (
        <p className="mt-3">
          {t('balance.credit')}{' '}
          <Money
            minor={credit_minor}
            currency={place.currency}
            className="font-medium text-success"
          />
        </p>
      ) : null}
      <LinkButton to="/portal/pay" variant="primary" size="large" wide className="mt-6 sm:w-auto!">
        {t('balance.how_to_pay')}
      </LinkButton>
    </Card>
  )
}

function TheNumber({ home, place }: { home: Balance; place: Place }) {
  const t = useT('portal')
  const format = useFormat()
  const { balance_minor, oldest_due_on } = home

  if (balance_minor > 0) {
    const isPast = oldest_due_on !== null && oldest_due_on < place.today
    return (
      <Stat
        size="hero"
        label={t('balance.to_pay')}
        value={<Money minor={balance_minor} currency={place.currency} />}
        tone={isPast ? 'danger' : 'neutral'}
        hint={
          oldest_due_on
            ? `${format.due(oldest_due_on, place.today)} · ${format.day(oldest_due_on)}`
            : null
        }
      />
    )
  }

  const until = firstEnd(home.services)
  if (until) {
    return (
      <Stat
        size="hero"
        label={t('balance.paid_until')}
        value={format.day(civilDay(until, place.timeZone))}
        hint={`${format.timeLeft(civilDay(until, place.timeZone), place.today)} · ${format.instant(until, place.timeZone)}`}
      />
    )
  }
  return (
    <Stat
      size="hero"
      label={t('balance.to_pay')}
      value={<Money minor={0} currency={place.currency} />}
      tone="success"
      hint={t('balance.nothing')}
    />
  )
}

/** Of several prepaid services the one that ends first counts. */
function firstEnd(services: ReadonlyArray<Service>): string | null {
  const ends = services
    .filter((service) => service.billing_mode === 'prepaid' && service.state === 'active')
    .flatMap((service) => service.paid_until ?? [])
  return ends.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
}
