// The office brings a spreadsheet: give it, read what would happen, bring it in.

import { expect, type Page } from '@playwright/test'
import { open } from './browser.ts'

export async function giveFile(page: Page, name: string, buffer: Buffer) {
  await open(page, '/office/import')
  await page.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer })
}

/** The dry run: nothing is saved by it. */
export async function check(page: Page, rows: string) {
  await page.getByRole('button', { name: `Check ${rows}` }).click()
  await expect(page.getByText('Nothing is saved yet.')).toBeVisible()
}

export async function bringIn(page: Page, subscribers: string) {
  await page.getByRole('button', { name: `Import ${subscribers}` }).click()
  await expect(page.getByText(`${subscribers} imported`)).toBeVisible({ timeout: 30_000 })
}
