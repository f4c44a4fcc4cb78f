// The clock of the embedded stack, which may be moved to see what next month brings.

import type postgres from 'postgres'
import { z } from 'zod'

export const clockInput = z.union([
  z.object({ set: z.iso.datetime({ offset: true }) }),
  z.object({ advance_seconds: z.number().int() }),
])

export type ClockFace = { now: string; offset_seconds: number }

/** Takes a connection as the platform's superuser, who alone may change a database's settings. */
export async function readClock(sql: postgres.Sql): Promise<ClockFace> {
  const [row] = await sql<Array<{ offset: string | null }>>`
    select substring(setting from '=(.*)$') as offset
    from pg_db_role_setting as s
    join pg_database as d on d.oid = s.setdatabase and d.datname = current_database(),
      unnest(s.setconfig) as setting
    where s.setrole = 0 and setting like 'linyada.clock_offset_seconds=%'
  `
  const offset = Number(row?.offset ?? 0)
  return { now: new Date(Date.now() + offset * 1000).toISOString(), offset_seconds: offset }
}

export async function moveClock(sql: postgres.Sql, input: z.infer<typeof clockInput>) {
  const { offset_seconds: before } = await readClock(sql)
  const offset =
    'set' in input
      ? // Never a moment before what was asked for.
        Math.ceil((Date.parse(input.set) - Date.now()) / 1000)
      : before + input.advance_seconds
  // Settings take no parameters; the value is a whole number of our own making.
  await sql`do ${sql.unsafe(`$$ begin
    execute format('alter database %I set linyada.clock_offset_seconds = ''${offset}''', current_database());
  end $$`)}`
  return readClock(sql)
}
