// The whole product as its people meet it: an ISP signs up, sets up, bills, collects without signal,
// counts, lets somebody go; its subscriber looks in; its neighbour sees nothing. Chapter follows chapter.

import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import {
  approveAt,
  badge,
  choosePin,
  codeOf,
  knowsPin,
  newWindow,
  readyForTheRoad,
} from '../collector/phone.ts'
import { barriers, deskOf, type Device, open, phoneOf, picture, signedIn } from './browser.ts'
import { coloursOf, download, expectInRow } from './counting.ts'
import { confirm, receiptRow, type } from './door.ts'
import { bringIn, check, giveFile } from './imports.ts'
import { join } from './joining.ts'
import { addressesOf, emptyLists, files } from './neighbour.ts'
import {
  addSubscriber,
  createPlan,
  inviteStaff,
  pickBarangays,
  saveSettings,
  signUp,
  subscriberId,
} from './office.ts'
import { canReadPdf, readPdf, readSheet } from './papers.ts'
import {
  ana,
  barangays,
  ben,
  IMPORTED,
  kalye,
  karatig,
  manySubscribers,
  strangeFile,
  windowsFile,
} from './people.ts'
import { inviteToPortal, joinPortal } from './portal.ts'
import { test } from './product.ts'

test.describe.configure({ mode: 'serial' })
test.setTimeout(120_000)

/** People keep their device from chapter to chapter. */
let desk: Device | undefined
let hand: Device | undefined

/** The numbers handed out at the doors. */
const receipts: Array<string> = []

/** Of the imported, those who live there; Ana, Ben and Begoña too. */
const ON_ROUTE = 170
/** 450 of the file, Ana and Begoña, at 999 pesos. */
const BILLED = 452
const BILLED_TOTAL = '₱451,548.00'
/** Ana's 1,150, Ben's 150, and eight times 999. */
const COLLECTED = '₱9,292.00'

test('an ISP signs up and says who it is', async ({ browser, product }) => {
  await product.setClock('2026-11-16T10:00:00+08:00')
  const { page } = (desk = await deskOf(browser, product.url))

  await test.step('sign up', async () => {
    await signUp(page, kalye.name, kalye.owner)
    await expect(page.getByText(kalye.name).first()).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Get ready' })).toBeVisible()
    await expect(page.getByText('16 Nov 2026').first()).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '1-today-empty')
  })

  await test.step('profile, time zone, currency', async () => {
    await open(page, '/office/settings')
    await page.getByLabel('Registered name').fill('Kalye Fiber Internet Services Inc.')
    await page.getByRole('textbox', { name: /^TIN/ }).fill('123-456-789-00000')
    await page.getByRole('textbox', { name: /^Address/ }).fill('Corrales Ave, Cagayan de Oro')
    await page.getByLabel('Time zone').selectOption('Asia/Manila')
    await page.getByLabel('Currency').selectOption('PHP')
    await saveSettings(page)
    expect(await barriers(page)).toEqual([])
  })

  await test.step('VAT from today on', async () => {
    await open(page, '/office/settings/tax')
    await page.getByRole('button', { name: 'Change from a day on' }).click()
    await page.getByRole('radio', { name: 'VAT registered' }).check()
    await page.getByRole('button', { name: 'Save the regime' }).click()
    await expect(page.getByRole('row', { name: 'VAT 12 %' })).toContainText('in force')
  })

  await test.step('the invoice day', async () => {
    await open(page, '/office/settings/billing')
    await page.getByLabel('Invoice day').selectOption('1')
    await page.getByLabel('Days to pay').fill('10')
    await saveSettings(page)
    expect(await barriers(page)).toEqual([])
  })
})

