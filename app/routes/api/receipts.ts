import type { ActionFunctionArgs } from '@remix-run/node'
import { reserveReceipts } from '~/commands/reserve-receipts'
import { answer, readBody, requireCollector } from './phone.server'

const LARGEST_BYTES = 1_024

export async function action({ request }: ActionFunctionArgs) {
  const { db, headers } = await requireCollector(request)
  const wish = await readBody(request, reserveReceipts.input, LARGEST_BYTES)
  return answer(headers, db.rpc(reserveReceipts.name, wish))
}
