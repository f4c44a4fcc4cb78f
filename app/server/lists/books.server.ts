import { findAuditEntries } from '../audit.server'
import { findEntries, type LedgerEntry } from '../ledger.server'
import { everyRow } from '../listing.server'
import { readPeriods } from '../periods.server'
import { money } from '../sheet'
import { file, type ListFile } from './list-file.server'

/** What the books and the trail say. */
export const booksLists: Record<string, ListFile> = {
  ledger: {
    permission: 'ledger.read',
    answer: (asked) =>
      file<LedgerEntry>(
        asked,
        `ledger-${asked.me.tenant.today}`,
        everyRow(findEntries(asked.db, asked.params)),
        [
          { header: 'Day', value: (entry) => entry.accounting_on, kind: 'day' },
          { header: 'Transaction', value: (entry) => entry.transaction_id, width: 38 },
          { header: 'Event', value: (entry) => entry.kind, width: 20 },
          { header: 'Takes back', value: (entry) => entry.reverses, width: 38 },
          { header: 'Account', value: (entry) => entry.account_name, width: 32 },
          money('Debit', (entry) => entry.debit_minor),
          money('Credit', (entry) => entry.credit_minor),
        ],
      ),
  },
  audit: {
    permission: 'audit.read',
    answer: (asked) => {
      const zone = asked.me.tenant.time_zone
      return file<AuditRow>(
        asked,
        `audit-log-${asked.me.tenant.today}`,
        everyRow(findAuditEntries<AuditRow>(asked.db, asked.params, zone)),
        [
          { header: 'When', value: (entry) => entry.recorded_at, kind: 'instant', width: 18 },
          { header: 'Who', value: (entry) => entry.actor_name ?? entry.actor, width: 24 },
          { header: 'What', value: (entry) => entry.table_name, width: 28 },
          { header: 'Record', value: (entry) => entry.row_id, width: 38 },
          { header: 'Change', value: (entry) => entry.operation },
          { header: 'Before', value: (entry) => written(entry.before), width: 60 },
          { header: 'After', value: (entry) => written(entry.after), width: 60 },
          { header: 'From', value: (entry) => entry.source },
          { header: 'Address', value: (entry) => entry.address, width: 18 },
        ],
      )
    },
  },
  periods: {
    permission: 'ledger.read',
    answer: async (asked) => {
      const { db, params, me } = asked
      const { year, shown } = await readPeriods(db, params, me.tenant.today)
      return file<(typeof shown)[number]>(asked, `periods-${year}`, shown, [
        { header: 'Month', value: (month) => month.month, kind: 'day' },
        { header: 'State', value: (month) => month.state },
        { header: 'Closed by', value: (month) => month.closed_by_name, width: 24 },
        { header: 'Closed', value: (month) => month.closed_at, kind: 'instant', width: 18 },
        money('Sales', (month) => month.sales_minor),
        money('Output VAT', (month) => month.vat_minor),
        money('Money in', (month) => month.received_minor),
        { header: 'Late facts', value: (month) => month.late_count, kind: 'number' },
        { header: 'Seal', value: (month) => month.trial_balance_hash, width: 66 },
      ])
    },
  },
}

type AuditRow = {
  recorded_at: string
  actor: string
  actor_name: string | null
  table_name: string
  row_id: string
  operation: string
  before: unknown
  after: unknown
  source: string
  address: string | null
}

function written(values: unknown) {
  return values === null ? null : JSON.stringify(values)
}