test('it makes plans, picks its places and brings its subscribers', async ({
  browser,
  product,
}) => {
  const { page } = (desk ??= await signedIn(await deskOf(browser, product.url), kalye.owner))

  await test.step('plans', async () => {
    await createPlan(page, { name: ana.plan, mode: 'Postpaid', pesos: '999.00' })
    await createPlan(page, { name: ben.plan, mode: 'Prepaid', pesos: '1,000.00', days: '30' })
    expect(await barriers(page)).toEqual([])
    await picture(page, '2-plans')
  })

  await test.step('barangays of the national list', async () => {
    await pickBarangays(page, 'Cagayan de Oro', barangays)
    expect(await barriers(page)).toEqual([])
    await picture(page, '2-places')
  })

  await test.step('two subscribers by hand, each with a pin', async () => {
    await addSubscriber(page, ana, { barangay: /^Carmen/, from: '2026-11-01' })
    await picture(page, '2-ana')
    await addSubscriber(page, ben, { barangay: /^Carmen/, from: '2026-11-01' })
    expect(await barriers(page)).toEqual([])
  })

  await test.step('five hundred from a file, with three bad lines named by line', async () => {
    const { text, badLines } = manySubscribers()
    await giveFile(page, 'subscribers.csv', Buffer.from(text, 'utf8'))
    await check(page, '503 rows')
    await expect(page.getByText('500 of 503 rows are good')).toBeVisible()
    const errors = page.getByRole('table', { name: 'Errors by line' })
    for (const line of badLines) {
      await expect(errors.getByRole('cell', { name: String(line), exact: true })).toBeVisible()
    }
    await expect(errors).toContainText('already on line 2')
    await expect(errors).toContainText('2026-02-30')
    await expect(errors).toContainText('Fiber 5000')
    expect(await barriers(page)).toEqual([])
    await picture(page, '2-import-check')

    await bringIn(page, `${IMPORTED} subscribers`)
    await expect(page.getByText('3 rows were left out')).toBeVisible()
    await picture(page, '2-import-done')
    await open(page, '/office/subscribers')
    await expect(page.getByText(`of ${IMPORTED + 2}`)).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '2-subscribers')
  })

  await test.step('a file of old Excel keeps its letters', async () => {
    await giveFile(page, 'old-excel.csv', windowsFile())
    await check(page, '1 row')
    await bringIn(page, '1 subscriber')
    await open(page, '/office/subscribers?q=W-1')
    await expect(page.getByRole('link', { name: 'Begoña Peñaflor' })).toBeVisible()
  })

  await test.step('a file with a mark and with columns we do not know', async () => {
    await giveFile(page, 'strange.csv', strangeFile())
    const first = page.getByRole('checkbox', { name: 'The first line names the columns' })
    await first.check()
    await expect(page.getByText('Choose the column with the name.')).toBeVisible()
    await page.getByLabel('Name', { exact: true }).selectOption({ label: 'Who' })
    await page.getByLabel('Account number').selectOption({ label: 'Nr.' })
    await check(page, '2 rows')
    await expect(page.getByText('The name is missing.')).toBeVisible()
    await bringIn(page, '1 subscriber')
    await open(page, '/office/subscribers?q=Muñoz')
    await expect(page.getByRole('link', { name: 'Iñigo Muñoz' })).toBeVisible()
  })
})

test('it invites its people, and each lands where they work', async ({ browser, product }) => {
  const { page } = (desk ??= await signedIn(await deskOf(browser, product.url), kalye.owner))

  await test.step('the collector joins on a phone', async () => {
    const link = await inviteStaff(page, kalye.collector.name, 'Collector')
    await picture(page, '3-invitation')
    hand = await phoneOf(browser, product.url)
    await join(hand.page, link, kalye.collector)
    await hand.page.waitForURL('**/collector')
    await knowsPin(hand.page)
    expect(await barriers(hand.page)).toEqual([])
    await picture(hand.page, '3-collector-pin')
    await choosePin(hand.page)
    const code = await codeOf(hand.page)
    expect(await barriers(hand.page)).toEqual([])
    await picture(hand.page, '3-collector-waits')
    await open(page, '/office/collections/devices')
    await picture(page, '3-phones')
    await approveAt(page, code)
    await hand.page.getByRole('button', { name: 'Look again' }).click()
    await expect(hand.page.getByText('No route yet')).toBeVisible({ timeout: 30_000 })
    expect(await barriers(hand.page)).toEqual([])
    await picture(hand.page, '3-collector-no-route')
  })

  await test.step('the technician too', async () => {
    const link = await inviteStaff(page, kalye.technician.name, 'Technician')
    const technician = await phoneOf(browser, product.url)
    await join(technician.page, link, kalye.technician)
    await technician.page.waitForURL('**/technician')
    await expect(technician.page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await barriers(technician.page)).toEqual([])
    await picture(technician.page, '3-technician')
    await technician.context.close()
  })

  await test.step('the collector gets a route', async () => {
    await open(page, '/office/settings/routes')
    await page.getByLabel('Name').fill('Carmen on foot')
    await page
      .getByRole('combobox', { name: /^Collector/ })
      .selectOption({ label: kalye.collector.name })
    await page.getByRole('button', { name: 'Create route' }).click()
    await page.waitForURL(/\/settings\/routes\/[0-9a-f-]{36}/)
    await page.getByLabel('Barangay').selectOption({ label: `Carmen (${ON_ROUTE})` })
    await page.getByRole('button', { name: 'Add to this route' }).click()
    await expect(page.getByText(`${ON_ROUTE} stops`)).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '3-route')
  })
})

