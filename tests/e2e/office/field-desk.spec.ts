// What the office does about the field: lends routes, gives parked cash its subscriber, says what a possible double was.

import { generateKeyPairSync } from 'node:crypto'
import { expect, test, type Page } from '@playwright/test'
import { newId, ownerOf } from '../auth/people.ts'
import { barriersOf } from '../axe.ts'
import { demoLogins } from '../product.ts'
import { open } from '../story/browser.ts'
import { signInAs } from './money-desk.ts'

async function collectorPage(page: Page, name: string) {
  await open(page, '/office/collections')
  await page.getByRole('link', { name }).first().click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

test('routes are lent for some days and taken back; then handed over for good, and back', async ({
  page,
}) => {
  await signInAs(page, 'Manager')
  await collectorPage(page, 'Cherry Neri')
  await page.getByRole('button', { name: 'Hand over routes' }).click()
  const dialog = page.getByRole('dialog')
  expect(await barriersOf(page)).toEqual([])

  await dialog.getByRole('button', { name: 'Lend' }).click()
  await expect(dialog.getByText('Choose who takes them.')).toBeVisible()
  await expect(dialog.getByText('Choose a day.')).toBeVisible()
  await dialog.getByLabel('Who takes them').selectOption({ label: 'Rodel Cabrera' })
  const today = await dialog.getByLabel('First day').inputValue()
  await dialog.getByLabel('Last day').fill(today)
  await dialog.getByLabel('Why').fill('Leave')
  await dialog.getByRole('button', { name: 'Lend' }).click()
  await expect(page.getByText('Lent.')).toBeVisible()
  const loans = page.getByRole('table', { name: 'Routes lent and borrowed' })
  await expect(loans.getByText(/is with Rodel Cabrera/)).toBeVisible()

  await page.getByRole('button', { name: 'Hand over routes' }).click()
  await dialog.getByLabel('Who takes them').selectOption({ label: 'Arnel Daba' })
  await dialog.getByLabel('Last day').fill(today)
  await dialog.getByRole('button', { name: 'Lend' }).click()
  await expect(dialog.getByText(/is with Rodel Cabrera from .* already\./)).toBeVisible()
  await page.keyboard.press('Escape')

  await open(page, '/office/settings/routes?q=Cherry')
  await expect(page.getByText(/Rodel Cabrera until/).first()).toBeVisible()

  await collectorPage(page, 'Cherry Neri')
  for (const left of [
    ...Array(await loans.getByRole('button', { name: 'Take back' }).count()).keys(),
  ].reverse()) {
    await loans.getByRole('button', { name: 'Take back' }).first().click()
    await dialog.getByRole('button', { name: 'Take back' }).click()
    await expect(loans.getByRole('button', { name: 'Take back' })).toHaveCount(left)
  }
  await expect(page.getByText('Taken back.').first()).toBeVisible()

  await page.getByRole('button', { name: 'Hand over routes' }).click()
  await dialog.getByText('For good').click()
  await dialog.getByLabel('Who takes them').selectOption({ label: 'Arnel Daba' })
  await dialog.getByRole('button', { name: 'Hand over', exact: true }).click()
  await expect(page.getByText('Handed over.')).toBeVisible()
  await expect(page.getByText('no route')).toBeVisible()

  // Other journeys walk these routes.
  await collectorPage(page, 'Arnel Daba')
  await page.getByRole('button', { name: 'Hand over routes' }).click()
  await dialog.getByText('For good').click()
  await dialog.getByLabel("Arnel's route").uncheck()
  await dialog.getByLabel('Who takes them').selectOption({ label: 'Cherry Neri' })
  await dialog.getByRole('button', { name: 'Hand over', exact: true }).click()
  await expect(page.getByText('Handed over.')).toBeVisible()
})

test('parked cash gets its subscriber, and an alarm is closed with a reason', async ({ page }) => {
  await signInAs(page, 'Manager')
  await open(page, '/office/collections/parked?state=waiting&kind=command')
  await page.getByRole('button', { name: 'Settle' }).first().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Whose cash is it?')).toBeVisible()
  expect(await barriersOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Choose whose it was' }).click()
  await expect(dialog.getByText('Cash hangs on this. Choose whose it was.')).toBeVisible()

  await dialog.getByRole('combobox', { name: 'Search subscribers' }).fill('K00177')
  await expect(dialog.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: /^Post to / }).click()
  await expect(page.getByText('Settled.').first()).toBeVisible()
  await open(page, '/office/collections/parked?state=settled&kind=command')
  await expect(page.getByText('Posted').first()).toBeVisible()

  await open(page, '/office/collections/parked?state=waiting&kind=alarm')
  await page.getByRole('button', { name: 'Settle' }).first().click()
  await dialog.getByLabel('Reason').fill('Sent twice by a phone that was reset')
  await dialog.getByRole('button', { name: 'Close it' }).click()
  await expect(dialog).toBeHidden()
  await open(page, '/office/collections/parked?state=settled&kind=alarm')
  await expect(page.getByText('“Sent twice by a phone that was reset”')).toBeVisible()
})

/** A collector's phone of which the office thought that it was lost, and the cash it sent after all. */
async function endedPhone(receipts: number) {
  const logins = (await demoLogins()).filter(({ label }) => /owner|collector/i.test(label))
  const login = (role: RegExp) => {
    const found = logins.find(({ label }) => role.test(label))
    return ownerOf(found?.email ?? '', found?.password ?? '')
  }
  const [owner, collector] = await Promise.all([login(/owner/i), login(/collector/i)])
  const device_id = newId()
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const public_key = publicKey.export({ format: 'jwk' })
  await collector.ask('register_device', { device: { id: device_id, label: 'A', public_key } })
  await owner.ask('approve_device', { device_id })
  const { blocks } = await collector.ask('reserve_receipts', { device_id })
  await owner.ask('revoke_device', { device_id, reason: 'Left in a tricycle' })
  const [block] = blocks as unknown as Array<{ first_serial: number }>
  const payers = (await owner.read('subscribers')).slice(0, receipts)
  const commands = payers.map((payer, at) => ({
    ...{ id: newId(), device_seq: at + 1, schema_version: 1 },
    happened_at: new Date(Date.now() - (receipts - at) * 60_000).toISOString(),
    name: 'record_payment',
    input: {
      subscriber_id: payer.id,
      amount_minor: (at + 1) * 10_000,
      serial: Number(block?.first_serial) + at,
    },
  }))
  await collector.ask('sync_push', { batch: { device_id, unsent_count: 0, commands } })
  return device_id
}

test('cash of an ended phone is looked through and posted together, by keyboard', async ({
  page,
}) => {
  const phone = await endedPhone(4)
  await signInAs(page, 'Manager')
  await open(page, '/office/collections/parked')
  const offer = page.locator(`a[href$="/phone/${phone}"]`)
  await offer.press('Enter')
  const rows = page.getByRole('checkbox', { name: /^Select this row/ })
  await expect(rows).toHaveCount(4)
  await rows.last().press('Space')
  const post = page.getByRole('button', { name: 'Post 3 payments, ₱600.00' })
  await post.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Post 3 payments, ₱600.00 in all?' })
  expect(await barriersOf(page)).toEqual([])
  await dialog.getByRole('button', { name: /^Post 3/ }).dblclick()
  await expect(page.getByText('3 payments posted, ₱600.00 in all.')).toBeVisible()
  await expect(dialog).toHaveCount(0)
  await expect(rows).toHaveCount(1)
  await expect(page.getByText('not posted now')).toHaveCount(0)

  await rows.check()
  await page.getByRole('button', { name: 'Post 1 payment, ₱400.00' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Post 1/ })
    .click()
  await expect(page.getByText('Nothing of this phone waits here')).toBeVisible()
  await open(page, '/office/collections/parked')
  await expect(offer).toHaveCount(0)
})

test('a possible double is settled by somebody who took neither, and the watch says what stands out', async ({
  page,
}) => {
  await signInAs(page, 'Cashier')
  await open(page, '/office/collections/doubles?kind=two_people')
  await expect(page.getByText('The same amount, taken by two people').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Settle' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Watch' })).toHaveCount(0)

  await page.context().clearCookies()
  await signInAs(page, 'Manager')
  await open(page, '/office/collections/doubles?kind=two_people&state=waiting')
  await page.getByRole('button', { name: 'Settle' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('One is too many').click()
  await expect(dialog.getByText('Which one is to be voided')).toBeVisible()
  expect(await barriersOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Ask for the void' }).click()
  await expect(dialog.getByText('Say how you know, in 3 to 300 letters.')).toBeVisible()
  await dialog.getByText('Two payments, both right').click()
  await dialog.getByLabel('How do you know').fill('She pays for her mother too')
  await dialog.getByRole('button', { name: 'Keep both' }).click()
  await expect(page.getByText('Settled. Both stand.')).toBeVisible()
  await open(page, '/office/collections/doubles?kind=two_people&state=settled')
  await expect(page.getByText('“She pays for her mother too”')).toBeVisible()

  await page.getByRole('link', { name: 'Watch' }).click()
  await expect(page.getByText(/km from the subscriber's pin\./).first()).toBeVisible()
  expect(await barriersOf(page)).toEqual([])
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/^watch-.*\.csv$/)
})
