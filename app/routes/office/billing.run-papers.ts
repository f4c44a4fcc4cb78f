import type { LoaderFunctionArgs } from '@remix-run/node'
import { batchFile, PARTS_PER_FILE, readBatch } from '~/server/batch.server'
import { requireMember } from '~/server/guard.server'
import { idIn } from '~/server/list-query.server'

/** All invoices of a run as one PDF; `?file=2` the second five hundred. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const runId = idIn(params.runId)
  const batch = runId ? await readBatch(db, runId) : null
  const file = Number(new URL(request.url).searchParams.get('file') ?? '1')
  const files = batch ? Math.ceil(batch.part_count / PARTS_PER_FILE) : 0
  if (!batch || batch.state !== 'done' || !Number.isInteger(file) || file < 1 || file > files) {
    throw new Response('These papers are not ready. Go back to the billing run.', {
      status: 404,
      headers,
    })
  }
  const answer = new Headers(headers)
  answer.set('Content-Type', 'application/pdf')
  answer.set(
    'Content-Disposition',
    `attachment; filename="invoices-${batch.id.slice(0, 8)}-${file}.pdf"`,
  )
  answer.set('Cache-Control', 'private, no-store')
  return new Response(await batchFile(db, batch, file), { headers: answer })
}
