import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { syncPull } from '~/commands/sync-pull'
import { answer, readBody, requireCollector } from './phone.server'

const LARGEST_BYTES = 4_096

/** Everything, from the beginning. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireCollector(request)
  return answer(headers, db.rpc(syncPull.name, syncPull.input.parse({})))
}

/** What changed since the cursor in the body. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, headers } = await requireCollector(request)
  const wish = await readBody(request, syncPull.input, LARGEST_BYTES)
  return answer(headers, db.rpc(syncPull.name, wish))
}
