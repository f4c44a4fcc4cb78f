// A person who speaks to the database the way the Data API lets them: as a role without rights
// of its own, with claims, through schema `api`, answered in JSON.

import type postgres from 'postgres'

/** What the token says, as the Data API hands it to the database. */
export type Claims = { role?: 'anon' | 'authenticated' | 'service_role'; sub?: string } & Record<
  string,
  unknown
>

export type Sql = postgres.ISql

/** Runs work in a transaction or savepoint of its own, and gives up all of it when it throws. */
export type RunWhole = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>

export type Json = null | boolean | number | string | Array<Json> | { [key: string]: Json }

export type Row = Record<string, Json>

export type Actor = {
  claims: Claims
  /** Calls `api.<name>` with named arguments and returns what the Data API would answer. */
  call: <T = Row>(name: string, input?: Record<string, unknown>) => Promise<T>
  /** Reads a view of `api`, optionally only the rows whose columns equal these values. */
  read: <T = Row>(view: string, where?: Record<string, unknown>) => Promise<Array<T>>
  /** Anything else this person might try. */
  run: RunWhole
}

export function createActor(claims: Claims, runWhole: RunWhole): Actor {
  const run: RunWhole = (work) =>
    runWhole(async (sql) => {
      await become(sql, claims)
      const result = await work(sql)
      await becomeOwner(sql)
      return result
    })

  return {
    claims,
    run,
    call: <T>(name: string, input: Record<string, unknown> = {}) =>
      run((sql) => call(sql, name, input) as Promise<T>),
    read: <T>(view: string, where: Record<string, unknown> = {}) =>
      run((sql) => read(sql, view, where) as Promise<Array<T>>),
  }
}

export async function become(sql: Sql, claims: Claims) {
  const whole = { role: 'authenticated', ...claims }
  await sql`
    select
      set_config('request.jwt.claims', ${JSON.stringify(whole)}, true),
      set_config('role', ${whole.role}, true)
  `
}

export async function becomeOwner(sql: Sql) {
  await sql`select set_config('role', 'none', true), set_config('request.jwt.claims', '', true)`
}

type Signature = {
  arguments: Array<{ name: string; type: string }>
  answers: 'rows' | 'row' | 'value' | 'nothing'
}

async function call(sql: Sql, name: string, input: Record<string, unknown>) {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  const signature = await findSignature(sql, name, Object.keys(given))
  const used = signature.arguments.filter((argument) => argument.name in given)

  const columns = used.map(({ name, type }) => `"${name}" ${type}`).join(', ')
  const named = used.map(({ name }) => `"${name}" => input."${name}"`).join(', ')
  const from =
    used.length > 0 ? `json_to_record($1::text::json) as input(${columns}), lateral ` : ''

  const { alias, result } = {
    rows: { alias: 'answer', result: `coalesce(json_agg(answer), '[]')` },
    row: { alias: 'answer', result: 'json_agg(answer) -> 0' },
    value: { alias: 'answer(value)', result: 'json_agg(answer.value) -> 0' },
    nothing: { alias: 'answer(value)', result: `'null'::json` },
  }[signature.answers]
  const [row] = await sql.unsafe<Array<{ result: Json }>>(
    `select ${result} as result from ${from}api."${name}"(${named}) as ${alias}`,
    used.length > 0 ? [JSON.stringify(given)] : [],
  )
  return row?.result ?? null
}

/** Chooses among overloads as the Data API does: by the names of the arguments. */
async function findSignature(sql: Sql, name: string, given: Array<string>): Promise<Signature> {
  const candidates = await sql<Array<Signature>>`
    select
      coalesce(
        (
          select json_agg(json_build_object('name', a.name, 'type', format_type(a.type, null)) order by a.position)
          from unnest(f.proargnames, coalesce(f.proallargtypes, f.proargtypes::oid[]), f.proargmodes)
            with ordinality as a (name, type, mode, position)
          where coalesce(a.mode, 'i') in ('i', 'b', 'v')
        ),
        '[]'
      ) as arguments,
      case
        when f.proretset then 'rows'
        when f.prorettype = 'void'::regtype then 'nothing'
        when t.typtype = 'c' or f.prorettype = 'record'::regtype then 'row'
        else 'value'
      end as answers
    from pg_catalog.pg_proc as f
    join pg_catalog.pg_type as t on t.oid = f.prorettype
    where f.pronamespace = to_regnamespace('api') and f.proname = ${name}
  `
  const match = candidates.find(({ arguments: known }) =>
    given.every((name) => known.some((argument) => argument.name === name)),
  )
  if (!match) throw new Error(`There is no api.${name}(${given.join(', ')})`)
  return match
}

async function read(sql: Sql, view: string, where: Record<string, unknown>) {
  const wanted = Object.entries(where)
  const conditions = wanted.map(([column], at) => `"${column}"::text = $${at + 1}`)
  const rows = await sql.unsafe<Array<{ row: Row }>>(
    `select to_json(line) as row from api."${view}" as line
     ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
     -- Ids are ordered by the time of making; without an order a test would hang on the planner's mood.
     order by to_jsonb(line) ->> 'id'`,
    wanted.map(([, value]) => String(value)),
  )
  return rows.map(({ row }) => row)
}
