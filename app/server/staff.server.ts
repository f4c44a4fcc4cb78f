import type { Member, OpenInvitation, Role } from '~/domain/staff'
import { anyColumnContains, orderOf } from './list-query.server'
import type { Db } from './supabase.server'

export async function rolesOf(db: Db, params = new URLSearchParams()) {
  const order = orderOf(params, ['name', 'home'], '-is_owner')
  let query = db.from('roles').select('id, name, preset, is_owner, home, permissions')
  const typed = params.get('q')?.trim()
  if (typed) query = query.or(anyColumnContains(['name'], typed))
  const { data } = await query
    .order(order.column, { ascending: order.ascending })
    .order('name')
    .order('id')
    .overrideTypes<Array<Role>, { merge: false }>()
    .throwOnError()
  return data
}

/** Everybody, or whom an address asks for; who works here first. */
export async function membersOf(db: Db, params = new URLSearchParams()) {
  const order = orderOf(params, ['full_name', 'role_name', 'joined_at', 'status'], 'status')
  let query = db
    .from('members')
    .select(
      'id, full_name, phone, role_id, role_name, home, is_owner, status, joined_at, revoked_at',
    )
  const typed = params.get('q')?.trim()
  if (typed) query = query.or(anyColumnContains(['full_name', 'phone', 'role_name'], typed))
  const status = params.get('status')
  if (status) query = query.eq('status', status)
  const { data } = await query
    .order(order.column, { ascending: order.ascending })
    .order('full_name')
    .order('id')
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
