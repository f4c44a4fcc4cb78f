import { paymentsOf, type Double } from '~/domain/double'
import type { ListedPromise } from '~/domain/dunning'
import type { Finding } from '~/domain/finding'
import type { Parked } from '~/domain/parked'
import type { ReceiptBlock, ReceiptGap } from '~/domain/receipt-numbers'
import { findingSentence } from '~/i18n/finding-sentence'
import { serverSpeech } from '~/i18n/texts.server'
import { findDoubles } from '../doubles.server'
import { everyRow } from '../listing.server'
import { findParked } from '../parked.server'
import { findPromises } from '../promises.server'
import { findBlocks, findGaps } from '../receipt-numbers.server'
import {
  findBankDeposits,
  findRemittances,
  type BankDeposit,
  type Remittance,
} from '../remittances.server'
import { money, type SheetColumn } from '../sheet'
import { readFindings } from '../watch.server'
import { file, type ListFile } from './list-file.server'

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

/** What is collected on the road and comes in from it. */
export const fieldLists: Record<string, ListFile> = {
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
}
