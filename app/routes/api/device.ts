import type { ActionFunctionArgs } from '@remix-run/node'
import { registerDevice } from '~/commands/register-device'
import { answer, readBody, requireCollector } from './phone.server'

const LARGEST_BYTES = 4_096

export async function action({ request }: ActionFunctionArgs) {
  const { db, headers } = await requireCollector(request)
  const device = await readBody(request, registerDevice.input, LARGEST_BYTES)
  return answer(headers, db.rpc(registerDevice.name, { device }))
}
