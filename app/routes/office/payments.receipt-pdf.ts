import type { LoaderFunctionArgs } from '@remix-run/node'
import { receiptPdf } from '~/server/documents.server'
import { requireMember } from '~/server/guard.server'

/** `?paper=58`, `80` or `a4`. Whoever took the money may print it, so the database decides. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const paper = new URL(request.url).searchParams.get('paper')
  return receiptPdf(await requireMember(request), params.paymentId, paper)
}
