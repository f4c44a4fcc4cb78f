// The books of a month: closed by one person, reopened by two, and handed out as files.

import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { inviteStaff, newEmail, newId, PASSWORD } from '../auth/people.ts'
import { open } from '../story/browser.ts'
import { billedIsp } from './billed-isp.ts'
import { signInAs } from './money-desk.ts'

test.setTimeout(90_000)

test('a month is closed, and reopened only by two people', async ({ page, browser }) => {
  const { owner, ana, month } = await billedIsp(page)
  const before = new Date(Date.parse(month) - 5 * 86_400_000).toISOString()
  await owner.ask('record_payment', {
    payment: {
      id: newId(),
      subscriber_id: ana.id,
      method: 'cash',
      amount_minor: 12_300,
      received_at: before,
    },
  })

  await open(page, '/office/reports/periods')
  await page.getByRole('button', { name: 'Close…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /For good/ }).check()
  await dialog.getByRole('button', { name: /^Close / }).click()
  await expect(page.getByText(/is closed$/)).toBeVisible()
  const closed = page.getByRole('row', { name: /Closed/ })
  await expect(closed).toContainText('₱123.00')

  await closed.getByRole('button', { name: 'Reopen…' }).click()
  await dialog.getByLabel('Why').fill('A receipt was found')
  await dialog.getByRole('button', { name: 'Ask a second person' }).click()
  await expect(page.getByText('You asked for this, so somebody else has to decide.')).toBeVisible()

  const { token } = await inviteStaff(owner, 'Owner')
  const theirs = await browser.newContext()
  const ben = await theirs.newPage()
  await ben.goto(`/join/${token}`)
  await ben.getByLabel('E-mail').fill(newEmail('ben'))
  await ben.getByLabel('New password').fill(PASSWORD)
  await ben.getByRole('button', { name: /join/i }).click()
  await ben.waitForURL('**/office')
  await open(ben, '/office/reports/periods')
  await expect(ben.getByText('“A receipt was found”')).toBeVisible()
  await ben.getByRole('button', { name: 'Reopen…' }).first().click()
  await ben
    .getByRole('dialog')
    .getByRole('button', { name: /^Reopen / })
    .click()
  await expect(ben.getByText(/is open again$/)).toBeVisible()
  await theirs.close()

  await page.reload()
  await expect(page.getByText(/Ben Cruz reopened/)).toBeVisible()
  expect(await fileOf(page, 'CSV')).toContain('Month,State,Closed by')
})

const lists = [
  ['/office/reports/books/sales', 'Date,Document,Number'],
  ['/office/reports/books/cash?method=cash', 'Date,Event,Receipt'],
  ['/office/reports/books/journal', 'Date,Transaction,Event'],
  ['/office/reports/trial-balance', 'Account,Class,Debit'],
  ['/office/ledger?account=output_vat', 'Day,Transaction,Event'],
  ['/office/audit?operation=update', 'When,Who,What'],
  ['/office/billing?state=done', 'Period,State,Started by'],
  ['/office/late', 'Account'],
  ['/office/payments/certificates', 'Subscriber,Account,TIN'],
  ['/office/promises?state=open', 'Account,Subscriber,Pays by'],
  ['/office/late-fees', 'Account,Subscriber,Invoice'],
  ['/office/deposits', 'Account,Subscriber,When'],
  ['/office/collections/remittances', 'Handed in,Collector,State'],
  ['/office/collections/deposits?state=standing', 'Day,Bank,Slip'],
] as const

test('every list and book is handed out as CSV and as Excel', async ({ page }) => {
  await signInAs(page, 'Owner')
  for (const [address, heading] of lists) {
    await open(page, address)
    const csv = await fileOf(page, 'CSV')
    expect(csv, address).toContain(heading)
    expect((await fileOf(page, 'Excel')).startsWith('PK'), address).toBe(true)
  }
})

test('promises, late fees and deposits are narrowed by their own bars', async ({ page }) => {
  await signInAs(page, 'Owner')
  for (const [address, filter, value, none] of [
    ['/office/promises', 'state', 'kept', 'No promise fits these filters'],
    ['/office/late-fees', 'state', 'waived', 'No late fee fits these filters'],
    ['/office/deposits', 'kind', 'returned', 'No deposit fits these filters'],
  ] as const) {
    await open(page, address)
    await page.locator(`select[name=${filter}]`).selectOption(value)
    await expect(page.getByText(none)).toBeVisible()
  }

  await page.getByRole('link', { name: 'Clear all' }).click()
  const rows = page.locator('tbody tr')
  await expect(rows.first()).toContainText('Taken')
  const all = await rows.count()
  await page.getByRole('searchbox').fill('Merlyn')
  await expect(rows).not.toHaveCount(all)
  for (const row of await rows.all()) await expect(row).toContainText('Merlyn')
})

test('a late payer gets days of grace and makes a promise, and takes it back', async ({ page }) => {
  await signInAs(page, 'Owner')
  await open(page, '/office/late?q=K00422')
  await page.getByRole('link', { name: 'Fernando Go' }).first().click()
  const dialog = page.getByRole('dialog')

  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await dialog.getByLabel('Days of grace').fill('9')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('9 days, for this subscriber')).toBeVisible()

  await page.getByRole('button', { name: 'Note a promise' }).click()
  await dialog.getByLabel('Note').fill('Paid on Friday')
  await dialog.getByRole('button', { name: 'Note it' }).click()
  await expect(page.getByText('The promise is noted')).toBeVisible()
  await expect(page.getByText('Paid on Friday')).toBeVisible()

  await page.getByRole('button', { name: 'Take back' }).click()
  await dialog.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByText('The promise is taken back')).toBeVisible()

  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await dialog.getByLabel('Days of grace').fill('')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('9 days, for this subscriber')).toHaveCount(0)
})

async function fileOf(page: Page, name: 'CSV' | 'Excel') {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: true }).click(),
  ])
  return readFile(await download.path(), 'latin1')
}
