// Where the demo is made: people who act through the same functions as everybody, at the time the story says.

import { createClient } from '@supabase/supabase-js'
import postgres from 'postgres'

export type Rpc = <T>(name: string, ...values: Array<unknown>) => Promise<T>

/** A person of the demo. `at` is the instant of everything done inside. */
export type Person = {
  userId: string
  sessionId: string
  as: <T>(at: Date, work: (rpc: Rpc, sql: postgres.ISql) => Promise<T>) => Promise<T>
}

export type Stage = {
  sql: postgres.Sql
  /** Makes an account with Supabase Auth, as the sign-up page does. */
  signUp: (email: string, password: string) => Promise<Person>
  /** Bills what is due for one ISP, as the schedule would have at that instant. */
  runSchedule: (tenantId: string, at: Date) => Promise<void>
  /** Looks through everybody who owes, as the schedule would have. */
  dun: (tenantId: string, at: Date) => Promise<void>
  close: () => Promise<void>
}

type Address = { databaseUrl: string; apiUrl: string; publishableKey: string }

export function openStage({ databaseUrl, apiUrl, publishableKey }: Address): Stage {
  // Half a demo is thrown away at the next start, so no commit of it has to wait for the disk.
  const sql = postgres(databaseUrl, {
    max: 1,
    onnotice: () => {},
    connection: { synchronous_commit: 'off' },
  })

  return {
    sql,
    close: () => sql.end({ timeout: 5 }),
    runSchedule: (tenantId, at) => runUntilIdle(sql, tenantId, at, 'billing.advance_due'),
    dun: (tenantId, at) => runUntilIdle(sql, tenantId, at, 'billing.advance_dunning'),
    signUp: async (email, password) => {
      const auth = createClient(apiUrl, publishableKey, {
        auth: { persistSession: false, autoRefreshToken: false },
        realtime: { transport: class {} as never },
      }).auth
      const { data, error } = await auth.signUp({ email, password })
      if (error || !data.user || !data.session)
        throw error ?? new Error(`${email} could not sign up`)
      const claims = JSON.parse(
        Buffer.from(data.session.access_token.split('.')[1] ?? '', 'base64url').toString('utf8'),
      ) as { session_id: string }
      return person(sql, data.user.id, claims.session_id)
    },
  }
}

/** Calls a part of the schedule for one ISP at an instant, each time in a transaction of its own, until nothing is left to do. */
async function runUntilIdle(sql: postgres.Sql, tenantId: string, at: Date, part: string) {
  for (;;) {
    const state = await sql.begin(async (transaction) => {
      await transaction`
        select set_config('linyada.clock_at', ${at.toISOString()}, true), access.act_for(${tenantId})
      `
      const [done] = await transaction.unsafe<Array<{ state: string }>>(`select ${part}() as state`)
      return done?.state
    })
    if (state === 'idle') return
  }
}

function person(sql: postgres.Sql, userId: string, sessionId: string): Person {
  const base = JSON.stringify({ sub: userId, role: 'authenticated', session_id: sessionId })
  return {
    userId,
    sessionId,
    as: async <T>(at: Date, work: (rpc: Rpc, sql: postgres.ISql) => Promise<T>) => {
      const done = await sql.begin(async (transaction) => {
        await transaction`
          select
            set_config('request.jwt.claims', (access.custom_access_token_hook(
              jsonb_build_object('user_id', ${userId}::text, 'claims', ${base}::text::jsonb)) -> 'claims')::text, true),
            set_config('linyada.clock_at', ${at.toISOString()}, true),
            set_config('linyada.source', 'demo', true),
            set_config('role', 'authenticated', true)
        `
        const rpc: Rpc = async <R>(name: string, ...values: Array<unknown>) => {
          const given = values.map((_, index) => `$${index + 1}`).join(', ')
          const rows = await transaction.unsafe<Array<{ answer: R }>>(
            `select api.${name}(${given}) as answer`,
            values as Array<postgres.ParameterOrJSON<never>>,
          )
          return rows[0]?.answer as R
        }
        return { value: await work(rpc, transaction) }
      })
      return done.value
    },
  }
}
