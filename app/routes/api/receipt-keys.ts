import type { LoaderFunctionArgs } from '@remix-run/node'
import { mayCheckReceipt } from '~/server/rate-limit.server'
import { receiptKeys } from '~/server/receipt-check.server'

/** The public keys of an ISP's phones and how long each was theirs. Public, so that anybody can check a receipt. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const headers = { 'Cache-Control': 'no-cache' }
  if (!mayCheckReceipt(request)) {
    return Response.json({ reason: 'too_many' }, { status: 429, headers })
  }
  const keys = await receiptKeys(request, params.tenantId ?? '')
  return keys
    ? Response.json(keys, { headers })
    : Response.json({ reason: 'isp_unknown' }, { status: 404, headers })
}
