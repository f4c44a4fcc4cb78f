import { data, redirect } from '@remix-run/node'
import { addMonths, firstOfMonth, isRealDay, lastOfMonth } from '~/domain/calendar'
import { withParams } from '~/domain/url-list'
import { accountsOf } from './trial-balance.server'
import { branchesOf } from './branches.server'
import { requireMember } from './guard.server'
import { orderOf, readPage } from './list-query.server'
import { list, type List } from './listing.server'
import type { Db } from './supabase.server'

/** The books a tax office asks for. Each row and each sum is the ledger's; a page and its file read the same list. */

export type SalesRow = {
  id: string
  book_on: string
  kind: 'invoice' | 'void' | 'credit_note'
  invoice_id: string
  credit_note_id: string | null
  number: string
  branch: string
  branch_name: string | null
  against: string | null
  buyer_name: string | null
  buyer_tin: string | null
  buyer_address: string | null
  account_no: string | null
  vatable_minor: number
  exempt_minor: number
  zero_rated_minor: number
  non_vat_minor: number
  vat_minor: number
  total_minor: number
  is_void: boolean
}

export type SalesTotals = Pick<
  SalesRow,
  | 'vatable_minor'
  | 'exempt_minor'
  | 'zero_rated_minor'
  | 'non_vat_minor'
  | 'vat_minor'
  | 'total_minor'
>

export type CashRow = {
  id: string
  book_on: string
  kind: string
  payment_id: string | null
  receipt_number: string | null
  subscriber_id: string | null
  subscriber_name: string | null
  account_no: string | null
  method: string | null
  reference: string | null
  branch: string
  money_minor: number
  withheld_minor: number
  receivable_minor: number
  credit_minor: number
  other_minor: number
}

export type CashTotals = Pick<
  CashRow,
  'money_minor' | 'withheld_minor' | 'receivable_minor' | 'credit_minor' | 'other_minor'
>

export type JournalRow = {
  transaction_id: string
  line: number
  book_on: string
  kind: string
  source_kind: string
  source_id: string
  reverses: string | null
  document: string | null
  account_name: string
  owner_kind: 'subscriber' | 'member' | null
  owner_id: string | null
  owner_name: string | null
  debit_minor: number
  credit_minor: number
}

export type JournalTotals = Pick<JournalRow, 'debit_minor' | 'credit_minor'>

export type BookDays = { from: string; until: string }

/** The days named, else the month named, else this month. Both ends are included. */
export function bookDays(params: URLSearchParams, today: string): BookDays {
  const from = realDay(params.get('from'))
  const until = realDay(params.get('until'))
  if (from || until) {
    const first = from ?? firstOfMonth(until ?? today)
    const last = until ?? today
    return first <= last ? { from: first, until: last } : { from: last, until: first }
  }
  const month = firstOfMonth(realDay(params.get('month')) ?? today)
  return { from: month, until: lastOfMonth(month) }
}

/** A book is always open at some days, and its address says which. */
function openBook(params: URLSearchParams, today: string, headers: Headers): BookDays {
  const isNamed = ['month', 'from', 'until'].some((name) => params.get(name))
  if (!isNamed) throw redirect(withParams(params, { month: firstOfMonth(today) }), { headers })
  return bookDays(params, today)
}

const MONTHS_OFFERED = 24

/** The months a book can be opened at, newest first. */
function bookMonths(today: string): Array<string> {
  const month = firstOfMonth(today)
  return Array.from({ length: MONTHS_OFFERED }, (_, back) => addMonths(month, -back))
}

function realDay(text: string | null) {
  return text && isRealDay(text) ? text : null
}

const filters = {
  sales: { branch: /^\d{5}$/ },
  cash: { method: /^[a-z]+$/, branch: /^\d{5}$/ },
  journal: { kind: /^[a-z_]+$/, account: /^[a-z_]+$/ },
}

export type BookName = keyof typeof filters

/** The part of a book an address asks for, by its filters. With none of them it is the whole book. */
export type BookPart = Record<string, string>

export function bookPart(book: BookName, params: URLSearchParams): BookPart {
  const asked = Object.entries(filters[book]).map(([name, known]) => {
    const value = params.get(name) ?? ''
    return known.test(value) ? [[name, value] as const] : []
  })
  return Object.fromEntries(asked.flat())
}

export function findSales(db: Db, params: URLSearchParams, { from, until }: BookDays) {
  return list<SalesRow>((how) => {
    const order = orderOf(
      params,
      ['book_on', 'number', 'branch', 'buyer_name', 'total_minor'],
      'book_on',
    )
    return {
      fitting: db
        .from('sales_book')
        .select('*', how)
        .gte('book_on', from)
        .lte('book_on', until)
        .match(bookPart('sales', params)),
      order: [
        { ...order, emptyLast: true },
        { column: 'serial', ascending: true },
        { column: 'id', ascending: true },
      ],
    }
  })
}

export function findCash(db: Db, params: URLSearchParams, { from, until }: BookDays) {
  return list<CashRow>((how) => {
    const allowed = ['book_on', 'receipt_number', 'subscriber_name', 'money_minor']
    const order = orderOf(params, allowed, 'book_on')
    return {
      fitting: db
        .from('cash_receipts_book')
        .select('*', how)
        .gte('book_on', from)
        .lte('book_on', until)
        .match(bookPart('cash', params)),
      order: [
        { ...order, emptyLast: true },
        { column: 'id', ascending: true },
      ],
    }
  })
}

export function findJournal(db: Db, params: URLSearchParams, { from, until }: BookDays) {
  return list<JournalRow>((how) => {
    const { ascending } = orderOf(params, ['book_on'], 'book_on')
    const { kind, account } = bookPart('journal', params)
    return {
      fitting: db
        .from('general_journal')
        .select('*', how)
        .gte('book_on', from)
        .lte('book_on', until)
        .match({ ...(kind && { kind }), ...(account && { code: account }) }),
      order: [
        ...['book_on', 'occurred_at', 'transaction_id'].map((column) => ({ column, ascending })),
        { column: 'line', ascending: true },
      ],
    }
  })
}

type Book<Row> = {
  book: BookName
  find: (db: Db, params: URLSearchParams, days: BookDays) => List<Row>
  totals: 'sales_book_totals' | 'cash_receipts_totals' | 'general_journal_totals'
}

/** The page of a book an address asks for, with the sums of all that fits, and what its filters offer. */
export async function readBook<Row, Totals>(request: Request, { book, find, totals }: Book<Row>) {
  const { db, me, headers } = await requireMember(request, 'ledger.read')
  const params = new URL(request.url).searchParams
  const { today } = me.tenant
  const days = openBook(params, today, headers)
  const part = bookPart(book, params)
  const [page, sums, branches, accounts] = await Promise.all([
    readPage(find(db, params, days), params, headers),
    db
      .rpc(totals, { from_on: days.from, until_on: days.until, ...part })
      .single()
      .throwOnError(),
    branchesOf(db),
    book === 'journal' ? accountsOf(db) : [],
  ])
  return data(
    {
      branches,
      accounts,
      book: { days, part, months: bookMonths(today), total: page.total },
      rows: page.rows,
      totals: sums.data as Totals,
    },
    { headers },
  )
}
