const ASK_LIMIT_MILLISECONDS = 3_000

/**
 * Ready means the database answers through the Data API and knows our functions. `api.readiness()`
 * adds its newest migration and for how long the oldest due billing run has waited.
 */
export async function loader() {
  const answer = await askDatabase()
  return Response.json(answer, {
    status: answer.status === 'ready' ? 200 : 503,
    headers: { 'Cache-Control': 'no-store' },
  })
}

async function askDatabase() {
  const { SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: key } = process.env
  if (!url || !key) return { status: 'not_configured' }

  try {
    const response = await fetch(`${url}/rest/v1/rpc/readiness`, {
      method: 'POST',
      headers: { apikey: key, 'Content-Type': 'application/json', 'Content-Profile': 'api' },
      body: '{}',
      signal: AbortSignal.timeout(ASK_LIMIT_MILLISECONDS),
    })
    if (!response.ok) return { status: 'database_not_migrated' }
    return { status: 'ready', ...((await response.json()) as Record<string, unknown>) }
  } catch {
    return { status: 'database_unreachable' }
  }
}
