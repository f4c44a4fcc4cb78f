// Who may come in, as whom, and who is out at once.

import { expect, test } from 'vitest'
import { actor, setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { claimsOf, signUpTenant, signUpUser, twoTenants } from './story.ts'

test('signing up twice with one tap makes one ISP', async () => {
  const user = await signUpUser()
  const stranger = actor({ sub: user, session_id: uuid7() })
  const first = await stranger.call('sign_up_tenant', {
    trade_name: 'Kalye Fiber',
    full_name: 'Ana',
  })

  expect(
    await stranger.call('sign_up_tenant', { trade_name: 'Kalye Fiber', full_name: 'Ana' }),
  ).toEqual(first)
})

test('the owner may do everything inside the own ISP and sees nothing of another', async () => {
  const { north, south } = await twoTenants()
  await south.subscriber({ name: 'South only' })

  expect(
    (await north.owner.call<{ permissions: Array<string> }>('me')).permissions.length,
  ).toBeGreaterThan(20)
  expect(await north.owner.read('subscribers')).toEqual([])
  expect((await north.owner.read('tenant')).map((row) => row['id'])).toEqual([north.id])
})

test('a revoked member is out at the next statement, with the same token', async () => {
  const { north } = await twoTenants()
  const clerk = await north.member('subscribers.read')
  await north.subscriber()
  expect(await clerk.read('subscribers')).toHaveLength(1)

  await north.owner.call('revoke_member', { member_id: clerk.memberId, reason: 'left' })

  expect(await clerk.read('subscribers')).toEqual([])
  await expect(clerk.call('save_subscriber', { subscriber: { name: 'X' } })).rejects.toMatchObject({
    code: 'PT403',
  })
  expect(await clerk.call('me')).toMatchObject({
    tenant: null,
    actor: null,
    claimed_tenant_id: north.id,
  })
  expect(await claimsOf(clerk.userId)).not.toHaveProperty('tenant_id')
})

test('signing out ends every token of the person, and nobody else notices', async () => {
  const { north } = await twoTenants()
  const clerk = await north.member('subscribers.read')
  await north.subscriber()
  const elsewhere = actor(await claimsOf(clerk.userId))

  await clerk.call('sign_out')

  expect(await clerk.read('subscribers')).toEqual([])
  expect(await elsewhere.read('subscribers')).toEqual([])
  expect(await actor(await claimsOf(clerk.userId)).read('subscribers')).toHaveLength(1)
  expect(await north.owner.read('subscribers')).toHaveLength(1)
})

test('a reinstated member needs a new token', async () => {
  const { north } = await twoTenants()
  const clerk = await north.member('subscribers.read')
  await north.subscriber()
  await north.owner.call('revoke_member', { member_id: clerk.memberId, reason: '' })
  await north.owner.call('reinstate_member', { member_id: clerk.memberId })

  expect(await clerk.read('subscribers')).toEqual([])
  expect(await actor(await claimsOf(clerk.userId)).read('subscribers')).toHaveLength(1)
})

test('claims that no hook would give open nothing', async () => {
  const { north, south } = await twoTenants()
  await north.subscriber()
  const forged = [
    { ...north.owner.claims, tenant_id: south.id },
    { ...south.owner.claims, tenant_id: north.id },
    { ...north.owner.claims, sub: south.owner.userId },
    { ...north.owner.claims, actor_version: 99 },
    { ...north.owner.claims, actor: 'system' },
    { ...north.owner.claims, actor: null },
  ]
  for (const claims of forged) expect(await actor(claims).read('subscribers')).toEqual([])
})

test('the system actor cannot be claimed through a token', async () => {
  const { north } = await twoTenants()
  const stranger = actor({ sub: uuid7(), 'linyada.system_tenant': north.id })
  expect(await stranger.read('tenant')).toEqual([])
})

test('nobody hands out more than they hold', async () => {
  const { north } = await twoTenants()
  const manager = await north.member('members.read', 'members.manage', 'roles.manage')
  const roles = await north.owner.read('roles')
  const owner = roles.find((role) => role['is_owner'])
  const cashier = roles.find((role) => role['preset'] === 'cashier')

  for (const role of [owner, cashier]) {
    await expect(
      manager.call('invite_member', { invitation: { full_name: 'Friend', role_id: role?.['id'] } }),
    ).rejects.toMatchObject({ code: 'PT403', detail: 'beyond_own_rights' })
  }
  await expect(
    manager.call('save_role', { role: { name: 'Sneaky', permissions: ['payments.approve_void'] } }),
  ).rejects.toMatchObject({ code: 'PT403' })
  await expect(
    manager.call('revoke_member', { member_id: north.owner.memberId, reason: 'coup' }),
  ).rejects.toMatchObject({ code: 'PT403' })
})

test('nobody cuts down a role that may do more than they', async () => {
  const { north } = await twoTenants()
  const arranger = await north.member('roles.manage')
  const [manager] = await north.owner.read('roles', { preset: 'manager' })

  await expect(
    arranger.call('save_role', { role: { id: manager?.['id'], name: 'Manager', permissions: [] } }),
  ).rejects.toMatchObject({ detail: 'beyond_own_rights' })
})

test('an invitation is taken once, by one person, in time', async () => {
  const { north } = await twoTenants()
  const roles = await north.owner.read('roles', { preset: 'cashier' })
  const invite = () =>
    north.owner.call<{ id: string; token: string }>('invite_member', {
      invitation: { full_name: 'Bea', role_id: roles[0]?.['id'] },
    })

  const { token } = await invite()
  const bea = actor({ sub: await signUpUser(), session_id: uuid7() })
  const carl = actor({ sub: await signUpUser(), session_id: uuid7() })
  const taken = await bea.call('accept_invitation', { token, full_name: 'Bea' })
  expect(await bea.call('accept_invitation', { token, full_name: 'Bea' })).toEqual(taken)
  await expect(carl.call('accept_invitation', { token, full_name: 'Carl' })).rejects.toMatchObject({
    detail: 'invitation_used',
  })

  const withdrawn = await invite()
  await north.owner.call('withdraw_invitation', { invitation_id: withdrawn.id })
  await expect(
    carl.call('accept_invitation', { token: withdrawn.token, full_name: '' }),
  ).rejects.toMatchObject({ code: 'PT404' })

  const late = await invite()
  const [{ at } = { at: '' }] = await sql<
    Array<{ at: string }>
  >`select (now() + interval '15 days')::text as at`
  await setClock(at)
  await expect(
    carl.call('accept_invitation', { token: late.token, full_name: '' }),
  ).rejects.toMatchObject({ code: 'PT410' })
  expect(await actor({ role: 'anon' }).call('read_invitation', { token: 'nonsense' })).toEqual({
    state: 'unknown',
  })
})

test('an invitation moves nobody who is in already to another role', async () => {
  const { north } = await twoTenants()
  const [collector] = await north.owner.read('roles', { preset: 'collector' })
  const { token } = await north.owner.call<{ token: string }>('invite_member', {
    invitation: { full_name: 'New', role_id: collector?.['id'] },
  })

  await expect(
    north.owner.call('accept_invitation', { token, full_name: 'Owner' }),
  ).rejects.toMatchObject({ detail: 'already_a_member' })
  expect(await north.owner.call('me')).toMatchObject({ role: { is_owner: true } })
})

test('with a member their open invitations go', async () => {
  const { north } = await twoTenants()
  const manager = await north.member('members.manage', 'collections.collect')
  const [collector] = await north.owner.read('roles', { preset: 'collector' })
  const { token } = await manager.call<{ token: string }>('invite_member', {
    invitation: { full_name: 'Alias', role_id: collector?.['id'] },
  })
  await north.owner.call('revoke_member', { member_id: manager.memberId, reason: 'Left' })

  const alias = actor({ sub: await signUpUser(), session_id: uuid7() })
  await expect(alias.call('accept_invitation', { token, full_name: '' })).rejects.toMatchObject({
    code: 'PT404',
  })
})

test('one person works for two ISPs and switches by session', async () => {
  const { north, south } = await twoTenants()
  const [role] = await south.owner.read('roles', { preset: 'cashier' })
  const { token } = await south.owner.call<{ token: string }>('invite_member', {
    invitation: { full_name: 'Both', role_id: role?.['id'] },
  })
  const phone = uuid7()
  const laptop = uuid7()
  await actor({ sub: north.owner.userId, session_id: phone }).call('accept_invitation', {
    token,
    full_name: 'Both',
  })
  await actor(await claimsOf(north.owner.userId, undefined, laptop)).call('switch_context', {
    tenant_id: north.id,
    actor: 'member',
    actor_id: north.owner.memberId,
  })

  expect(await claimsOf(north.owner.userId, undefined, phone)).toMatchObject({
    tenant_id: south.id,
  })
  expect(await claimsOf(north.owner.userId, undefined, laptop)).toMatchObject({
    tenant_id: north.id,
  })
  await expect(
    south.owner.call('switch_context', {
      tenant_id: north.id,
      actor: 'member',
      actor_id: north.owner.memberId,
    }),
  ).rejects.toMatchObject({ code: 'PT403' })
})

test('a portal login taken away opens nothing at once, and its open links go with it', async () => {
  const { north, south } = await twoTenants()
  const mine = await north.subscriber()
  const portal = await north.portal(mine)
  const link = await north.owner.call<{ token: string }>('invite_subscriber', {
    invitation: { subscriber_id: mine },
  })
  const [login] = await north.owner.read<{ id: string }>('subscriber_logins')
  const revoke = { login_id: login?.id, reason: 'Moved out' }

  const reader = await north.member('subscribers.read')
  await expect(reader.call('revoke_login', revoke)).rejects.toMatchObject({ code: 'PT403' })
  await expect(south.owner.call('revoke_login', revoke)).rejects.toMatchObject({
    detail: 'login_not_active',
  })
  expect(await portal.read('subscribers')).toHaveLength(1)

  await north.owner.call('revoke_login', revoke)
  expect(await portal.read('subscribers')).toEqual([])
  await expect(portal.call('portal_home')).rejects.toMatchObject({ code: 'PT403' })
  await expect(
    actor({ sub: portal.userId }).call('accept_invitation', { token: link.token, full_name: '' }),
  ).rejects.toMatchObject({ detail: 'invitation_unknown' })
  await expect(north.owner.call('revoke_login', revoke)).rejects.toMatchObject({ code: 'PT409' })
  expect(
    await north.owner.read('audit_entries', { table_name: 'access.subscriber_logins' }),
  ).toEqual(expect.arrayContaining([expect.objectContaining({ operation: 'update' })]))

  // A new invitation lets the same person in again, with a new token only.
  const again = await north.owner.call<{ token: string }>('invite_subscriber', {
    invitation: { subscriber_id: mine },
  })
  await actor({ sub: portal.userId }).call('accept_invitation', {
    token: again.token,
    full_name: '',
  })
  expect(await portal.read('subscribers')).toEqual([])
  expect(await actor(await claimsOf(portal.userId)).read('subscribers')).toHaveLength(1)
})

test('a portal login sees its own subscriber and no notes', async () => {
  const { north } = await twoTenants()
  const mine = await north.subscriber({ name: 'Mine', notes: 'pays late' })
  await north.subscriber({ name: 'Not mine' })
  const portal = await north.portal(mine)

  expect(await portal.read('subscribers')).toMatchObject([{ id: mine, notes: null }])
  await expect(
    portal.call('save_subscriber', { subscriber: { id: mine, name: 'Hacked' } }),
  ).rejects.toMatchObject({ code: 'PT403' })
  await expect(portal.call('setup_progress')).rejects.toMatchObject({ code: 'PT403' })
})

test('every change is in the log with who, before and after', async () => {
  const { north, south } = await twoTenants()
  const subscriber = await north.subscriber({ name: 'Ana Reyes', phone: '0917 111 1111' })
  await north.owner.call('save_subscriber', {
    subscriber: { id: subscriber, name: 'Ana Reyes', phone: '0917 222 2222' },
  })

  expect(
    await north.owner.read('audit_entries', { row_id: subscriber, operation: 'update' }),
  ).toMatchObject([
    {
      actor: 'member',
      actor_id: north.owner.memberId,
      before: { phone: '0917 111 1111' },
      after: { phone: '0917 222 2222' },
    },
  ])
  expect(await south.owner.read('audit_entries', { row_id: subscriber })).toEqual([])
  await expect(sql`delete from audit.entries where tenant_id = ${north.id}`).rejects.toMatchObject({
    code: 'PT409',
  })
})

test('the tenant of a member can be read once its owner has signed up', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  expect(await isp.owner.call('setup_progress')).toMatchObject({
    plans: 0,
    subscribers: 0,
    members: 1,
  })
})
