// A phone fell into the water with cash on it that was not sent: the office took in its file.

import { createHash, randomBytes } from 'node:crypto'
import { type DemoIsp, newId, PHONE } from './isp.ts'

const HOUR = 3_600_000

/** Two payments and a visit of the last collector, brought by file two hours after they happened. */
export async function rescueAPhone(demo: DemoIsp, now: Date) {
  const collector = demo.collectors.at(-1)
  if (!collector) return
  const before = (hours: number) => new Date(now.getTime() - hours * HOUR)
  const doors = await demo.owner.as(
    now,
    (_, sql) => sql<Array<{ id: string; owed: number }>>`
    select s.id, s.balance_minor::integer as owed
    from api.subscribers as s join api.route_stops as r on r.subscriber_id = s.id
    where r.route_id = ${collector.routeId} and s.balance_minor > 0
    order by s.account_no desc limit 3
  `,
  )
  const [first, second, absent] = doors
  if (!first || !second || !absent) return

  // As a phone does when it comes back after its first start.
  const { blocks } = await collector.person.as(before(6), async (rpc) => {
    await rpc('register_device', {
      id: collector.deviceId,
      label: PHONE,
      public_key: collector.publicKey,
      recovery_key: randomBytes(32).toString('hex'),
    })
    return rpc<{ blocks: Array<{ next_serial: number }> }>(
      'reserve_receipts',
      collector.deviceId,
      100,
    )
  })
  const serial = blocks[0]?.next_serial ?? 0
  const visitedAt = before(4).toISOString()
  const commands = [
    {
      name: 'record_payment',
      input: { subscriber_id: first.id, amount_minor: first.owed, serial },
    },
    {
      name: 'record_visit',
      input: { subscriber_id: absent.id, outcome: 'not_home', visited_at: visitedAt },
    },
    {
      name: 'record_payment',
      input: { subscriber_id: second.id, amount_minor: second.owed, serial: serial + 1 },
    },
  ].map((command, index) => ({
    ...command,
    id: newId(),
    device_seq: collector.sequence + index + 1,
    happened_at: visitedAt,
    schema_version: 1,
  }))

  const file = JSON.stringify(commands)
  await demo.cashier.as(before(2), async (rpc, sql) => {
    const id = newId()
    await rpc('open_rescue', {
      id,
      device_id: collector.deviceId,
      saved_at: before(3).toISOString(),
      file_hash: createHash('sha256').update(file).digest('hex'),
      command_ids: commands.map((command) => command.id),
    })
    await sql`select api.import_rescue(${id}, ${file}::text::jsonb)`
  })
  collector.sequence += commands.length
  collector.onHandMinor += first.owed + second.owed
}
