import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireUser } from '~/server/guard.server'

/** The logo of the ISP one is signed in at. Its address changes with the picture, so it may be kept for ever. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireUser(request)
  const isCurrent = me.tenant?.logo_path === `/logo/${params.version}`
  const { data } = isCurrent
    ? await db.from('logos').select('content_type, base64').maybeSingle().throwOnError()
    : { data: null }
  const logo = data as { content_type: string; base64: string } | null
  if (!logo) throw new Response('There is no such picture.', { status: 404, headers })

  const answer = new Headers(headers)
  answer.set('Content-Type', logo.content_type)
  answer.set('Cache-Control', 'private, max-age=31536000, immutable')
  answer.set('X-Content-Type-Options', 'nosniff')
  return new Response(Buffer.from(logo.base64, 'base64'), { headers: answer })
}
