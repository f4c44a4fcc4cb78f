// What an office has to look into now and then: the counter and the collector took the same money, and the phone was far from the door.

import { type DemoIsp, newId } from './isp.ts'

const HOUR = 3_600_000
const SOME_KILOMETRES = 0.03

/** A subscriber pays at the counter, and the collector, who does not know yet, takes the same amount. */
export async function leaveADouble(demo: DemoIsp, now: Date) {
  const [collector] = demo.collectors
  if (!collector) return
  const payer = await demo.owner.as(now, async (_, sql) => {
    const [found] = await sql<
      Array<{ id: string; owed_minor: number; latitude: number; longitude: number }>
    >`
      select s.id, s.balance_minor::integer as owed_minor, s.latitude, s.longitude
      from api.subscribers as s join api.route_stops as r on r.subscriber_id = s.id
      where r.route_id = ${collector.routeId} and s.balance_minor > 0 and s.latitude is not null
      order by s.account_no limit 1
    `
    return found
  })
  if (!payer) return

  await demo.cashier.as(new Date(now.getTime() - 2 * HOUR), (rpc) =>
    rpc('record_payment', {
      id: newId(),
      subscriber_id: payer.id,
      method: 'cash',
      amount_minor: payer.owed_minor,
    }),
  )
  await collector.person.as(now, async (rpc) => {
    const { blocks } = await rpc<{ blocks: Array<{ next_serial: number }> }>(
      'reserve_receipts',
      collector.deviceId,
      100,
    )
    await rpc('sync_push', {
      device_id: collector.deviceId,
      unsent_count: 0,
      commands: [
        {
          id: newId(),
          device_seq: collector.sequence + 1,
          name: 'record_payment',
          happened_at: new Date(now.getTime() - HOUR).toISOString(),
          schema_version: 1,
          input: {
            subscriber_id: payer.id,
            amount_minor: payer.owed_minor,
            serial: blocks[0]?.next_serial,
            latitude: payer.latitude + SOME_KILOMETRES,
            longitude: payer.longitude,
          },
        },
      ],
    })
  })
  collector.sequence += 1
  collector.onHandMinor += payer.owed_minor
}
