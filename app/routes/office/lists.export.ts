import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireMember } from '~/server/guard.server'
import { listFile } from '~/server/lists/list-files.server'

/** A list as a file: the address of the list, and `&format=`. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const list = listFile(params.list)
  if (!list) throw new Response('There is no such list.', { status: 404 })
  const { db, me, headers } = await requireMember(request, list.permission)
  return list.answer({ db, me, headers, params: new URL(request.url).searchParams })
}
