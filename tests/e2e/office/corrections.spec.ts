// What went wrong is put right: by one person up to the limit, by two above it, on a desk or on a phone.

import { expect, test, type Browser, type Page } from '@playwright/test'
import { choosePayer, signInAs, takePesos } from './money-desk.ts'

const PAYER = 'K00177'
const NEIGHBOUR = 'K00039'

const inDialog = (page: Page) => page.getByRole('dialog')

/** Takes money and opens the page of the payment. */
async function openNewPayment(page: Page, pesos: string) {
  const receipt = await takePesos(page, pesos)
  await page.getByRole('link', { name: 'Open the payment' }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/receipt'))
  return receipt
}

/** Fills the reason in the dialog that is open, and sends it. */
async function sayWhy(page: Page, why: string, button: string | RegExp) {
  await inDialog(page).getByLabel('Why').fill(why)
  await inDialog(page).getByRole('button', { name: button }).click()
}

/** The manager on a phone. */
async function managerOnPhone(browser: Browser) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await signInAs(page, 'Manager')
  await page.goto('/office/approvals?state=waiting')
  return page
}

async function setLimit(page: Page, pesos: string) {
  await page.goto('/office/settings/billing')
  await page.getByLabel('Second person above').fill(pesos)
  await page.getByRole('button', { name: 'Save settings' }).click()
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible()
}

test('a void is asked by one and approved by another, from a phone', async ({ page, browser }) => {
  await signInAs(page, 'Cashier')
  await choosePayer(page, PAYER)
  const receipt = await openNewPayment(page, '61')
  await page.getByRole('button', { name: 'Ask to void' }).click()
  await sayWhy(page, 'Typed for the wrong account', 'Ask to void')
  await expect(page.getByText('You asked for this yourself')).toBeVisible()

  const phone = await managerOnPhone(browser)
  const request = phone.getByRole('listitem').filter({ hasText: receipt })
  await expect(request).toContainText('₱61.00')
  await request.getByRole('button', { name: 'Approve' }).click()
  await inDialog(phone).getByRole('button', { name: 'Approve' }).click()
  await expect(phone.getByText('Approved and done.')).toBeVisible()
  await expect(phone.getByRole('listitem').filter({ hasText: receipt })).toHaveCount(0)
  await phone.context().close()

  await page.reload()
  await expect(page.getByText('voided it')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Ask to void' })).toHaveCount(0)
})

test('above the limit a credit note waits for a second person', async ({ page, browser }) => {
  await signInAs(page, 'Owner')
  await setLimit(page, '100')
  await page.goto('/office/invoices?state=open&sort=-due_on')
  await page.locator('tbody').getByRole('link').first().click()
  await page.getByRole('link', { name: 'Credit note', exact: true }).click()
  await page.getByLabel('Amount', { exact: true }).fill('100.01')
  await page.getByLabel('Why').fill('Four days without signal')
  await page.getByRole('button', { name: 'Ask for ₱100.01' }).click()
  await expect(page.getByText('Credit note of ₱100.01 waits for a second person')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0)

  const phone = await managerOnPhone(browser)
  const request = phone.getByRole('listitem').filter({ hasText: '₱100.01' })
  await request.getByRole('button', { name: 'Approve' }).click()
  await inDialog(phone).getByRole('button', { name: 'Approve' }).click()
  await expect(phone.getByText('Approved and done.')).toBeVisible()
  await phone.context().close()

  await page.reload()
  await expect(page.getByRole('link', { name: /^CN-/ }).first()).toBeVisible()
  await setLimit(page, '2,000')
})

test('money goes back, a cheque bounces, and a payment goes to whom it belongs', async ({
  page,
}) => {
  await signInAs(page, 'Owner')
  await choosePayer(page, PAYER)
  await openNewPayment(page, '62')
  await page.getByRole('button', { name: 'Refund' }).click()
  await sayWhy(page, 'Paid twice at the counter', 'Give it back')
  await expect(page.getByText('The refund is recorded.')).toBeVisible()
  await expect(page.getByText('Given back', { exact: true })).toBeVisible()

  await choosePayer(page, PAYER)
  await page.getByText('Cheque', { exact: true }).click()
  await page.getByLabel('Reference number').fill(`CHQ${Date.now()}`)
  await openNewPayment(page, '63')
  await page.getByRole('button', { name: 'Cheque bounced' }).click()
  await sayWhy(page, 'Drawn against no funds', 'Take the cheque back')
  await expect(page.getByText('Taken back. What it paid is open again.')).toBeVisible()

  await choosePayer(page, PAYER)
  await openNewPayment(page, '64')
  await page.getByRole('button', { name: 'Wrong subscriber' }).click()
  await inDialog(page).getByRole('combobox', { name: 'Search subscribers' }).fill(NEIGHBOUR)
  await page.getByRole('option').first().click()
  await sayWhy(page, 'Same family name', 'Post it there')
  await expect(page.getByText('The payment was posted to the right subscriber.')).toBeVisible()
  await page.getByRole('link', { name: 'Open that posting' }).click()
  await expect(page.getByText('Posted to another subscriber first.')).toBeVisible()
})

test('a debt is given up, and what comes for it later is recovered', async ({ page }) => {
  await signInAs(page, 'Owner')
  await page.goto('/office/invoices?state=open&sort=due_on')
  await page.locator('tbody').getByRole('link').first().click()
  await page.getByRole('button', { name: 'Write off' }).click()
  await sayWhy(page, 'Moved away without a word', /^Write off ₱/)
  await expect(page.getByText('Written off.', { exact: true })).toBeVisible()
  const invoice = page.url()
  const title = await page.getByRole('heading', { level: 1 }).innerText()
  const number = /INV-[\d-]+/.exec(title)?.[0] ?? ''
  const account = /K\d{5}/.exec(await page.getByRole('main').innerText())?.[0] ?? ''

  await choosePayer(page, account)
  await page.getByText('Which invoices:').click()
  await page
    .getByRole('checkbox', { name: /written off/ })
    .first()
    .check()
  await takePesos(page, '65')
  await page.goto(invoice)
  await expect(page.getByText('₱65.00 recovered since')).toBeVisible()
  expect(number).not.toBe('')
})
