import {
  bookPart,
  findCash,
  findJournal,
  findSales,
  type BookDays,
  type BookName,
  type CashRow,
  type JournalRow,
  type SalesRow,
} from './books.server'
import { everyRow } from './listing.server'
import { money, type SheetColumn } from './sheet'
import { sheetResponse } from './sheet.server'
import type { Db } from './supabase.server'

type Asked = { db: Db; asked: URLSearchParams; days: BookDays; timeZone: string }

const documents = { invoice: 'Invoice', void: 'Void of invoice', credit_note: 'Credit note' }

const salesColumns: Array<SheetColumn<SalesRow>> = [
  { header: 'Date', value: (row) => row.book_on, kind: 'day' },
  { header: 'Document', value: (row) => documents[row.kind], width: 18 },
  { header: 'Number', value: (row) => row.number, width: 18 },
  { header: 'Branch', value: (row) => row.branch },
  { header: 'Against', value: (row) => row.against, width: 18 },
  { header: 'State', value: (row) => (row.is_void ? 'void' : null), width: 10 },
  { header: 'Account', value: (row) => row.account_no, width: 14 },
  { header: 'Buyer', value: (row) => row.buyer_name, width: 36 },
  { header: 'TIN', value: (row) => row.buyer_tin, width: 20 },
  { header: 'Address', value: (row) => row.buyer_address, width: 40 },
  money('VATable sales', (row) => row.vatable_minor),
  money('VAT-exempt sales', (row) => row.exempt_minor),
  money('Zero-rated sales', (row) => row.zero_rated_minor),
  money('Non-VAT sales', (row) => row.non_vat_minor),
  money('Output VAT', (row) => row.vat_minor),
  money('Total', (row) => row.total_minor),
]

const cashColumns: Array<SheetColumn<CashRow>> = [
  { header: 'Date', value: (row) => row.book_on, kind: 'day' },
  { header: 'Event', value: (row) => row.kind, width: 18 },
  { header: 'Receipt', value: (row) => row.receipt_number, width: 18 },
  { header: 'Account', value: (row) => row.account_no, width: 14 },
  { header: 'Received from', value: (row) => row.subscriber_name, width: 36 },
  { header: 'Branch', value: (row) => row.branch },
  { header: 'Method', value: (row) => row.method, width: 14 },
  { header: 'Reference', value: (row) => row.reference, width: 24 },
  money('Money received', (row) => row.money_minor),
  money('Tax withheld', (row) => row.withheld_minor),
  money('For invoices', (row) => row.receivable_minor),
  money('To credit', (row) => row.credit_minor),
  money('Other accounts', (row) => row.other_minor),
]

const journalColumns: Array<SheetColumn<JournalRow>> = [
  { header: 'Date', value: (row) => row.book_on, kind: 'day' },
  { header: 'Transaction', value: (row) => row.transaction_id, width: 38 },
  { header: 'Event', value: (row) => row.kind, width: 18 },
  { header: 'Document', value: (row) => row.document, width: 18 },
  { header: 'Takes back', value: (row) => row.reverses, width: 38 },
  { header: 'Account', value: (row) => row.account_name, width: 32 },
  { header: 'Of', value: (row) => row.owner_name, width: 36 },
  money('Debit', (row) => row.debit_minor),
  money('Credit', (row) => row.credit_minor),
]

/** One of the books, whole, as the file a person asked for. */
export function bookFile(
  book: string | undefined,
  { db, asked, days, timeZone }: Asked,
  headers: Headers,
) {
  const format = asked.get('format')
  const nameOf = (known: BookName) => {
    const part = Object.values(bookPart(known, asked))
    return [known, days.from, days.until, ...(part.length > 0 ? ['only', ...part] : [])].join('-')
  }
  switch (book) {
    case 'sales': {
      const rows = everyRow(findSales(db, asked, days))
      return sheetResponse<SalesRow>(
        format,
        { name: nameOf(book), timeZone, rows, columns: salesColumns },
        headers,
      )
    }
    case 'cash': {
      const rows = everyRow(findCash(db, asked, days))
      return sheetResponse<CashRow>(
        format,
        { name: nameOf(book), timeZone, rows, columns: cashColumns },
        headers,
      )
    }
    case 'journal': {
      const rows = everyRow(findJournal(db, asked, days))
      return sheetResponse<JournalRow>(
        format,
        { name: nameOf(book), timeZone, rows, columns: journalColumns },
        headers,
      )
    }
    default:
      throw new Response('There is no such book.', { status: 404, headers })
  }
}
