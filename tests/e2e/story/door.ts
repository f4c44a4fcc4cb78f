// At the door: the collector's thumb types an amount, takes the cash and reads the receipt's number.

import { expect, type Page } from '@playwright/test'

export async function type(page: Page, amount: string) {
  for (const key of amount) await page.getByRole('button', { name: key, exact: true }).click()
}

/** Presses the button and answers the number on the receipt. */
export async function confirm(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Take ₱/ }).click()
  await page.waitForURL(/\/collector\/receipts\//)
  const paper = page.getByRole('article', { name: 'Receipt' })
  const number = await paper.getByText(/Receipt No\./).innerText()
  await expect(paper).toContainText(/₱/)
  return number.replace('Receipt No.', '').trim()
}

export function receiptRow(page: Page, number: string) {
  return page.locator('a[href^="/collector/receipts/"]').filter({ hasText: number })
}
