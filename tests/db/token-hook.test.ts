// Tokens say what access.custom_access_token_hook wants them to say, however they were got.

import { expect, test } from 'vitest'
import { verify } from '../../supabase/local/token-hook.ts'
import { type OwnApi, ownApi } from './api.ts'
import type { OwnDatabase } from './database.ts'

const email = 'ana@example.com'
const password = 'a long secret'

/** Stands in for the real hook: adds what it was asked about, and refuses one address. */
async function withHook({ sql }: OwnDatabase) {
  await sql.unsafe(`
    create or replace function access.custom_access_token_hook(event jsonb) returns jsonb
    language sql set search_path = '' as $$
      select case event -> 'claims' ->> 'email'
        when 'barred@example.com' then
          jsonb_build_object('error', jsonb_build_object('http_code', 403, 'message', 'This account is closed'))
        else jsonb_set(event, '{claims,tenant_id}', to_jsonb('north:' || (event ->> 'authentication_method')))
      end
    $$;
    grant usage on schema access to supabase_auth_admin;
    grant execute on function access.custom_access_token_hook to supabase_auth_admin;
  `)
}

function claimsOf(api: OwnApi, token = '') {
  return verify(token, api.jwtSecret) ?? {}
}

test('signing up, in and refreshing all give the claims of the hook', async () => {
  const api = await ownApi(withHook)
  const client = api.client()

  const up = await client.auth.signUp({ email, password })
  expect(claimsOf(api, up.data.session?.access_token)).toMatchObject({
    tenant_id: 'north:password',
    role: 'authenticated',
    session_id: expect.any(String),
  })

  const signedIn = await client.auth.signInWithPassword({ email, password })
  expect(claimsOf(api, signedIn.data.session?.access_token)['tenant_id']).toBe('north:password')

  const refreshed = await client.auth.refreshSession()
  const claims = claimsOf(api, refreshed.data.session?.access_token)
  expect(claims['tenant_id']).toBe('north:token_refresh')
  expect(claims['session_id']).toBe(
    claimsOf(api, signedIn.data.session?.access_token)['session_id'],
  )
  expect((await client.auth.getUser()).data.user).toMatchObject({ email })
})

test('the hook can refuse a sign-in', async () => {
  const api = await ownApi(withHook)

  const { data, error } = await api.client().auth.signUp({ email: 'barred@example.com', password })
  expect(error).toMatchObject({ status: 403, message: 'This account is closed' })
  expect(data.session).toBeNull()
})

test('a recovery mail leads to a session and a new password', async () => {
  const api = await ownApi(withHook)
  const client = api.client()
  await client.auth.signUp({ email, password })
  await client.auth.signOut()

  await client.auth.resetPasswordForEmail(email)
  const [mail] = api.mails
  expect(mail).toMatchObject({ to: email, subject: 'Your new Linyada password' })
  const hash = /\/auth\/confirm\?token_hash=([^&]+)&(?:amp;)?type=recovery/.exec(
    mail?.html ?? '',
  )?.[1]

  const { data } = await client.auth.verifyOtp({ token_hash: hash ?? '', type: 'recovery' })
  expect(claimsOf(api, data.session?.access_token)['tenant_id']).toBe('north:otp')
  expect((await client.auth.updateUser({ password: 'another secret' })).error).toBeNull()
  expect((await client.auth.signInWithPassword({ email, password })).error).not.toBeNull()
  expect(
    (await client.auth.signInWithPassword({ email, password: 'another secret' })).error,
  ).toBeNull()
})

test('only the service of Auth may run the hook', async () => {
  const api = await ownApi(withHook)
  const person = api.actor({ sub: '0192d3c4-0000-7000-8000-000000000001' })

  await expect(
    person.run((sql) => sql`select access.custom_access_token_hook('{}')`),
  ).rejects.toMatchObject({ code: '42501' })
})
