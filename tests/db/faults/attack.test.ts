// Somebody knows the ids of another ISP and uses them: phones, commands, remittances. Nothing of theirs moves.

import { expect, test } from 'vitest'
import { setClock, sql } from '../database.ts'
import { NOON, phoneOf } from '../field.ts'
import { uuid7 } from '../ids.ts'
import { fingerprint } from '../isolation/victim.ts'
import { type Tenant, twoTenants } from '../story.ts'

/** A collector at work: cash handed in, and a remittance that waits to be counted. */
async function atWork(isp: Tenant) {
  const collector = await isp.collector()
  const subscriber = await isp.subscriber()
  await isp.route(collector, subscriber)
  const phone = await phoneOf(collector)
  const payment = phone.payment(subscriber, 30_000)
  const handIn = phone.command('submit_remittance', { declared_minor: 30_000, denominations: {} })
  await phone.push(payment, handIn)
  return { collector, subscriber, phone, payment, handIn }
}

test('ids of another ISP open nothing: not a phone, not a command, not a remittance', async () => {
  await setClock(NOON)
  const { north, south } = await twoTenants()
  const [victim, attacker] = [await atWork(north), await atWork(south)]
  const before = await fingerprint(sql, north.id)
  const device_id = victim.phone.id
  const remittance_id = victim.handIn.id
  const handIn = { id: uuid7(), declared_minor: 1, reason: 'mine now' }

  const asCollector = {
    sync_push: { batch: { device_id, unsent_count: 0, commands: [attacker.payment] } },
    sync_pull: { device_id },
    reserve_receipts: { device_id },
    finish_wipe: { device_id },
  }
  const asOwner = {
    approve_device: { device_id },
    revoke_device: { device_id, reason: 'mine now' },
    wipe_device: { device_id, reason: 'mine now' },
    open_rescue: {
      rescue: {
        id: uuid7(),
        device_id,
        file_hash: '00'.repeat(32),
        saved_at: NOON,
        command_ids: [victim.payment.id],
      },
    },
    settle_parked: { command_id: victim.payment.id, note: 'mine now' },
    count_remittance: { remittance_id, counted_minor: 30_000 },
    approve_variance: { remittance_id, note: 'mine now' },
    reject_remittance: { remittance_id, note: 'mine now' },
    submit_remittance: { remittance: { ...handIn, collector_id: victim.collector.memberId } },
  }
  for (const [person, tries] of [
    [attacker.collector, asCollector],
    [south.owner, asOwner],
  ] as const) {
    for (const [name, input] of Object.entries(tries)) {
      const answer = await person.call(name, input).catch((error: unknown) => error)
      expect(answer, name).toMatchObject({ code: expect.stringMatching(/^PT4(04|09)/) as string })
    }
  }

  // Their ids in our own phone are ours, and mean what we say; a subscriber of theirs is nobody.
  const cash = attacker.phone.payment(victim.subscriber, 5_000)
  const taken = attacker.phone.command('submit_remittance', { declared_minor: 5_000 })
  expect(
    await attacker.phone.push(
      { ...cash, id: victim.payment.id },
      { ...taken, id: victim.handIn.id },
    ),
  ).toMatchObject([{ state: 'parked', reason: 'subscriber_unknown' }, { state: 'applied' }])

  expect(await fingerprint(sql, north.id)).toEqual(before)
  for (const { id } of [north, south]) {
    expect(await sql`select * from ledger.offences(${id})`).toEqual([])
  }
})
