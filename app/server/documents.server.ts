import { isRealDay } from '~/domain/calendar'
import { z } from 'zod'
import { env } from './env.server'
import type { Entry, MemberMe, SubscriberMe } from './guard.server'
import type {
  CreditNoteDocument,
  InvoiceDocument,
  ReceiptDocument,
  ReceiptPaper,
  StatementDocument,
} from './pdf/documents'
import { pdfResponse } from './pdf/pdf.server'
import { DatabaseFailure, expectRefusal } from './refusal.server'
import type { Db } from './supabase.server'

/** Printed documents, for whoever the database says may see them. */

type Asker = Entry<MemberMe> | Entry<SubscriberMe>

export async function invoicePdf({ db, headers }: Asker, invoiceId: string | undefined) {
  const { data, error } = await db.rpc('print_document', {
    kind: 'invoice',
    document_id: uuid(invoiceId),
  })
  if (error) throw sentence(error, headers)
  const invoice = data as InvoiceDocument
  const name = `invoice-${invoice.number}`
  const logo = await readLogo(db, invoice.brand)
  return pdfResponse({ kind: 'invoices', invoices: [invoice], logo }, name, headers)
}

export async function creditNotePdf({ db, headers }: Asker, noteId: string | undefined) {
  const { data, error } = await db.rpc('print_document', {
    kind: 'credit_note',
    document_id: uuid(noteId),
  })
  if (error) throw sentence(error, headers)
  const note = data as CreditNoteDocument
  const logo = await readLogo(db, note.brand)
  return pdfResponse({ kind: 'credit_note', note, logo }, `credit-note-${note.number}`, headers)
}

/** The picture on an ISP's papers, as a data address. */
export async function readLogo(db: Db, brand: { logo_path?: string | null }) {
  if (!brand.logo_path) return null
  const { data } = await db
    .from('logos')
    .select('content_type, base64')
    .maybeSingle()
    .throwOnError()
  const logo = data as { content_type: string; base64: string } | null
  // Postgres breaks long base64 into lines.
  return logo && `data:${logo.content_type};base64,${logo.base64.replaceAll(/\s/g, '')}`
}

export async function receiptPdf(
  { db, headers }: Asker,
  paymentId: string | undefined,
  paper: string | null,
) {
  const { data, error } = await db.rpc('print_document', {
    kind: 'receipt',
    document_id: uuid(paymentId),
  })
  if (error) throw sentence(error, headers)
  const receipt = data as ReceiptDocument
  const checkUrl = new URL(`/r/${receipt.payment_id}`, env().SITE_URL).href
  const name = `receipt-${receipt.receipt_number ?? receipt.manual_serial ?? receipt.payment_id}`
  const logo = await readLogo(db, receipt.seller)
  const size = isPaper(paper) ? paper : '80'
  return pdfResponse({ kind: 'receipt', receipt, paper: size, checkUrl, logo }, name, headers)
}

export async function statementPdf({ db, me, headers }: Asker, asked: StatementRange) {
  const { subscriberId, from, until } = asked
  const [statement, subscriber, tenant] = await Promise.all([
    db.rpc('subscriber_statement', {
      subscriber_id: uuid(subscriberId),
      from_on: from,
      until_on: until,
    }),
    db
      .from('subscribers')
      .select('name, account_no, purok, barangay, municipality')
      .eq('id', uuid(subscriberId))
      .maybeSingle(),
    db.from('tenant').select('*').single(),
  ])
  if (statement.error) throw sentence(statement.error, headers)
  if (subscriber.error) throw new DatabaseFailure(subscriber.error)
  if (tenant.error) throw new DatabaseFailure(tenant.error)
  if (!subscriber.data) throw new Response('That subscriber is not here.', { status: 404, headers })

  const { name, account_no, purok, barangay, municipality } = subscriber.data
  const document: StatementDocument = {
    ...statement.data,
    brand: tenant.data,
    subscriber: {
      name,
      account_no,
      address: [purok, barangay, municipality].filter(Boolean).join(', ') || null,
    },
    from_on: from,
    until_on: until,
    today: me.tenant.today,
  }
  return pdfResponse(
    { kind: 'statement', statement: document, logo: await readLogo(db, document.brand) },
    `statement-${account_no}-${until}`,
    headers,
  )
}

export type StatementRange = { subscriberId: string | undefined; from: string; until: string }

/** The days asked for; without them, the two months before this one and this one until today. */
export function rangeOf(url: URL, today: string, otherwise: string) {
  const from = url.searchParams.get('from') ?? ''
  const until = url.searchParams.get('until') ?? ''
  return {
    from: isRealDay(from) ? from : otherwise,
    until: isRealDay(until) ? until : today,
  }
}

function isPaper(paper: string | null): paper is ReceiptPaper {
  return paper === '58' || paper === '80' || paper === 'a4'
}

/** Something else than an id is an address that does not exist. */
function uuid(id: string | undefined): string {
  const read = z.uuid().safeParse(id)
  if (!read.success) throw new Response('There is nothing at this address.', { status: 404 })
  return read.data
}

function sentence(error: Parameters<typeof expectRefusal>[0] & { code: string }, headers: Headers) {
  const { message } = expectRefusal(error)
  const answer = new Headers(headers)
  answer.set('Content-Type', 'text/plain; charset=utf-8')
  return new Response(message, { status: Number(error.code.slice(2)), headers: answer })
}
