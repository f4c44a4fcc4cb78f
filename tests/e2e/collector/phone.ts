// A collector's phone for the journeys: signed in, route pulled, worker in charge, ready to lose its signal.

import { type BrowserContext, expect, type Page } from '@playwright/test'
import { demoLogins } from '../product.ts'
import { isAlive } from '../story/browser.ts'

export const screen = { width: 390, height: 844 }

export async function collectorLogin(at = 0) {
  const collectors = (await demoLogins()).filter(({ label }) => /collector/i.test(label))
  const login = collectors[at]
  if (!login) throw new Error('The demo has no such collector')
  return login
}

export const PIN = '274915'

/** Whoever works on this page knows the PIN and types it whenever the app asks: at each cold start. */
export async function knowsPin(page: Page) {
  const pin = page.getByLabel('PIN', { exact: true })
  await page.addLocatorHandler(pin, () => pin.fill(PIN))
}

/** The first PIN on a phone that has none. */
export async function choosePin(page: Page) {
  await page.getByLabel('New PIN').fill(PIN)
  await page.getByLabel('The same once more').fill(PIN)
  await page.getByRole('button', { name: 'Use this PIN' }).click()
}

/** Another window of the same phone. */
export async function newWindow(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await knowsPin(page)
  return page
}

/** Signs in on a phone that is new to the office, and waits until it is approved. */
export async function signIn(page: Page, login: { email: string; password: string }, isNew = true) {
  await page.goto(`/sign-in?to=${encodeURIComponent('/collector')}`)
  await page.locator('input[name=name]').fill(login.email)
  await page.locator('input[name=password]').fill(login.password)
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.waitForURL('**/collector')
  await knowsPin(page)
  if (!isNew) return
  await choosePin(page)
  const { desk } = await approvePhone(page, login)
  await desk.context().close()
}

/** Somebody at the office approves the phone that waits. Answers their desk, which is theirs to leave. */
export async function approvePhone(page: Page, login: { email: string }) {
  const owner = (await demoLogins()).find(
    ({ label, email }) => /owner/i.test(label) && domainOf(email) === domainOf(login.email),
  )
  const browser = page.context().browser()
  if (!owner || !browser) throw new Error('Nobody is there to approve the phone')
  const code = await codeOf(page)

  const office = await browser.newContext({ baseURL: new URL(page.url()).origin })
  const desk = await office.newPage()
  await desk.goto(`/sign-in?to=${encodeURIComponent('/office/collections/devices')}`)
  await desk.locator('input[name=name]').fill(owner.email)
  await desk.locator('input[name=password]').fill(owner.password)
  await desk.getByRole('button', { name: /sign in/i }).click()
  await approveAt(desk, code)
  await page.getByRole('button', { name: 'Look again' }).click()
  return { desk, code }
}

/** In the office's list of phones. */
export async function approveAt(desk: Page, code: string) {
  await expect(phoneRow(desk, code)).toBeVisible()
  await isAlive(desk)
  await phoneRow(desk, code).getByRole('button', { name: 'Approve' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await expect(phoneRow(desk, code)).toContainText('Active')
}

/** Another row may say that its phone was replaced by this one. */
export function phoneRow(desk: Page, code: string) {
  return desk.getByRole('row', { name: new RegExp(`^${code} `) })
}

/** The phone's short name, as it says it while it waits. */
export async function codeOf(page: Page) {
  await expect(page.getByRole('heading', { name: 'Waiting for the office' })).toBeVisible({
    timeout: 30_000,
  })
  return String(/phone ([A-Z]+\d+)/.exec(await page.getByRole('main').innerText())?.[1])
}

const domainOf = (email: string) => email.split('@')[1]

/** The route is on the phone and the worker answers for it: from here the signal may go. */
export async function readyForTheRoad(page: Page) {
  await expect(page.getByRole('radiogroup')).toBeVisible({ timeout: 30_000 })
  await expect(badge(page)).toHaveText('All sent', { timeout: 30_000 })
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    while (!navigator.serviceWorker.controller) await new Promise((go) => setTimeout(go, 50))
  })
}

export function badge(page: Page) {
  return page.getByRole('banner').getByRole('status').first()
}

/** The ids of the doors on the route, in walking order. */
export async function doors(page: Page): Promise<Array<string>> {
  await page.getByRole('radio', { name: /^All/ }).click()
  const links = page.locator('a[href^="/collector/subscribers/"]')
  await expect(links.nth(15)).toBeVisible()
  const hrefs = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href')))
  return hrefs.flatMap((href) => href?.split('/').at(-1) ?? [])
}

/** Subscriber → amount → take → receipt. Answers the number that was handed out. */
export async function takeCash(page: Page, subscriberId: string, pesos: number): Promise<string> {
  await page.goto(`/collector/subscribers/${subscriberId}/take`)
  for (const digit of String(pesos)) {
    await page.getByRole('button', { name: digit, exact: true }).click()
  }
  // A cold thumb taps twice.
  await page.getByRole('button', { name: /^Take ₱/ }).dblclick()
  await page.waitForURL(/\/collector\/receipts\//)
  const paper = page.getByRole('article', { name: 'Receipt' })
  await expect(paper).toContainText(`₱${pesos.toLocaleString('en')}.00`)
  const text = await paper.getByText(/Receipt No\./).innerText()
  return text.replace('Receipt No.', '').trim()
}

/** The amount beside a heading of the route's first screen, in centavos. */
export async function sumOf(page: Page, label: string): Promise<number> {
  const sum = page.getByText(label, { exact: true }).locator('xpath=..')
  await expect(sum).toContainText('₱')
  const text = await sum.innerText()
  return Number(/₱([\d,]+\.\d\d)/.exec(text)?.[1]?.replaceAll(',', '').replace('.', ''))
}
