// Where the product under the browser tests runs. Own ports and data, so that it meets nobody.

import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Login } from '../../supabase/local/demo.ts'

const PORT = Number(process.env['E2E_PORT'] ?? 3199)

/** The other ports stay below those the system lends to outgoing connections, or one of them may be taken. */
export const apiPortOf = (port: number) => port + 10_000

/** What `npm start` is given for the tests, which come from as many addresses as people would. */
export const environment = {
  PORT: String(PORT),
  API_PORT: String(apiPortOf(PORT)),
  PG_PORT: String(PORT + 11_000),
  DATA_DIR: path.join(tmpdir(), `linyada-e2e-${PORT}`),
  TRUSTED_PROXIES: '1',
}

export const baseUrl = process.env['E2E_URL'] ?? `http://127.0.0.1:${PORT}`

/** The API beside it: mails at /dev/mail, the clock at /dev/clock. */
export const apiUrl = `http://127.0.0.1:${environment.API_PORT}`

/** The demo's people, as `npm start` prints them. */
export async function demoLogins(): Promise<Array<Login>> {
  const stored = await readFile(path.join(environment.DATA_DIR, 'demo.json'), 'utf8')
  return (JSON.parse(stored) as { logins: Array<Login> }).logins
}
