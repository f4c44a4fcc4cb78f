// The tools of the road, all of them with no signal: the order of doors, the map, change, and what is wrong put right.

import { expect, type Page, test } from '@playwright/test'
import { demoLogins } from '../product.ts'
import { badge, collectorLogin, doors, readyForTheRoad, screen, signIn } from './phone.ts'

/** Somewhere in the route of the demo's first collector. */
const HERE = { latitude: 8.5046, longitude: 124.6117, accuracy: 12 }

test.use({
  viewport: screen,
  hasTouch: true,
  isMobile: true,
  timezoneId: 'Asia/Manila',
  geolocation: HERE,
  permissions: ['geolocation'],
})

async function officePage(page: Page, path: string) {
  const owner = (await demoLogins()).find(({ label }) => /owner/i.test(label))
  const browser = page.context().browser()
  if (!owner || !browser) throw new Error('Nobody is at the office')
  const context = await browser.newContext({ baseURL: new URL(page.url()).origin })
  const office = await context.newPage()
  await office.goto(`/sign-in?to=${encodeURIComponent(path)}`)
  await office.locator('input[name=name]').fill(owner.email)
  await office.locator('input[name=password]').fill(owner.password)
  await office.getByRole('button', { name: /sign in/i }).click()
  return office
}

test('nearest first, the map, change, and a contact put right at the door reach the office', async ({
  page,
  context,
}) => {
  await signIn(page, await collectorLogin())
  await readyForTheRoad(page)
  const [door = ''] = await doors(page)
  await context.setOffline(true)

  await page.getByLabel('Order').selectOption('near')
  const rows = page.locator('a[href^="/collector/subscribers/"]')
  await expect(rows.first()).toContainText(/\d (m|km)/)
  const metres = (await rows.allInnerTexts()).slice(0, 10).map((text) => {
    const [, number = '', unit] = /([\d.]+) (m|km)\b/.exec(text) ?? []
    return Number(number) * (unit === 'km' ? 1_000 : 1)
  })
  expect(metres).toEqual([...metres].sort((a, b) => a - b))

  await page.getByLabel('Order').selectOption('late')
  await expect(rows.first()).toContainText(/past due|ago|late/i)

  await page.getByRole('link', { name: 'Map' }).click()
  const map = page.getByRole('img', { name: /^Map with \d+ doors/ })
  await expect(map).toBeVisible()
  await expect(page.getByText('Nearest to you')).toBeVisible()
  await page.getByRole('button', { name: 'Show where I am' }).click()
  await page.getByRole('button', { name: 'Closer' }).click()

  await page.goto(`/collector/subscribers/${door}/take`)
  for (const digit of '700') await page.getByRole('button', { name: digit, exact: true }).click()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  const change = page.getByRole('dialog')
  await change.getByRole('button', { name: '₱1,000' }).click()
  await expect(change).toContainText('Give back')
  await expect(change).toContainText('₱300.00')
  await expect(change).toContainText('1 × ₱200')
  await expect(change).toContainText('1 × ₱100')
  await change.getByRole('button', { name: 'Close' }).last().click()

  await page.goto(`/collector/subscribers/${door}`)
  await page.getByRole('link', { name: 'Correct' }).click()
  await page.getByLabel('Phone number').fill('0917 555 0142')
  await page.getByLabel('Landmark').fill('Green gate beside the chapel')
  await page.getByRole('button', { name: 'Find where I am' }).click()
  await page.getByRole('button', { name: 'I am at the door: use this place' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Green gate beside the chapel')).toBeVisible()
  await expect(page.getByText('0917 555 0142')).toBeVisible()

  await context.setOffline(false)
  await expect(badge(page)).toHaveText('All sent', { timeout: 60_000 })
  const office = await officePage(page, `/office/subscribers/${door}`)
  await expect(office.getByText('0917 555 0142').first()).toBeVisible()
  await expect(office.getByText('Green gate beside the chapel').first()).toBeVisible()
  await office.context().close()
})
