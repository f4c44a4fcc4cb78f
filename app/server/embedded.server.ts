import { env } from './env.server'

/** Pages under /dev exist only beside the embedded stack; anywhere else they are simply not there. */
export function requireEmbedded() {
  if (!env().EMBEDDED) throw new Response(null, { status: 404 })
}

/** Asks the developer's desk of the embedded stack: its mails, its clock. */
export async function askDesk(path: '/dev/mail' | '/dev/clock', body?: unknown): Promise<unknown> {
  const response = await fetch(
    `${env().SUPABASE_URL}${path}`,
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        },
  )
  if (!response.ok) throw new Response(null, { status: 502 })
  return response.json()
}