test('the month turns: everybody is billed once', async ({ browser, product }) => {
  const { page } = (desk ??= await signedIn(await deskOf(browser, product.url), kalye.owner))

  await test.step('the preview says what would come', async () => {
    await open(page, '/office/billing')
    await expect(page.getByText('It starts by itself on 1 Dec 2026.')).toBeVisible()
    await page.getByRole('link', { name: 'Preview this run' }).click()
    await expect(page.getByRole('heading', { name: 'Preview: Dec 2026' })).toBeVisible()
    await expect(page.getByText(BILLED_TOTAL).first()).toBeVisible()
    await expect(page.getByText(String(BILLED), { exact: true }).first()).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '4-preview')
  })

  await test.step('the clock turns, the schedule bills', async () => {
    await open(page, '/dev/clock')
    await page.getByLabel('Or set it').fill('2026-12-01T00:10')
    await page.getByRole('button', { name: 'Set the clock' }).click()
    await expect(page.getByText('1 Dec 2026, 00:1')).toBeVisible({ timeout: 60_000 })
  })

  await test.step('the run: how many, how much, who not', async () => {
    await expect(async () => {
      await open(page, '/office/billing')
      await expect(page.getByRole('row', { name: 'Dec 2026' })).toContainText('Done')
    }).toPass({ timeout: 30_000 })
    const run = page.getByRole('row', { name: 'Dec 2026' })
    await expect(run).toContainText('the schedule')
    await expect(run).toContainText(BILLED_TOTAL)
    await expect(page.getByRole('table', { name: 'Billing runs' }).getByRole('row')).toHaveCount(2)
    expect(await barriers(page)).toEqual([])
    await picture(page, '4-billing')
    await page.getByRole('link', { name: 'Open the run' }).click()
    await expect(page.getByText(`${BILLED} invoices for ${BILLED_TOTAL}.`)).toBeVisible()
    await expect(page.getByText('Everything could be billed.')).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '4-run')
  })

  await test.step('the next passes of the schedule add nothing', async () => {
    await product.setClock('2026-12-01T00:20:00+08:00')
    await open(page, '/office/invoices')
    await expect(page.getByText(`of ${BILLED}`, { exact: false }).first()).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '4-invoices')
  })

  await test.step('one invoice, on the screen and on paper', async () => {
    await open(page, `/office/invoices?q=${ana.account}`)
    await page.getByRole('row', { name: ana.account }).getByRole('link').first().click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Invoice')
    await expect(page.getByText('₱999.00').first()).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '4-invoice')
    const address = await page.getByRole('link', { name: 'PDF' }).getAttribute('href')
    const text = await readPdf(page, address ?? '')
    if (!canReadPdf) return
    expect(text).toContain('Kalye Fiber Internet Services Inc.')
    expect(text).toContain('123-456-789-00000')
    expect(text).toContain('999.00')
    expect(text).toContain('107.04')
  })
})

