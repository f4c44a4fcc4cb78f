import type { Finding } from '~/domain/finding'

/** Where the facts of a finding stand. */
export function findingLink(finding: Finding, days: { from: string; until: string }): string {
  if (finding.remittance_id) return `/office/collections/remittances/${finding.remittance_id}`
  const isOne = finding.kind === 'clock' || finding.kind === 'far'
  if (isOne && finding.payment_id) return `/office/payments/${finding.payment_id}`
  if (isOne && finding.subscriber_id) return `/office/subscribers/${finding.subscriber_id}/history`
  const list = new URLSearchParams({ collector: finding.member_id, ...days })
  if (finding.kind === 'voids') list.set('stage', 'void')
  return `/office/payments?${list.toString()}`
}
