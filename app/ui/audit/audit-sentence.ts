import { formatDay, formatMoney, formatMonth } from '~/i18n/format'
import type { AuditEntry } from './audit-entry'

/**
 * What somebody did, in words: “voided the payment 0042”. English phrases stand here and not in the
 * texts, because each is one verb with its object and the office is English only.
 */
export function auditSentence(entry: AuditEntry, name: string | undefined): string {
  const thing = things[entry.table_name]
  const special = phrases[entry.table_name]?.(entry, name)
  if (special) return special
  const said = name ?? nameIn(entry)
  return [
    verbs[entry.operation],
    thing?.noun ?? entry.table_name.replace(/^.*\./, '').replaceAll('_', ' '),
    said,
  ]
    .filter(Boolean)
    .join(' ')
}

/** The page of the record, where there is one. */
export function auditTarget(entry: AuditEntry): string | null {
  const path = things[entry.table_name]?.path
  return path ? `${path}/${entry.row_id}` : null
}

export function auditedTables() {
  return Object.entries(things).map(([table, { title }]) => ({ value: table, label: title }))
}

const verbs = { insert: 'added', update: 'changed', delete: 'removed' }

type Thing = { title: string; noun: string; path?: string }

const things: Record<string, Thing> = {
  'service.subscribers': { title: 'Subscribers', noun: 'subscriber', path: '/office/subscribers' },
  'service.subscriptions': { title: 'Services', noun: 'the service of' },
  'service.subscription_terms': { title: 'Plans of services', noun: 'the plan of a service' },
  'service.holds': { title: 'Holds', noun: 'a hold' },
  'service.changes': { title: 'Changes of services', noun: 'a change of a service' },
  'service.pauses': { title: 'Pauses', noun: 'a pause' },
  'collections.payments': { title: 'Payments', noun: 'the payment', path: '/office/payments' },
  'collections.void_requests': { title: 'Void requests', noun: 'a void request' },
  'collections.remittances': { title: 'Remittances', noun: 'a remittance' },
  'collections.bank_deposits': { title: 'Bank deposits', noun: 'a bank deposit' },
  'collections.shortage_repayments': {
    title: 'Repaid shortages',
    noun: 'a repayment of a shortage',
  },
  'collections.collector_limits': { title: 'Limits of collectors', noun: "a collector's limits" },
  'collections.devices': { title: 'Phones', noun: 'the phone' },
  'collections.receipt_blocks': { title: 'Receipt blocks', noun: 'a block of receipt numbers' },
  'collections.promises': { title: 'Promises', noun: 'a promise to pay' },
  'billing.late_fees': { title: 'Late fees', noun: 'a late fee' },
  'collections.visits': { title: 'Visits', noun: 'a visit' },
  'collections.claims': { title: 'Claimed payments', noun: 'a claimed payment' },
  'sync.commands': { title: 'Sent by phones', noun: 'something a phone sent' },
  'sync.alarms': { title: 'Alarms of phones', noun: 'an alarm of a phone' },
  'billing.invoices': { title: 'Invoices', noun: 'the invoice', path: '/office/invoices' },
  'billing.runs': {
    title: 'Billing runs',
    noun: 'the billing run of',
    path: '/office/billing/runs',
  },
  'billing.invoice_drafts': {
    title: 'Draft invoices',
    noun: 'a draft invoice',
    path: '/office/invoices/drafts',
  },
  'billing.charges': { title: 'Charges', noun: 'a charge' },
  'billing.deposits': { title: 'Deposits', noun: 'a deposit' },
  'catalog.plan_discounts': { title: 'Discounts of plans', noun: 'a discount of a plan' },
  'billing.credit_notes': { title: 'Credit notes', noun: 'credit note' },
  'ledger.periods': { title: 'Months of the books', noun: 'a month of the books' },
  'catalog.plans': { title: 'Plans', noun: 'plan' },
  'catalog.plan_prices': { title: 'Prices', noun: 'a price of a plan' },
  'places.barangays': { title: 'Barangays', noun: 'barangay' },
  'places.routes': { title: 'Routes', noun: 'route' },
  'places.route_stops': { title: 'Stops of routes', noun: 'a stop of a route' },
  'access.members': { title: 'Staff', noun: 'the staff record of' },
  'access.roles': { title: 'Roles', noun: 'role' },
  'access.invitations': { title: 'Invitations', noun: 'an invitation for' },
  'access.subscriber_logins': { title: 'Portal logins', noun: 'a portal login' },
  'tenancy.tenants': { title: 'ISP profile', noun: 'the ISP profile' },
  'tenancy.billing_settings': { title: 'Billing settings', noun: 'the billing settings' },
  'tenancy.tax_regimes': { title: 'Tax regimes', noun: 'a tax regime' },
}

type Phrase = (entry: AuditEntry, name: string | undefined) => string | null

