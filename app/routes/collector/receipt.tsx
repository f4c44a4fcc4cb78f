import { useParams, useSearchParams } from '@remix-run/react'
import { ArrowRight, CircleCheck, FileQuestion, Printer, Share2 } from 'lucide-react'
import { useCallback } from 'react'
import type { ReceiptRow } from '~/offline/database'
import { listStops, myPayments, receipt as readReceipt } from '~/offline/view'
import { IconButton, LinkButton } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { SkeletonRows } from '~/ui/base/progress'
import { toast } from '~/ui/base/toast'
import { Stage } from '~/ui/collector/payment-list'
import { ReceiptPaper } from '~/ui/collector/receipt'
import { formatMoney, shortMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { PhoneAction, PhoneHeader } from '~/ui/layout/phone-shell'
import { useLive, useScreen } from './screen'
import { isToCollect } from './stops'

/** A page to hold up, print and share; and on to the next door. */
export default function ReceiptScreen() {
  const { paymentId = '' } = useParams()
  const { phone } = useScreen()
  const t = useT('collector')
  const common = useT('common')
  const [query] = useSearchParams()
  const isNew = query.has('new')
  const { currency, time_zone: timeZone } = phone.profile
  const found = useLive(
    useCallback(async () => {
      const [row, payments] = await Promise.all([readReceipt(phone, paymentId), myPayments(phone)])
      const payment = payments.find((one) => one.id === paymentId) ?? null
      return { row, payment, next: row ? await nextStop(phone, row.subscriber_id) : null }
    }, [phone, paymentId]),
    [phone, paymentId],
  )
  const share = useShare()

  if (found === null) return <SkeletonRows rows={6} />
  const { row, payment, next } = found
  if (!row) {
    return (
      <EmptyState
        icon={<FileQuestion />}
        title={t('receipt.gone.title')}
        actions={<LinkButton to="/collector/today">{t('nav.today')}</LinkButton>}
      >
        {t('receipt.gone.body')}
      </EmptyState>
    )
  }

  const checkUrl = `${window.location.origin}/r/${row.payment_id}`
  return (
    <>
      <div className="print:hidden">
        {isNew ? (
          <h1 className="mb-4 flex items-center gap-2.5 text-xl font-semibold text-success">
            <CircleCheck className="size-7 shrink-0" aria-hidden="true" />
            <span role="status">
              {t('receipt.taken', { amount: shortMoney(row.amount_minor, row.currency) })}
            </span>
          </h1>
        ) : (
          <PhoneHeader
            title={t('receipt.title')}
            back={{ to: '/collector/today', label: common('back') }}
          />
        )}
      </div>
      <ReceiptPaper
        receipt={{
          paymentId: row.payment_id,
          number: row.number,
          amountMinor: row.amount_minor,
          receivedAt: row.received_at,
          subscriberName: row.subscriber_name,
          accountNo: row.account_no,
          collectorName: row.collector_name,
          effect: row.effect,
          isVoid: payment?.stage === 'void',
          issuer: {
            tradeName: row.seller.trade_name,
            tin: row.seller.tin,
            address: row.seller.address,
            currency: row.currency,
            timeZone,
          },
          checkUrl,
        }}
      />
      <div className="mt-4 flex justify-center pb-20 print:hidden">
        {payment ? <Stage stage={payment.stage} /> : null}
      </div>
      <div className="print:hidden">
        <PhoneAction>
          <IconButton
            variant="secondary"
            size="large"
            label={t('receipt.share')}
            className="flex-none!"
            onClick={() => void share(row, checkUrl, currency)}
          >
            <Share2 />
          </IconButton>
          <IconButton
            variant="secondary"
            size="large"
            label={t('receipt.print')}
            className="flex-none!"
            onClick={() => window.print()}
          >
            <Printer />
          </IconButton>
          {isNew && next ? (
            <LinkButton
              to={`/collector/subscribers/${next.id}`}
              variant="primary"
              size="large"
              className="min-w-0 shrink! px-3!"
            >
              <span className="truncate">{t('receipt.next', { name: next.name })}</span>
              <ArrowRight />
            </LinkButton>
          ) : (
            <LinkButton to="/collector" variant="primary" size="large" className="min-w-0 shrink!">
              {t('receipt.to_route')}
            </LinkButton>
          )}
        </PhoneAction>
      </div>
    </>
  )
}

/** The next door that owes, after this one in walking order. */
async function nextStop(phone: Parameters<typeof listStops>[0], subscriberId: string) {
  const stops = await listStops(phone)
  const at = stops.findIndex((stop) => stop.id === subscriberId)
  return (
    stops.slice(at + 1).find(isToCollect) ??
    stops.slice(0, Math.max(at, 0)).find(isToCollect) ??
    null
  )
}

function useShare() {
  const t = useT('collector')
  const format = useFormat()
  const { phone } = useScreen()

  return async (row: ReceiptRow, url: string, currency: string) => {
    const text = t('receipt.share_text', {
      isp: row.seller.trade_name,
      number: row.number,
      amount: formatMoney(row.amount_minor, currency),
      name: row.subscriber_name,
      account: row.account_no,
      when: format.instant(row.received_at, phone.profile.time_zone),
      url,
    })
    if (typeof navigator.share === 'function') {
      // Closing the system's sheet is no failure.
      await navigator.share({ text }).catch(() => {})
      return
    }
    await navigator.clipboard.writeText(text)
    toast.success(t('receipt.shared_copied'))
  }
}
