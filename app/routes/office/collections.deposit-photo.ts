import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireMember } from '~/server/guard.server'
import { idIn } from '~/server/list-query.server'

/** The photo of a deposit slip. It never changes, so the browser keeps it; it is shown to this office alone. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'collections.read')
  const id = idIn(params.depositId)
  const { data } = id
    ? await db
        .from('deposit_slips')
        .select('content_type, base64')
        .eq('id', id)
        .maybeSingle()
        .throwOnError()
    : { data: null }
  const photo = data as { content_type: string; base64: string } | null
  if (!photo) throw new Response('There is no such photo.', { status: 404, headers })

  const answer = new Headers(headers)
  answer.set('Content-Type', photo.content_type)
  answer.set('Cache-Control', 'private, max-age=86400, immutable')
  answer.set('X-Content-Type-Options', 'nosniff')
  return new Response(Buffer.from(photo.base64, 'base64'), { headers: answer })
}
