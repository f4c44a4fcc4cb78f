import { expect, test } from 'vitest'
import { z } from 'zod'
import { sendCommand } from './command.server'

const input = z.object({ id: z.uuid(), name: z.string({ error: 'Give a name.' }) })
const never = () => {
  throw new Error('It was sent all the same.')
}

function formOf(fields: Record<string, string>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

test.each<Record<string, string>>([{ name: 'Ana' }, { id: 'nonsense', name: 'Ana' }])(
  'what is wrong in a field that nobody sees is told for the whole form: %o',
  async (fields) => {
    const { reply } = await sendCommand(formOf(fields), input, never)
    expect(reply.error?.['']?.[0]).toMatch(/^Nothing was saved/)
  },
)

test('what a person left out is told beside its field alone', async () => {
  const id = '01a20021-219a-73e0-8045-c1de0d8d9ec6'
  const { reply } = await sendCommand(formOf({ id }), input, never)
  expect(reply.error).toEqual({ name: ['Give a name.'] })
})
