// Setting up an ISP: who it is, who works for it, which way they walk.

import { expect, test } from '@playwright/test'
import { newIsp, PASSWORD } from '../auth/people.ts'
import { barriersOf } from '../axe.ts'
import { open } from '../story/browser.ts'
import { inviteStaff, saveSettings } from '../story/office.ts'
import { pasteGoodRows, readyIsp } from './subscriber-desk.ts'

test('a new ISP is led through its first steps', async ({ page }) => {
  await newIsp(page)
  await expect(page.getByText('0 of 6 done.')).toBeVisible()

  await page.getByRole('link', { name: 'Say who you are' }).click()
  await page.getByRole('textbox', { name: 'TIN' }).fill('123')
  await page.getByLabel('Registered name').fill('Reyes Network Services')
  await expect(page.getByText('Write it like 123-456-789-00000.')).toBeVisible()
  await page.getByRole('textbox', { name: 'TIN' }).fill('123-456-789-00000')
  await page.getByRole('textbox', { name: 'Address' }).fill('Velez Street, Cagayan de Oro City')
  await saveSettings(page)

  await page.getByRole('link', { name: 'Billing', exact: true }).last().click()
  await page.getByLabel('Invoice day').selectOption({ label: 'Last day of the month' })
  await saveSettings(page)

  await page.getByRole('link', { name: 'Late payers', exact: true }).click()
  await page.getByLabel('Warn after').fill('40')
  await page.getByRole('button', { name: 'Save the calendar' }).click()
  await expect(page.getByText('Warn before you cut')).toBeVisible()
  await page.getByLabel('Warn after').fill('5')
  await page.getByRole('button', { name: 'Save the calendar' }).click()
  await expect(page.getByText('The calendar is saved')).toBeVisible()

  await open(page, '/office')
  await expect(page.getByText('2 of 6 done.')).toBeVisible()
})

test('a member joins by a link, gets another role, and is out the moment access is revoked', async ({
  page,
  browser,
}) => {
  await newIsp(page)
  const link = await inviteStaff(page, 'Ben Cruz', 'Cashier')

  const theirs = await browser.newContext()
  const ben = await theirs.newPage()
  await ben.goto(new URL(link).pathname)
  await ben.getByLabel('E-mail').fill(`ben-${Date.now()}@example.com`)
  await ben.getByLabel('New password').fill(PASSWORD)
  await ben.getByRole('button', { name: /join/i }).click()
  await ben.waitForURL('**/office')

  await open(page, '/office/settings/staff')
  const row = page.getByRole('row', { name: /Ben Cruz/ })
  await row.getByRole('button', { name: 'Change role' }).click()
  await page.getByRole('dialog').getByLabel('Role').selectOption({ label: 'Customer service' })
  await page.getByRole('dialog').getByRole('button', { name: 'Change role' }).click()
  await expect(row).toContainText('Customer service')

  await row.getByRole('button', { name: 'Revoke' }).click()
  await page.getByLabel('Why').fill('Left the company')
  await page.getByRole('button', { name: 'Revoke access' }).click()
  await expect(row).toContainText('Revoked')

  await ben.goto('/office/subscribers')
  await expect(ben).toHaveURL(/no-access/)
  await theirs.close()
})

test('a role is made of permissions, and the owner’s cannot be touched', async ({ page }) => {
  await newIsp(page)
  await open(page, '/office/settings/roles/new')
  await page.getByLabel('Name', { exact: true }).fill('Front desk')
  await page.getByLabel('See all subscribers').check()
  await page.getByLabel('Take payments at the counter').check()
  await page.getByRole('button', { name: 'Create role' }).click()
  await expect(page.getByRole('row', { name: /Front desk/ })).toContainText('2')

  await page.getByRole('link', { name: 'Owner' }).click()
  await expect(page.getByText('That cannot be changed.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save role' })).toHaveCount(0)
})

