// Cash goes from the collector's bag to the bank: counted with no signal, counted again blind, a difference decided by a third person.

import { expect, test, type Page } from '@playwright/test'
import { denominationsOf } from '../../../app/domain/cash.ts'
import { formatMoney, shortMoney } from '../../../app/i18n/format.ts'
import { signInAs } from '../office/money-desk.ts'
import {
  badge,
  collectorLogin,
  doors,
  readyForTheRoad,
  screen,
  signIn,
  sumOf,
  takeCash,
} from './phone.ts'

const SHORT_MINOR = 10_000
const TAKEN_PESOS = 150

test('cash counted offline is counted blind, decided by a third person and taken to the bank', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000)
  const road = await browser.newContext({ viewport: screen, hasTouch: true, isMobile: true })
  const phone = await road.newPage()
  await signIn(phone, await collectorLogin())
  await readyForTheRoad(phone)
  const [door = ''] = await doors(phone)
  await takeCash(phone, door, TAKEN_PESOS)
  await phone.goto('/collector')
  await expect(badge(phone)).toHaveText('All sent', { timeout: 30_000 })
  const carried = await sumOf(phone, 'Cash on hand')

  // The collector counts with no signal, and no screen says what it should come to.
  await road.setOffline(true)
  await phone.goto('/collector/cash/count')
  await countOut(phone, carried)
  await phone.goto('/collector')
  await expect(phone.getByRole('heading', { name: 'You are counting your cash' })).toBeVisible()
  await expect(phone.getByText('Cash on hand')).toHaveCount(0)
  await phone.getByRole('link', { name: 'Go on counting' }).click()
  await phone.getByRole('button', { name: `Hand in ${shortMoney(carried)}` }).click()
  await phone.getByRole('button', { name: 'Yes, hand it in' }).dblclick()
  await phone.waitForURL('**/collector/cash')
  const handedIn = phone.getByRole('listitem').filter({ hasText: formatMoney(carried) })
  await expect(handedIn.filter({ hasText: 'On this phone' }).first()).toBeVisible()
  await road.setOffline(false)
  await expect(handedIn.filter({ hasText: 'Waits to be counted' }).first()).toBeVisible({
    timeout: 60_000,
  })

  // The cashier counts blind, and one note less.
  const counted = carried - SHORT_MINOR
  const office = await browser.newContext({ baseURL })
  const cashier = await office.newPage()
  await signInAs(cashier, 'Cashier')
  await cashier.goto('/office/collections/remittances?state=submitted')
  await cashier.getByRole('link', { name: 'Rodel Cabrera' }).first().click()
  await expect(cashier.getByRole('heading', { name: 'Count the cash' })).toBeVisible()
  expect(await cashier.content()).not.toContain(formatMoney(carried).slice(1))
  await countOut(cashier, counted)
  await cashier.getByRole('button', { name: 'Save the count' }).click()
  await expect(cashier.getByText('The count differs')).toBeVisible()
  await expect(cashier.getByText('₱100.00 short')).toBeVisible()
  await expect(cashier.getByText('You took part in this, so somebody else decides.')).toBeVisible()
  await expect(cashier.getByRole('button', { name: 'Accept the difference' })).toHaveCount(0)

  const chair = await browser.newContext({ baseURL })
  const owner = await chair.newPage()
  await signInAs(owner, 'Owner')
  await owner.goto(new URL(cashier.url()).pathname)
  await owner.getByRole('button', { name: 'Accept the difference' }).click()
  await owner.getByLabel('What is known of it').fill('Gave a bill too much as change')
  await owner.getByRole('button', { name: 'Accept the difference' }).last().click()
  await expect(owner.getByText('accepted the difference')).toBeVisible()

  // Everything counted goes to the bank with a photo of its slip.
  const slip = `E2E-${Date.now()}`
  await cashier.goto('/office/collections/deposits/new')
  await cashier.getByLabel('Bank', { exact: true }).fill('LandBank Velez')
  await cashier.getByLabel('Number on the slip').fill(slip)
  await cashier
    .locator('input[type=file]')
    .setInputFiles({ name: 'slip.png', mimeType: 'image/png', buffer: await phone.screenshot() })
  await expect(cashier.getByAltText('The photo as it will be kept')).toBeVisible()
  await cashier.getByRole('button', { name: 'Record the deposit' }).click()
  await cashier.waitForURL('**/office/collections/deposits')
  const row = cashier.getByRole('row', { name: slip })
  await expect(row.getByRole('img')).toHaveJSProperty('complete', true)
  expect(
    await row.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth),
  ).toBeGreaterThan(100)
  await owner.reload()
  await expect(owner.getByText(`Taken to the bank, slip ${slip}`)).toBeVisible()

  // And the collector reads what became of it.
  await phone.goto('/collector/today')
  await phone.getByRole('button', { name: 'Send now' }).click()
  await phone.goto('/collector/cash')
  await expect(phone.getByText('₱100.00 short').first()).toBeVisible({ timeout: 30_000 })
  await expect(phone.getByText('You owe for what was short')).toBeVisible()
  for (const context of [road, office, chair]) await context.close()
})

/** Types how many of each note and coin make the sum. */
async function countOut(page: Page, sumMinor: number) {
  let left = sumMinor
  for (const { minor } of denominationsOf('PHP')) {
    const count = Math.floor(left / minor)
    if (count > 0)
      await page.getByLabel(`How many of ${shortMoney(minor)}`, { exact: true }).fill(String(count))
    left -= count * minor
  }
  await expect(page.getByText(formatMoney(sumMinor), { exact: true })).toBeVisible()
}
