import { expect, test } from 'vitest'
import { sharingRenewals } from './renewal.server'

const url = 'http://auth.example/auth/v1/token?grant_type=refresh_token'

function authAnswering(status: number) {
  const asked: Array<string> = []
  const ask: typeof fetch = async (_input, init) => {
    asked.push(String(init?.body))
    return Response.json({ access_token: `token ${asked.length}` }, { status })
  }
  const renew = async (token: string) => {
    const body = JSON.stringify({ refresh_token: token })
    const response = await sharingRenewals(ask)(url, { method: 'POST', body })
    return ((await response.json()) as { access_token: string }).access_token
  }
  return { asked, renew }
}

test('requests with the same stale token share one renewal, late ones too', async () => {
  const { asked, renew } = authAnswering(200)

  expect(await Promise.all([renew('one'), renew('one'), renew('one')])).toEqual([
    'token 1',
    'token 1',
    'token 1',
  ])
  expect(await renew('one')).toBe('token 1')
  expect(asked).toHaveLength(1)
})

test('another token is another renewal', async () => {
  const { renew } = authAnswering(200)
  expect([await renew('two'), await renew('three')]).toEqual(['token 1', 'token 2'])
})

test('a failure is not kept', async () => {
  const { asked, renew } = authAnswering(500)
  await renew('four')
  await renew('four')
  expect(asked).toHaveLength(2)
})
