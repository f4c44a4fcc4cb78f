import type { LoaderFunctionArgs } from '@remix-run/node'
import { CHANGE_KINDS, type ChangeKind, type ChangeQuote } from '~/domain/service-change'
import { requireMember } from '~/server/guard.server'
import { expectRefusal } from '~/server/refusal.server'
import type { QuoteAnswer } from '~/ui/subscribers/change-quote'

const FIELDS = [
  'plan_id',
  'on_day',
  'price_minor',
  'from_on',
  'until_on',
  'fee_minor',
  'pause_id',
  'bill_day',
]

/** What a change of a service would do, asked while its form is filled in. A refusal is an answer, not a failure. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'subscribers.manage')
  const asked = new URL(request.url).searchParams
  const kind = asked.get('kind') as ChangeKind
  if (!CHANGE_KINDS.includes(kind)) throw new Response(null, { status: 400 })

  const change: Record<string, string> = { subscription_id: String(params.serviceId) }
  for (const field of FIELDS) {
    const value = asked.get(field)
    if (value) change[field] = value
  }
  const { data, error } = await db.rpc('quote_service_change', { kind, change })
  const answer: QuoteAnswer = error
    ? { refusal: expectRefusal(error).message }
    : { quote: data as ChangeQuote }
  return Response.json(answer, { headers })
}
