import { Document, renderToBuffer } from '@react-pdf/renderer'
import type { PdfJob } from './documents'
import { InvoicePage } from './invoice'
import { ReceiptPage } from './receipt'
import { StatementPage } from './statement'

/** Draws one document. Slow and blocking: only the worker calls it. */
export async function renderPdf(job: PdfJob): Promise<Uint8Array<ArrayBuffer>> {
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
      return job.invoices.map((invoice) => <InvoicePage key={invoice.id} invoice={invoice} />)
    case 'receipt':
      return <ReceiptPage receipt={job.receipt} paper={job.paper} checkUrl={job.checkUrl} />
    case 'statement':
      return <StatementPage statement={job.statement} />
  }
}

function titleOf(job: PdfJob) {
  switch (job.kind) {
    case 'invoices':
      return `Invoice ${job.invoices.map((invoice) => invoice.number ?? 'draft').join(', ')}`.slice(
        0,
        200,
      )
    case 'receipt':
      return `Receipt ${job.receipt.receipt_number ?? job.receipt.manual_serial ?? ''}`
    case 'statement':
      return `Statement of account ${job.statement.subscriber.account_no}`
  }
}
