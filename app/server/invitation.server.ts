import { DatabaseFailure } from './refusal.server'
import { openAnonymous } from './supabase.server'

/** What an invitation link says to whoever holds it. An unknown token says nothing but that. */
export type Invitation = {
  state: 'open' | 'expired' | 'accepted' | 'withdrawn' | 'unknown'
  kind?: 'member' | 'subscriber'
  trade_name?: string
  brand_color?: string | null
  full_name?: string | null
  role_name?: string | null
  account_no?: string | null
  email?: string | null
}

export async function readInvitation(request: Request, token: string): Promise<Invitation> {
  if (token === '' || token.length > 200) return { state: 'unknown' }
  const { data, error } = await openAnonymous(request).rpc('read_invitation', { token })
  if (error) throw new DatabaseFailure(error)
  return data as Invitation
}
