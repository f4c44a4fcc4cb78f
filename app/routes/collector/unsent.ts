import type { Phone } from '~/offline/phone'
import { receipt, unsentEntries } from '~/offline/view'
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

/** Everything as it lies in the outbox, so the office can read it in later without this phone. */
export async function saveUnsentFile(phone: Phone): Promise<void> {
  const [entries, items] = await Promise.all([unsentEntries(phone), unsentItems(phone)])
  const { full_name, member_id, tenant_id, trade_name } = phone.profile
  const content = {
    saved_at: phone.now().toISOString(),
    tenant: { id: tenant_id, trade_name },
    collector: { id: member_id, full_name },
    device_id: phone.deviceId,
    payments: items,
    commands: entries,
  }
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = `linyada-unsent-${content.saved_at.slice(0, 10)}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
