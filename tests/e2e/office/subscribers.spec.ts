// Subscribers at the desk: found, brought in, changed, held and let go.

import { expect, test } from '@playwright/test'
import { open } from '../story/browser.ts'
import { openRecord, paste, pasteGoodRows, readyIsp } from './subscriber-desk.ts'

const people = [
  'account,name,phone,brgy,purok,package,activated',
  'A-1,Ana Reyes,0917 123 4567,Carmen,Purok 4,Fiber 50,01/15/2026',
  'A-2,"Cruz, Ben",,Gusa,Zone 2,Fiber 50,2026-02-01',
  'A-3,Carla Peña,,Gusa,,,',
]

test('a form that is refused keeps what was typed and takes the eye to the first error', async ({
  page,
}) => {
  await readyIsp(page)
  await open(page, '/office/subscribers/new')
  await page.getByLabel('Last name').fill('Reyes')
  await page.getByRole('textbox', { name: /^Phone/ }).fill('call me')
  await page.getByLabel('Latitude').fill('8.48')
  await page.getByRole('button', { name: 'Add subscriber' }).click()

  await expect(page.getByRole('textbox', { name: /^Phone/ })).toBeFocused()
  await expect(page.getByText('A phone number has digits, like 0917 123 4567.')).toBeVisible()
  await expect(page.getByText('A pin needs both numbers.')).toBeVisible()
  await expect(page.getByLabel('Last name')).toHaveValue('Reyes')
})

test('an account number is used once, and it is said by whom', async ({ page }) => {
  await readyIsp(page)
  await pasteGoodRows(page, people)
  await open(page, '/office/subscribers/new')
  await page.getByLabel('First name').fill('Dina')
  await page.getByLabel('Account number').fill('A-1')
  await page.getByRole('button', { name: 'Add subscriber' }).click()

  await expect(page.getByRole('alert')).toContainText('Ana Reyes')
  await expect(page.getByLabel('First name')).toHaveValue('Dina')
})

test('rows with errors are named by line, and the good ones come in without them', async ({
  page,
}) => {
  await readyIsp(page)
  await paste(page, [
    ...people,
    'A-1,Somebody Else,,Carmen,,Fiber 50,',
    'A-5,Eva Lim,,Atlantis,,Fiber 50,',
    'A-6,Fe Uy,,Carmen,,Fiber 50,2026-02-30',
  ])

  await expect(page.getByText('3 of 6 rows are good')).toBeVisible()
  await expect(page.getByRole('row', { name: /^5 / })).toContainText('already on line 2')
  await expect(page.getByRole('row', { name: /^6 / })).toContainText('not in your list')
  await expect(page.getByRole('row', { name: /^7 / })).toContainText('does not exist')

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download rows with errors' }).click()
  expect((await download).suggestedFilename()).toBe('rows-with-errors.csv')

  await page.getByRole('button', { name: 'Import 3 subscribers' }).click()
  await expect(page.getByText('3 subscribers imported')).toBeVisible()
})

