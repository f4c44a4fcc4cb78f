import { PDFDocument } from '@cantoo/pdf-lib'
import { readLogo } from './documents.server'
import type { InvoiceDocument } from './pdf/documents'
import { drawPdf } from './pdf/pdf.server'
import type { Db } from './supabase.server'

/**
 * The papers of a run. Parts are leased in the database, so any process of the app may draw them, several at once,
 * and one that dies loses a lease of minutes. At most one part is in the memory of a process that draws.
 */

export type Batch = {
  id: string
  run_id: string
  invoice_count: number
  part_count: number
  done_count: number
  state: 'running' | 'done' | 'failed'
  last_error: string | null
  created_at: string
}

/** So that a file stays small enough to open and to merge: 500 invoices. */
export const PARTS_PER_FILE = 20
export const INVOICES_PER_FILE = PARTS_PER_FILE * 25

const drawing = new Set<string>()

/** The papers of a run, if somebody asked for them. Whoever looks at unfinished ones sets this process to work. */
export async function readBatch(db: Db, runId: string): Promise<Batch | null> {
  const { data } = await db
    .from('batches')
    .select()
    .eq('run_id', runId)
    .maybeSingle()
    .throwOnError()
  const batch = data as Batch | null
  if (batch?.state === 'running') drawInBackground(db, batch.id)
  return batch
}

/** Goes on after the answer is sent; the person's own token does the asking, and without one it stops until the next look. */
export function drawInBackground(db: Db, batchId: string) {
  if (drawing.has(batchId)) return
  drawing.add(batchId)
  void drawParts(db, batchId)
    .catch((error: unknown) => console.warn('The papers of a run stopped:', error))
    .finally(() => drawing.delete(batchId))
}

async function drawParts(db: Db, batchId: string) {
  let logo: string | null | undefined
  for (;;) {
    const { data } = await db.rpc('take_part', { batch_id: batchId }).throwOnError()
    const taken = data as { part: number; invoices: Array<InvoiceDocument> } | null
    if (!taken) return

    const { part, invoices } = taken
    const [first] = invoices
    logo ??= first ? await readLogo(db, first.brand) : null
    const kept = await drawPdf({ kind: 'invoices', invoices, logo }).then(
      (pdf) => ({ pdf: Buffer.from(pdf).toString('base64'), error: null }),
      (error: unknown) => ({
        pdf: null,
        error: error instanceof Error ? error.message : 'unknown',
      }),
    )
    await db.rpc('keep_part', { batch_id: batchId, part, ...kept }).throwOnError()
  }
}

/** One file of a batch: its parts, merged. Files count from one. */
export async function batchFile(
  db: Db,
  batch: Batch,
  file: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const merged = await PDFDocument.create()
  const first = (file - 1) * PARTS_PER_FILE + 1
  const last = Math.min(batch.part_count, file * PARTS_PER_FILE)
  for (let part = first; part <= last; part += 1) {
    const { data } = await db.rpc('part_pdf', { batch_id: batch.id, part }).throwOnError()
    const pages = await PDFDocument.load(Buffer.from(data as string, 'base64'))
    for (const page of await merged.copyPages(pages, pages.getPageIndices())) merged.addPage(page)
  }
  return new Uint8Array(await merged.save())
}