test('the collector takes ten payments where there is no signal', async ({ browser, product }) => {
  desk ??= await signedIn(await deskOf(browser, product.url), kalye.owner)
  hand ??= await signedIn(await phoneOf(browser, product.url), kalye.collector)
  const { context } = hand
  const anaId = await subscriberId(desk.page, ana.account)
  const benId = await subscriberId(desk.page, ben.account)

  await test.step('in the morning, with signal, the route comes to the phone', async () => {
    const { page } = hand ?? {}
    if (!page) return
    await open(page, '/collector')
    await readyForTheRoad(page)
    await expect(page.getByText('₱999.00').first()).toBeVisible()
    await page.close()
  })

  const page = await test.step('a cold start far from any mast', async () => {
    await context.setOffline(true)
    const cold = await newWindow(context)
    await cold.goto(`/collector/subscribers/${anaId}`)
    await expect(cold.getByRole('heading', { name: 'Ana Reyes' })).toBeVisible()
    await expect(cold.getByText('₱999.00').first()).toBeVisible()
    expect(await barriers(cold)).toEqual([])
    await picture(cold, '5-card')
    return cold
  })

  await test.step('the route, and a search by name, account and barangay', async () => {
    await page.goto('/collector')
    await expect(page.getByText('₱999.00').first()).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '5-route')
    const search = page.getByRole('searchbox')
    for (const words of ['reyes', ana.account, 'carmen ana']) {
      await search.fill(words)
      await expect(page.locator(`a[href="/collector/subscribers/${anaId}"]`)).toBeVisible()
    }
    await picture(page, '5-search')
  })

  await test.step('more than is owed: the month is paid and the rest stays', async () => {
    await page.goto(`/collector/subscribers/${anaId}/take`)
    await type(page, '1150')
    const pays = page.getByRole('region', { name: 'What it pays' })
    await expect(pays.getByRole('listitem').nth(0)).toHaveText('Dec 2026 in full₱999.00')
    await expect(pays.getByRole('listitem').nth(1)).toHaveText(
      'Stays as credit for the next bill₱151.00',
    )
    expect(await barriers(page)).toEqual([])
    await picture(page, '5-take')
    receipts.push(await confirm(page))
    const paper = page.getByRole('article', { name: 'Receipt' })
    await expect(paper.getByRole('img', { name: /public check/ })).toBeVisible()
    await expect(paper).toContainText('₱151.00')
    expect(await barriers(page)).toEqual([])
    await picture(page, '5-receipt')
  })

  await test.step('time: 150 pesos are four days and a half', async () => {
    await page.goto(`/collector/subscribers/${benId}/take`)
    await type(page, '150')
    const pays = page.getByRole('region', { name: 'What it pays' })
    await expect(pays).toContainText('4 days 12 hours')
    await expect(pays).toContainText(/Prepaid 20, until 5 Dec 2026, 12:\d\d/)
    await picture(page, '5-take-time')
    receipts.push(await confirm(page))
  })

  await test.step('eight doors more', async () => {
    await page.goto('/collector')
    const doors = page.locator('a[href^="/collector/subscribers/"]').filter({ hasText: '₱999.00' })
    await expect(doors.nth(7)).toBeVisible()
    const addresses = await doors.evaluateAll((found) =>
      found.slice(0, 8).map((door) => door.getAttribute('href') ?? ''),
    )
    for (const address of addresses) {
      await page.goto(`${address}/take`)
      await page.getByRole('button', { name: /^All due/ }).click()
      receipts.push(await confirm(page))
    }
    expect(new Set(receipts).size).toBe(10)
  })

  await test.step('the phone dies and comes back, still without signal', async () => {
    await page.close()
    const again = await newWindow(context)
    await again.goto('/collector/today')
    for (const number of receipts) {
      await expect(receiptRow(again, number)).toContainText('On this phone')
    }
    await expect(badge(again)).toContainText('10 not yet sent')
    expect(await barriers(again)).toEqual([])
    await picture(again, '5-today')
    hand = { context, page: again }
  })
})

test('with signal, all ten arrive once', async () => {
  if (!desk || !hand) throw new Error('The chapters before this one did not happen')
  const { page } = desk
  const phone = hand.page

  const sent = await test.step('the phone sends by itself', async () => {
    const asked = phone.waitForRequest('**/api/sync/push')
    await hand?.context.setOffline(false)
    const request = await asked
    await expect(badge(phone)).toHaveText('All sent', { timeout: 60_000 })
    for (const number of receipts) {
      await expect(receiptRow(phone, number)).toContainText(/Posted|Received/)
    }
    await picture(phone, '6-today-sent')
    return { headers: request.headers(), body: request.postData() ?? '' }
  })

  await test.step('the same queue once more changes nothing', async () => {
    expect(JSON.parse(sent.body).commands).toHaveLength(10)
    const answer = await phone.evaluate(async ({ headers, body }) => {
      const person = headers['x-linyada-person'] ?? ''
      const response = await fetch('/api/sync/push', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-linyada-person': person },
        body,
      })
      return { status: response.status, body: await response.json() }
    }, sent)
    expect(answer.status).toBe(200)
    const states = answer.body.results.map((result: { state: string }) => result.state)
    expect(states).toEqual(Array.from({ length: 10 }, () => 'duplicate'))
  })

  await test.step('the office sees them by collector', async () => {
    await open(page, '/office/collections')
    await expectInRow(page, kalye.collector.name, ['10', COLLECTED])
    expect(await barriers(page)).toEqual([])
    await picture(page, '6-collectors')
    await page.getByRole('row', { name: kalye.collector.name }).getByRole('link').click()
    await expect(page.getByText(COLLECTED).first()).toBeVisible()
    for (const number of receipts) await expect(page.getByText(number)).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '6-collector')
  })

  await test.step('what was paid is paid, what was too much is credit', async () => {
    await open(page, '/office/invoices?state=paid')
    await expect(page.getByText('1–10 of 10')).toBeVisible()
    await open(page, `/office/subscribers?q=${ana.account}`)
    await page.getByRole('row', { name: ana.account }).getByRole('link').first().click()
    await expect(page.getByText('₱151.00').first()).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '6-ana')
  })

  await test.step('the books are even', async () => {
    await open(page, '/office/reports/trial-balance')
    await expect(page.getByText('Debits equal credits')).toBeVisible()
    await expectInRow(page, 'collector', [COLLECTED])
    expect(await barriers(page)).toEqual([])
    await picture(page, '6-trial-balance')
  })
})

