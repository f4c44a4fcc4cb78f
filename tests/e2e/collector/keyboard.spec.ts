// The collector's way without a touch: Tab, Enter, arrows and digits. After each step the focus is where the next one begins, and what
// changed is said aloud.

import { expect, type Locator, type Page, test } from '@playwright/test'
import { badge, collectorLogin, PIN, readyForTheRoad, screen, signIn } from './phone.ts'

test.use({ viewport: screen, timezoneId: 'Asia/Manila' })

const MOST_STEPS = 60

/** Walks on until the focus is there. */
async function tabTo(page: Page, target: Locator) {
  await expect(target.first()).toBeVisible()
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await target.evaluateAll((found) => found.some((one) => one === document.activeElement))) {
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error('The Tab key never comes there')
}

async function press(page: Page, target: Locator) {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

test('from the lock to the receipt and the count by keyboard alone', async ({ page, context }) => {
  await signIn(page, await collectorLogin(2))
  await readyForTheRoad(page)
  await page.close()
  await context.setOffline(true)

  const phone = await context.newPage()
  const button = (name: string | RegExp) => phone.getByRole('button', { name, exact: true })
  const link = (name: string | RegExp) => phone.getByRole('link', { name, exact: true })
  await phone.goto('/collector')
  await expect(phone.getByLabel('PIN', { exact: true })).toBeFocused()
  await phone.keyboard.type(PIN)
  await expect(heading(phone, 'Route')).toBeFocused()

  // The route: one stop for the filter, arrows inside it.
  await tabTo(phone, phone.getByRole('radio', { name: /^To collect/ }))
  await phone.keyboard.press('ArrowRight')
  await expect(phone.getByRole('radio', { name: /^All/ })).toBeFocused()
  await expect(phone.getByRole('radio', { name: /^All/ })).toBeChecked()
  const door = phone.locator('a[href^="/collector/subscribers/"]')
  await tabTo(phone, door)
  const name = await phone.evaluate(
    () => document.activeElement?.querySelector('.font-medium')?.textContent ?? '',
  )
  await phone.keyboard.press('Enter')
  await expect(heading(phone, name)).toBeFocused()

  await press(phone, link('Take payment'))
  await expect(phone.getByLabel('Cash received')).toBeFocused()
  await phone.keyboard.type('150')
  await expect(phone.getByRole('region', { name: 'What it pays' })).toContainText('₱150.00')
  await press(phone, button('Change'))
  await expect(phone.getByRole('dialog', { name: 'Change for ₱150.00' })).toBeVisible()
  await phone.keyboard.press('Escape')
  await expect(button('Change')).toBeFocused()
  await press(phone, button('Take ₱150'))
  await expect(heading(phone, '₱150 taken')).toBeFocused()
  await expect(badge(phone)).toHaveText('1 not yet sent, safe on this phone')
  await expect(link('1 not yet sent, safe on this phone')).toBeVisible()

  await press(phone, button('Share'))
  await expect(phone.getByRole('dialog')).toBeVisible()
  await phone.keyboard.press('Escape')
  await expect(button('Share')).toBeFocused()
  await press(phone, link(/^(Next: |Back to the route)/))
  await expect(phone.getByRole('heading', { level: 1 })).toBeFocused()

  await press(phone, link('Today'))
  await expect(heading(phone, 'Today')).toBeFocused()
  await press(phone, link('Hand in cash'))
  await expect(heading(phone, 'Hand in cash')).toBeFocused()
  await tabTo(phone, phone.getByLabel('How many of ₱100', { exact: true }))
  await phone.keyboard.type('3')
  await expect(phone.locator('[aria-live=polite]').filter({ hasText: 'Counted' })).toContainText(
    '₱300.00',
  )
  await press(phone, button('Hand in ₱300'))
  await expect(phone.getByRole('dialog', { name: 'Hand in ₱300.00?' })).toBeVisible()
  await phone.keyboard.press('Escape')
  await expect(button('Hand in ₱300')).toBeFocused()
  await phone.keyboard.press('Shift+Tab')
  await expect(button('Stop counting')).toBeFocused()
  await phone.keyboard.press('Enter')
  await expect(heading(phone, 'Today')).toBeFocused()

  // To the end: counted anew, handed in, and what became of it.
  await press(phone, link('Hand in cash'))
  await tabTo(phone, phone.getByLabel('How many of ₱20', { exact: true }))
  await phone.keyboard.type('4')
  await press(phone, button('Hand in ₱80'))
  await expect(phone.getByRole('dialog', { name: 'Hand in ₱80.00?' })).toBeVisible()
  await press(phone, button('Yes, hand it in'))
  await expect(heading(phone, 'My cash')).toBeFocused()
  const handedIn = phone.getByRole('listitem').filter({ hasText: '₱80.00' })
  await expect(handedIn.filter({ hasText: 'On this phone' }).first()).toBeVisible()
  await context.setOffline(false)
  await expect(badge(phone)).toHaveText('All sent', { timeout: 60_000 })
  await expect(handedIn.filter({ hasText: 'Waits to be counted' }).first()).toBeVisible()
})
