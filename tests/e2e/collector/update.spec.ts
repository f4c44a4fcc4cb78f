// The office updates the app while a phone is full of unsent cash: two versions, one after the other, under the same phone.

import { expect, type Page, test } from '@playwright/test'
import { deploy, type Deployment, deployedUrl } from './deployment.ts'
import {
  badge,
  collectorLogin,
  doors,
  newWindow,
  readyForTheRoad,
  screen,
  signIn,
  takeCash,
} from './phone.ts'

test.use({
  baseURL: deployedUrl,
  viewport: screen,
  hasTouch: true,
  isMobile: true,
  timezoneId: 'Asia/Manila',
})

const PAYMENTS = 5
let site: Deployment

test.beforeAll(async () => {
  test.setTimeout(300_000)
  site = await deploy()
})
test.afterAll(() => site.remove())

async function openTill(page: Page, subscriberId = '') {
  await page.goto(`/collector/subscribers/${subscriberId}/take`)
  await expect(page.getByRole('button', { name: 'Type an amount' })).toBeVisible()
}

/** In the page as it stands, without loading it anew. */
async function takeNinety(page: Page): Promise<string> {
  await page.getByRole('button', { name: '9', exact: true }).click()
  await page.getByRole('button', { name: '0', exact: true }).click()
  await page.getByRole('button', { name: /^Take ₱/ }).click()
  const paper = page.getByRole('article', { name: 'Receipt' })
  await expect(paper).toContainText('₱90.00')
  const text = await paper.getByText(/Receipt No\./).innerText()
  return text.replace('Receipt No.', '').trim()
}

test('a new version waits for a tap, never under a receipt, and finds the outbox whole', async ({
  page,
  context,
}) => {
  test.setTimeout(900_000)
  await site.start()
  await signIn(page, await collectorLogin())
  await readyForTheRoad(page)
  const route = await doors(page)
  await context.route('**/api/sync/push', (request) => request.abort())
  const numbers: Array<string> = []
  for (let at = 0; at < PAYMENTS; at += 1) {
    numbers.push(await takeCash(page, route[at + 1] ?? '', 31 + at))
  }

  // Cash is being taken as the new version arrives.
  const other = await newWindow(context)
  await other.goto('/collector')
  await expect(other.getByRole('radiogroup')).toBeVisible()
  await openTill(page, route[PAYMENTS + 1])
  await page.evaluate(() => {
    document.documentElement.dataset['page'] = 'the same'
  })
  const samePage = page.locator('html[data-page="the same"]')
  await site.stop()
  await site.release('"nav.today":"Today"', '"nav.today":"My day"')
  await site.start()
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  const isWaiting = () =>
    page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)
  await expect.poll(isWaiting).toBe(true)
  const offer = page.getByText('A new version is ready.')
  await page.waitForTimeout(1_000)
  await expect(offer).toHaveCount(0)
  numbers.push(await takeNinety(page))

  // Offered now, and nothing happens before the tap; nor after one in another window, while cash is taken in this one.
  await expect(offer).toBeVisible()
  await page.locator('a[href="/collector"]').first().click()
  await expect(page.getByRole('radiogroup')).toBeVisible()
  await page.locator('a[href^="/collector/subscribers/"]').first().click()
  await page.getByRole('link', { name: 'Take payment' }).click()
  await expect(page.getByRole('button', { name: 'Type an amount' })).toBeVisible()
  await other.getByRole('button', { name: 'Use it now' }).click()
  await expect(other.getByRole('link', { name: 'My day' })).toBeVisible()
  await context.setOffline(true)
  numbers.push(await takeNinety(page))
  await expect(samePage).toHaveCount(1)
  await context.setOffline(false)

  await page.goto('/collector/today')
  await expect(page.getByRole('link', { name: 'My day' })).toBeVisible()
  await expect(offer).toHaveCount(0)
  const rows = page.locator('a[href^="/collector/receipts/"]')
  for (const number of numbers) {
    await expect(rows.filter({ hasText: number })).toContainText('On this phone')
  }
  await expect(badge(page)).toContainText(`${numbers.length} not yet sent`)
  await context.unroute('**/api/sync/push')
  await page.reload()
  await expect(badge(page)).toHaveText('All sent', { timeout: 60_000 })
  for (const number of numbers) {
    await expect(rows.filter({ hasText: number })).toHaveCount(1)
    await expect(rows.filter({ hasText: number })).toContainText(/Posted|Received/)
  }
})
