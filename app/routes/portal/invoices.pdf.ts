import type { LoaderFunctionArgs } from '@remix-run/node'
import { invoicePdf } from '~/server/documents.server'
import { requireSubscriber } from '~/server/guard.server'

export async function loader({ request, params }: LoaderFunctionArgs) {
  return invoicePdf(await requireSubscriber(request), params.invoiceId)
}
