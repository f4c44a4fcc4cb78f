import type { ActionFunctionArgs } from '@remix-run/node'
import { finishWipe } from '~/commands/finish-wipe'
import { answer, readBody, requireCollector } from './phone.server'

const LARGEST_BYTES = 1_024

export async function action({ request }: ActionFunctionArgs) {
  const { db, headers } = await requireCollector(request)
  const device = await readBody(request, finishWipe.input, LARGEST_BYTES)
  return answer(headers, db.rpc(finishWipe.name, device))
}
