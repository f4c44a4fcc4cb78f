import { parentPort } from 'node:worker_threads'
import type { PdfAnswer, PdfRequest } from './documents'
import { renderPdf } from './render'

// Runs in a thread of its own, started by pdf.server.ts: drawing blocks for as long as it takes.
parentPort?.on('message', ({ id, job }: PdfRequest) => {
  renderPdf(job).then(
    (pdf) => answer({ id, pdf }),
    (error: unknown) =>
      answer({ id, error: error instanceof Error ? error.message : String(error) }),
  )
})

function answer(message: PdfAnswer) {
  parentPort?.postMessage(message)
}
