import type { Member, OpenInvitation, Role } from '~/domain/staff'
import type { Db } from './supabase.server'

export async function rolesOf(db: Db) {
  const { data } = await db
    .from('roles')
    .select('id, name, preset, is_owner, home, permissions')
    .order('is_owner', { ascending: false })
    .order('name')
    .overrideTypes<Array<Role>, { merge: false }>()
    .throwOnError()
  return data
}

export async function membersOf(db: Db) {
  const { data } = await db
    .from('members')
    .select(
      'id, full_name, phone, role_id, role_name, home, is_owner, status, joined_at, revoked_at',
    )
    .order('status')
    .order('full_name')
    .overrideTypes<Array<Member>, { merge: false }>()
    .throwOnError()
  return data
}

/** Links of staff that nobody used yet, those run out included. */
export async function openInvitationsOf(db: Db) {
  const { data } = await db
    .from('invitations')
    .select('id, full_name, email, role_name, expires_at, state, created_at')
    .eq('kind', 'member')
    .in('state', ['open', 'expired'])
    .order('created_at', { ascending: false })
    .overrideTypes<Array<OpenInvitation>, { merge: false }>()
    .throwOnError()
  return data
}
