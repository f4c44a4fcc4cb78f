import type { ActionFunctionArgs } from '@remix-run/node'
import { syncPush } from '~/commands/sync-push'
import { batchFault } from '~/server/refusal.server'
import { answer, readBody, requireCollector } from './phone.server'

/** Fifty commands with long notes fit many times over. */
const LARGEST_BYTES = 512 * 1024

export async function action({ request }: ActionFunctionArgs) {
  const { db, headers } = await requireCollector(request)
  const batch = await readBody(request, syncPush.input, LARGEST_BYTES)
  const asked = await db.rpc(syncPush.name, { batch })
  const fault = asked.error && batchFault(asked.error)
  if (fault) {
    console.error(asked.error)
    return Response.json({ reason: fault }, { status: 422, headers })
  }
  return answer(headers, Promise.resolve(asked))
}