test('the list is narrowed by its address, sorted, chosen from and exported', async ({ page }) => {
  await readyIsp(page)
  await pasteGoodRows(page, people)

  await open(page, '/office/subscribers?q=reyes+ana')
  await expect(page.getByText('1–1 of 1')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Name, account or phone' }).fill('100%_nobody')
  await expect(page.getByText('No subscriber fits these filters')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Name, account or phone' }).fill('')
  await expect(page.getByText('1–3 of 3')).toBeVisible()

  await page.getByRole('link', { name: 'Name' }).click()
  await expect(page).toHaveURL(/sort=name/)
  await page.getByRole('link', { name: /Name/ }).click()
  await expect(page).toHaveURL(/sort=-name/)
  await expect(page.getByRole('row').nth(1)).toContainText('Cruz, Ben')

  await page.getByRole('checkbox', { name: /Ana Reyes/ }).check()
  await page.getByRole('button', { name: 'Export these' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  const file = await (await download).createReadStream()
  let text = ''
  for await (const part of file) text += String(part)
  expect(text).toContain('Ana Reyes')
  expect(text).not.toContain('Ben')
})

test('a service is held with a reason, lifted, and ended, and the history tells it', async ({
  page,
}) => {
  await readyIsp(page)
  await pasteGoodRows(page, people)
  await openRecord(page, 'Ana Reyes')
  await expect(page.getByText('On', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Hold' }).click()
  await page.getByRole('button', { name: 'Turn the service off' }).click()
  await expect(page.getByText('Say why. The subscriber can read it.')).toBeVisible()
  await page.getByLabel('Why').fill('Line cut by a truck')
  await page.getByRole('button', { name: 'Turn the service off' }).click()
  await expect(page.getByText('Off', { exact: true })).toBeVisible()
  await expect(page.getByText('Line cut by a truck')).toBeVisible()

  await page.getByRole('button', { name: 'Lift' }).click()
  await page.getByRole('button', { name: 'Lift the hold' }).click()
  await expect(page.getByText('On', { exact: true })).toBeVisible()

  await page.getByRole('link', { name: 'Open', exact: true }).click()
  await page.getByRole('button', { name: 'End', exact: true }).click()
  await expect(page.getByText(/Final invoice|Nothing is left to bill/)).toBeVisible()
  await page.getByLabel('Why').fill('Moved away')
  await page.getByRole('button', { name: 'End the service' }).click()
  await expect(page.getByText('Ended', { exact: true }).first()).toBeVisible()

  await page.getByRole('link', { name: 'Ana Reyes' }).click()
  await page.getByRole('link', { name: 'History' }).click()
  for (const told of [
    /^Ended on/,
    /^Hold lifted$/,
    /^Service put on hold$/,
    /^Service started$/,
    /^Added$/,
  ]) {
    await expect(page.getByText(told)).toBeVisible()
  }
})

test('a service changes its price, pauses, and moves its bill day, and the quote comes first', async ({
  page,
}) => {
  await readyIsp(page)
  await pasteGoodRows(page, people)
  await openRecord(page, 'Ana Reyes')
  await page.getByRole('link', { name: 'Open', exact: true }).click()

  await page.getByRole('button', { name: 'Change plan' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('New plan').selectOption({ index: 1 })
  await expect(dialog.getByText(/at that price from .* already/)).toBeVisible()
  await dialog.getByLabel('Agreed price').fill('2000')
  await expect(dialog.getByText(/^Counts from/)).toBeVisible()
  await expect(dialog.getByText('₱2,000.00').first()).toBeVisible()
  await dialog.getByRole('button', { name: 'Change the plan' }).click()
  await expect(page.getByText('Agreed price', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(dialog.getByText(/^Next invoice/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Pause the service' }).click()
  await expect(page.getByText(/^Paused until/)).toBeVisible()
  await page.getByRole('button', { name: 'End the pause' }).click()
  await dialog.getByRole('button', { name: 'End the pause' }).click()
  await expect(page.getByText('On', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Change bill day' }).click()
  await dialog.getByLabel('Bill day').selectOption('last')
  await expect(dialog.getByText(/^Next invoice/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Change the bill day' }).click()
  await expect(
    page.getByRole('definition').filter({ hasText: 'The last day of the month' }),
  ).toBeVisible()
})

test('the map shows who has a pin, and its list answers to the keyboard', async ({ page }) => {
  await readyIsp(page)
  await pasteGoodRows(page, [
    'account,name,latitude,longitude',
    'A-1,Ana Reyes,8.4822,124.6341',
    'A-2,Ben Cruz,8.4901,124.6502',
    'A-3,Carla Peña,,',
  ])
  await open(page, '/office/map')
  await expect(page.getByText('1 subscriber has no pin yet.')).toBeVisible()
  await expect(
    page.getByRole('group', { name: 'Map of subscribers' }).locator('canvas'),
  ).toBeVisible()

  await page.getByRole('button', { name: /Ben Cruz/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Open record' })).toBeVisible()
  await page.getByRole('link', { name: 'Open record' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ben Cruz' })).toBeVisible()
})

test('one search finds a subscriber from anywhere', async ({ page }) => {
  await readyIsp(page)
  await pasteGoodRows(page, people)
  await open(page, '/office')
  await page.keyboard.press('/')
  await page.getByRole('combobox').fill('cruz')
  await expect(page.getByRole('option', { name: /Cruz, Ben/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Cruz, Ben' })).toBeVisible()
})
