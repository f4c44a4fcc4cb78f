import { Document, renderToBuffer } from '@react-pdf/renderer'
import type { PdfJob } from './documents'
import { CreditNotePage } from './credit-note'
import { InvoicePage } from './invoice'
import { printableSigns, withPrintable } from './printable'
import { ReceiptPage } from './receipt'
import { StatementPage } from './statement'

/** Draws one document. Slow and blocking: only the worker calls it. */
export async function renderPdf(asked: PdfJob): Promise<Uint8Array<ArrayBuffer>> {
  const job = withPrintable(asked, await printableSigns())
  const buffer = await renderToBuffer(
    <Document title={titleOf(job)} creator="Linyada" producer="Linyada" language="en">
      {pagesOf(job)}
    </Document>,
  )
  return new Uint8Array(buffer)
}

function pagesOf(job: PdfJob) {
  switch (job.kind) {
    case 'invoices':
      return job.invoices.map((invoice) => (
        <InvoicePage key={invoice.id} invoice={invoice} logo={job.logo} />
      ))
    case 'credit_note':
      return <CreditNotePage note={job.note} logo={job.logo} />
    case 'receipt':
      return <ReceiptPage {...job} />
    case 'statement':
      return <StatementPage statement={job.statement} logo={job.logo} />
  }
}

function titleOf(job: PdfJob) {
  switch (job.kind) {
    case 'invoices':
      return `Invoice ${job.invoices.map((invoice) => invoice.number).join(', ')}`.slice(0, 200)
    case 'credit_note':
      return `Credit note ${job.note.number}`
    case 'receipt':
      return `Receipt ${job.receipt.receipt_number ?? job.receipt.manual_serial ?? ''}`
    case 'statement':
      return `Statement of account ${job.statement.subscriber.account_no}`
  }
}
