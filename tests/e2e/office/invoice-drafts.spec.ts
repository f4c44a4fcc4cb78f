// An invoice written by hand: kept as a draft, changed, issued once.

import { expect, test } from '@playwright/test'
import { signInAs } from './money-desk.ts'

test('a draft is kept, found again, changed and issued once', async ({ page }) => {
  const what = `Relocation ${Date.now()}`
  await signInAs(page, 'Owner')
  await page.goto('/office/invoices/new')
  await page.getByRole('combobox', { name: 'Search subscribers' }).fill('K00039')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/invoices\/drafts\//)

  await page.getByRole('button', { name: 'Issue invoice' }).click()
  await expect(page.getByText('Say what it is for.')).toBeVisible()
  await expect(page.getByText('Enter an amount.')).toBeVisible()

  await page.getByLabel('What for').fill(what)
  await page.getByLabel('Amount', { exact: true }).fill('1,120')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Draft saved.')).toBeVisible()

  await page.goto('/office/invoices')
  await page.getByRole('link', { name: /^\d+ drafts?$/ }).click()
  await page.getByRole('row', { name: what }).getByRole('link').click()
  await page.getByRole('button', { name: 'Add a discount' }).click()
  await page.getByLabel('Discount for').fill('Old customer')
  await page.getByLabel('Amount off').fill('20')
  await page.getByRole('button', { name: 'Issue invoice, ₱1,100.00' }).dblclick()

  await expect(page.getByRole('heading', { level: 1, name: /^Invoice INV-/ })).toBeVisible()
  await expect(page.getByRole('cell', { name: what })).toBeVisible()
  const number = (await page.getByRole('heading', { level: 1 }).innerText()).replace('Invoice ', '')
  await page.goto(`/office/invoices/drafts?state=issued&q=K00039`)
  await page.getByRole('row', { name: what }).getByRole('link').click()
  await expect(page.getByText(`This draft was issued as ${number}`)).toBeVisible()
})
