// What no phone of the demo should do, once each: cash for somebody who is not here, and the same receipt with another amount.

import { type DemoIsp, newId } from './isp.ts'

/** One parked collection and one alarm for the office to settle. */
export async function leaveSomeParked(demo: DemoIsp, now: Date) {
  const [collector] = demo.collectors
  if (!collector) return
  await collector.person.as(now, async (rpc) => {
    const { blocks } = await rpc<{ blocks: Array<{ next_serial: number }> }>(
      'reserve_receipts',
      collector.deviceId,
      100,
    )
    const command = {
      id: newId(),
      device_seq: collector.sequence + 1,
      name: 'record_payment',
      happened_at: new Date(now.getTime() - 3_600_000).toISOString(),
      schema_version: 1,
      input: {
        subscriber_id: newId(),
        amount_minor: 50_000,
        serial: blocks[0]?.next_serial,
        note: 'Paid at the chapel, says the account is new',
      },
    }
    const push = (commands: Array<unknown>) =>
      rpc('sync_push', { device_id: collector.deviceId, unsent_count: 0, commands })
    await push([command])
    await push([{ ...command, input: { ...command.input, amount_minor: 60_000 } }])
  })
  collector.sequence += 1
  collector.onHandMinor += 50_000
}
