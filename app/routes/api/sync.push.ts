import type { ActionFunctionArgs } from '@remix-run/node'
import { syncPush } from '~/commands/sync-push'
import { answer, readBody, requireCollector } from './phone.server'

/** Fifty commands with long notes fit many times over. */
const LARGEST_BYTES = 512 * 1024

export async function action({ request }: ActionFunctionArgs) {
  const { db, headers } = await requireCollector(request)
  const batch = await readBody(request, syncPush.input, LARGEST_BYTES)
  return answer(headers, db.rpc(syncPush.name, { batch }))
}
