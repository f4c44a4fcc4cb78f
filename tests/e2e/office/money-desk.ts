// The office for the journeys about money: who signs in, and how a payment is taken at the counter.

import { expect, type Page } from '@playwright/test'
import { demoLogins } from '../product.ts'

export async function signInAs(page: Page, role: 'Owner' | 'Manager' | 'Cashier') {
  const login = (await demoLogins()).find(({ label }) => label.endsWith(role))
  if (!login) throw new Error(`The demo has no ${role}`)
  await page.goto('/sign-in?to=/office/payments')
  await page.locator('input[name=name]').fill(login.email)
  await page.locator('input[name=password]').fill(login.password)
  await page.locator('input[name=password]').press('Enter')
  await page.waitForURL((url) => url.pathname === '/office/payments')
}

/** Chooses who pays by keyboard alone. */
export async function choosePayer(page: Page, typed: string) {
  await page.goto('/office/payments/new')
  await page.getByRole('combobox', { name: 'Search subscribers' }).fill(typed)
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.waitForURL(/subscriber=/)
}

/** Types an amount, waits until it is said what it does, and presses twice. Answers the receipt's number. */
export async function takePesos(page: Page, pesos: string): Promise<string> {
  await page.getByLabel('Amount', { exact: true }).fill(pesos)
  await expect(page.getByText('Owed afterwards')).toBeVisible()
  await page.getByRole('button', { name: /^Take ₱/ }).dblclick()
  await page.waitForURL(/\/receipt/)
  const title = await page.getByRole('heading', { level: 1, name: /^Receipt / }).innerText()
  return title.replace('Receipt', '').trim()
}
