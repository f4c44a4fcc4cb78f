import type { LoaderFunctionArgs } from '@remix-run/node'
import { mayCheckReceipt } from '~/server/rate-limit.server'
import { lookUpReceipt } from '~/server/receipt-check.server'

/** What the books of an ISP say of a payment: `?payment=…&isp=…`. Public; the page of a receipt asks. */
export async function loader({ request }: LoaderFunctionArgs) {
  const headers = { 'Cache-Control': 'private, no-store' }
  if (!mayCheckReceipt(request)) {
    return Response.json({ state: 'too_many' }, { status: 429, headers })
  }
  const { searchParams } = new URL(request.url)
  const answer = await lookUpReceipt(
    request,
    searchParams.get('payment') ?? '',
    searchParams.get('isp'),
  )
  return Response.json(answer, { headers })
}
