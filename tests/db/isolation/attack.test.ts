// Everything a stranger can ask of the Data API, generated from the catalog and sent over HTTP with the victim's real ids:
// every view and function, every verb, filter, count and embedding. No answer and no error may hold a canary, and the
// victim's rows must be the same afterwards, byte for byte.

import { expect, test } from 'vitest'
import { sign } from '../../../supabase/local/token-hook.ts'
import { type OwnApi, ownApi } from '../api.ts'
import type { Claims, Sql } from '../database.ts'
import { uuid7 } from '../ids.ts'
import { CANARY, fingerprint, type Scene, setScene } from './victim.ts'

type View = { name: string; columns: Array<{ name: string; type: string }> }
type Callable = { name: string; arguments: Array<{ name: string; type: string }>; writes: boolean }
type Attacker = { who: string; token: string | null }
type Shot = { method: string; path: string; headers?: Record<string, string>; body?: unknown }

test('no stranger gets a word of another ISP out of the Data API, or changes one', async () => {
  let scene: Scene | undefined
  const api = await ownApi(async (database) => {
    scene = await setScene(database)
  })
  if (!scene) throw new Error('There is no scene')
  const victim = scene.victim.id

  const views = await readViews(api.sql)
  const functions = await readFunctions(api.sql)
  expect(views.length).toBeGreaterThan(25)
  expect(functions.length).toBeGreaterThan(40)

  const before = await fingerprint(api.sql, victim)
  const ids = allIds(scene)
  const shots = [
    ...views.flatMap((view) => atView(view, views, victim, ids)),
    ...functions.flatMap((called) => atFunction(called, scene?.ids ?? {}, victim)),
  ]
  const spared: Array<string> = []
  /** What has nothing to do with each other is refused for what it is, whoever asks: one attacker is enough. */
  const unrelated = new Set<string>()
  let fired = 0

  for (const attacker of attackersOf(scene, api)) {
    for (const shot of shots.filter(({ path }) => !unrelated.has(path))) {
      fired += 1
      const answer = await fire(api, attacker, shot)
      if (answer.text.includes('"PGRST200"')) unrelated.add(shot.path)
      if (withoutPublic(shot, answer.text).includes(CANARY))
        spared.push(`${attacker.who}: ${shot.method} ${shot.path} shows a canary`)
      if (answer.counted > 0)
        spared.push(`${attacker.who}: ${shot.method} ${shot.path} counts ${answer.counted} rows`)
      // A view that cannot be written says so with 55000, to anybody. Any other 500 is a bug, and may say too much.
      if (answer.status >= 500 && !answer.text.includes('"55000"'))
        spared.push(
          `${attacker.who}: ${shot.method} ${shot.path} answers ${answer.status} ${answer.text.slice(0, 200)}`,
        )
    }
  }
  expect(fired).toBeGreaterThan(2_000)
  expect(spared).toEqual([])
  expect(await fingerprint(api.sql, victim)).toEqual(before)
}, 1_800_000)

test('the attack sees a hole when there is one', async () => {
  let scene: Scene | undefined
  const api = await ownApi(async (database) => {
    scene = await setScene(database)
    // Three ways to err: a wall taken down, a view that asks as its owner, a write granted.
    await database.sql`drop policy subscribers_same_tenant on service.subscribers`
    await database.sql`alter view api.plans reset (security_invoker)`
    await database.sql`create policy barangays_slip on places.barangays for all to authenticated using (true) with check (true)`
    await database.sql`drop policy barangays_same_tenant on places.barangays`
    await database.sql`grant update, delete on places.barangays to authenticated`
    await database.sql`create view api.slips with (security_invoker = true) as select tenant_id, id, name from places.barangays`
    await database.sql`grant select, update, delete on api.slips to authenticated`
  })
  if (!scene) throw new Error('There is no scene')
  const victim = scene.victim.id
  const views = (await readViews(api.sql)).filter(({ name }) =>
    ['subscribers', 'plans', 'slips'].includes(name),
  )
  const before = await fingerprint(api.sql, victim)
  const [attacker] = attackersOf(scene, api)
  const holes = new Set<string>()
  for (const view of views) {
    for (const shot of atView(view, views, victim, allIds(scene))) {
      const answer = attacker && (await fire(api, attacker, shot))
      if (answer && (answer.text.includes(CANARY) || answer.counted > 0)) holes.add(view.name)
    }
  }
  expect([...holes].sort()).toEqual(['plans', 'slips', 'subscribers'])
  expect(await fingerprint(api.sql, victim)).not.toEqual(before)
}, 600_000)

/**
 * What a receipt is checked with is for everybody: the name on the paper and the keys that sign it. Nothing else
 * of that answer is.
 */
const PUBLIC = /^rpc\/receipt_keys\b/
const ON_THE_PAPER = ['tenant_id', 'trade_name', 'time_zone', 'brand_color']
const OF_A_KEY = ['device_id', 'public_key', 'ended_at']

