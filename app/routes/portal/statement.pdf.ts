import type { LoaderFunctionArgs } from '@remix-run/node'
import { addMonths, firstOfMonth } from '~/domain/calendar'
import { rangeOf, statementPdf } from '~/server/documents.server'
import { requireSubscriber } from '~/server/guard.server'

export async function loader({ request }: LoaderFunctionArgs) {
  const entry = await requireSubscriber(request)
  const { today } = entry.me.tenant
  const range = rangeOf(new URL(request.url), today, addMonths(firstOfMonth(today), -2))
  return statementPdf(entry, { subscriberId: entry.me.subscriber_id, ...range })
}
