import type { Phone } from '~/offline/phone'
import { receipt, unsentEntries } from '~/offline/own-payments'
import type { UnsentItem } from '~/ui/collector/unsent-list'

/** What the office has not got yet, in words a person can check against the receipts. */
export async function unsentItems(phone: Phone): Promise<Array<UnsentItem>> {
  const entries = await unsentEntries(phone)
  return Promise.all(
    entries.map(async (entry) => {
      const given = await receipt(phone, entry.id)
      return {
        id: entry.id,
        happenedAt: entry.happened_at,
        receiptNumber: given?.number ?? null,
        subscriberName: given?.subscriber_name ?? null,
        accountNo: given?.account_no ?? null,
        amountMinor: given?.amount_minor ?? null,
      }
    }),
  )
}
