// Cash taken with no signal is never lost and never doubled, whatever happens to the phone.

import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import {
  badge,
  collectorLogin,
  doors,
  newWindow,
  readyForTheRoad,
  screen,
  signIn,
  sumOf,
  takeCash,
} from './phone.ts'

test.use({ viewport: screen, hasTouch: true, isMobile: true, timezoneId: 'Asia/Manila' })

const PAYMENTS = 10
const FIRST_PESOS = 101

test('ten payments taken offline survive a dead phone and arrive once', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000)
  await signIn(page, await collectorLogin())
  await readyForTheRoad(page)
  const onHandBefore = await sumOf(page, 'Cash on hand')
  const route = await doors(page)
  await page.close()

  await context.setOffline(true)
  const deep = await newWindow(context)
  await deep.goto(`/collector/subscribers/${route[14]}`)
  await expect(deep.getByRole('link', { name: 'Take payment' })).toBeVisible()

  const numbers: Array<string> = []
  for (let at = 0; at < PAYMENTS; at += 1) {
    numbers.push(await takeCash(deep, route[at] ?? '', FIRST_PESOS + at))
  }
  expect(new Set(numbers).size).toBe(PAYMENTS)
  await deep.close()

  const reopened = await newWindow(context)
  await reopened.goto('/collector/today')
  const rows = reopened.locator('a[href^="/collector/receipts/"]')
  for (const number of numbers) {
    await expect(rows.filter({ hasText: number })).toContainText('On this phone')
  }
  await expect(badge(reopened)).toContainText(`${PAYMENTS} not yet sent`)

  // The server hears the first batch, but its answer is lost on the way back.
  let lost = 0
  await context.route('**/api/sync/push', async (request) => {
    if (lost > 0) return request.continue()
    lost += 1
    await request.fetch()
    await request.abort()
  })
  await context.setOffline(false)

  await expect(badge(reopened)).toHaveText('All sent', { timeout: 120_000 })
  expect(lost).toBe(1)
  for (const number of numbers) {
    await expect(rows.filter({ hasText: number })).toHaveCount(1)
    await expect(rows.filter({ hasText: number })).toContainText(/Posted|Remitted/)
  }

  // What the ledger says the collector holds rose by exactly what was taken.
  const taken = Array.from({ length: PAYMENTS }, (_, at) => (FIRST_PESOS + at) * 100)
  await reopened.goto('/collector')
  await expect(reopened.getByRole('radiogroup')).toBeVisible()
  await expect
    .poll(() => sumOf(reopened, 'Cash on hand'))
    .toBe(onHandBefore + taken.reduce((sum, minor) => sum + minor, 0))
})

test('two windows of a phone take cash at once, and no number is given twice', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000)
  await signIn(page, await collectorLogin())
  await readyForTheRoad(page)
  const route = await doors(page)
  const second = await newWindow(context)
  await second.goto('/collector')
  await expect(second.getByRole('radiogroup')).toBeVisible()
  await context.setOffline(true)

  const walk = async (window: Page, from: number) => {
    const taken: Array<string> = []
    for (let at = from; at < 8; at += 2) {
      taken.push(await takeCash(window, route[at] ?? '', 41 + at))
    }
    return taken
  }
  const numbers = (await Promise.all([walk(page, 0), walk(second, 1)])).flat().sort()
  const serials = numbers.map((number) => Number(/\d+$/.exec(number)?.[0]))
  expect(serials).toEqual(serials.map((_, at) => (serials[0] ?? 0) + at))

  // No room is left: what cannot be written whole did not happen, and its number is still the next one.
  const { makeRoom, window: full } = await fillUp(context, page.url())
  await Promise.all([page.close(), second.close()])
  await full.goto(`/collector/subscribers/${route[8]}/take`)
  for (const digit of '90') await full.getByRole('button', { name: digit, exact: true }).click()
  await isFull(full)
  await full.getByRole('button', { name: /^Take ₱/ }).click()
  await expect(
    full.getByText('This phone is full, so the payment could not be saved.'),
  ).toBeVisible()
  await expect(badge(full)).toContainText(`${numbers.length} not yet sent`)
  await full.goto('/collector/today')
  await expect(
    full.locator('a[href^="/collector/receipts/"]').filter({ hasText: '₱90.00' }),
  ).toHaveCount(0)
  await makeRoom()
  const next = await takeCash(full, route[8] ?? '', 90)
  expect(Number(/\d+$/.exec(next)?.[0])).toBe((serials.at(-1) ?? 0) + 1)
  numbers.push(next)

  await context.setOffline(false)
  for (const window of [full, await newWindow(context)]) {
    await window.goto('/collector/today')
    await expect(badge(window)).toHaveText('All sent', { timeout: 60_000 })
    const rows = window.locator('a[href^="/collector/receipts/"]')
    for (const number of numbers) {
      await expect(rows.filter({ hasText: number })).toHaveCount(1)
      await expect(rows.filter({ hasText: number })).toContainText(/Posted|Remitted/)
    }
  }
})

test('a phone that was never set up says what it needs', async ({ page, context }) => {
  await page.goto('/collector')
  await expect(page.getByRole('heading', { name: 'Sign in to start' })).toBeVisible()
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    while (!navigator.serviceWorker.controller) await new Promise((go) => setTimeout(go, 50))
  })

  await context.setOffline(true)
  await page.goto('/collector/today')
  await expect(page.getByRole('heading', { name: 'This phone is not set up yet' })).toBeVisible()
})

test('signing out with unsent cash asks first and keeps the queue for the same person', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000)
  const login = await collectorLogin()
  await signIn(page, login)
  await readyForTheRoad(page)
  const [door = ''] = await doors(page)

  // The line to the office is down for what is sent; signing out still reaches the server.
  await context.route('**/api/sync/push', (request) => request.abort())
  const number = await takeCash(page, door, 77)
  await page.goto('/collector/settings')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('dialog')).toContainText(
    '1 payment or visit is not yet with the office',
  )
  await page.getByRole('button', { name: 'Sign out, keep them on this phone' }).click()
  await page.waitForURL(/sign-in/)

  await context.unroute('**/api/sync/push')
  await signIn(page, login, false)
  await page.goto('/collector/today')
  const row = page.locator('a[href^="/collector/receipts/"]').filter({ hasText: number })
  await expect(row).toContainText('Posted', { timeout: 30_000 })
})

/** The browser lets this phone write nothing more, from another window on. It asks again how much room there is when no window is open. */
async function fillUp(context: BrowserContext, url: string) {
  const window = await newWindow(context)
  const browser = await context.newCDPSession(window)
  const { origin } = new URL(url)
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  return {
    window,
    makeRoom: () => browser.send('Storage.overrideQuotaForOrigin', { origin }),
  }
}

/** Else a test of a full phone tests one that is not. */
async function isFull(page: Page) {
  const write = () =>
    page.evaluate(
      () =>
        new Promise<string | undefined>((answer) => {
          const opening = indexedDB.open('probe', 1)
          opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
          opening.onerror = () => answer(opening.error?.name)
          opening.onsuccess = () => {
            const writing = opening.result.transaction('rows', 'readwrite')
            writing.objectStore('rows').put(1, 1)
            writing.oncomplete = () => answer('written')
            writing.onabort = () => answer(writing.error?.name)
            opening.result.close()
          }
        }),
    )
  await expect.poll(write, { timeout: 60_000 }).toBe('QuotaExceededError')
}