function withoutPublic(shot: Shot, text: string): string {
  if (!PUBLIC.test(shot.path) || !text.startsWith('{')) return text
  const { keys, ...rest } = JSON.parse(text) as { keys?: Array<Record<string, unknown>> }
  const left = (fields: Record<string, unknown>, open: ReadonlyArray<string>) =>
    Object.entries(fields).filter(([name]) => !open.includes(name))
  return JSON.stringify([
    left(rest, ON_THE_PAPER),
    (keys ?? []).flatMap((key) => left(key, OF_A_KEY)),
  ])
}

function attackersOf(scene: Scene, api: OwnApi): Array<Attacker> {
  const token = (claims: Claims) =>
    sign(
      {
        ...claims,
        role: 'authenticated',
        aud: 'authenticated',
        exp: Math.floor(Date.now() / 1000) + 3600,
      },
      api.jwtSecret,
    )
  return [
    { who: 'the owner of another ISP', token: token(scene.attackers.otherOwner.claims) },
    { who: 'a revoked member', token: token(scene.attackers.revoked.claims) },
    { who: 'a subscriber of another ISP', token: token(scene.attackers.otherPortal.claims) },
    { who: 'a stranger', token: null },
  ]
}

async function fire(api: OwnApi, attacker: Attacker, shot: Shot) {
  const response = await fetch(`${api.apiUrl}/rest/v1/${shot.path}`, {
    method: shot.method,
    headers: {
      apikey: api.publishableKey,
      ...(attacker.token ? { authorization: `Bearer ${attacker.token}` } : {}),
      'content-type': 'application/json',
      'accept-profile': 'api',
      'content-profile': 'api',
      ...shot.headers,
    },
    ...(shot.body === undefined ? {} : { body: JSON.stringify(shot.body) }),
  })
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]
  return { status: response.status, text: await response.text(), counted: Number(total ?? 0) }
}

const everything = { prefer: 'return=representation' }

/** All that can be asked of one view. Counts are taken under a filter on the victim, so that an own row never counts. */
function atView(view: View, views: Array<View>, victim: string, ids: Array<string>): Array<Shot> {
  const has = (name: string) => view.columns.some((column) => column.name === name)
  // A stranger may have rows of the own ISP under the same ids: ids are unique inside a tenant only.
  const theirs = has('tenant_id') ? `&tenant_id=eq.${victim}` : ''
  const target = has('id') ? `id=in.(${ids.slice(0, 40).join(',')})${theirs}` : ''
  const row = Object.fromEntries(
    view.columns.map(({ name, type }) => [
      name,
      name === 'tenant_id' ? victim : name === 'id' ? ids[0] : type === 'uuid' ? ids[0] : null,
    ]),
  )
  const shots: Array<Shot> = [
    { method: 'GET', path: `${view.name}?select=*&limit=1000` },
    { method: 'GET', path: `${view.name}?select=*`, headers: { accept: 'text/csv' } },
    ...(has('tenant_id')
      ? [
          {
            method: 'GET',
            path: `${view.name}?select=*&tenant_id=eq.${victim}`,
            headers: { prefer: 'count=exact' },
          },
          {
            method: 'HEAD',
            path: `${view.name}?tenant_id=eq.${victim}`,
            headers: { prefer: 'count=exact' },
          },
          {
            method: 'PATCH',
            path: `${view.name}?tenant_id=eq.${victim}`,
            headers: everything,
            body: { tenant_id: victim },
          },
          { method: 'DELETE', path: `${view.name}?tenant_id=eq.${victim}`, headers: everything },
        ]
      : []),
    ...(target
      ? [
          {
            method: 'GET',
            path: `${view.name}?select=*&${target}`,
            headers: { prefer: 'count=exact' },
          },
        ]
      : []),
    { method: 'POST', path: view.name, headers: everything, body: row },
    {
      method: 'POST',
      path: view.name,
      headers: { prefer: 'resolution=merge-duplicates,return=representation' },
      body: [row],
    },
    ...view.columns
      .filter(({ type, name }) => type === 'text' && name !== 'id')
      .map(({ name }) => ({
        method: 'GET',
        path: `${view.name}?select=*&${name}=ilike.*${CANARY}*${theirs}`,
        headers: { prefer: 'count=exact' },
      })),
    ...view.columns
      .filter(({ type, name }) => type === 'uuid' && name !== 'tenant_id' && name !== 'id')
      .map(({ name }) => ({
        method: 'GET',
        path: `${view.name}?select=*&${name}=in.(${ids.slice(0, 60).join(',')})${theirs}`,
        headers: { prefer: 'count=exact' },
      })),
    ...views
      .filter((other) => other !== view)
      .map((other) => ({ method: 'GET', path: `${view.name}?select=*,${other.name}(*)&limit=50` })),
  ]
  return shots
}

/** A call with the victim's ids in every place an id can go, and one with nothing. */
function atFunction(called: Callable, ids: Scene['ids'], victim: string): Array<Shot> {
  const inputs = [0, 1].map((nth) =>
    Object.fromEntries(
      called.arguments.map(({ name, type }) => [name, argumentFor(name, type, ids, victim, nth)]),
    ),
  )
  return [
    ...inputs.map((body) => ({ method: 'POST', path: `rpc/${called.name}`, body })),
    { method: 'POST', path: `rpc/${called.name}`, body: {} },
    ...(called.writes
      ? []
      : [
          {
            method: 'GET',
            path: `rpc/${called.name}?${new URLSearchParams(Object.entries(inputs[0] ?? {}).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])).toString()}`,
          },
        ]),
  ]
}

