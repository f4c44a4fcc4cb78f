const ASK_LIMIT_MILLISECONDS = 3_000

/**
 * Ready means the database answers through the Data API and is migrated. `api.readiness()` says
 * how many migrations it has and the oldest billing run that is overdue.
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
  if (!url || !key) return { status: 'not_configured' as const }

  try {
    const response = await fetch(`${url}/rest/v1/rpc/readiness`, {
      method: 'POST',
      headers: {
        apikey: key,
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        'Content-Profile': 'api',
      },
      body: '{}',
      signal: AbortSignal.timeout(ASK_LIMIT_MILLISECONDS),
    })
    if (!response.ok) return { status: 'database_refused' as const, code: response.status }
    return { status: 'ready' as const, database: (await response.json()) as unknown }
  } catch {
    return { status: 'database_unreachable' as const }
  }
}
