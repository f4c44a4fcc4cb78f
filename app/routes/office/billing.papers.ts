import { data, type ActionFunctionArgs } from '@remix-run/node'
import { retryBatch } from '~/commands/retry-batch'
import { startBatch } from '~/commands/start-batch'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'

/** Begins the papers of a run, or lets failed parts be tried again. The run's page sets them to work by looking. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const form = await formOf(request, me)
  const answer =
    form.get('intent') === 'retry'
      ? await sendCommand(form, retryBatch.input, (value) => db.rpc(retryBatch.name, value))
      : await sendCommand(form, startBatch.input, (batch) => db.rpc(startBatch.name, { batch }))
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}