function argumentFor(
  name: string,
  type: string,
  ids: Scene['ids'],
  victim: string,
  nth: number,
): unknown {
  if (name === 'tenant_id') return victim
  switch (type) {
    case 'uuid':
      return idFor(name, ids, nth)
    case 'uuid[]':
      return (ids['service.subscribers'] ?? []).slice(0, 3)
    case 'jsonb':
      return nth === 0 ? victimFacts(ids) : [victimFacts(ids)]
    case 'bigint':
    case 'integer':
      return 100
    case 'date':
      return '2026-11-01'
    case 'boolean':
      return true
    case 'text[]':
      return ['1030500001']
    default:
      return name === 'actor' ? 'member' : CANARY.toLowerCase()
  }
}

const TABLE_OF: Record<string, string> = {
  subscriber_id: 'service.subscribers',
  subscription_id: 'service.subscriptions',
  invoice_id: 'billing.invoices',
  payment_id: 'collections.payments',
  member_id: 'access.members',
  actor_id: 'access.members',
  role_id: 'access.roles',
  plan_id: 'catalog.plans',
  route_id: 'places.routes',
  loan_id: 'places.route_loans',
  double_id: 'collections.doubles',
  lost_id: 'tenancy.lost_numbers',
  void_id: 'collections.payments',
  barangay_id: 'places.barangays',
  hold_id: 'service.holds',
  invitation_id: 'access.invitations',
  device_id: 'collections.devices',
  run_id: 'billing.runs',
  request_id: 'collections.void_requests',
  correction_id: 'billing.corrections',
  credit_note_id: 'billing.credit_notes',
  alarm_id: 'sync.alarms',
  from_id: 'access.members',
  to_id: 'access.members',
  command_id: 'sync.commands',
  collector_id: 'access.members',
  batch_id: 'service.subscribers',
}

function idFor(name: string, ids: Scene['ids'], nth: number): string {
  const found = ids[TABLE_OF[name] ?? 'service.subscribers'] ?? []
  return found[nth % Math.max(found.length, 1)] ?? uuid7()
}

/** One object with every key our functions read, each pointing at the victim. */
function victimFacts(ids: Scene['ids']): Record<string, unknown> {
  const pointing = Object.fromEntries(
    Object.keys(TABLE_OF).map((name) => [name, idFor(name, ids, 0)]),
  )
  return {
    ...pointing,
    id: idFor('subscriber_id', ids, 0),
    name: 'Mallory',
    full_name: 'Mallory',
    billing_mode: 'postpaid',
    down_mbps: 1,
    up_mbps: 1,
    price_minor: 100,
    permissions: [],
    method: 'cash',
    amount_minor: 100,
    reason: 'Mallory wants it',
    received_at: '2026-01-01T00:00:00Z',
    outcome: 'not_home',
    visited_at: '2026-01-01T00:00:00Z',
    commands: [
      {
        id: idFor('payment_id', ids, 0),
        device_seq: 1,
        name: 'record_payment',
        happened_at: '2026-01-01T00:00:00Z',
        schema_version: 1,
        input: {
          ...pointing,
          id: idFor('payment_id', ids, 0),
          method: 'cash',
          amount_minor: 100,
          received_at: '2026-01-01T00:00:00Z',
        },
      },
    ],
    line: 1,
    plan: 'x',
  }
}

function allIds(scene: Scene): Array<string> {
  return [...new Set(Object.values(scene.ids).flat())].filter((id) => /^[0-9a-f-]{36}$/.test(id))
}

async function readViews(sql: Sql): Promise<Array<View>> {
  return sql<Array<View>>`
    select c.relname as name, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum) as columns
    from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
    where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'
    group by c.relname order by 1
  `
}

async function readFunctions(sql: Sql): Promise<Array<Callable>> {
  return sql<Array<Callable>>`
    select f.proname as name, f.provolatile = 'v' as writes,
      coalesce((select json_agg(json_build_object('name', a.name, 'type', format_type(a.type, null)) order by a.position)
        from unnest(f.proargnames, coalesce(f.proallargtypes, f.proargtypes::oid[]), f.proargmodes) with ordinality as a(name, type, mode, position)
        where coalesce(a.mode, 'i') = 'i' and a.name is not null), '[]') as arguments
    from pg_proc as f where f.pronamespace = 'api'::regnamespace
    -- Signing up and the own profile belong to the stranger: they make rows of the stranger's own.
    -- sign_out ends the stranger's own token, and every attack after it would prove nothing.
    -- verify_receipt is meant for whoever holds the receipt; its own test says how little it tells.
    and f.proname not in ('sign_up_tenant', 'save_profile', 'sign_out', 'verify_receipt')
    order by 1
  `
}
