import { env } from './env.server'

type MadeInvitation = {
  url: string
  full_name: string
  expires_at: string
  mailed_to: string | null
}

type Made = { token: string; expires_at: string; full_name: string; email: string | null }

/** The link of a fresh invitation, mailed as well when an address is known and mail is set up. */
export async function handOver(made: Made, isp: string): Promise<MadeInvitation> {
  const url = `${env().SITE_URL}/join/${made.token}`
  const wasMailed = made.email !== null && (await mail({ ...made, email: made.email, url, isp }))
  return {
    url,
    full_name: made.full_name,
    expires_at: made.expires_at,
    mailed_to: wasMailed ? made.email : null,
  }
}

async function mail(letter: { email: string; full_name: string; url: string; isp: string }) {
  const { MAIL_URL } = env()
  if (!MAIL_URL) return false

  const { email, full_name, url, isp } = letter
  const text = `Hello ${full_name},\n\n${isp} invites you. Open this link to join; it works once:\n\n${url}\n`
  try {
    const answer = await fetch(MAIL_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: email, subject: `${isp} invites you`, text }),
    })
    return answer.ok
  } catch {
    // The link itself is on the screen, so an unreachable mail server costs nobody the invitation.
    return false
  }
}
