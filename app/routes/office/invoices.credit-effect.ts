import type { LoaderFunctionArgs } from '@remix-run/node'
import { previewCreditNote } from '~/commands/preview-credit-note'
import { sendCommand } from '~/server/command.server'
import { requireMember } from '~/server/guard.server'
import type { CreditEffect, CreditEffectAnswer } from '~/ui/corrections/credit-effect'

/** What a credit note would say, asked while its amounts are typed. A refusal is an answer, not a failure. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'invoices.manage')
  const asked = new URL(request.url).searchParams
  asked.set('invoice_id', params.invoiceId ?? '')
  const answer = await sendCommand(asked, previewCreditNote.input, (value) =>
    db.rpc(previewCreditNote.name, value),
  )
  const told: CreditEffectAnswer = answer.ok
    ? { effect: answer.result as CreditEffect }
    : { refusal: Object.values(answer.reply.error ?? {})[0]?.[0] ?? '' }
  return Response.json(told, { headers })
}
