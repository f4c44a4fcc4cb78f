// The tests' own ground: if this is wrong, no other database test means anything.

import { expect, test } from 'vitest'
import { actAs, actor, asOwner, ownDatabase, sql, transaction } from './database.ts'

const ana = { sub: '0192d3c4-0000-7000-8000-000000000001', tenant_id: 'north' }

async function aNotebook() {
  await sql`create table public.notes (id bigint primary key, author text default auth.jwt() ->> 'sub')`
  await sql`alter table public.notes enable row level security`
  await sql`grant select, insert on public.notes to authenticated`
  await sql`revoke all on public.notes from anon`
  await sql`create policy notes_own on public.notes for select to authenticated using (author = auth.uid()::text)`
  await sql`create policy notes_write on public.notes for insert to authenticated with check (true)`
  await sql`create view api.notes with (security_invoker = true) as select id, author from public.notes`
  await sql`grant usage on schema api to authenticated, anon`
  await sql`grant select on api.notes to authenticated`
  await sql`
    create function api.take_note(id bigint, tags text[] default '{}', facts jsonb default '{}') returns public.notes
    language sql set search_path = '' as $$ insert into public.notes (id) values (id) returning * $$
  `
  await sql`create function api.add(a int, b int default 1) returns int language sql immutable set search_path = '' as 'select a + b'`
  await sql`create function api.rest() returns void language sql set search_path = '' as ''`
  await sql`create function api.pairs(n int) returns table (a int, b text) language sql set search_path = '' as $$ select g, g::text from generate_series(1, n) as g $$`
  await sql`grant execute on all functions in schema api to authenticated`
}

test('a person acts with their own claims and sees their own rows', async () => {
  await aNotebook()
  const bea = actor({ ...ana, sub: '0192d3c4-0000-7000-8000-000000000002' })

  expect(
    await actor(ana).call('take_note', { id: 7, tags: ['a', 'b'], facts: { b: [1] } }),
  ).toEqual({
    id: 7,
    author: ana.sub,
  })
  expect(await actor(ana).read('notes', { id: 7 })).toEqual([{ id: 7, author: ana.sub }])
  expect(await bea.read('notes')).toEqual([])
})

test('answers have the shape of the Data API', async () => {
  await aNotebook()
  const person = actor(ana)

  expect(await person.call('add', { a: 2 })).toBe(3)
  expect(await person.call('rest')).toBeNull()
  expect(await person.call('pairs', { n: 2 })).toEqual([
    { a: 1, b: '1' },
    { a: 2, b: '2' },
  ])
})

test('a refusal leaves the test usable, and the owner is the owner again', async () => {
  await aNotebook()

  await expect(actor({ role: 'anon' }).read('notes')).rejects.toMatchObject({ code: '42501' })
  await expect(transaction((sql) => sql`select 1 / 0`)).rejects.toMatchObject({ code: '22012' })
  await actAs(ana)
  expect(await sql`select current_user as role`).toEqual([{ role: 'authenticated' }])
  await asOwner()
  expect(await sql`select current_user as role, auth.uid() as uid`).toEqual([
    { role: 'postgres', uid: null },
  ])
})

test('nothing of a test is left for the next', async () => {
  expect(await sql`select to_regclass('public.notes') as notes`).toEqual([{ notes: null }])
})

test('an own database commits, for two sessions at once', async () => {
  const own = await ownDatabase()
  await own.sql`create table public.counters (id int primary key)`
  await Promise.all([1, 2, 3].map((id) => own.sql`insert into public.counters values (${id})`))

  expect(await own.sql`select count(*)::int as rows from public.counters`).toEqual([{ rows: 3 }])
  expect(await own.sql`select current_setting('linyada.environment') as environment`).toEqual([
    { environment: 'embedded' },
  ])
})
