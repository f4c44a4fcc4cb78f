// The receipt leaves the phone: on paper, as a picture, as text; and whoever holds it can see whether it is real.

import { readFile } from 'node:fs/promises'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { transformWithEsbuild } from 'vite'
import type { fakePrinter, Print } from '../../../app/printing/fake-printer.ts'
import { barriersOf } from '../axe.ts'
import { signInAs } from '../office/money-desk.ts'
import { badge, collectorLogin, doors, readyForTheRoad, screen, signIn, takeCash } from './phone.ts'

test.use({ viewport: screen, hasTouch: true, isMobile: true, timezoneId: 'Asia/Manila' })

type Held = { printer: ReturnType<typeof fakePrinter> }

test('printed, shared and checked, from the door to the void', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(240_000)
  await holdPrinter(page)
  await signIn(page, await collectorLogin())
  await readyForTheRoad(page)
  const [door = ''] = await doors(page)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await context.setOffline(true)
  const number = await takeCash(page, door, 333)

  // Paper: chosen once, whole, counted; broken off in the middle it is not.
  await page.getByRole('button', { name: 'Print' }).click()
  const sheet = page.getByRole('dialog')
  await page.evaluate(() => ((window as unknown as Held).printer.world.offAfter = 2))
  await sheet.getByRole('button', { name: 'Choose the printer' }).click()
  await expect(sheet).toContainText('The printer stopped in the middle.')
  await page.evaluate(() => {
    const { printer } = window as unknown as Held
    printer.tearOff()
    printer.world.isOff = false
  })
  await sheet.getByRole('button', { name: 'Try again' }).click()
  await expect(sheet).toContainText('Printed on MPT-II.')
  const first = await tearOff(page)
  expect(first.lines.join('\n')).toContain('PHP 333.00')
  expect(first.lines.join('\n')).toContain(number)
  expect(first.lines.join('\n')).not.toContain('COPY')
  expect(first.isCut).toBe(true)
  const address = first.codes[0] ?? ''
  expect(address.length).toBeLessThanOrEqual(250)

  await sheet.getByRole('button', { name: 'Print a copy' }).click()
  await expect(sheet).toContainText('marked as a copy')
  expect((await tearOff(page)).lines.join('\n')).toContain('*** COPY 1 ***')
  await sheet.getByRole('button', { name: 'Done' }).click()

  // By any app: the picture, the text with the whole address, a message with the short one.
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(sheet.getByRole('img', { name: 'The receipt as a picture' })).toBeVisible()
  await sheet.getByRole('button', { name: 'Send as text' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(address)
  const sms = (await sheet.getByRole('link', { name: 'Text message' }).getAttribute('href')) ?? ''
  expect(decodeURIComponent(sms)).toContain(address.split('#')[0])
  expect(decodeURIComponent(sms)).not.toContain('#')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    sheet.getByRole('link', { name: 'Save the picture' }).click(),
  ])
  expect(download.suggestedFilename()).toBe(`${number}.png`)
  await page.keyboard.press('Escape')

  // Anybody’s camera, before the office has heard of it.
  const payer = await somebody(browser)
  await payer.goto(address)
  await says(payer, /^Signed by .*, and not received yet$/)
  await expect(payer.getByRole('main')).toContainText('₱333.00')

  // One character on, and it is nobody’s.
  await payer.goto(forged(address))
  await says(payer, /^This is not a receipt that .* handed out$/)
  await payer.goto(address.slice(0, -20))
  await says(payer, 'The address of this receipt is damaged')

  // Without a signal, on a phone that saw the page once.
  await payer.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await payer.context().setOffline(true)
  await payer.goto('about:blank')
  await payer.goto(address)
  await says(payer, /^Signed by .*, and not changed$/)
  await payer.goto(forged(address))
  await says(payer, /^This is not a receipt/)
  await payer.context().setOffline(false)

  await context.setOffline(false)
  await page.goto('/collector/today')
  await expect(badge(page)).toHaveText('All sent', { timeout: 60_000 })
  await payer.goto(address)
  await says(payer, /^This receipt is real/)
  await payer.goto(forged(address))
  await says(payer, /^This is not a receipt/)

  await voidAtOffice(browser, address)
  await payer.goto(address)
  await says(payer, /has taken this payment back/)
  await payer.context().close()
})

test('the public page is accessible, also before any script', async ({ page, browser }) => {
  const nowhere = '/r/0193a0b2-1c3d-7e4f-8a5b-6c7d8e9f0a1d'
  for (const address of [nowhere, `${nowhere}#broken`]) {
    await page.goto(address)
    await expect(page.getByRole('main').getByRole('status')).toBeVisible()
    expect(await barriersOf(page)).toEqual([])
  }

  const plain = await browser.newContext({ javaScriptEnabled: false })
  const bare = await plain.newPage()
  await bare.goto(new URL(nowhere, page.url()).href)
  await expect(bare.getByRole('status')).toContainText('We have not received this receipt yet')
  await plain.close()
})

/** A printer in the collector's bag: the browser finds this one where Bluetooth would be. */
async function holdPrinter(page: Page) {
  const file = new URL('../../../app/printing/fake-printer.ts', import.meta.url)
  const { code } = await transformWithEsbuild(await readFile(file, 'utf8'), 'fake-printer.ts')
  await page.addInitScript(`{
    ${code.replaceAll(/^export (?!\{)/gm, '').replace(/^export \{[^}]*\};?$/ms, '')}
    window.printer = fakePrinter()
    Object.defineProperty(navigator, 'bluetooth', { value: window.printer.bluetooth })
  }`)
}

function tearOff(page: Page): Promise<Print> {
  return page.evaluate(() => (window as unknown as Held).printer.tearOff())
}

/** Somebody with a phone and no account. */
async function somebody(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: screen })
  return context.newPage()
}

async function says(page: Page, title: string | RegExp) {
  const banner = page.getByRole('main').locator('[role=status], [role=alert]').getByText(title)
  await expect(banner).toBeVisible()
  expect(await barriersOf(page)).toEqual([])
}

/** The same receipt over more money. The amount begins at the 40th byte of what was signed. */
function forged(address: string): string {
  const [path = '', statement = ''] = address.split('#')
  const bytes = Buffer.from(statement, 'base64url')
  bytes.writeUInt8(bytes.readUInt8(42) ^ 1, 42)
  return `${path}?forged#${bytes.toString('base64url')}`
}

/** One person asks, another decides. */
async function voidAtOffice(browser: Browser, address: string) {
  const payment = new URL(address).pathname.split('/').at(-1) ?? ''
  for (const [role, button] of [
    ['Cashier', 'Ask to void'],
    ['Owner', 'Void ₱333.00'],
  ] as const) {
    const office = await browser.newContext({ baseURL: new URL(address).origin })
    const desk = await office.newPage()
    await signInAs(desk, role)
    await desk.goto(`/office/payments/${payment}`)
    await desk.getByRole('button', { name: button }).click()
    const dialog = desk.getByRole('dialog')
    if (role === 'Cashier') await dialog.getByRole('textbox').fill('Typed for the wrong door')
    await dialog.getByRole('button', { name: button }).click()
    await expect(dialog).toHaveCount(0)
    await office.close()
  }
}
