import { isRealDay } from '~/domain/calendar'
import type { Charge, ListedDeposit } from '~/domain/charge'
import type { ListedFee } from '~/domain/dunning'
import type { StatementLine } from '~/domain/statement'
import {
  findExceptions,
  findRuns,
  readPreview,
  type RunException,
  type Run,
} from '../billing.server'
import { findCharges } from '../charges.server'
import { findDeposits } from '../deposits.server'
import { findLateFees } from '../late-fees.server'
import { idIn } from '../list-query.server'
import { everyRow } from '../listing.server'
import { money } from '../sheet'
import { readStatement } from '../statement.server'
import { file, type Asked, type ListFile } from './list-file.server'

/** What is billed, late and held. */
export const billingLists: Record<string, ListFile> = {
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

type StatementRow = Pick<
  StatementLine,
  'on' | 'kind' | 'document' | 'description' | 'balance_minor'
> & {
  debit_minor: number | null
  credit_minor: number | null
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
