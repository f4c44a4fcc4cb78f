import type { ReactNode } from 'react'
import { QrCode } from '~/ui/base/qr-code'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import type { PaymentEffect } from '~/ui/money/applies-sentence'
import { NOTICE } from './use-paper'
import { WhatItPays } from './what-it-pays'

export type Receipt = {
  paymentId: string
  number: string
  amountMinor: number
  receivedAt: string
  subscriberName: string
  accountNo: string
  collectorName: string
  effect: PaymentEffect | null
  isVoid: boolean
  issuer: {
    tradeName: string
    tin: string | null
    address: string | null
    currency: string
    timeZone: string
  }
  /** Where anybody can check it: `https://…/r/<payment>#<what was signed>`. */
  checkUrl: string
}

/** A page to hold up and print. Prints narrow, as on a receipt roll. */
export function ReceiptPaper(props: {
  receipt: Receipt
  /** Papers counted before this one; null while this one was not counted, and then it prints as a copy. */
  copy: number | null
}) {
  const { receipt, copy } = props
  const t = useT('collector')
  const format = useFormat()
  const { issuer } = receipt

  return (
    <article
      aria-label={t('receipt.title')}
      className="receipt-paper rounded-lg border border-line bg-surface px-5 py-5 shadow-card print:max-w-[72mm] print:border-0 print:bg-white print:px-0 print:text-black print:shadow-none"
    >
      <header className="text-center">
        <p className="text-lg leading-snug font-semibold">{issuer.tradeName}</p>
        {issuer.address ? <p className="text-sm text-soft">{issuer.address}</p> : null}
        {issuer.tin ? <p className="tabular text-sm text-soft">TIN {issuer.tin}</p> : null}
      </header>

      <p className="tabular mt-4 text-center text-[min(2.5rem,11vw)] leading-tight font-semibold print:text-4xl">
        {formatMoney(receipt.amountMinor, issuer.currency)}
      </p>
      <p className="mt-1 text-center text-soft">
        {t('receipt.number')}{' '}
        <span className="tabular font-semibold text-ink print:text-black">{receipt.number}</span>
      </p>
      {copy === 0 ? null : (
        <p className="mt-2 hidden text-center font-semibold uppercase print:block">
          {copy === null ? t('receipt.copy') : t('receipt.copy_number', { number: copy })}
        </p>
      )}
      {receipt.isVoid ? (
        <p className="mt-2 text-center font-semibold text-danger uppercase">{t('stage.void')}</p>
      ) : null}

      <dl className="mt-4 flex flex-col gap-2 border-t border-dashed border-line-strong pt-4">
        <Fact name={t('receipt.from')}>
          {receipt.subscriberName}
          <span className="block text-sm text-soft">
            <span className="tabular">{receipt.accountNo}</span>
          </span>
        </Fact>
        <Fact name={t('receipt.when')}>
          <span className="tabular">{format.instant(receipt.receivedAt, issuer.timeZone)}</span>
        </Fact>
        <Fact name={t('receipt.by')}>{receipt.collectorName}</Fact>
        <Fact name={t('receipt.method')}>{t('receipt.cash')}</Fact>
      </dl>

      {receipt.effect ? (
        <div className="mt-4 border-t border-dashed border-line-strong pt-4">
          <WhatItPays
            effect={receipt.effect}
            currency={issuer.currency}
            timeZone={issuer.timeZone}
          />
        </div>
      ) : null}

      <div className="mt-4 flex flex-col items-center border-t border-dashed border-line-strong pt-4">
        <QrCode
          value={receipt.checkUrl}
          label={t('receipt.qr')}
          className="size-56 rounded-sm print:size-[46mm]"
        />
        <p className="mt-2 text-sm text-soft">{t('receipt.check')}</p>
      </div>
      <p className="mt-4 text-center text-xs font-medium text-soft">{NOTICE}</p>
    </article>
  )
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <dt className="max-w-1/2 shrink-0 text-sm text-soft">{name}</dt>
      <dd className="min-w-[min(8rem,100%)] flex-1 text-right">{children}</dd>
    </div>
  )
}
