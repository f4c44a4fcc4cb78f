// Sixteen write while a phone pulls, and some commit late. A cursor on ids would lose rows here; ours loses none.

import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ownDatabase, type Row } from '../database.ts'
import { approvedDevice } from '../field.ts'
import { uuid7 } from '../ids.ts'
import { signUpTenant } from '../story.ts'

const WRITERS = 16
const ROWS = 60
/** One in twenty. */
const SLOW_EVERY = 20
const SLOW_SECONDS = 0.15

type Pulled = { cursor: unknown; full: boolean; more: boolean; rows: Record<string, Array<Row>> }

test('a delta pull loses no row to a late commit, where a cursor on ids does', async () => {
  const own = await ownDatabase()
  const north = await signUpTenant('North Fiber', own)
  const carlo = await north.collector()
  const device_id = await approvedDevice(carlo)
  const written = new Set<string>()
  let isWriting = true

  const write = async (writer: number) => {
    for (let row = 0; row < ROWS; row += 1) {
      const id = uuid7()
      const isSlow = (writer * ROWS + row) % SLOW_EVERY === 0
      await own.sql.begin(async (sql) => {
        await sql`
          insert into places.barangays (tenant_id, id, name, municipality)
          values (${north.id}, ${id}, ${`B ${id}`}, 'Cagayan de Oro')`
        if (isSlow) await sql`select pg_sleep(${SLOW_SECONDS})`
      })
      written.add(id)
    }
  }

  const pulled = new Set<string>()
  let deltas = 0
  const pullAll = async () => {
    let cursor: unknown = null
    for (let isLast = false; !isLast;) {
      isLast = !isWriting
      for (let isMore = true; isMore;) {
        const answer = await carlo.call<Pulled>('sync_pull', { device_id, cursor, chunk: 100 })
        for (const { id } of answer.rows['barangays'] ?? []) pulled.add(String(id))
        if (!answer.full) deltas += 1
        cursor = answer.cursor
        isMore = answer.more
      }
      await sleep(5)
    }
  }

  const passed = new Set<string>()
  const passAll = async () => {
    let last = '00000000-0000-0000-0000-000000000000'
    for (let isLast = false; !isLast;) {
      isLast = !isWriting
      const rows = await own.sql<Array<{ id: string }>>`
        select id from places.barangays where tenant_id = ${north.id} and id > ${last} order by id`
      for (const { id } of rows) passed.add(id)
      last = rows.at(-1)?.id ?? last
      await sleep(5)
    }
  }

  const readers = [pullAll(), passAll()]
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
  isWriting = false
  await Promise.all(readers)

  expect(written.size).toBe(WRITERS * ROWS)
  expect(deltas).toBeGreaterThan(5)
  expect([...written].filter((id) => !pulled.has(id))).toEqual([])
  // Else the test could not see what it looks for.
  expect([...written].filter((id) => !passed.has(id)).length).toBeGreaterThan(0)
})
