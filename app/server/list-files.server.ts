import { isRealDay } from '~/domain/calendar'
import type { Charge, ListedDeposit } from '~/domain/charge'
import { paymentsOf, type Double } from '~/domain/double'
import type { ListedFee, ListedPromise } from '~/domain/dunning'
import type { Finding } from '~/domain/finding'
import type { Plan } from '~/domain/plan'
import type { Member, Role } from '~/domain/staff'
import type { Parked } from '~/domain/parked'
import type { ReceiptBlock, ReceiptGap } from '~/domain/receipt-numbers'
import type { StatementLine } from '~/domain/statement'
import { findingSentence } from '~/i18n/finding-sentence'
import { serverSpeech } from '~/i18n/texts.server'
import { findAuditEntries } from './audit.server'
import {
  findExceptions,
  findRuns,
  readPreview,
  type RunException,
  type Run,
} from './billing.server'
import { findCharges } from './charges.server'
import { findDeposits } from './deposits.server'
import { findDoubles } from './doubles.server'
import { findLateFees } from './late-fees.server'
import { findEntries, type LedgerEntry } from './ledger.server'
import { idIn } from './list-query.server'
import { everyRow } from './listing.server'
import { findParked } from './parked.server'
import { readPeriods } from './periods.server'
import { barangaysOf, type Barangay } from './places.server'
import { plansOf } from './plans.server'
import { findPromises } from './promises.server'
import { findBlocks, findGaps } from './receipt-numbers.server'
import {
  findBankDeposits,
  findRemittances,
  type BankDeposit,
  type Remittance,
} from './remittances.server'
import { routesOf, type Route } from './routes.server'
import type { Rows, SheetColumn } from './sheet'
import { sheetResponse } from './sheet.server'
import { membersOf, rolesOf } from './staff.server'
import { readStatement } from './statement.server'
import { readFindings } from './watch.server'
import type { MemberMe } from './guard.server'
import type { Db } from './supabase.server'

/** Lists of the office as files: the filters and the order of the page they were asked from, all of its pages. */

type Asked = { db: Db; me: MemberMe; params: URLSearchParams; headers: Headers }

type ListFile = { permission?: string; answer: (asked: Asked) => Promise<Response> | Response }

const money = <Row>(header: string, value: (row: Row) => number): SheetColumn<Row> => ({
  header,
  value,
  kind: 'money',
})

function file<Row>(asked: Asked, name: string, rows: Rows<Row>, columns: Array<SheetColumn<Row>>) {
  const { params, me, headers } = asked
  const sheet = { name, rows, columns, timeZone: me.tenant.time_zone }
  return sheetResponse<Row>(params.get('format'), sheet, headers)
}

/** A file about nobody would say that nothing is owed. */
async function subscriberAsked({ db, params }: Asked) {
  const id = idIn(params.get('subscriber'))
  const { data } = id
    ? await db.from('subscribers').select('id').eq('id', id).maybeSingle().throwOnError()
    : { data: null }
  if (!data) throw new Response('That subscriber is not here.', { status: 404 })
  return { id: data.id }
}

const paymentColumns = (which: string, at: 0 | 1): Array<SheetColumn<Double>> => [
  { header: `${which} receipt`, value: (pair) => paymentsOf(pair)[at].receipt, width: 16 },
  money(`${which} amount`, (pair) => paymentsOf(pair)[at].amountMinor),
  { header: `${which} taken by`, value: (pair) => paymentsOf(pair)[at].byName, width: 24 },
  {
    header: `${which} received`,
    value: (pair) => paymentsOf(pair)[at].receivedAt,
    kind: 'instant',
    width: 18,
  },
]

