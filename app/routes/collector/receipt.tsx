import { useParams, useSearchParams } from '@remix-run/react'
import { ArrowRight, CircleCheck, FileQuestion, Printer, Share2 } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { receiptAddress, signedAddress } from '~/domain/receipt-link'
import type { ReceiptRow } from '~/offline/database'
import type { Phone } from '~/offline/phone'
import { countPrints, recordPrint } from '~/offline/prints'
import { myPayments, receipt as readReceipt, whereReceiptIs } from '~/offline/own-payments'
import { listStops, subscriberCard } from '~/offline/view'
import { IconButton, LinkButton } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { Stage } from '~/ui/collector/payment-list'
import { ReceiptPaper, type Receipt } from '~/ui/collector/receipt'
import { formatMoney, shortMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { PhoneComing } from '~/ui/layout/phone-coming'
import { PhoneAction, PhoneHeader } from '~/ui/layout/phone-shell'
import { useLive, useScreen } from './screen'
import { isToCollect } from './stops'

// What printing and drawing take comes with the first tap on them.
const PrintSheet = lazy(() => import('./print-sheet'))
const ShareSheet = lazy(() => import('./share-sheet'))

/** A page to hold up, print and share; and on to the next door. */
export default function ReceiptScreen() {
  const { paymentId = '' } = useParams()
  const { phone } = useScreen()
  const t = useT('collector')
  const common = useT('common')
  const [query] = useSearchParams()
  const isNew = query.has('new')
  const { time_zone: timeZone } = phone.profile
  const found = useLive(
    useCallback(async () => {
      const [row, payments] = await Promise.all([readReceipt(phone, paymentId), myPayments(phone)])
      const payment = payments.find((one) => one.id === paymentId) ?? null
      const [next, payer] = row
        ? await Promise.all([
            nextStop(phone, row.subscriber_id),
            subscriberCard(phone, row.subscriber_id),
          ])
        : []
      const missing = row ? null : await whereReceiptIs(phone, paymentId)
      return { row, payment, next, missing, smsTo: payer?.subscriber.phone ?? null }
    }, [phone, paymentId]),
    [phone, paymentId],
  )
  const [sheet, setSheet] = useState<'print' | 'share' | null>(null)
  const printHere = usePrintHere(phone, paymentId)
  const textOf = useShareText()

  if (found === null) return <PhoneComing />
  const { row, payment, next, missing, smsTo } = found
  if (!row) {
    return (
      <EmptyState
        isPage
        icon={<FileQuestion />}
        title={t(`receipt.${missing ?? 'gone'}.title`)}
        actions={<LinkButton to="/collector/today">{t('nav.today')}</LinkButton>}
      >
        {t(`receipt.${missing ?? 'gone'}.body`)}
        {payment ? (
          <p className="mt-3 flex flex-col items-center gap-1 text-ink">
            <span className="tabular text-lg font-semibold">
              {formatMoney(payment.amountMinor, phone.profile.currency)}
            </span>
            {payment.subscriberName}
            <Stage stage={payment.stage} />
          </p>
        ) : null}
      </EmptyState>
    )
  }

  const shortUrl = receiptAddress(window.location.origin, row.payment_id)
  const paper = receiptOf(row, {
    timeZone,
    isVoid: payment?.stage === 'void',
    checkUrl: signedUrl(phone, row) ?? shortUrl,
  })
  return (
    <>
      <div className="print:hidden">
        {isNew ? (
          <h1 className="mb-4 flex items-center gap-2.5 text-xl font-semibold text-success">
            <CircleCheck className="size-7 shrink-0" aria-hidden="true" />
            {t('receipt.taken', { amount: shortMoney(row.amount_minor, row.currency) })}
          </h1>
        ) : (
          <PhoneHeader
            title={t('receipt.title')}
            back={{ to: '/collector/today', label: common('back') }}
          />
        )}
      </div>
      <ReceiptPaper receipt={paper} copy={printHere.copy} />
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
            onClick={() => setSheet('share')}
          >
            <Share2 />
          </IconButton>
          <IconButton
            variant="secondary"
            size="large"
            label={t('receipt.print')}
            className="flex-none!"
            onClick={() => setSheet('print')}
          >
            <Printer />
          </IconButton>
          {isNew && next ? (
            <LinkButton
              to={`/collector/subscribers/${next.id}`}
              variant="primary"
              size="large"
              className="min-w-40 shrink! px-3!"
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
      <Suspense>
        {sheet === 'print' ? (
          <PrintSheet
            receipt={paper}
            onClose={() => setSheet(null)}
            onShare={() => setSheet('share')}
            onPrintHere={() => {
              setSheet(null)
              void printHere.start()
            }}
          />
        ) : null}
        {sheet === 'share' ? (
          <ShareSheet
            receipt={paper}
            text={textOf(paper)}
            shortUrl={shortUrl}
            smsTo={smsTo}
            onClose={() => setSheet(null)}
          />
        ) : null}
      </Suspense>
    </>
  )
}

/** The address in the code. Receipts from before phones had keys are checked by the books alone. */
function signedUrl({ profile, deviceId }: Phone, row: ReceiptRow): string | null {
  if (!row.signature) return null
  return signedAddress(window.location.origin, {
    receipt: {
      tenantId: profile.tenant_id,
      deviceId,
      paymentId: row.payment_id,
      number: row.number,
      amountMinor: row.amount_minor,
      currency: row.currency,
      accountNo: row.account_no,
      receivedAt: row.received_at,
    },
    signature: row.signature,
  })
}

function receiptOf(
  row: ReceiptRow,
  about: { timeZone: string; isVoid: boolean; checkUrl: string },
): Receipt {
  const { timeZone, isVoid, checkUrl } = about
  return {
    paymentId: row.payment_id,
    number: row.number,
    amountMinor: row.amount_minor,
    receivedAt: row.received_at,
    subscriberName: row.subscriber_name,
    accountNo: row.account_no,
    collectorName: row.collector_name,
    effect: row.effect,
    isVoid,
    issuer: {
      tradeName: row.seller.trade_name,
      tin: row.seller.tin,
      address: row.seller.address,
      currency: row.currency,
      timeZone,
    },
    checkUrl,
  }
}

/** The next door that owes, after this one in walking order. */
async function nextStop(phone: Phone, subscriberId: string) {
  const stops = await listStops(phone)
  const at = stops.findIndex((stop) => stop.id === subscriberId)
  return (
    stops.slice(at + 1).find(isToCollect) ??
    stops.slice(0, Math.max(at, 0)).find(isToCollect) ??
    null
  )
}

/** Prints this page: counted first, then marked, then printed. */
function usePrintHere(phone: Phone, paymentId: string) {
  const [copy, setCopy] = useState<number | null>(null)

  useEffect(() => {
    if (copy === null) return
    window.print()
    setCopy(null)
  }, [copy])

  async function start() {
    const before = await countPrints(phone, paymentId)
    await recordPrint(phone, { id: phone.newId(), paymentId, copy: before })
    setCopy(before)
  }
  return { copy, start }
}

function useShareText() {
  const t = useT('collector')
  const format = useFormat()

  return ({ issuer, ...receipt }: Receipt) =>
    t('receipt.share_text', {
      isp: issuer.tradeName,
      number: receipt.number,
      amount: formatMoney(receipt.amountMinor, issuer.currency),
      name: receipt.subscriberName,
      account: receipt.accountNo,
      when: format.instant(receipt.receivedAt, issuer.timeZone),
      url: receipt.checkUrl,
    })
}
