// A run belongs to the tenant's own midnight, from the last zone of the world to the first.

import { expect, test } from 'vitest'
import { type OwnDatabase, ownDatabase } from '../db/database.ts'
import { signUpTenant, type Stage } from '../db/story.ts'
import { dayOf, instantOf, write } from './days.ts'

/** UTC−11 to UTC+14; the sign of these names is the other way round. */
const wholeHours = Array.from({ length: 26 }, (_, at) => {
  const ahead = at - 11
  if (ahead === 0) return 'Etc/UTC'
  return ahead > 0 ? `Etc/GMT-${ahead}` : `Etc/GMT+${-ahead}`
})

const zones = [
  ...wholeHours.map((zone) => ({ zone, invoiceDay: 1, boundary: dayOf(2027, 2, 1) })),
  { zone: 'Asia/Kathmandu', invoiceDay: 1, boundary: dayOf(2027, 2, 1) },
  { zone: 'Pacific/Chatham', invoiceDay: 1, boundary: dayOf(2027, 2, 1) },
  { zone: 'America/St_Johns', invoiceDay: 14, boundary: dayOf(2027, 3, 14) },
  // That day begins at one o'clock: there is no midnight.
  { zone: 'Africa/Cairo', invoiceDay: 31, boundary: dayOf(2027, 4, 30) },
]

async function dispatch(own: OwnDatabase, instant: number) {
  const session = await own.sql.reserve()
  await session`select set_config('linyada.clock_at', ${new Date(instant).toISOString()}, false)`
  await session`call billing.dispatch(60)`
  session.release()
}

test('no run begins before the midnight of its tenant, and each begins with it', async () => {
  const own = await ownDatabase()
  const stage: Stage = { sql: own.sql as unknown as Stage['sql'], actor: own.actor }
  const tenants = []
  for (const { zone, invoiceDay, boundary } of zones) {
    const tenant = await signUpTenant(zone, stage)
    const first = write(boundary - 10)
    await own.sql`update tenancy.tenants set time_zone = ${zone} where id = ${tenant.id}`
    await own.sql`
      update tenancy.billing_settings set first_period_on = ${first}, invoice_day = ${invoiceDay} where tenant_id = ${tenant.id}`
    await own.sql`update tenancy.tax_regimes set effective_from = ${first} where tenant_id = ${tenant.id}`
    await tenant.service(await tenant.subscriber(), await tenant.plan(), first)
    tenants.push({ id: tenant.id, zone, boundary, midnight: instantOf(zone, boundary) })
  }

  const begun = async (id: string) =>
    own.sql<Array<{ period: string; issued: string }>>`
      select r.period::text, i.issued_on::text as issued
      from billing.runs as r left join billing.invoices as i on i.tenant_id = r.tenant_id and i.run_id = r.id
      where r.tenant_id = ${id}`
  const wrong: Array<unknown> = []
  for (const { id, zone, boundary, midnight } of tenants.sort((a, b) => a.midnight - b.midnight)) {
    await dispatch(own, midnight - 1000)
    const before = await begun(id)
    await dispatch(own, midnight)
    const after = await begun(id)
    const on = write(boundary)
    if (
      before.length > 0 ||
      JSON.stringify(after) !== JSON.stringify([{ period: on, issued: on }])
    ) {
      wrong.push({ zone, before, after })
    }
  }
  expect(wrong).toEqual([])
}, 300_000)
