import { expect, test } from 'vitest'
import { countPrints, recordPrint } from './prints'
import { push } from './push'
import { aServer, phoneWith } from './story'

test('papers are counted by receipt, and each goes to the office once', async () => {
  const server = aServer()
  const phone = await phoneWith({}, { call: server.call })
  const id = phone.newId()

  expect(await countPrints(phone, 'one')).toBe(0)
  await recordPrint(phone, { id, paymentId: 'one', copy: 0 })
  await recordPrint(phone, { id, paymentId: 'one', copy: 0 })
  await recordPrint(phone, { id: phone.newId(), paymentId: 'one', copy: 1 })
  await recordPrint(phone, { id: phone.newId(), paymentId: 'two', copy: 0 })

  expect(await countPrints(phone, 'one')).toBe(2)
  expect(await countPrints(phone, 'two')).toBe(1)
  server.faults.push('after')
  await push(phone)
  await push(phone)
  expect(server.commands.map(({ name, input }) => ({ name, input }))).toEqual([
    { name: 'record_print', input: { payment_id: 'one', copy: 0 } },
    { name: 'record_print', input: { payment_id: 'one', copy: 1 } },
    { name: 'record_print', input: { payment_id: 'two', copy: 0 } },
  ])
  expect(await countPrints(phone, 'one')).toBe(2)
})
