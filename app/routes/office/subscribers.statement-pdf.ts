import type { LoaderFunctionArgs } from '@remix-run/node'
import { addMonths, firstOfMonth } from '~/domain/calendar'
import { rangeOf, statementPdf } from '~/server/documents.server'
import { requireMember } from '~/server/guard.server'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const entry = await requireMember(request, 'billing.read')
  const { today } = entry.me.tenant
  const range = rangeOf(new URL(request.url), today, addMonths(firstOfMonth(today), -2))
  return statementPdf(entry, { subscriberId: params.id, ...range })
}
