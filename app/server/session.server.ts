import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Db } from './supabase.server'

/** Passwords and sign-in names, and what Supabase Auth says about them in words of ours. */

/** Names of people without e-mail are kept as addresses of a domain that cannot exist. */
const NAME_DOMAIN = 'portal.invalid'

export const newPassword = z
  .string({ error: 'error.password_missing' })
  .min(8, 'error.password_short')
  .refine((password) => Buffer.byteLength(password) <= 72, 'error.password_long')

export const emailAddress = z
  .string({ error: 'error.email' })
  .trim()
  .toLowerCase()
  .pipe(z.email('error.email').max(254, 'error.email'))

/** What a person types to sign in: an e-mail address or a sign-in name. */
export const signInName = z
  .string({ error: 'error.sign_in_name' })
  .trim()
  .toLowerCase()
  .max(254, 'error.sign_in_name')
  .regex(/^[^\s@]+(@[^\s@]+)?$/, 'error.sign_in_name')

export function emailOfName(name: string): string {
  return name.includes('@') ? name : `${name}@${NAME_DOMAIN}`
}

/** The name as its owner knows it. */
export function nameOfEmail(email: string): string {
  return email.endsWith(`@${NAME_DOMAIN}`) ? email.slice(0, -NAME_DOMAIN.length - 1) : email
}

const NAME_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * A short name for a subscriber who joins without e-mail: the account number and four letters that
 * hang on the invitation's secret, so that joining twice gives the same name.
 */
export function signInNameOf(accountNo: string, token: string): string {
  const account = accountNo.toLowerCase().replaceAll(/[^a-z0-9]+/g, '') || 'me'
  const ending = [...createHash('sha256').update(token).digest().subarray(0, 4)]
    .map((byte) => NAME_LETTERS[byte % NAME_LETTERS.length])
    .join('')
  return `${account}-${ending}`
}

export type AuthProblem =
  | 'problem.wrong_password'
  | 'problem.not_confirmed'
  | 'problem.email_known'
  | 'problem.weak_password'
  | 'problem.too_many'
  | 'problem.link_used'
  | 'problem.bad_email'
  | 'problem.closed'
  | 'problem.unreachable'

type AuthFailure = { name: string; code?: string | undefined; status?: number | undefined }

/** Every answer a person can cause has its sentence. Anything else is a bug, so it is thrown. */
export function authProblem(error: AuthFailure): AuthProblem {
  if (error.name === 'AuthRetryableFetchError') return 'problem.unreachable'
  if (error.name === 'AuthWeakPasswordError') return 'problem.weak_password'

  switch (error.code) {
    case 'invalid_credentials':
      return 'problem.wrong_password'
    case 'email_not_confirmed':
      return 'problem.not_confirmed'
    case 'user_already_exists':
    case 'email_exists':
      return 'problem.email_known'
    case 'weak_password':
      return 'problem.weak_password'
    case 'over_request_rate_limit':
    case 'over_email_send_rate_limit':
    case 'over_sms_send_rate_limit':
      return 'problem.too_many'
    case 'otp_expired':
      return 'problem.link_used'
    case 'email_address_invalid':
    case 'validation_failed':
      return 'problem.bad_email'
    case 'signup_disabled':
    case 'email_provider_disabled':
    case 'user_banned':
      return 'problem.closed'
    default:
      if (error.status === 429) return 'problem.too_many'
      throw error
  }
}

type NewPerson = { email: string; password: string; fullName: string; confirmedAt: string }

type Entered = { ok: true; hasSession: boolean } | { ok: false; problem: AuthProblem }

/**
 * Makes an account and signs in. Someone who already has one and types its password is signed in
 * as well, so that a form sent twice goes on where it stopped.
 */
export async function enterAsNew(db: Db, person: NewPerson): Promise<Entered> {
  const { email, password, fullName, confirmedAt } = person
  const { data, error } = await db.auth.signUp({
    email,
    password,
    options: { data: { full_name: fullName }, emailRedirectTo: confirmedAt },
  })
  if (!error) return { ok: true, hasSession: data.session !== null }

  const problem = authProblem(error)
  if (problem !== 'problem.email_known') return { ok: false, problem }

  const known = await db.auth.signInWithPassword({ email, password })
  if (known.error) return { ok: false, problem }
  return { ok: true, hasSession: true }
}
