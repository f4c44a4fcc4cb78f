import { useFormat } from '~/i18n/use-format'
import { useLanguage, useT } from '~/i18n/use-t'
import { KeyValue } from '~/ui/base/key-value'
import { QrCode } from '~/ui/base/qr-code'
import { appliesSentence, type PaymentEffect } from '~/ui/money/applies-sentence'
import { Money } from '~/ui/money/money'
import { usePaymentWords, type Method } from './words'

export type ReceiptFacts = {
  number: string
  amount_minor: number
  method: Method
  reference: string | null
  received_at: string
  received_by_name: string | null
  subscriber_name: string
  account_no: string
  effect: PaymentEffect
  balance_minor: number
}

/** A receipt as a person holds it: fits a till roll when printed, and the screen when not. */
export function ReceiptSlip(props: {
  receipt: ReceiptFacts
  isp: { trade_name: string; time_zone: string }
  /** Where anybody can check that it is real. */
  checkUrl: string
  /** Papers counted before this one; null while this one was not counted, and then it prints as a copy. */
  reprint: number | null
}) {
  const { receipt, isp, checkUrl, reprint } = props
  const t = useT('collections')
  const common = useT('common')
  const language = useLanguage()
  const words = usePaymentWords()
  const format = useFormat()

  return (
    <article className="mx-auto w-full max-w-md rounded-lg border border-line bg-surface p-6 shadow-card print:max-w-none print:border-0 print:p-0 print:shadow-none">
      <p className="text-center text-lg font-semibold">{isp.trade_name}</p>
      {reprint === 0 ? null : (
        <p className="hidden text-center font-semibold uppercase print:block">
          {reprint === null ? t('receipt.copy') : t('receipt.reprint', { count: reprint })}
        </p>
      )}
      <p className="mt-4 text-center text-sm text-soft">{t('receipt.number')}</p>
      <p className="text-center text-2xl font-semibold tabular">{receipt.number}</p>
      <p className="mt-4 text-center text-4xl font-semibold">
        <Money minor={receipt.amount_minor} />
      </p>
      <p className="mx-auto mt-3 max-w-sm text-center text-pretty">
        {appliesSentence(receipt.effect, { t: common, language, timeZone: isp.time_zone })}
      </p>
      <div className="mt-5 border-t border-line pt-3 text-sm">
        <KeyValue
          items={[
            { key: t('receipt.from'), value: receipt.subscriber_name },
            { key: t('receipt.account'), value: receipt.account_no },
            { key: t('receipt.method'), value: words.method(receipt.method) },
            receipt.reference !== null && { key: t('receipt.reference'), value: receipt.reference },
            { key: t('receipt.at'), value: format.instant(receipt.received_at, isp.time_zone) },
            { key: t('receipt.by'), value: receipt.received_by_name },
            { key: t('receipt.open_after'), value: <Money minor={receipt.balance_minor} /> },
          ]}
        />
      </div>
      <div className="mt-5 flex items-center gap-4 border-t border-line pt-5">
        <QrCode
          value={checkUrl}
          label={t('receipt.check')}
          className="size-22 shrink-0 rounded-md"
        />
        <p className="text-sm text-soft">{t('receipt.check')}</p>
      </div>
      <p className="mt-4 text-center text-2xs text-faint">{t('receipt.not_valid')}</p>
    </article>
  )
}
