const ASK_LIMIT_MILLISECONDS = 3_000
const NO_PAYMENT = '00000000-0000-0000-0000-000000000000'

/**
 * Ready means the database answers through the Data API and knows our functions. Asking after the
 * receipt of no payment is the cheapest question a stranger may ask.
 */
export async function loader() {
  const status = await askDatabase()
  return Response.json(
    { status },
    { status: status === 'ready' ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}

async function askDatabase() {
  const { SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: key } = process.env
  if (!url || !key) return 'not_configured'

  try {
    const response = await fetch(`${url}/rest/v1/rpc/verify_receipt`, {
      method: 'POST',
      headers: { apikey: key, 'Content-Type': 'application/json', 'Content-Profile': 'api' },
      body: JSON.stringify({ payment_id: NO_PAYMENT }),
      signal: AbortSignal.timeout(ASK_LIMIT_MILLISECONDS),
    })
    return response.ok ? 'ready' : 'database_not_migrated'
  } catch {
    return 'database_unreachable'
  }
}
