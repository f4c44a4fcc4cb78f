// The wire. Tells a refusal, which is about what was sent, from a fault, which passes.

import type { Call, Reply } from './phone'

const TIMEOUT_MILLISECONDS = 30_000

/** Calls of one person. The server refuses when the session in the cookie is somebody else's by now. */
export function callAs(person: { tenant_id: string; user_id: string } | null): Call {
  return async (path, body) => {
    try {
      const response = await fetch(path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(person ? { 'x-linyada-person': `${person.tenant_id}.${person.user_id}` } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        cache: 'no-store',
        credentials: 'same-origin',
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      })
      return await readReply(response)
    } catch {
      return { kind: 'unreachable' }
    }
  }
}

/** An answer that is not our JSON comes from a proxy or a sign-in page of some network, not from us. */
export async function readReply(response: Response): Promise<Reply> {
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  if (!isJson || response.redirected || response.status >= 500) return { kind: 'unreachable' }

  const body: unknown = await response.json()
  if (response.ok) return { kind: 'ok', body }
  if (response.status === 401) return { kind: 'signed_out' }
  if (response.status === 408 || response.status === 429) return { kind: 'unreachable' }

  const reason = reasonOf(body)
  return reason === 'other_person' ? { kind: 'other_person' } : { kind: 'refused', reason }
}

function reasonOf(body: unknown) {
  if (typeof body !== 'object' || body === null || !('reason' in body)) return 'refused'
  return typeof body.reason === 'string' ? body.reason : 'refused'
}