const phrases: Record<string, Phrase> = {
  'collections.payments': ({ operation, after }, name) => {
    if (operation === 'insert') {
      const method = text(after, 'method') === 'cash' ? 'cash' : text(after, 'method')
      return `took ${money(after, 'amount_minor')} in ${method}${name ? `, receipt ${name}` : ''}`
    }
    if (after?.stage === 'void') return `voided the payment ${name ?? ''}`.trim()
    if (after?.stage === 'remitted') return `counted the payment ${name ?? ''} into the office`
    return after?.remittance_id ? `handed in the payment ${name ?? ''}` : null
  },
  'collections.void_requests': ({ operation, after }) => {
    if (operation === 'insert') return `asked to void a payment: ${text(after, 'reason')}`
    if (after?.state === 'approved') return 'agreed to void a payment'
    return after?.state === 'refused' ? 'left a payment as it is' : null
  },
  'collections.devices': ({ operation, after }, name) => {
    if (operation === 'insert') return `registered the phone ${text(after, 'code')}`
    if (after?.status === 'active') return `approved the phone ${name ?? ''}`.trim()
    if (after?.wiped_at) return `emptied the phone ${name ?? ''}`.trim()
    if (after?.status === 'wiping') return `asked the phone ${name ?? ''} to empty itself`
    if (after?.status === 'revoked') return `ended the phone ${name ?? ''}`.trim()
    return after?.last_seen_at ? `was heard of on the phone ${name ?? ''}`.trim() : null
  },
  'collections.remittances': ({ operation, after }) => {
    // The sum is told once the cash is counted.
    if (operation === 'insert' && after?.declared_minor === undefined) return 'handed in cash'
    if (operation === 'insert') return `handed in ${money(after, 'declared_minor')}`
    if (after?.counted_minor !== undefined)
      return `counted a remittance: ${money(after, 'counted_minor')}`
    if (after?.state === 'accepted') return 'accepted a difference of a remittance'
    return after?.state === 'rejected' ? 'sent a remittance back' : null
  },
  'collections.bank_deposits': ({ operation, after }) => {
    if (operation === 'insert')
      return `took ${money(after, 'amount_minor')} to the bank, slip ${text(after, 'slip_number')}`
    return after?.voided_at ? 'took a bank deposit back' : null
  },
  'collections.shortage_repayments': ({ after }) =>
    `took ${money(after, 'amount_minor')} that a collector repaid`,
  'sync.commands': ({ operation, after }) => {
    if (operation === 'update' && after?.settled_at) return 'settled something a phone sent'
    if (operation !== 'insert') return null
    const parked = after?.state === 'parked' ? ', which is parked' : ''
    return `sent a ${(text(after, 'name') || 'command').replace(/^record_/, '').replaceAll('_', ' ')} from a phone${parked}`
  },
  'billing.invoices': ({ after }, name) => {
    if (after?.state === 'paid') return `brought invoice ${name ?? ''} to paid in full`
    if (after?.state === 'void') return `voided invoice ${name ?? ''}`
    if (after?.state === 'open') return `opened invoice ${name ?? ''} again`
    return after?.balance_minor === undefined
      ? null
      : `changed what is open on invoice ${name ?? ''}`
  },
  'billing.runs': ({ operation, after }, name) => {
    const month = name ?? (after?.period ? formatMonth(text(after, 'period')) : '')
    if (operation === 'insert') return `started the billing run of ${month}`
    const state = after?.state
    if (state === 'done') return `finished the billing run of ${month}`
    if (state === 'paused') return `paused the billing run of ${month}`
    if (state === 'failed') return `stopped at the billing run of ${month}`
    return state === 'running'
      ? `continued the billing run of ${month}`
      : `billed a part of ${month}`
  },
  'service.holds': ({ operation, after }) => {
    if (operation === 'insert') return `put a service on hold: ${text(after, 'reason')}`
    return after?.closed_at
      ? `took a hold off: ${text(after, 'closed_reason') || 'no reason given'}`
      : null
  },
  'service.subscriptions': ({ operation, after }, name) => {
    const whose = name ? `the service of ${name}` : 'a service'
    if (operation === 'insert') return `added ${whose}`
    if (after?.terminated_on) return `ended ${whose} on ${formatDay(text(after, 'terminated_on'))}`
    return after?.paid_until ? `moved the paid time of ${whose}` : null
  },
  'access.members': ({ operation, after }, name) => {
    const who = name ?? text(after, 'full_name')
    if (operation === 'insert') return `${who} joined the staff`
    if (after?.status === 'revoked') return `ended the access of ${who}`
    if (after?.status === 'active') return `gave ${who} access again`
    return after?.role_id ? `changed the role of ${who}` : null
  },
  'access.invitations': ({ operation, after }) => {
    if (operation === 'insert') return `invited ${text(after, 'full_name')}`
    if (after?.accepted_at) return 'accepted an invitation'
    return after?.withdrawn_at ? 'withdrew an invitation' : null
  },
}

function nameIn({ before, after }: AuditEntry) {
  const row = after ?? before
  return ['name', 'full_name', 'number', 'code', 'description']
    .map((key) => text(row, key))
    .find(Boolean)
}

function text(row: Record<string, unknown> | null, key: string) {
  const value = row?.[key]
  return typeof value === 'string' ? value : ''
}

function money(row: Record<string, unknown> | null, key: string) {
  const value = row?.[key]
  return typeof value === 'number' ? formatMoney(value) : ''
}
