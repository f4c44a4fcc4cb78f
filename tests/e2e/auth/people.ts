// People for the journeys through the doors: new ones, invited ones, and those of the demo.

import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { createClient } from '@supabase/supabase-js'
import { apiUrl, demoLogins, environment } from '../product.ts'

export const PASSWORD = 'three words remembered'

export function newEmail(who: string) {
  return `${who}-${randomUUID().slice(0, 8)}@example.com`
}

export async function demoLogin(role: string) {
  const login = (await demoLogins()).find(({ label }) => label.endsWith(role))
  if (!login) throw new Error(`The demo has no ${role}`)
  return login
}

export async function signIn(page: Page, name: string, password: string, to?: string) {
  await page.goto(to ? `/sign-in?to=${encodeURIComponent(to)}` : '/sign-in')
  await page.getByLabel('E-mail or sign-in name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Takes the e-mail a person just got, and the link in it. */
export async function linkInMail(to: string): Promise<string> {
  let link: string | undefined
  await expect
    .poll(async () => {
      const mails = (await (await fetch(`${apiUrl}/dev/mail`)).json()) as Array<{
        to: string
        html?: string
      }>
      link = mails.find((mail) => mail.to === to)?.html?.match(/href="([^"]+)"/)?.[1]
      return link
    })
    .toBeDefined()
  return (link ?? '').replaceAll('&amp;', '&')
}

/** The owner of a demo ISP, or of any, as the Data API knows them. */
export async function ownerOf(email: string, password: string) {
  const keys = await readFile(path.join(environment.DATA_DIR, 'keys.json'), 'utf8')
  const { publishableKey } = JSON.parse(keys) as { publishableKey: string }
  const db = createClient(apiUrl, publishableKey, {
    db: { schema: 'api' },
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: class {} as unknown as typeof WebSocket },
  })
  await db.auth.signInWithPassword({ email, password })

  return {
    async ask(name: string, input: object): Promise<Record<string, string>> {
      const { data, error } = await db.rpc(name, input)
      if (error) throw new Error(`${name}: ${error.message}`)
      return data as Record<string, string>
    },
    async read(view: string): Promise<Array<Record<string, string>>> {
      const { data, error } = await db.from(view).select('*').limit(200)
      if (error) throw new Error(`${view}: ${error.message}`)
      return data as Array<Record<string, string>>
    },
  }
}

function anAddress() {
  const bytes = randomBytes(3)
  return `10.${bytes.join('.')}`
}

/** An ISP of its own, so that no journey disturbs another. */
export async function newIsp(page: Page) {
  const email = newEmail('owner')
  const tradeName = `Test Net ${email.slice(6, 14)}`
  // Every ISP has its own line; one address may sign up only so often.
  await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': anAddress() })
  await page.goto('/sign-up')
  await page.getByLabel('Name of your ISP').fill(tradeName)
  await page.getByLabel('Your name').fill('Ana Reyes')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('New password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create my ISP' }).click()
  await page.waitForURL('**/office')
  return { email, tradeName }
}

export async function inviteStaff(owner: Awaited<ReturnType<typeof ownerOf>>, roleName: string) {
  const role = (await owner.read('roles')).find(({ name }) => name === roleName)
  const invitation = { id: newId(), full_name: 'Ben Cruz', role_id: role?.id }
  return owner.ask('invite_member', { invitation })
}

export async function inviteSubscriber(owner: Awaited<ReturnType<typeof ownerOf>>) {
  const saved = await owner.ask('save_subscriber', {
    subscriber: { id: newId(), kind: 'business', name: 'Aling Nena Store', phone: '09171234567' },
  })
  const invitation = { id: newId(), subscriber_id: saved.id }
  return owner.ask('invite_subscriber', { invitation })
}

/** A UUIDv7, as every fact brings its own id. */
export function newId() {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
