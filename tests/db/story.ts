// Builders that read as the domain: an ISP with people, plans and subscribers, made through the same functions people use.

import { uuid7 } from './ids.ts'
import { type Actor, actor, type Claims, type Row, sql } from './database.ts'

/** What a story needs of a database: the owner's connection, and a way to make people. */
export type Stage = {
  sql: typeof sql
  actor: (claims: Claims) => Actor
}

const here: Stage = { sql, actor }

export type Person = Actor & {
  userId: string
  memberId: string
  /** Who may decide for them: the owner of their ISP. */
  owner: Person
}

export type Tenant = {
  id: string
  owner: Person
  /** A new member whose role holds just these permissions; `home` is where the role lands. */
  member: (...permissions: Array<string>) => Promise<Person>
  /** A collector with the preset role. */
  collector: (name?: string) => Promise<Person>
  /** A subscriber's portal login. */
  portal: (subscriberId: string) => Promise<Actor & { userId: string }>
  plan: (plan?: Row) => Promise<string>
  subscriber: (subscriber?: Row) => Promise<string>
  /** Starts a service and answers its id. */
  service: (subscriberId: string, planId: string, activatedOn?: string) => Promise<string>
  route: (collector: Person, ...subscriberIds: Array<string>) => Promise<string>
}

/** An auth user as Supabase Auth keeps one. */
export async function signUpUser(stage: Stage = here, email = `${uuid7()}@example.test`) {
  const id = uuid7()
  await stage.sql`insert into auth.users (id, email) values (${id}, ${email})`
  return id
}

/** The claims a token of this user carries, as the hook makes them. */
export async function claimsOf(
  userId: string,
  stage: Stage = here,
  sessionId: string = uuid7(),
): Promise<Claims> {
  const claims = JSON.stringify({ sub: userId, role: 'authenticated', session_id: sessionId })
  const [row] = await stage.sql<Array<{ claims: Claims }>>`
    select access.custom_access_token_hook(
      jsonb_build_object('user_id', ${userId}::text, 'claims', ${claims}::text::jsonb)) -> 'claims' as claims
  `
  if (!row) throw new Error('The token hook gave no claims')
  return row.claims
}

export async function signUpTenant(name: string, stage: Stage = here): Promise<Tenant> {
  const ownerUser = await signUpUser(stage)
  const session = uuid7()
  const stranger = stage.actor({ sub: ownerUser, session_id: session })
  const { tenant_id, member_id } = await stranger.call<{ tenant_id: string; member_id: string }>(
    'sign_up_tenant',
    {
      trade_name: name,
      full_name: `${name} Owner`,
    },
  )
  const owner = await person(stage, ownerUser, member_id, session)

  const join = async (roleId: string, fullName: string) => {
    const { token } = await owner.call<{ token: string }>('invite_member', {
      invitation: { id: uuid7(), full_name: fullName, role_id: roleId },
    })
    const userId = await signUpUser(stage)
    const sessionId = uuid7()
    const joined = await stage
      .actor({ sub: userId, session_id: sessionId })
      .call<{ actor_id: string }>('accept_invitation', { token, full_name: fullName })
    return person(stage, userId, joined.actor_id, sessionId, owner)
  }

  return {
    id: tenant_id,
    owner,
    member: async (...permissions) => {
      const { id } = await owner.call<{ id: string }>('save_role', {
        role: { id: uuid7(), name: `Role ${uuid7()}`, home: 'office', permissions },
      })
      return join(id, 'Somebody')
    },
    collector: async (name = 'Carlo Collector') => {
      const [role] = await owner.read('roles', { preset: 'collector' })
      return join(String(role?.['id']), name)
    },
    portal: async (subscriberId) => {
      const { token } = await owner.call<{ token: string }>('invite_subscriber', {
        invitation: { id: uuid7(), subscriber_id: subscriberId },
      })
      const userId = await signUpUser(stage)
      const sessionId = uuid7()
      await stage
        .actor({ sub: userId, session_id: sessionId })
        .call('accept_invitation', { token, full_name: '' })
      return { ...stage.actor(await claimsOf(userId, stage, sessionId)), userId }
    },
    plan: async (plan = {}) => {
      const { id } = await owner.call<{ id: string }>('save_plan', {
        plan: {
          id: uuid7(),
          name: `Fiber ${uuid7()}`,
          billing_mode: 'postpaid',
          down_mbps: 50,
          up_mbps: 25,
          price_minor: 99_900,
          ...plan,
        },
      })
      return id
    },
    subscriber: async (subscriber = {}) => {
      const { id } = await owner.call<{ id: string }>('save_subscriber', {
        subscriber: { id: uuid7(), name: 'Ana Reyes', ...subscriber },
      })
      return id
    },
    service: async (subscriberId, planId, activatedOn) => {
      const { id } = await owner.call<{ id: string }>('start_subscription', {
        subscription: {
          id: uuid7(),
          subscriber_id: subscriberId,
          plan_id: planId,
          activated_on: activatedOn,
        },
      })
      return id
    },
    route: async (collector, ...subscriberIds) => {
      const { id } = await owner.call<{ id: string }>('save_route', {
        route: { id: uuid7(), name: `Route ${uuid7()}`, collector_id: collector.memberId },
      })
      await owner.call('set_route_stops', { route_id: id, subscriber_ids: subscriberIds })
      return id
    },
  }
}

export async function twoTenants(stage: Stage = here) {
  return {
    north: await signUpTenant('North Fiber', stage),
    south: await signUpTenant('South Fiber', stage),
  }
}

async function person(
  stage: Stage,
  userId: string,
  memberId: string,
  sessionId: string,
  owner?: Person,
): Promise<Person> {
  const actor = stage.actor(await claimsOf(userId, stage, sessionId))
  const made = { ...actor, userId, memberId } as Person
  return Object.assign(made, { owner: owner ?? made })
}
