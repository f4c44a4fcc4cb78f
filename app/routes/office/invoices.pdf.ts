import type { LoaderFunctionArgs } from '@remix-run/node'
import { invoicePdf } from '~/server/documents.server'
import { requireMember } from '~/server/guard.server'

export async function loader({ request, params }: LoaderFunctionArgs) {
  return invoicePdf(await requireMember(request, 'billing.read'), params.invoiceId)
}