test('the office counts, looks at the map and lets the collector go', async () => {
  if (!desk || !hand) throw new Error('The chapters before this one did not happen')
  const { page } = desk
  const { context, page: phone } = hand

  await test.step('a payment at the counter says first what it does', async () => {
    await open(page, `/office/payments/new?subscriber=${await subscriberId(page, 'K0002')}`)
    await page.getByLabel('Amount', { exact: true }).fill('500')
    await expect(page.getByText('Owed afterwards')).toBeVisible()
    await expect(page.getByText(/pays ₱500\.00 of Dec 2026, ₱499\.00 stays open/i)).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '7-counter')
    await page.getByRole('button', { name: 'Take ₱500' }).click()
    await page.waitForURL(/\/receipt/)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Receipt')
    expect(await barriers(page)).toEqual([])
    await picture(page, '7-receipt')
  })

  await test.step('the day by collector, as page, CSV and Excel', async () => {
    await open(page, '/office/collections/day')
    await expectInRow(page, kalye.collector.name, ['10', COLLECTED])
    await expectInRow(page, kalye.owner.name, ['1', '₱500.00'])
    await expectInRow(page, 'All together', ['11', '₱9,792.00'])
    expect(await barriers(page)).toEqual([])
    await picture(page, '7-day')
    const csv = await readFile(await download(page, 'CSV'), 'utf8')
    expect(csv).toMatch(/Boy Ramos.*9292\.00/)
    const rows = await readSheet(await download(page, 'Excel'))
    const boy = rows.find((row) => row.includes(kalye.collector.name))
    expect(boy?.join(' ')).toContain('9292')
  })

  await test.step('the map shows where they live', async () => {
    await open(page, '/office/map')
    await expect(page.getByText('502 on the map')).toBeVisible()
    await expect
      .poll(() => coloursOf(page, 'Map of subscribers'), { timeout: 30_000 })
      .toBeGreaterThan(8)
    await picture(page, '7-map')
    await page.getByRole('button', { name: /^Ana Reyes/ }).click()
    const card = page.getByRole('status').filter({ hasText: 'A-0001' })
    await expect(card).toContainText('Ana Reyes')
    await expect(card.getByRole('link', { name: 'Open record' })).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, '7-map-card')
  })

  const last = await test.step('one more door without signal', async () => {
    await phone.goto('/collector')
    await context.setOffline(true)
    const door = phone.locator('a[href^="/collector/subscribers/"]').filter({ hasText: '₱999.00' })
    await expect(door.first()).toBeVisible()
    const address = await door.first().getAttribute('href')
    await phone.goto(`${address}/take`)
    await phone.getByRole('button', { name: /^All due/ }).click()
    return confirm(phone)
  })

  await test.step('the owner revokes the collector', async () => {
    await open(page, '/office/settings/staff')
    const row = page.getByRole('row', { name: kalye.collector.name })
    await row.getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('dialog').getByLabel('Why').fill('Moved to another city')
    await page.getByRole('button', { name: 'Revoke access' }).click()
    await expect(row).toContainText('Revoked')
    expect(await barriers(page)).toEqual([])
    await picture(page, '7-staff')
  })

  await test.step('the phone is out at once, and keeps what it had not sent', async () => {
    await context.setOffline(false)
    await phone.goto('/collector')
    await expect(
      phone.getByRole('heading', { name: 'Your access was ended by the office' }),
    ).toBeVisible({ timeout: 30_000 })
    await expect(phone.getByText('1 payment is safe on this phone')).toBeVisible()
    await phone.getByRole('button', { name: 'Show the payments' }).click()
    await expect(phone.getByText(last)).toBeVisible()
    expect(await barriers(phone)).toEqual([])
    await picture(phone, '7-ended')
    const answer = await phone.request.post('/api/sync/pull', { data: { cursor: null } })
    expect([401, 403]).toContain(answer.status())
    await open(page, '/office/payments')
    await expect(page.getByText('of 11')).toBeVisible()
  })
})

