import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PdfAnswer, PdfJob } from './documents'

/**
 * Draws documents in one thread beside the server, so that no page waits for a picture of another.
 * The thread starts with the first document and goes after a while without any.
 */

const LIMIT_MILLISECONDS = 30_000
const IDLE_MILLISECONDS = 120_000

type Waiting = { resolve: (pdf: Uint8Array<ArrayBuffer>) => void; reject: (error: Error) => void }

type Press = { worker: Worker; waiting: Map<number, Waiting>; idle: NodeJS.Timeout | undefined }

let press: Press | undefined
let lastId = 0

export function drawPdf(job: PdfJob): Promise<Uint8Array<ArrayBuffer>> {
  const { worker, waiting } = runningPress()
  const id = (lastId += 1)

  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      // A document that never ends would hold up all others.
      stopPress(new Error('The document took too long to draw'))
    }, LIMIT_MILLISECONDS)
    limit.unref()

    waiting.set(id, {
      resolve: (pdf) => {
        clearTimeout(limit)
        resolve(pdf)
      },
      reject: (error) => {
        clearTimeout(limit)
        reject(error)
      },
    })
    worker.postMessage({ id, job })
  })
}

function runningPress(): Press {
  if (press) {
    clearTimeout(press.idle)
    return press
  }

  // From its source, by the same loader that started the server: a bundle cannot name a thread's file.
  const file = join(process.cwd(), 'app/server/pdf/worker.mjs')
  const worker = new Worker(file)
  worker.unref()
  const started: Press = { worker, waiting: new Map(), idle: undefined }
  worker.on('message', (answer: PdfAnswer) => settle(started, answer))
  worker.on('error', (error) => stopPress(error, started))
  worker.on('exit', () => stopPress(new Error('The drawing thread ended'), started))
  press = started
  return started
}

function settle({ waiting, ...rest }: Press, answer: PdfAnswer) {
  const job = waiting.get(answer.id)
  waiting.delete(answer.id)
  if ('pdf' in answer) job?.resolve(answer.pdf)
  else job?.reject(new Error(answer.error))

  if (waiting.size > 0 || press?.worker !== rest.worker) return
  clearTimeout(press.idle)
  press.idle = setTimeout(
    () => stopPress(new Error('The drawing thread was idle')),
    IDLE_MILLISECONDS,
  )
  press.idle.unref()
}

function stopPress(reason: Error, which = press) {
  if (!which) return
  if (press === which) press = undefined
  clearTimeout(which.idle)
  for (const job of which.waiting.values()) job.reject(reason)
  which.waiting.clear()
  void which.worker.terminate()
}

/** A PDF as a browser shows it; `download` keeps it instead. */
export async function pdfResponse(job: PdfJob, name: string, headers: Headers): Promise<Response> {
  const pdf = await drawPdf(job)
  const answer = new Headers(headers)
  answer.set('Content-Type', 'application/pdf')
  answer.set('Content-Length', String(pdf.byteLength))
  answer.set('Content-Disposition', `inline; filename="${name.replaceAll(/[^\w.-]+/g, '-')}.pdf"`)
  answer.set('Cache-Control', 'private, no-store')
  return new Response(pdf, { headers: answer })
}
