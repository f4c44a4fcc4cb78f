import { createServer, request as ask, type RequestOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onlyReadableAddresses, onlyReadableBodies } from './front-door'

const app = express()
app.use(onlyReadableAddresses, onlyReadableBodies)
app.all('*', (request, response) => {
  response.send(`inside ${request.originalUrl}`)
})
const server = createServer(app)

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => server.close(resolve)))

function knock(options: RequestOptions, body = '') {
  const { port } = server.address() as AddressInfo
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const asked = ask({ host: '127.0.0.1', port, agent: false, ...options }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

test.each([
  ['/office?q=a', '/office?q=a'],
  ['/office?q=a%00b', '/office?q=ab'],
  ['/join/%00', '/join/'],
  ['/%', '/not-here'],
  ['/office/%E0%A4%A', '/not-here'],
  ['http://elsewhere.example/office', '/not-here'],
])('%s leads to %s', async (path, gives) => {
  expect(await knock({ path })).toEqual({ status: 200, text: `inside ${gives}` })
})

test('a host that is no name is refused, not fallen over', async () => {
  expect(await knock({ path: '/', headers: { host: 'a b' } })).toMatchObject({ status: 400 })
})

const form = 'application/x-www-form-urlencoded'

test.each([
  { because: 'a form', type: form, status: 200 },
  { because: 'an upload', type: 'multipart/form-data; boundary=x', status: 200 },
  { because: 'an upload without its boundary', type: 'multipart/form-data', status: 415 },
  { because: 'plain text', type: 'text/plain', status: 415 },
  { because: 'nothing said of the kind', type: '', status: 415 },
])('a posted body that is $because gets $status', async ({ type, status }) => {
  const headers = { 'content-type': type, 'content-length': 3 }
  expect(await knock({ method: 'POST', path: '/sign-in', headers }, 'a=b')).toMatchObject({
    status,
  })
})

test('a post without a body is let in', async () => {
  for (const headers of [{}, { 'content-length': 0 }]) {
    const asked = { method: 'POST', path: '/sign-out', headers }
    expect(await knock(asked)).toMatchObject({ status: 200 })
  }
})

test('a body too large or of no known size is not begun', async () => {
  const large = { 'content-type': form, 'content-length': 9 * 1024 * 1024 }
  const unknown = { 'content-type': form, 'transfer-encoding': 'chunked' }
  const path = '/sign-in'

  expect(await knock({ method: 'POST', path, headers: large })).toMatchObject({ status: 413 })
  expect(await knock({ method: 'POST', path, headers: unknown })).toMatchObject({ status: 411 })
})

test('nothing here is put, patched or deleted', async () => {
  expect(await knock({ method: 'PUT', path: '/office' })).toMatchObject({ status: 405 })
})
