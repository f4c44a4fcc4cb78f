// A phone that cannot come in any more hands over what it holds; the office takes it in once, by file and by its codes.

import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { demoLogins } from '../product.ts'
import { collectorLogin, doors, readyForTheRoad, screen, signIn, takeCash } from './phone.ts'

const desktop = { width: 1440, height: 900 }

async function desk(page: Page, role: RegExp, email: string) {
  const domain = email.split('@')[1]
  const login = (await demoLogins()).find(
    (one) => role.test(one.label) && one.email.endsWith(`@${domain}`),
  )
  const browser = page.context().browser()
  if (!login || !browser) throw new Error('Nobody is at the office')
  const context = await browser.newContext({
    baseURL: new URL(page.url()).origin,
    viewport: desktop,
  })
  const office = await context.newPage()
  await office.goto(`/sign-in?to=${encodeURIComponent('/office/collections/rescue')}`)
  await office.locator('input[name=name]').fill(login.email)
  await office.locator('input[name=password]').fill(login.password)
  await office.getByRole('button', { name: /sign in/i }).click()
  await expect(office.getByText('A file of the phone')).toBeVisible()
  return office
}

test('locked, offline and forgotten: the office takes in the file, then the codes bring nothing twice', async ({
  page,
  context,
}) => {
  await page.setViewportSize(screen)
  const login = await collectorLogin()
  await signIn(page, login)
  await readyForTheRoad(page)
  const [first = '', second = ''] = await doors(page)
  await context.setOffline(true)
  const numbers = [await takeCash(page, first, 700), await takeCash(page, second, 350)]

  // Nobody knows the PIN any more.
  const locked = await context.newPage()
  await locked.setViewportSize(screen)
  await locked.goto('/collector')
  await expect(locked.getByRole('heading', { name: 'Type your PIN' })).toBeVisible()
  await page.close()
  await locked.getByRole('button', { name: 'Hand over without signal' }).click()
  const saving = locked.waitForEvent('download')
  await locked.getByRole('button', { name: 'Save as a file' }).click()
  const file = await (await saving).path()
  expect((await readFile(file)).subarray(0, 4).toString()).toBe('LYR1')

  const office = await desk(locked, /cashier/i, login.email)
  await office.locator('input[type=file]').setInputFiles(file)
  for (const number of numbers) await expect(office.getByText(number)).toBeVisible()
  await expect(office.getByText('₱1,050.00')).toBeVisible()
  await office.getByRole('button', { name: 'Take in 2' }).click()
  await expect(office.getByText('2 taken in.').first()).toBeVisible()

  // Pictures of the codes bring the same, and so nothing.
  await locked.getByRole('button', { name: 'Show codes' }).click()
  const label = locked.getByRole('img', { name: /^Code \d+ of \d+$/ })
  const count = Number(/of (\d+)/.exec((await label.getAttribute('aria-label')) ?? '')?.[1])
  const pictures = []
  for (let at = 0; at < count; at += 1) {
    if (count > 1) await locked.getByRole('button', { name: 'Next code' }).click()
    pictures.push({ name: `${at}.png`, mimeType: 'image/png', buffer: await label.screenshot() })
  }
  await office.getByRole('button', { name: 'Another file' }).click()
  await office.locator('input[type=file]').setInputFiles(pictures)
  await expect(office.getByText('All of it is here already.')).toBeVisible()
  await office.context().close()

  // With its signal back and the PIN remembered, the phone learns that all is there.
  await context.setOffline(false)
  await locked.keyboard.press('Escape')
  await locked.getByLabel('PIN', { exact: true }).fill('274915')
  await expect(locked.getByRole('banner').getByRole('status').first()).toHaveText('All sent', {
    timeout: 30_000,
  })
})
