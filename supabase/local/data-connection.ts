// The Data API's way to Postgres. It signs in as `authenticator`, who owns nothing and must become
// anon, authenticated or service_role to see anything, as on hosted Supabase.

import type { VarsContext } from '@supabase/lite'
import { PostgresConnection } from '@supabase/lite/postgres'
import postgres from 'postgres'

/** The package hands over JSON as text already; its own driver settings would quote it once more. */
const json = (oid: number) => ({ to: oid, from: [oid], serialize: asJson, parse: JSON.parse })

const driverOptions = {
  onnotice: () => {},
  types: { json: json(114), jsonb: json(3802) },
}

function asJson(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  try {
    JSON.parse(value)
    return value
  } catch {
    return JSON.stringify(value)
  }
}

type Work<T> = Parameters<typeof PostgresConnection.prototype.withContext<T>>

const CLOSE_SECONDS = 5

/** A way of the package to Postgres that grants nothing and can be closed. */
export class OwnConnection extends PostgresConnection {
  constructor(url: string, max: number) {
    super({ url, postgresOptions: { ...driverOptions, max } })
    // Otherwise the package, before its first request, grants everything on every guarded table.
    Object.assign(this, { rlsState: 'active' })
  }

  /** What is being asked gets a moment. Without a limit the driver waits for good for a connection that was lent out as it began to close. */
  override async close(): Promise<void> {
    await this.driver.end({ timeout: CLOSE_SECONDS })
  }
}

export class DataConnection extends OwnConnection {
  constructor(url: string) {
    super(url, 20)
  }

  /** An error of a statement is answered here, as PostgREST would. The package logs it as a failure of its own. */
  override async withContext<T>(...[vars, work, options]: Work<T>): Promise<T> {
    try {
      return await super.withContext(vars, work, options)
    } catch (error) {
      if (!(error instanceof postgres.PostgresError)) throw error
      return answer(error, isSignedIn(vars)) as T
    }
  }
}

function isSignedIn(vars: VarsContext | undefined): boolean {
  const { role } = (vars?.auth ?? {}) as { role?: string }
  return role !== undefined && role !== 'anon'
}

function answer(error: postgres.PostgresError, signedIn: boolean): Response {
  const body = {
    code: error.code,
    details: error.detail ?? null,
    hint: error.hint ?? null,
    message: error.message,
  }
  return Response.json(body, { status: httpStatus(error.code, signedIn) })
}

/** PostgREST's own table, most exact first; whatever is not in it is the caller's fault. */
const STATUSES: Array<[sqlState: RegExp, status: number]> = [
  [/^23503|^23505/, 409],
  [/^25006/, 405],
  [/^42883|^42P01/, 404],
  [/^42P17/, 500],
  [/^P0001/, 400],
  [/^53400/, 500],
  [/^0L|^0P|^28/, 403],
  [/^08|^53/, 503],
  [/^09|^25|^2D|^38|^39|^3B|^40|^54|^55|^57|^58|^F0|^HV|^P0|^XX/, 500],
]

function httpStatus(code: string, signedIn: boolean): number {
  const chosen = /^PT(\d{3})$/.exec(code)?.[1]
  if (chosen) return Number(chosen)
  if (code === '42501') return signedIn ? 403 : 401
  return STATUSES.find(([sqlState]) => sqlState.test(code))?.[1] ?? 400
}
