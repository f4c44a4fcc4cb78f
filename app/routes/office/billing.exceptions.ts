import { data, type ActionFunctionArgs } from '@remix-run/node'
import { retryBillingException } from '~/commands/retry-billing-exception'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import type { RetryAnswer } from '~/ui/billing/retry-exception'

/** Bills one exception again. What still stands in the way is an answer, not an error. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.run')
  const sent = await sendCommand(await formOf(request, me), retryBillingException.input, (value) =>
    db.rpc(retryBillingException.name, value),
  )
  const answer: RetryAnswer = sent.ok
    ? { refusal: null, result: sent.result }
    : { refusal: sent.reply.error?.['']?.[0] ?? null, result: null }
  return data(answer, { status: sent.ok ? 200 : 409, headers })
}
