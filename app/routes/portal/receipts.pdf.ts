import type { LoaderFunctionArgs } from '@remix-run/node'
import { receiptPdf } from '~/server/documents.server'
import { requireSubscriber } from '~/server/guard.server'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const paper = new URL(request.url).searchParams.get('paper')
  return receiptPdf(await requireSubscriber(request), params.paymentId, paper)
}
