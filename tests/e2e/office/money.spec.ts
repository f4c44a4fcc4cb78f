// The cashier's day: take money, take it once, take it back with a second person, and hand out the list.

import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { barriersOf } from '../axe.ts'
import { choosePayer, signInAs, takePesos } from './money-desk.ts'

test('a payment pressed twice is taken once, and its receipt says what it paid', async ({
  page,
}) => {
  await signInAs(page, 'Cashier')
  await choosePayer(page, 'K00177')
  // An amount nobody else pays, so that the list can be counted.
  const pesos = `1,${String((Date.now() % 900) + 100)}.${String((Date.now() % 90) + 10)}`
  const receipt = await takePesos(page, pesos)

  await expect(page.getByText(`₱${pesos}`, { exact: true })).toBeVisible()
  await expect(page.getByText(/^(Pays|Buys|₱).*\.$/)).toBeVisible()

  await page.goto(`/office/payments?q=${receipt}`)
  await expect(page.getByText('1–1 of 1')).toBeVisible()
  await page.goto('/office/payments?q=K00177&sort=-received_at')
  await expect(page.getByRole('cell', { name: `₱${pesos}` })).toHaveCount(1)
})

test('a reference is taken once, and the second time it is said whose it was', async ({ page }) => {
  const reference = `GC${Date.now()}`
  await signInAs(page, 'Cashier')

  await choosePayer(page, 'K00177')
  await page.getByText('GCash', { exact: true }).click()
  await page.getByLabel('Reference number').fill(reference)
  await takePesos(page, '100')

  await choosePayer(page, 'K00039')
  await page.getByText('GCash', { exact: true }).click()
  await page.getByLabel('Reference number').fill(reference)
  await page.getByLabel('Amount', { exact: true }).fill('100')
  await page.getByRole('button', { name: /^Take ₱/ }).click()

  await expect(page.getByRole('alert')).toContainText('already used for Ramos Internet Café')
  await expect(page.getByLabel('Amount', { exact: true })).toHaveValue('100.00')
  await expect(page.getByLabel('Reference number')).toHaveValue(reference)
})

test('one person asks to void a payment, another decides', async ({ page, browser }) => {
  await signInAs(page, 'Cashier')
  await choosePayer(page, 'K00177')
  const receipt = await takePesos(page, '77')
  await page.getByRole('link', { name: 'Open the payment' }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/receipt'))
  const address = page.url()

  await page.getByRole('button', { name: 'Ask to void' }).click()
  await page.getByLabel('Why').fill('Typed for the wrong account')
  await page.getByRole('button', { name: 'Ask to void' }).last().click()
  await expect(page.getByText('You asked for this yourself')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Void ₱/ })).toHaveCount(0)

  const office = await browser.newContext()
  const owner = await office.newPage()
  await signInAs(owner, 'Owner')
  await owner.getByRole('link', { name: 'Approvals' }).click()
  await owner.getByRole('link', { name: receipt }).click()
  await owner.getByRole('button', { name: 'Void ₱77.00' }).click()
  await owner.getByRole('button', { name: 'Void ₱77.00' }).last().click()
  await expect(owner.getByText('Voided. Everything it paid is open again.')).toBeVisible()
  await office.close()

  await page.goto(address)
  await expect(page.getByText('voided it')).toBeVisible()
})

test('the exported list holds what the list shows, all pages of it', async ({ page }) => {
  await signInAs(page, 'Owner')
  await page.goto('/office/invoices?state=open')
  const shown = await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('paragraph')
    .innerText()
  const total = Number(shown.split(' of ')[1]?.replaceAll(',', ''))

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV' }).click(),
  ])
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(total + 1)
  expect(lines[0]).toContain('Invoice,State,Account')
})

const screens = [
  '/office/billing',
  '/office/billing/preview',
  '/office/invoices',
  '/office/late',
  '/office/payments',
  '/office/payments/new',
  '/office/payments/certificates',
  '/office/approvals',
  '/office/credit-notes',
  '/office/collections',
  '/office/collections/day',
  '/office/collections/remittances',
  '/office/collections/deposits',
  '/office/collections/deposits/new',
  '/office/collections/parked',
  '/office/collections/doubles',
  '/office/collections/watch',
  '/office/collections/receipts',
  '/office/collections/rescue',
  '/office/collections/devices',
  '/office/reports',
  '/office/reports/daily-collection',
  '/office/reports/trial-balance',
  '/office/reports/periods',
  '/office/reports/books/sales',
  '/office/reports/books/cash',
  '/office/reports/books/journal',
  '/office/ledger',
  '/office/audit',
]

test('the money screens are open to everybody', async ({ page }) => {
  test.slow()
  const complaints: Array<string> = []
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  await signInAs(page, 'Owner')

  for (const screen of screens) {
    await page.goto(screen)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    complaints.push(...(await barriersOf(page)))
  }
  expect(complaints).toEqual([])
})
