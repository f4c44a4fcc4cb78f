// What every address of the phone does alike: who asks, what they sent, and an answer the phone can sort.
// 401 and 5xx mean "later", 4xx means "not like this", 409 other_person means the session changed hands.

import type { z } from 'zod'
import { requireMember, type Entry, type MemberMe } from '~/server/guard.server'
import { expectRefusal } from '~/server/refusal.server'

type DatabaseAnswer = PromiseLike<{
  data: unknown
  error: { code?: string; message: string; details?: string | null } | null
}>

/** The collector behind the request: the same person the phone keeps its queue for. */
export async function requireCollector(request: Request): Promise<Entry<MemberMe>> {
  const entry = await requireMember(request, 'collections.collect')
  const { me, headers } = entry
  const expected = request.headers.get('x-linyada-person')
  if (expected !== null && expected !== `${me.tenant.id}.${me.user_id}`) {
    throw Response.json({ reason: 'other_person' }, { status: 409, headers })
  }
  return entry
}

/** The body, checked. Only JSON is taken, which no foreign page can send along with our cookie. */
export async function readBody<Input extends z.ZodType>(
  request: Request,
  input: Input,
  largestBytes: number,
): Promise<z.output<Input>> {
  if (request.method !== 'POST') throw refusal('method_not_allowed', 405)
  if (!request.headers.get('content-type')?.startsWith('application/json')) {
    throw refusal('json_expected', 415)
  }
  if (Number(request.headers.get('content-length') ?? 0) > largestBytes) {
    throw refusal('too_large', 413)
  }

  const text = await readText(request, largestBytes)
  const body = input.safeParse(parse(text))
  if (!body.success) throw refusal('invalid_input', 400)
  return body.data
}

export async function answer(headers: Headers, asked: DatabaseAnswer): Promise<Response> {
  headers.set('Cache-Control', 'private, no-store')
  const { data, error } = await asked
  if (!error) return Response.json(data, { headers })

  // The token ran out between our look at it and the database's.
  if (error.code?.startsWith('PGRST3')) {
    return Response.json({ reason: 'signed_out' }, { status: 401, headers })
  }
  const { reason, message } = expectRefusal(error)
  const status = error.code?.startsWith('PT') ? Number(error.code.slice(2)) : 422
  return Response.json({ reason, message }, { status, headers })
}

function refusal(reason: string, status: number) {
  return Response.json({ reason }, { status })
}

/** A sender may say a small length and send more, or none at all. */
async function readText(request: Request, largestBytes: number) {
  const reader = request.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > largestBytes) {
      await reader.cancel()
      throw refusal('too_large', 413)
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** Postgres keeps neither NUL nor half a character in a text: one pasted into a note is left out, and the note is taken. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) =>
      typeof value === 'string' ? value.replace(/\p{Cs}/gu, '').replaceAll('\0', '') : value,
    )
  } catch {
    return undefined
  }
}
