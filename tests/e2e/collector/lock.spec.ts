// A phone's life: set up, approved, locked, opened without signal, its PIN forgotten, emptied. No cash is lost on the way.

import { expect, test } from '@playwright/test'
import {
  approvePhone,
  badge,
  choosePin,
  collectorLogin,
  doors,
  phoneRow,
  PIN,
  readyForTheRoad,
  screen,
  takeCash,
} from './phone.ts'

test.use({ viewport: screen, hasTouch: true, isMobile: true, timezoneId: 'Asia/Manila' })

const NEW_PIN = '830264'

/** In the page: digits in the first field there is, before any code of the app. */
function typeAtOnce(digits: string) {
  const watch = new MutationObserver(() => {
    const field = document.querySelector<HTMLInputElement>('input[inputmode=numeric]')
    if (!field?.checkVisibility()) return
    watch.disconnect()
    field.value = digits
  })
  watch.observe(document, { childList: true, subtree: true })
}

test('a PIN opens the phone without signal, the password opens it when forgotten, the office empties it', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000)
  const login = await collectorLogin(1)
  await page.goto(`/sign-in?to=${encodeURIComponent('/collector')}`)
  await page.locator('input[name=name]').fill(login.email)
  await page.locator('input[name=password]').fill(login.password)
  await page.getByRole('button', { name: /sign in/i }).click()

  await choosePin(page)
  const { desk, code } = await approvePhone(page, login)
  await readyForTheRoad(page)
  const [door = ''] = await doors(page)
  await page.close()

  // Cold, far from any mast. Fingers are faster than the app: what they typed before it ran is in the lock's field.
  await context.setOffline(true)
  const early = await context.newPage()
  await early.addInitScript(typeAtOnce, PIN.slice(0, 2))
  await early.goto('/collector')
  await expect(early.getByRole('heading', { name: 'Type your PIN' })).toBeVisible()
  const field = early.getByLabel('PIN', { exact: true })
  await expect(field).toHaveValue(PIN.slice(0, 2))
  await expect(field).toBeFocused()
  await early.keyboard.type(PIN.slice(2))
  await expect(early.getByRole('radiogroup')).toBeVisible()
  await early.close()

  const cold = await context.newPage()
  await cold.goto('/collector')
  const pin = cold.getByLabel('PIN', { exact: true })
  await pin.fill('111112')
  await expect(cold.getByText('That is not the PIN.')).toBeVisible()
  await pin.fill(PIN)
  await expect(cold.getByRole('radiogroup')).toBeVisible()
  await cold.addLocatorHandler(pin, () => pin.fill(PIN))
  const number = await takeCash(cold, door, 88)
  await cold.removeLocatorHandler(pin)

  await cold.goto('/collector/settings')
  await pin.fill(PIN)
  await cold.getByRole('button', { name: 'Lock now' }).click()
  await expect(cold.getByText('1 payment or visit waits on this phone')).toBeVisible()

  // Forgotten: the password opens it, and the payment goes out.
  await context.setOffline(false)
  await cold.getByRole('button', { name: 'Forgot the PIN?' }).click()
  await cold.getByLabel('New PIN').fill(NEW_PIN)
  await cold.getByLabel('The same once more').fill(NEW_PIN)
  await cold.getByLabel('Password').fill('not it')
  await cold.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(cold.getByText('That is not the password.')).toBeVisible()
  await cold.getByLabel('Password').fill(login.password)
  await cold.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(badge(cold)).toHaveText('All sent', { timeout: 60_000 })
  await cold.goto('/collector/today')
  await pin.fill(NEW_PIN)
  const row = cold.locator('a[href^="/collector/receipts/"]').filter({ hasText: number })
  await expect(row).toContainText(/Posted|Received/)

  await desk.reload()
  await phoneRow(desk, code).getByRole('button', { name: 'Empty this phone' }).click()
  await desk.getByRole('dialog').getByLabel('Why').fill('Sold')
  await desk.getByRole('dialog').getByRole('button', { name: 'Empty this phone' }).click()
  await expect(phoneRow(desk, code)).toContainText('Being emptied')
  await cold.goto('/collector')
  await pin.fill(NEW_PIN)
  await expect(cold.getByRole('heading', { name: 'The office emptied this phone' })).toBeVisible()
  await desk.reload()
  await expect(phoneRow(desk, code)).toContainText('Emptied itself')
  await desk.context().close()
})
