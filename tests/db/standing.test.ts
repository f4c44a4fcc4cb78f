// Two places where speed repeats a rule: what a statement remembers of who asks, and what a list knows of which services are on.

import { expect, test } from 'vitest'
import { actAs, asOwner, setClock, sql } from './database.ts'
import { noon } from './money.ts'
import { signUpTenant, twoTenants } from './story.ts'

const tenantId = async () => {
  const [row] = await sql<Array<{ id: string | null }>>`select access.tenant_id() as id`
  return row?.id
}

test('who was found alive in one statement is asked again in the next', async () => {
  const { north } = await twoTenants()
  const member = await north.member('subscribers.read')
  await actAs(member.claims)
  expect(await tenantId()).toBe(north.id)

  await asOwner()
  await sql`update access.members set status = 'revoked', revoked_at = clock.now() where id = ${member.memberId}`
  await actAs(member.claims)
  expect(await tenantId()).toBeNull()
})

test('what is remembered is of these claims alone, even within one statement', async () => {
  const { north, south } = await twoTenants()
  const claims = (person: { claims: unknown }) => JSON.stringify(person.claims)

  const [row] = await sql<Array<{ answers: Array<string | null> }>>`
    with a as materialized (select set_config('request.jwt.claims', ${claims(north.owner)}, true) as said),
      first as materialized (select access.tenant_id() as id from a where said <> ''),
      b as materialized (select set_config('request.jwt.claims', ${claims(south.owner)}, true) as said from first),
      second as materialized (select access.tenant_id() as id from b where said <> ''),
      c as materialized (select set_config('request.jwt.claims', '', true) as said from second),
      third as materialized (select access.tenant_id() as id from c where said = '')
    select jsonb_build_array(first.id, second.id, third.id) as answers from first, second, third
  `
  expect(row?.answers).toEqual([north.id, south.id, null])
})

test('a list and service_status agree on what is on', async () => {
  await setClock(noon('2026-10-05'))
  const isp = await signUpTenant('North Fiber')
  const postpaid = await isp.plan()
  const prepaid = await isp.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 1000 })
  const services: Array<string> = []
  for (const [plan, day] of [
    [postpaid, '2026-10-01'],
    [postpaid, '2026-10-09'],
    [postpaid, '2026-10-01'],
    [postpaid, '2026-10-01'],
    [prepaid, '2026-10-01'],
    [prepaid, '2026-10-01'],
    [prepaid, '2026-10-01'],
  ] as const) {
    services.push(await isp.service(await isp.subscriber(), plan, day))
  }
  const [, , held, ended, , paid, expired] = services
  await isp.owner.call('open_hold', { subscription_id: held, kind: 'manual', reason: 'asked' })
  await isp.owner.call('terminate_subscription', {
    subscription_id: ended,
    on_day: '2026-10-05',
    reason: 'moved',
  })
  await sql`update service.subscriptions set paid_until = ${noon('2026-10-06')} where id = ${paid ?? ''}`
  await sql`update service.subscriptions set paid_until = ${noon('2026-10-05')} where id = ${expired ?? ''}`

  const states = await isp.owner.read<{ subscriber_id: string; is_on: boolean }>('service_status')
  const on = states.filter(({ is_on }) => is_on).map(({ subscriber_id }) => subscriber_id)
  const active = await isp.owner.read<{ id: string }>('subscribers', { status: 'active' })
  expect(on).toHaveLength(2)
  expect(active.map(({ id }) => id).sort()).toEqual(on.sort())
})
