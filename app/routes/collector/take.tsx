import { PrefetchPageLinks, useNavigate, useParams } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { minor, parseMoney, type Minor } from '~/domain/money'
import { suggestForBills, suggestForTime } from '~/domain/suggested-amounts'
import { collect, preview } from '~/offline/collect'
import { subscriberCard, type SubscriberCard } from '~/offline/view'
import { Banner } from '~/ui/base/banner'
import { TakeCash, type PaymentTarget } from '~/ui/collector/take-cash'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { holdUpdates } from '~/ui/layout/app-updates'
import { PhoneComing } from '~/ui/layout/phone-coming'
import { PhoneHeader } from '~/ui/layout/phone-shell'
import { useLimitWords } from './limit-notice'
import { NotOnRoute } from './not-on-route'
import { useLive, useScreen } from './screen'
import { ignoreSecondTap } from './second-tap'
import { spotNow } from './spot'

const BILLS = 'bills'

export default function Take() {
  const { id = '' } = useParams()
  const { phone, today } = useScreen()
  const found = useLive(
    useCallback(async () => ({ card: await subscriberCard(phone, id) }), [phone, id]),
    [phone, id, today],
  )

  if (found === null) return <PhoneComing />
  if (found.card === null) return <NotOnRoute />
  return <TakeScreen key={id} card={found.card} />
}

function TakeScreen({ card }: { card: SubscriberCard }) {
  const { phone, today } = useScreen()
  const t = useT('collector')
  const common = useT('common')
  const navigate = useNavigate()
  const limit = useLimitWords(phone)
  const { currency, time_zone: timeZone } = phone.profile
  const { subscriber } = card

  // Made once as the screen opens: whatever is tapped how often, it is this one payment.
  const [paymentId] = useState(() => phone.newId())
  const [text, setText] = useState('')
  const targets = useTargets(card)
  const [target, setTarget] = useState(() => firstTarget(card))
  const [isTaking, setTaking] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const isTaken = useRef(false)

  useEffect(() => holdUpdates(), [])

  const typed = parseMoney(text)
  const amountMinor = typed.ok ? typed.minor : null
  const subscriptionId = target === BILLS ? null : target
  const live = useLive(
    useCallback(async () => {
      if (amountMinor === null) return null
      const effect = await preview(phone, {
        subscriberId: subscriber.id,
        subscriptionId,
        amountMinor,
      })
      return { amountMinor, subscriptionId, effect }
    }, [phone, subscriber.id, subscriptionId, amountMinor]),
    [phone, subscriber.id, subscriptionId, amountMinor],
  )
  const isCurrent = live?.amountMinor === amountMinor && live?.subscriptionId === subscriptionId
  const effect = isCurrent ? (live?.effect ?? null) : null

  async function take(amount: number) {
    if (isTaken.current) return
    isTaken.current = true
    setTaking(true)
    setFailure(null)
    try {
      await collect(phone, {
        id: paymentId,
        subscriberId: subscriber.id,
        subscriptionId,
        amountMinor: minor(amount),
        place: await spotNow(),
      })
      ignoreSecondTap()
      navigate(`/collector/receipts/${paymentId}?new`, { replace: true })
    } catch (error) {
      isTaken.current = false
      setTaking(false)
      setFailure(t(sentenceOf(error)))
    }
  }

  return (
    <div className="-mt-2 flex flex-1 flex-col [&>header]:mb-2 [@media(max-height:600px)]:[&>header_p]:hidden">
      {/* Another window may take a new version meanwhile, and with it this one's files out of reach. The receipt comes all the same. */}
      <PrefetchPageLinks page={`/collector/receipts/${paymentId}`} />
      <PhoneHeader
        title={<span className="line-clamp-2 text-xl leading-snug">{subscriber.name}</span>}
        lead={
          <span className="tabular">
            {card.owedMinor > 0
              ? `${t('card.owes')} ${formatMoney(card.owedMinor, currency)}`
              : subscriber.account_no}
          </span>
        }
        back={{ to: `/collector/subscribers/${subscriber.id}`, label: common('back') }}
      />
      {failure ? (
        <Banner kind="danger" className="mb-3">
          {failure}
        </Banner>
      ) : null}
      <TakeCash
        text={text}
        onText={setText}
        targets={targets}
        target={target}
        onTarget={setTarget}
        suggestions={suggestionsOf(card, target, today)}
        effect={effect}
        openAfterMinor={effect?.open_after_minor ?? 0}
        currency={currency}
        timeZone={timeZone}
        isTaking={isTaking}
        stopped={limit.state === 'stop' ? limit.words.join(' ') : null}
        onTake={(amount) => void take(amount)}
      />
    </div>
  )
}

/** Bills first where something is owed or billed; then each prepaid service that time can be bought for. */
function useTargets(card: SubscriberCard): Array<PaymentTarget> {
  const t = useT('collector')
  const { phone } = useScreen()
  const format = useFormat()
  const { currency, time_zone } = phone.profile
  const services = prepaidOf(card)
  const hasBills = card.owedMinor > 0 || services.length === 0
  return [
    ...(hasBills
      ? [
          {
            key: BILLS,
            label: t('take.bills'),
            detail:
              card.owedMinor > 0
                ? t('take.due', { amount: formatMoney(card.owedMinor, currency) })
                : t('take.bills_none'),
          },
        ]
      : []),
    ...services.map((service) => ({
      key: service.id,
      label: service.plan_name ?? service.label ?? '',
      detail: service.paid_until
        ? format.instant(service.paid_until, time_zone)
        : t('card.never_paid'),
    })),
  ]
}

function firstTarget(card: SubscriberCard): string {
  if (card.owedMinor > 0) return BILLS
  const [first] = prepaidOf(card).sort((a, b) =>
    (a.paid_until ?? '').localeCompare(b.paid_until ?? ''),
  )
  return first?.id ?? BILLS
}

function prepaidOf(card: SubscriberCard) {
  return card.services.filter(
    (service) => service.billing_mode === 'prepaid' && service.state === 'active',
  )
}

function suggestionsOf(card: SubscriberCard, target: string, today: string) {
  const service = card.services.find((one) => one.id === target)
  if (service) {
    const price = priceOf(service.price_minor)
    return price === null ? [] : suggestForTime(price, service.prepaid_days ?? 30, card.owedMinor)
  }
  const open = card.invoices
    .filter((invoice) => invoice.balance_minor > 0)
    .map((invoice) => ({ dueOn: invoice.due_on, openMinor: minor(invoice.balance_minor) }))
  const plan = card.services.find((one) => one.billing_mode === 'postpaid')
  return suggestForBills(open, today, priceOf(plan?.price_minor ?? null))
}

function priceOf(price: number | null): Minor | null {
  return price === null || price <= 0 ? null : minor(price)
}

function sentenceOf(error: unknown) {
  const reason = error instanceof Error && 'reason' in error ? error.reason : null
  if (reason === 'no_receipt_numbers') return 'limit.no_numbers' as const
  if (reason === 'limit_reached') return 'limit.reached' as const
  if (reason === 'subscriber_unknown') return 'card.gone.body' as const
  const isFull = error instanceof Error && /quota/i.test(`${error.name} ${error.message}`)
  return isFull ? ('take.storage_full' as const) : ('take.failed' as const)
}