test('subscribers look in on their own phone', async ({ browser, product }) => {
  const { page } = (desk ??= await signedIn(await deskOf(browser, product.url), kalye.owner))
  const benId = await subscriberId(page, ben.account)

  await test.step('who pays by the month: nothing to pay, credit, invoice, receipt', async () => {
    const link = await inviteToPortal(page, await subscriberId(page, ana.account))
    await picture(page, '8-invite')
    const { phone } = await joinPortal(browser, product.url, link)
    const own = phone.page
    await expect(own.getByText('Nothing to pay. Thank you.')).toBeVisible()
    await expect(own.getByText('₱151.00')).toBeVisible()
    expect(await barriers(own)).toEqual([])
    await picture(own, '8-portal')

    await own.getByRole('link', { name: 'Invoices' }).click()
    const invoice = own.getByRole('link', { name: /Open invoice .* as PDF/ })
    await expect(invoice).toHaveCount(1)
    expect(await barriers(own)).toEqual([])
    await picture(own, '8-portal-invoices')
    const text = await readPdf(own, (await invoice.getAttribute('href')) ?? '')
    if (canReadPdf) expect(text).toContain('Ana Reyes')

    await own.getByRole('link', { name: 'Receipts' }).click()
    const receipt = own.getByRole('link', { name: /Open receipt .* as PDF/ })
    await expect(receipt).toHaveCount(1)
    await expect(own.getByText('₱1,150.00')).toBeVisible()
    const paper = await readPdf(own, (await receipt.getAttribute('href')) ?? '')
    if (canReadPdf) expect(paper).toContain('NOT VALID FOR CLAIM')

    await own.getByRole('link', { name: 'Statement' }).click()
    await expect(own.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await barriers(own)).toEqual([])
    await picture(own, '8-portal-statement')

    // A paper of somebody else stays closed, though both belong to the same ISP.
    await open(page, '/office/invoices?q=K0002')
    const others = await page
      .getByRole('row', { name: 'K0002' })
      .getByRole('link')
      .getAttribute('href')
    const foreign = await own.request.get(`${others?.replace('/office', '/portal')}/pdf`)
    expect(foreign.status()).toBe(403)
    await phone.context.close()
  })

  await test.step('who buys time: until when it is paid', async () => {
    const link = await inviteToPortal(page, benId)
    const { phone, name } = await joinPortal(browser, product.url, link)
    await expect(phone.page.getByText('5 Dec 2026', { exact: true })).toBeVisible()
    expect(await barriers(phone.page)).toEqual([])
    await picture(phone.page, '8-portal-prepaid')
    await phone.context.close()

    const again = await phoneOf(browser, product.url)
    await signedIn(again, { name, email: name, password: 'bayad na ako' })
    await expect(again.page).toHaveURL(/\/portal$/)
    await again.context.close()
  })
})

test('the neighbour sees none of it', async ({ browser, product }) => {
  const { page } = (desk ??= await signedIn(await deskOf(browser, product.url), kalye.owner))
  const next = await deskOf(browser, product.url)
  const records = await addressesOf(page)

  await test.step('another ISP signs up; its lists are empty', async () => {
    await signUp(next.page, karatig.name, karatig.owner)
    await expect(next.page.getByText(karatig.name).first()).toBeVisible()
    await expect(next.page.getByText(kalye.name)).toHaveCount(0)
    for (const [address, words] of emptyLists) {
      await open(next.page, address)
      await expect(next.page.getByText(words).first()).toBeVisible()
    }
    await picture(next.page, '9-empty')
  })

  await test.step('the first one’s addresses are not there', async () => {
    for (const address of records) {
      expect((await page.request.get(address)).status(), address).toBe(200)
      expect((await next.page.request.get(address)).status(), address).toBe(404)
    }
  })

  await test.step('its search and its files are empty', async () => {
    const found = await next.page.request.get('/office/search?q=Ana')
    expect(await found.json()).toEqual([])
    for (const address of files) {
      const answer = await next.page.request.get(address)
      expect(answer.status(), address).toBe(200)
      const lines = (await answer.text()).trim().split('\r\n')
      expect(lines, address).toHaveLength(1)
    }
  })
})
