import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { mayTryPassword, passwordWasRight } from '~/server/rate-limit.server'
import { expectRefusal } from '~/server/refusal.server'
import { emailOfName, signInName } from '~/server/session.server'
import { openAnonymous } from '~/server/supabase.server'
import { readBody } from './phone.server'

const LARGEST_BYTES = 4_096

const input = z.object({
  device_id: z.uuid(),
  name: signInName,
  password: z.string().min(1).max(1000),
})

/** The key that opens a phone whose PIN was forgotten, for the password alone: a session left open does not do. */
export async function action({ request }: ActionFunctionArgs) {
  const { device_id, name, password } = await readBody(request, input, LARGEST_BYTES)
  if (!mayTryPassword(request, name)) return refusal('too_many', 403)

  const auth = openAnonymous(request).auth
  const { data, error } = await auth.signInWithPassword({ email: emailOfName(name), password })
  if (error)
    return refusal(
      error.status === 400 ? 'password' : 'unreachable',
      error.status === 400 ? 403 : 503,
    )
  passwordWasRight(request, name)

  const asked = await openAnonymous(request, data.session.access_token).rpc('recovery_key', {
    device_id,
  })
  await auth.signOut({ scope: 'local' })
  if (asked.error) return refusal(expectRefusal(asked.error).reason, 403)
  return Response.json(
    { recovery_key: asked.data as unknown },
    { headers: { 'Cache-Control': 'private, no-store' } },
  )
}

function refusal(reason: string, status: number) {
  return Response.json({ reason }, { status, headers: { 'Cache-Control': 'no-store' } })
}
