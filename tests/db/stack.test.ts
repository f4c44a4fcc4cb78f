// The embedded stack as a whole: what it stores is there again tomorrow, and tomorrow can be had today.

import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../../supabase/local/listen.ts'
import { readSettings } from '../../supabase/local/settings.ts'
import { startStack } from '../../supabase/local/stack.ts'

async function someSettings() {
  const folder = await mkdtemp(path.join(tmpdir(), 'linyada-stack-'))
  await chmod(folder, 0o755)
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return readSettings({
    DATA_DIR: folder,
    API_PORT: String(await freePort()),
    PG_PORT: String(await freePort()),
  })
}

async function post(url: string, input: object): Promise<{ status: number; body: unknown }> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) })
  return { status: response.status, body: await response.json() }
}

test('data, keys, mails and the moved clock survive a stop', async () => {
  const settings = await someSettings()
  const first = await startStack(settings)
  const before = postgres(first.databaseUrl, { max: 1 })
  await before`create table public.ticks (at timestamptz)`
  await before`select cron.schedule('tick', '0 3 * * *', 'insert into public.ticks values (clock.now())')`
  await before.end()

  expect(
    await post(`${first.apiUrl}/dev/mail`, { to: 'a@example.com', subject: 'Hi' }),
  ).toMatchObject({
    status: 200,
  })
  const moved = await post(`${first.apiUrl}/dev/clock`, { advance_seconds: 86_400 })
  expect(moved.body).toMatchObject({ offset_seconds: 86_400 })
  await first.stop()

  const second = await startStack(settings)
  onTestFinished(() => second.stop())
  expect(second.publishableKey).toBe(first.publishableKey)
  const mails = await fetch(`${second.apiUrl}/dev/mail`)
  expect(await mails.json()).toMatchObject([{ to: 'a@example.com', subject: 'Hi' }])

  const after = postgres(second.databaseUrl, { max: 1 })
  onTestFinished(() => after.end())
  // The job ran once for the day that was skipped, and saw the new day.
  expect(
    await after`select count(*)::int as runs, bool_and(at > now() + interval '23 hours') as later from public.ticks`,
  ).toEqual([{ runs: 1, later: true }])
})

test('it stops while somebody still waits for an answer', async () => {
  const stack = await startStack(await someSettings())
  const sql = postgres(stack.databaseUrl, { max: 2, onnotice: () => {} })
  await sql.unsafe(`
    create table public.gate (id int);
    create function api.pass_gate() returns bigint language sql security definer set search_path = ''
      as $$ select count(*) from public.gate $$;
    grant execute on function api.pass_gate to anon`)

  const stopped = await sql.begin(async (holder) => {
    await holder`lock table public.gate`
    void fetch(`${stack.apiUrl}/rest/v1/rpc/pass_gate`, {
      method: 'POST',
      headers: { apikey: stack.publishableKey, 'content-type': 'application/json' },
      body: '{}',
    }).catch(() => {})
    await expect
      .poll(
        () => sql`select 1 from pg_locks where not granted and relation = 'public.gate'::regclass`,
      )
      .toHaveLength(1)
    const stopping = stack.stop()
    // By now nobody new is let in, and what was asked is still at it.
    await expect.poll(() => fetch(stack.apiUrl).then(Boolean, () => false)).toBe(false)
    return { stopping }
  })
  await stopped.stopping
  await sql.end({ timeout: 1 })
})

test('a page of somebody else cannot move the clock, nonsense is refused, and a set clock is never early', async () => {
  const settings = await someSettings()
  const stack = await startStack(settings)
  onTestFinished(() => stack.stop())

  const foreign = await fetch(`${stack.apiUrl}/dev/clock`, {
    method: 'POST',
    headers: { origin: 'https://elsewhere.example' },
    body: JSON.stringify({ advance_seconds: 60 }),
  })
  expect(foreign.status).toBe(403)
  expect((await post(`${stack.apiUrl}/dev/clock`, { set: 'tomorrow' })).status).toBe(400)

  const asked = new Date(Date.now() + 86_400_400).toISOString()
  const { body } = await post(`${stack.apiUrl}/dev/clock`, { set: asked })
  expect((body as { now: string }).now >= asked).toBe(true)
})

test('a taken port is named with the setting that changes it', async () => {
  const settings = await someSettings()
  const stack = await startStack(settings)
  onTestFinished(() => stack.stop())

  await expect(startStack(settings)).rejects.toThrow(`Port ${settings.PG_PORT} is taken`)
})
