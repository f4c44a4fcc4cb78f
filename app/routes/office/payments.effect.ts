import type { LoaderFunctionArgs } from '@remix-run/node'
import { previewPayment } from '~/commands/preview-payment'
import { sendCommand } from '~/server/command.server'
import { requireMember } from '~/server/guard.server'
import type { Effect } from '~/ui/payments/effect-preview'
import type { EffectAnswer } from '~/ui/payments/use-effect-preview'

/** What a payment would do, asked while the amount is typed. A refusal is an answer, not a failure. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'payments.record')
  const params = new URL(request.url).searchParams
  const answer = await sendCommand(params, previewPayment.input, (value) =>
    db.rpc(previewPayment.name, value),
  )
  const told: EffectAnswer = answer.ok
    ? { effect: answer.result as Effect }
    : { refusal: Object.values(answer.reply.error ?? {})[0]?.[0] ?? '' }
  return Response.json(told, { headers })
}