const lists: Record<string, ListFile> = {
  watch: {
    permission: 'collections.watch',
    answer: async (asked) => {
      const { time_zone: timeZone, currency, today } = asked.me.tenant
      const { days, findings } = await readFindings(asked.db, asked.params, today)
      const t = serverSpeech('en').say('oversight')
      return file<Finding>(asked, `watch-${days.from}-${days.until}`, findings, [
        { header: 'Collector', value: (row) => row.member_name, width: 24 },
        { header: 'What', value: (row) => t(`watch.kind.${row.kind}`), width: 30 },
        {
          header: 'In words',
          value: (row) => findingSentence(row, { t, timeZone, currency }),
          width: 90,
        },
        { header: 'When', value: (row) => row.at, kind: 'instant', width: 18 },
        { header: 'Subscriber', value: (row) => row.subscriber_name, width: 30 },
      ])
    },
  },
  plans: {
    permission: 'plans.manage',
    answer: async (asked) =>
      file<Plan>(asked, 'plans', await plansOf(asked.db, asked.params), [
        { header: 'Plan', value: (plan) => plan.name, width: 36 },
        { header: 'Paid', value: (plan) => plan.billing_mode },
        { header: 'Days', value: (plan) => plan.prepaid_days, kind: 'number' },
        { header: 'Down, Mbps', value: (plan) => plan.down_mbps, kind: 'number' },
        { header: 'Up, Mbps', value: (plan) => plan.up_mbps, kind: 'number' },
        { header: 'VAT', value: (plan) => plan.vat_class },
        { header: 'Price', value: (plan) => plan.price_minor, kind: 'money' },
        { header: 'Services', value: (plan) => plan.subscription_count, kind: 'number' },
        { header: 'State', value: (plan) => (plan.is_active ? 'on offer' : 'withdrawn') },
      ]),
  },
  staff: {
    permission: 'members.read',
    answer: async (asked) =>
      file<Member>(asked, 'staff', await membersOf(asked.db, asked.params), [
        { header: 'Name', value: (member) => member.full_name, width: 30 },
        { header: 'Role', value: (member) => member.role_name, width: 24 },
        { header: 'Phone', value: (member) => member.phone, width: 18 },
        { header: 'State', value: (member) => member.status },
        { header: 'Joined', value: (member) => member.joined_at, kind: 'instant', width: 18 },
        { header: 'Revoked', value: (member) => member.revoked_at, kind: 'instant', width: 18 },
      ]),
  },
  roles: {
    permission: 'members.read',
    answer: async (asked) =>
      file<Role>(asked, 'roles', await rolesOf(asked.db, asked.params), [
        { header: 'Role', value: (role) => role.name, width: 30 },
        { header: 'Works in', value: (role) => role.home },
        {
          header: 'May',
          value: (role) => (role.is_owner ? 'everything' : role.permissions.join(', ')),
          width: 80,
        },
      ]),
  },
  places: {
    permission: 'places.manage',
    answer: async (asked) =>
      file<Barangay>(asked, 'barangays', await barangaysOf(asked.db, asked.params), [
        { header: 'Barangay', value: (place) => place.name, width: 30 },
        { header: 'City or municipality', value: (place) => place.municipality, width: 30 },
        { header: 'Subscribers', value: (place) => place.subscriber_count, kind: 'number' },
      ]),
  },
  routes: {
    answer: async (asked) =>
      file<Route>(asked, 'routes', await routesOf(asked.db, asked.params), [
        { header: 'Route', value: (route) => route.name, width: 30 },
        { header: 'Collector', value: (route) => route.collector_name, width: 30 },
        { header: 'Stops', value: (route) => route.stop_count, kind: 'number' },
        { header: 'Lent to', value: (route) => route.lent_to_name, width: 30 },
        { header: 'Until', value: (route) => route.lent_until_on, kind: 'day' },
      ]),
  },
  runs: {
    permission: 'billing.read',
    answer: (asked) =>
      file<Run>(
        asked,
        `billing-runs-${asked.me.tenant.today}`,
        everyRow(findRuns(asked.db, asked.params)),
        [
          { header: 'Period', value: (run) => run.period, kind: 'day' },
          { header: 'State', value: (run) => run.state },
          {
            header: 'Started by',
            value: (run) => run.started_by_name ?? 'the schedule',
            width: 24,
          },
          { header: 'Started', value: (run) => run.started_at, kind: 'instant', width: 18 },
          { header: 'Finished', value: (run) => run.finished_at, kind: 'instant', width: 18 },
          { header: 'Invoices', value: (run) => run.invoice_count, kind: 'number' },
          { header: 'Not billed', value: (run) => run.exception_count, kind: 'number' },
          money('Total', (run) => run.total_minor),
        ],
      ),
  },
  exceptions: {
    permission: 'billing.read',
    answer: (asked) => {
      const run = idIn(asked.params.get('run'))
      if (!run) throw new Response('There is no such run.', { status: 404 })
      return file<RunException>(
        asked,
        'not-billed',
        everyRow(findExceptions(asked.db, run, asked.params)),
        [
          { header: 'Account', value: (row) => row.account_no, width: 14 },
          { header: 'Subscriber', value: (row) => row.subscriber_name, width: 36 },
          { header: 'Reason', value: (row) => row.reason, width: 24 },
          { header: 'Detail', value: (row) => row.detail, width: 60 },
        ],
      )
    },
  },
  preview: {
    permission: 'billing.read',
    answer: async (asked) => {
      const period = asked.params.get('period') ?? ''
      if (!isRealDay(period)) throw new Response('There is no such period.', { status: 404 })
      const preview = await readPreview(asked.db, { period, skipped: 0, shown: null }, asked.params)
      const rows = preview.sample.flatMap((invoice) => [
        ...invoice.lines.map((line) => ({ invoice, ...line, offer_minor: null })),
        ...invoice.offers.map((offer) => ({
          invoice,
          description: `${offer.description}, if paid by ${offer.pay_by_on}`,
          amount_minor: null,
          offer_minor: offer.amount_minor,
        })),
      ])
      return file<(typeof rows)[number]>(asked, `preview-${period}`, rows, [
        { header: 'Account', value: (row) => row.invoice.account_no, width: 14 },
        { header: 'Subscriber', value: (row) => row.invoice.subscriber_name, width: 36 },
        { header: 'What for', value: (row) => row.description, width: 48 },
        { header: 'Amount', value: (row) => row.amount_minor, kind: 'money' },
        { header: 'Less if paid on time', value: (row) => row.offer_minor, kind: 'money' },
      ])
    },
  },
  remittances: {
    permission: 'collections.read',
    answer: (asked) =>
      file<Remittance>(
        asked,
        `remittances-${asked.me.tenant.today}`,
        everyRow(findRemittances(asked.db, asked.params)),
        [
          { header: 'Handed in', value: (row) => row.submitted_at, kind: 'instant', width: 18 },
          { header: 'Collector', value: (row) => row.collector_name, width: 24 },
          { header: 'State', value: (row) => row.state },
          { header: 'Counted by', value: (row) => row.counted_by_name, width: 24 },
          { header: 'Counted', value: (row) => row.counted_minor, kind: 'money' },
          { header: 'Difference', value: (row) => row.variance_minor, kind: 'money' },
          { header: 'Decided by', value: (row) => row.approved_by_name, width: 24 },
          { header: 'Slip', value: (row) => row.slip_number, width: 18 },
        ],
      ),
  },
  'bank-deposits': {
    permission: 'collections.read',
    answer: (asked) =>
      file<BankDeposit>(
        asked,
        `bank-deposits-${asked.me.tenant.today}`,
        everyRow(findBankDeposits(asked.db, asked.params)),
        [
          { header: 'Day', value: (row) => row.deposited_on, kind: 'day' },
          { header: 'Bank', value: (row) => row.bank, width: 24 },
          { header: 'Slip', value: (row) => row.slip_number, width: 18 },
          { header: 'Paid in by', value: (row) => row.deposited_by_name, width: 24 },
          { header: 'Remittances', value: (row) => row.remittance_count, kind: 'number' },
          money('Amount', (row) => row.amount_minor),
          { header: 'Taken back', value: (row) => row.voided_at, kind: 'instant', width: 18 },
          { header: 'Reason', value: (row) => row.void_reason, width: 36 },
          { header: 'Note', value: (row) => row.note, width: 36 },
        ],
      ),
  },
  promises: {
    permission: 'collections.read',
    answer: (asked) =>
      file<ListedPromise>(
        asked,
        `promises-${asked.me.tenant.today}`,
        everyRow(findPromises(asked.db, asked.params)),
        [
          { header: 'Account', value: (row) => row.account_no, width: 14 },
          { header: 'Subscriber', value: (row) => row.subscriber_name, width: 36 },
          { header: 'Pays by', value: (row) => row.promised_on, kind: 'day' },
          { header: 'Amount', value: (row) => row.amount_minor, kind: 'money' },
          { header: 'State', value: (row) => row.state },
          { header: 'Noted', value: (row) => row.made_at, kind: 'instant', width: 18 },
          { header: 'Noted by', value: (row) => row.taken_by_name, width: 24 },
          { header: 'Note', value: (row) => row.note, width: 48 },
        ],
      ),
  },
  'late-fees': {
    permission: 'billing.read',
    answer: (asked) =>
      file<ListedFee>(
        asked,
        `late-fees-${asked.me.tenant.today}`,
        everyRow(findLateFees(asked.db, asked.params)),
        [
          { header: 'Account', value: (row) => row.account_no, width: 14 },
          { header: 'Subscriber', value: (row) => row.subscriber_name, width: 36 },
          { header: 'Invoice', value: (row) => row.number, width: 16 },
          { header: 'Charged', value: (row) => row.created_at, kind: 'instant', width: 18 },
          money('Amount', (row) => row.amount_minor),
          { header: 'State', value: (row) => row.state },
          { header: 'Waived by', value: (row) => row.waived_by_name, width: 24 },
          { header: 'Reason', value: (row) => row.waive_reason, width: 48 },
        ],
      ),
  },
  deposits: {
    permission: 'billing.read',
    answer: (asked) =>
      file<ListedDeposit>(
        asked,
        `deposits-${asked.me.tenant.today}`,
        everyRow(findDeposits(asked.db, asked.params)),
        [
          { header: 'Account', value: (row) => row.account_no, width: 14 },
          { header: 'Subscriber', value: (row) => row.subscriber_name, width: 36 },
          { header: 'When', value: (row) => row.created_at, kind: 'instant', width: 18 },
          { header: 'What', value: (row) => row.kind, width: 14 },
          { header: 'Receipt', value: (row) => row.receipt_number, width: 16 },
          { header: 'Returned by', value: (row) => row.method },
          { header: 'Reference', value: (row) => row.reference, width: 20 },
          { header: 'Note', value: (row) => row.note, width: 36 },
          { header: 'By', value: (row) => row.created_by_name, width: 24 },
          money('Amount', (row) => row.amount_minor),
        ],
      ),
  },
  charges: {
    permission: 'billing.read',
    answer: async (asked) => {
      const { db, params } = asked
      const { id } = await subscriberAsked(asked)
      return file<Charge>(asked, 'charges', everyRow(findCharges(db, id, params)), [
        { header: 'What for', value: (row) => row.description, width: 48 },
        { header: 'Kind', value: (row) => row.kind },
        { header: 'Amount', value: (row) => row.amount_minor, kind: 'money' },
        {
          header: 'Percent',
          value: (row) => (row.percent_bp === null ? null : row.percent_bp / 100),
          kind: 'number',
        },
        {
          header: 'If on time',
          value: (row) => (row.is_conditional ? 'yes' : null),
        },
        { header: 'From', value: (row) => row.starts_on, kind: 'day' },
        { header: 'Until before', value: (row) => row.until_on, kind: 'day' },
        { header: 'Invoices left', value: (row) => row.remaining, kind: 'number' },
        { header: 'State', value: (row) => row.state },
      ])
    },
  },
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
  parked: {
    permission: 'collections.read',
    answer: (asked) =>
      file<Parked>(
        asked,
        `parked-${asked.me.tenant.today}`,
        everyRow(findParked(asked.db, asked.params)),
        [
          { header: 'Arrived', value: (row) => row.received_at, kind: 'instant', width: 18 },
          { header: 'Happened', value: (row) => row.happened_at, kind: 'instant', width: 18 },
          { header: 'Collector', value: (row) => row.member_name, width: 24 },
          { header: 'Phone', value: (row) => row.device_code },
          { header: 'What', value: (row) => row.name, width: 24 },
          { header: 'Why it waits', value: (row) => row.reason, width: 24 },
          { header: 'Receipt', value: (row) => row.receipt_number, width: 16 },
          { header: 'Sent for', value: (row) => row.account_no, width: 14 },
          { header: 'Amount', value: (row) => row.amount_minor, kind: 'money' },
          { header: 'State', value: (row) => row.decision ?? row.state },
          { header: 'Settled by', value: (row) => row.settled_by_name, width: 24 },
          { header: 'Settled', value: (row) => row.settled_at, kind: 'instant', width: 18 },
          { header: 'Reason', value: (row) => row.settled_note, width: 48 },
        ],
      ),
  },
  doubles: {
    permission: 'collections.read',
    answer: (asked) =>
      file<Double>(
        asked,
        `possible-doubles-${asked.me.tenant.today}`,
        everyRow(findDoubles(asked.db, asked.params)),
        [
          { header: 'Account', value: (pair) => pair.account_no, width: 14 },
          { header: 'Subscriber', value: (pair) => pair.subscriber_name, width: 30 },
          ...paymentColumns('First', 0),
          ...paymentColumns('Second', 1),
          { header: 'Why', value: (pair) => pair.kind },
          { header: 'State', value: (pair) => pair.decision ?? pair.state },
          { header: 'Settled by', value: (pair) => pair.settled_by_name, width: 24 },
          { header: 'Settled', value: (pair) => pair.settled_at, kind: 'instant', width: 18 },
          { header: 'Reason', value: (pair) => pair.note, width: 48 },
        ],
      ),
  },
  'receipt-blocks': {
    permission: 'collections.read',
    answer: (asked) =>
      file<ReceiptBlock>(
        asked,
        `receipt-blocks-${asked.me.tenant.today}`,
        everyRow(findBlocks(asked.db, asked.params)),
        [
          { header: 'Prefix', value: (row) => row.prefix },
          { header: 'First', value: (row) => row.first_serial, kind: 'number' },
          { header: 'Last', value: (row) => row.last_serial, kind: 'number' },
          { header: 'Collector', value: (row) => row.member_name, width: 24 },
          { header: 'Phone', value: (row) => row.device_code },
          { header: 'Lent', value: (row) => row.created_at, kind: 'instant', width: 18 },
          { header: 'State', value: (row) => row.state },
          { header: 'Numbers', value: (row) => row.issued, kind: 'number' },
          { header: 'Used', value: (row) => row.used, kind: 'number' },
          { header: 'Voided', value: (row) => row.voided, kind: 'number' },
          { header: 'Still out', value: (row) => row.still_out, kind: 'number' },
          { header: 'Cancelled', value: (row) => row.cancelled, kind: 'number' },
          { header: 'Missing', value: (row) => row.missing, kind: 'number' },
          { header: 'Reason', value: (row) => row.reason, width: 36 },
        ],
      ),
  },
  'receipt-gaps': {
    permission: 'collections.read',
    answer: (asked) =>
      file<ReceiptGap>(
        asked,
        `receipt-gaps-${asked.me.tenant.today}`,
        everyRow(findGaps(asked.db)),
        [
          { header: 'First', value: (row) => row.first_serial, kind: 'number' },
          { header: 'Last', value: (row) => row.last_serial, kind: 'number' },
          { header: 'Numbers', value: (row) => row.numbers, kind: 'number' },
          { header: 'What', value: (row) => row.kind },
          { header: 'Collector', value: (row) => row.member_name, width: 24 },
          { header: 'Phone', value: (row) => row.device_code },
        ],
      ),
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
  statement: {
    permission: 'billing.read',
    answer: async (asked) => {
      const { db, params, me } = asked
      const { id } = await subscriberAsked(asked)
      const { from, until, statement } = await readStatement(db, id, params, me.tenant.today)
      const edge = { kind: '', document: null, debit_minor: null, credit_minor: null }
      const rows: Array<StatementRow> = [
        { ...edge, on: from, description: 'Opening', balance_minor: statement.opening_minor },
        ...statement.lines,
        { ...edge, on: until, description: 'Closing', balance_minor: statement.closing_minor },
      ]
      return file<StatementRow>(asked, `statement-${from}-${until}`, rows, [
        { header: 'Day', value: (line) => line.on, kind: 'day' },
        { header: 'What', value: (line) => line.description ?? line.kind, width: 40 },
        { header: 'Document', value: (line) => line.document, width: 18 },
        { header: 'Billed', value: (line) => line.debit_minor, kind: 'money' },
        { header: 'Paid', value: (line) => line.credit_minor, kind: 'money' },
        money('Balance', (line) => line.balance_minor),
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

type StatementRow = Pick<
  StatementLine,
  'on' | 'kind' | 'document' | 'description' | 'balance_minor'
> & {
  debit_minor: number | null
  credit_minor: number | null
}

function written(values: unknown) {
  return values === null ? null : JSON.stringify(values)
}

/** The file of a list, or null where there is no such list. */
export function listFile(name: string | undefined): ListFile | null {
  return name !== undefined && Object.hasOwn(lists, name) ? (lists[name] ?? null) : null
}
