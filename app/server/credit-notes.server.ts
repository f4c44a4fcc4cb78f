import type { CorrectionKind, CreditNote } from './corrections.server'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

const sortable = ['number', 'issued_on', 'subscriber_name', 'total_minor']

/** The credit notes an address asks for: the page and its export read the same list. */
export function findCreditNotes(db: Db, params: URLSearchParams) {
  return list<CreditNote>((how) => {
    let query = db.from('credit_notes').select('*', how)
    const subscriber = idIn(params.get('subscriber'))
    if (subscriber) query = query.eq('subscriber_id', subscriber)
    const typed = params.get('q')?.trim()
    if (typed) {
      query = query.or(
        anyColumnContains(['number', 'invoice_number', 'subscriber_name', 'account_no'], typed),
      )
    }
    const order = orderOf(params, sortable, '-issued_on')
    return {
      fitting: query,
      order: [order, ...['serial', 'id'].map((column) => ({ ...order, column }))],
    }
  })
}

export type NoteLine = { id: string; line: number; description: string; total_minor: number }

/** One credit note with its lines and who made it, or null when there is none the person may see. */
export async function readCreditNote(db: Db, id: string | undefined) {
  if (!idIn(id)) return null
  const [note, lines, asked] = await Promise.all([
    db.from('credit_notes').select().eq('id', id).maybeSingle().throwOnError(),
    db.from('credit_note_lines').select().eq('credit_note_id', id).order('line').throwOnError(),
    db
      .from('approvals')
      .select('kind, asked_by_name, decided_by_name')
      .eq('id', id)
      .maybeSingle()
      .throwOnError(),
  ])
  if (!note.data) return null
  return {
    note: note.data as CreditNote,
    lines: lines.data as Array<NoteLine>,
    asked: asked.data as {
      kind: CorrectionKind
      asked_by_name: string | null
      decided_by_name: string | null
    } | null,
  }
}

/** What a credit note for an invoice could take back, line by line. */
export async function readCreditable(db: Db, id: string | undefined) {
  if (!idIn(id)) return null
  const [invoice, lines, credited] = await Promise.all([
    db
      .from('invoices')
      .select(
        'id, number, state, subscriber_id, subscriber_name, account_no, total_minor, balance_minor, credited_minor',
      )
      .eq('id', id)
      .maybeSingle()
      .throwOnError(),
    db.from('invoice_lines').select().eq('invoice_id', id).order('line').throwOnError(),
    db
      .from('credit_note_lines')
      .select('invoice_line_id, total_minor')
      .eq('invoice_id', id)
      .throwOnError(),
  ])
  if (!invoice.data) return null
  return {
    invoice: invoice.data as {
      id: string
      number: string
      state: string
      subscriber_id: string
      subscriber_name: string
      account_no: string
      total_minor: number
      balance_minor: number
      credited_minor: number
    },
    lines: (lines.data as Array<NoteLine>).map((line) => ({
      id: line.id,
      description: line.description,
      total_minor: line.total_minor,
      left_minor:
        line.total_minor -
        credited.data
          .filter((note) => note.invoice_line_id === line.id)
          .reduce((sum, note) => sum + Number(note.total_minor), 0),
    })),
  }
}
