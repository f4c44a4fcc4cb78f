import { expect, test } from 'vitest'
import { OPENED_FOR } from '~/domain/opened-for'
import { formOf } from './form.server'

const here = { tenant: { id: 'b', trade_name: 'Puerto Link' } }

function sent(body: BodyInit, type?: string) {
  const headers = type ? { 'Content-Type': type } : undefined
  return new Request('http://office.test/', { method: 'POST', body, headers })
}

async function refusalOf(answer: Promise<unknown>) {
  const thrown: unknown = await answer.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof Response)) throw new Error('It was not refused', { cause: thrown })
  return { status: thrown.status, text: await thrown.text() }
}

test.each([
  ['JSON', '{"name":"A"}', 'application/json'],
  ['a broken multipart body', '--x\r\nbroken', 'multipart/form-data; boundary=x'],
  ['a multipart body without its boundary', 'a=b', 'multipart/form-data'],
  ['nothing known', 'a=b', 'text/plain'],
])('%s is refused in a sentence', async (_, body, type) => {
  expect(await refusalOf(formOf(sent(body, type)))).toEqual({
    status: 400,
    text: 'What was sent is no form. Open the page again and send it from there.',
  })
})

test('a form opened for another ISP does nothing at this one', async () => {
  const form = new URLSearchParams({ name: 'A', [OPENED_FOR]: 'a' })
  const refusal = await refusalOf(formOf(sent(form), here))

  expect(refusal.status).toBe(409)
  expect(refusal.text).toContain('you work for Puerto Link now')
})

test('a form of this ISP, or one that does not say, is read without the mark', async () => {
  const signed = await formOf(sent(new URLSearchParams({ name: 'A', [OPENED_FOR]: 'b' })), here)
  const unsigned = await formOf(sent(new URLSearchParams({ name: 'A' })), here)

  expect([...signed]).toEqual([['name', 'A']])
  expect([...unsigned]).toEqual([['name', 'A']])
})