test('a route takes a whole barangay and keeps the order it is given', async ({ page }) => {
  await readyIsp(page)
  await pasteGoodRows(page, [
    'account,name,barangay',
    'A-1,Ana Reyes,Carmen',
    'A-2,Ben Cruz,Carmen',
    'A-3,Carla Sy,Gusa',
  ])
  await open(page, '/office/settings/routes')
  await page.getByLabel('Name', { exact: true }).fill('Monday')
  await page.getByRole('button', { name: 'Create route' }).click()
  await expect(page.getByText('Nobody is on this route yet')).toBeVisible()

  await page.getByLabel('Barangay').selectOption({ label: 'Carmen (2)' })
  await page.getByRole('button', { name: 'Add to this route' }).click()
  await expect(page.getByText('2 stops')).toBeVisible()

  await page.getByRole('button', { name: 'Move Ben Cruz up' }).click()
  await page.getByRole('button', { name: 'Save the order' }).click()
  await expect(page.getByText('The order is saved')).toBeVisible()
  await page.reload()
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: /Reyes|Cruz/ })
      .first(),
  ).toContainText('Ben Cruz')

  await open(page, '/office/subscribers?q=carla')
  await page.getByRole('checkbox', { name: /Carla Sy/ }).check()
  await page.getByRole('button', { name: 'Add to route' }).click()
  await page.getByRole('dialog').getByLabel('Route').selectOption({ label: 'Monday' })
  await page.getByRole('dialog').getByRole('button', { name: 'Add to route' }).click()
  await expect(page.getByText('Added to the route')).toBeVisible()
  await open(page, '/office/settings/routes')
  await expect(page.getByRole('row', { name: /Monday/ })).toContainText('3')
})

test('a plan has its price from a day on, and a second plan of the name is refused', async ({
  page,
}) => {
  await readyIsp(page)
  await page.goto('/office/settings/plans')
  await page.getByRole('link', { name: 'Fiber 50' }).click()
  await page.getByRole('button', { name: 'Change from a day on' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Price' }).fill('1,099.50')
  await page.getByRole('button', { name: 'Save the price' }).click()
  await expect(page.getByText('planned')).toBeVisible()
  await expect(page.getByText('₱1,099.50')).toBeVisible()

  await open(page, '/office/settings/plans/new')
  await page.getByLabel('Name', { exact: true }).fill('Fiber 50')
  await page.getByRole('textbox', { name: 'Price' }).fill('500')
  await page.getByLabel('Download, Mbps').fill('20')
  await page.getByLabel('Upload, Mbps').fill('20')
  await page.getByRole('button', { name: 'Create plan' }).click()
  await expect(page.getByRole('alert')).toContainText('A plan of that name exists')
  await expect(page.getByLabel('Download, Mbps')).toHaveValue('20')
})

test('no screen of the set-up stands in anybody’s way', async ({ page }) => {
  test.slow()
  await readyIsp(page)
  await pasteGoodRows(page, ['account,name,barangay,plan', 'A-1,Ana Reyes,Carmen,Fiber 50'])
  await open(page, '/office/subscribers')
  const record = await page.getByRole('link', { name: 'Ana Reyes' }).getAttribute('href')

  const addresses = [
    '/office',
    '/office/subscribers',
    '/office/subscribers/new',
    `${record}`,
    `${record}/edit`,
    `${record}/services/new`,
    `${record}/statement`,
    `${record}/standing`,
    `${record}/history`,
    '/office/import',
    '/office/map',
    '/office/settings',
    '/office/settings/billing',
    '/office/settings/late',
    '/office/settings/tax',
    '/office/settings/plans',
    '/office/settings/plans/new',
    '/office/settings/places?q=cagayan',
    '/office/settings/routes',
    '/office/settings/staff',
    '/office/settings/roles',
    '/office/settings/roles/new',
  ]
  const found: Array<string> = []
  for (const address of addresses) {
    await open(page, address)
    found.push(...(await barriersOf(page)))
  }
  expect(found).toEqual([])
})
