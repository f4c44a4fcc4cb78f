// What goes on a bill and how it comes out: charges, a deposit, the preview and its run, papers, prepaid time.

import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { newId } from '../auth/people.ts'
import { open } from '../story/browser.ts'
import { billedIsp } from './billed-isp.ts'

test.setTimeout(90_000)

test('charges, a discount and an offer stand on the next invoice, and the run bills what its preview said', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await clearOfTheSchedule()
  const { ana, month } = await billedIsp(page)

  await addCharge(page, ana.id, 'Charge', { what: 'Installation', amount: '1,500' })
  await addCharge(page, ana.id, 'Charge', {
    what: 'Public IP',
    amount: '200',
    how: 'On every invoice',
  })
  await addCharge(page, ana.id, 'Discount', {
    what: 'Loyal',
    percent: '10',
    how: 'On every invoice',
  })
  await addCharge(page, ana.id, 'Discount', {
    what: 'On time',
    percent: '5',
    how: 'On every invoice',
    isOffer: true,
  })
  const next = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Next invoice' }) })
  for (const line of ['Installation', 'Public IP', 'Loyal']) {
    await expect(next.getByText(line).first()).toBeVisible()
  }
  await expect(next.getByText(/^₱49.95 less if paid by .*: On time$/)).toBeVisible()

  // 999 + 1,500 + 200 − 99.90 for Ana, 999 for Ben.
  await open(page, `/office/billing/preview?period=${month}`)
  await expect(page.getByText('₱3,598.10').first()).toBeVisible()
  await expect(page.getByText('₱49.95 less if all pay on time')).toBeVisible()
  const preview = await csvOf(page)
  expect(preview).toContain('Ana Reyes,Installation,1500.00')
  expect(preview).toContain('Loyal (10 %),-99.90')

  await page.getByRole('button', { name: /^Run / }).first().click()
  await page.waitForURL(/\/office\/billing\/runs\//)
  await expect(page.getByText('₱3,598.10').first()).toBeVisible()
  await expect(page.getByText('2 invoices').first()).toBeVisible()

  // The papers are drawn behind the page: it may be left and come back to.
  await page.getByRole('button', { name: 'Make 2 invoices' }).click()
  const run = page.url()
  await open(page, '/office')
  await open(page, run)
  const papers = page.getByRole('link', { name: 'Invoices 1 to 2' })
  await expect(papers).toBeVisible({ timeout: 60_000 })
  const [file] = await Promise.all([page.waitForEvent('download'), papers.click()])
  expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-')

  await page.goto('/office/invoices?sort=-total_minor')
  await page
    .getByRole('link', { name: /INV|^\d/ })
    .first()
    .click()
  await expect(page.getByText(/^₱49.95 less if paid by .*: On time$/)).toBeVisible()
})

test('a deposit is taken and stays apart from what is owed', async ({ page }) => {
  const { ana, month, owner } = await billedIsp(page)
  // Here, so that it makes no difference when the schedule comes by.
  await owner.ask('run_billing', { period: month })
  await open(page, `/office/subscribers/${ana.id}/charges`)
  await page.getByRole('button', { name: 'Take a deposit' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Amount', { exact: true }).fill('1000')
  await dialog.getByRole('button', { name: 'Take the deposit' }).click()
  await expect(page.getByText('The deposit is held')).toBeVisible()
  await expect(page.getByText('₱1,000.00').first()).toBeVisible()

  await page.getByRole('link', { name: 'Statement' }).click()
  await expect(page.getByText('Deposit held today')).toBeVisible()
  await expect(page.getByRole('row', { name: /Balance at the end/ })).toContainText('₱999.00')

  const address = await page.getByRole('link', { name: 'PDF' }).getAttribute('href')
  const pdf = await page.request.get(String(address))
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
  expect(await csvOf(page)).toContain('Closing')
})

test('prepaid time is sold, queues, and what waits can be cancelled for credit', async ({
  page,
}) => {
  const { nena, owner } = await billedIsp(page)
  for (const id of [newId(), newId()]) {
    await owner.ask('record_payment', {
      payment: {
        id,
        subscriber_id: nena.id,
        subscription_id: nena.service,
        method: 'cash',
        amount_minor: 50_000,
      },
    })
  }

  await open(page, `/office/subscribers/${nena.id}`)
  await expect(page.getByText('now', { exact: true })).toBeVisible()
  await expect(page.getByText('waits', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Why').fill('Goes on holiday')
  await dialog.getByRole('button', { name: 'Cancel this time' }).click()
  await expect(page.getByText('The time is cancelled and its price is credit')).toBeVisible()
  await expect(page.getByText('waits', { exact: true })).toHaveCount(0)

  await open(page, '/office/credit-notes')
  await expect(page.getByRole('row', { name: /Aling Nena/ })).toContainText('₱500.00')
})

/** The schedule bills whoever is due. Who wants to press the button first begins well before its next round, or just after one. */
async function clearOfTheSchedule() {
  const round = 5 * 60_000
  const left = round - (Date.now() % round)
  if (left < 60_000) await new Promise((go) => setTimeout(go, left + 1000))
}

type Charge = { what: string; amount?: string; percent?: string; how?: string; isOffer?: boolean }

async function addCharge(page: Page, subscriber: string, kind: string, charge: Charge) {
  await open(page, `/office/subscribers/${subscriber}/charges/new`)
  await page.getByRole('radio', { name: kind }).check()
  await page.getByLabel('What for').fill(charge.what)
  if (charge.how) await page.getByLabel('How often').selectOption({ label: charge.how })
  if (charge.amount) await page.getByLabel(/^Amount/).fill(charge.amount)
  if (charge.percent) await page.getByLabel('Percent', { exact: true }).fill(charge.percent)
  if (charge.isOffer) await page.getByLabel('Only for paying on time').check()
  await page.getByRole('button', { name: 'Add it' }).click()
  await page.waitForURL(/\/charges$/)
}

async function csvOf(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV' }).first().click(),
  ])
  return readFile(await download.path(), 'utf8')
}
