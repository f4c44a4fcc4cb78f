import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import type { Paper } from '~/printing/paper'
import { usePays } from './pays'
import type { Receipt } from './receipt'

/** The receipt in words, as printers and pictures take it. `copy`: how many papers there were before this one. */
export function usePaper(receipt: Receipt) {
  const { issuer } = receipt
  const t = useT('collector')
  const words = useT('receipt')
  const format = useFormat()
  const paysOf = usePays(issuer.currency, issuer.timeZone)

  return (copy: number): Paper => ({
    heading: issuer.tradeName,
    underHeading: [issuer.address, issuer.tin === null ? null : `TIN ${issuer.tin}`].filter(
      (line) => line !== null,
    ),
    marks: [
      receipt.isVoid ? t('stage.void').toUpperCase() : null,
      copy > 0 ? t('receipt.copy_number', { number: copy }).toUpperCase() : null,
    ].filter((mark) => mark !== null),
    amount: formatMoney(receipt.amountMinor, issuer.currency),
    number: `${t('receipt.number')} ${receipt.number}`,
    facts: [
      { name: t('receipt.when'), value: format.instant(receipt.receivedAt, issuer.timeZone) },
      { name: t('receipt.from'), value: receipt.subscriberName },
      { name: words('account'), value: receipt.accountNo },
      { name: t('receipt.method'), value: t('receipt.cash') },
      { name: t('receipt.by'), value: receipt.collectorName },
    ],
    pays: (receipt.effect ? paysOf(receipt.effect) : []).flatMap(({ what, detail, amount }) => [
      { name: what, value: amount ?? '' },
      ...(detail ? [{ name: detail, value: '' }] : []),
    ]),
    address: receipt.checkUrl,
    check: t('receipt.check'),
    notice: NOTICE,
  })
}

/** The law's words (RR 11-2024), in English on every receipt. */
export const NOTICE = 'THIS DOCUMENT IS NOT VALID FOR CLAIM OF INPUT TAX'
