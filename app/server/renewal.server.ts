/**
 * A page and the phone's sync often find the same token stale at the same moment. Supabase gives a
 * new one for each ask and takes several for theft; so they ask once and share the answer.
 */

const SHARED_MILLISECONDS = 20_000

type Answer = { status: number; headers: Headers; body: string }

const renewals = new Map<string, Promise<Answer>>()

export function sharingRenewals(ask: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const token = refreshTokenOf(input, init)
    if (token === undefined) return ask(input, init)

    const known = renewals.get(token)
    if (known) return responseOf(await known)

    const answer = ask(input, init).then(async (response) => ({
      status: response.status,
      headers: response.headers,
      body: await response.text(),
    }))
    renewals.set(token, answer)
    setTimeout(() => renewals.delete(token), SHARED_MILLISECONDS).unref()
    try {
      const renewed = await answer
      // A failure is nobody's to keep: the next one asks again.
      if (renewed.status >= 400) renewals.delete(token)
      return responseOf(renewed)
    } catch (error) {
      renewals.delete(token)
      throw error
    }
  }
}

function refreshTokenOf(input: Parameters<typeof fetch>[0], init: RequestInit | undefined) {
  const url = input instanceof Request ? input.url : String(input)
  if (!url.includes('/auth/v1/token?grant_type=refresh_token')) return undefined
  if (typeof init?.body !== 'string') return undefined
  const { refresh_token } = JSON.parse(init.body) as { refresh_token?: unknown }
  return typeof refresh_token === 'string' ? refresh_token : undefined
}

function responseOf({ status, headers, body }: Answer) {
  return new Response(body, { status, headers })
}
