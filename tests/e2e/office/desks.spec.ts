// Several tabs, several people, one keyboard: what must not go wrong at a desk that is shared.

import { expect, test, type Page } from '@playwright/test'
import { inviteStaff, inviteSubscriber, newIsp, ownerOf, PASSWORD } from '../auth/people.ts'
import { open } from '../story/browser.ts'
import { signInAs, takePesos, choosePayer } from './money-desk.ts'

test('a form opened for one ISP does nothing at another', async ({ page, browser }) => {
  const first = await newIsp(page)
  const second = await newIsp(await (await browser.newContext()).newPage())
  const other = await ownerOf(second.email, PASSWORD)
  const { token } = await inviteStaff(other, 'Owner')

  await open(page, '/office/settings')
  const name = page.getByLabel(/name/i).first()
  const typed = 'Typed for the first'
  await name.fill(typed)

  const tab = await page.context().newPage()
  await tab.goto(`/join/${token}`)
  await tab.getByRole('button', { name: `Join as ${first.email}` }).click()
  await tab.waitForURL('**/office')

  await page.getByRole('button', { name: /^Save/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /You work for .* now|Nothing was done/,
  )
  const [tenant] = await other.read('tenant')
  expect(tenant?.trade_name).toBe(second.tradeName)

  await open(tab, '/office/settings')
  await expect(tab.getByLabel(/name/i).first()).toHaveValue(second.tradeName)
})

test('what is no form is answered in a sentence', async ({ page }) => {
  await newIsp(page)
  const origin = new URL(page.url()).origin
  const sent = (data: string, type: string) =>
    page.request.post('/office/settings/places', {
      data,
      headers: { 'Content-Type': type, Origin: origin },
    })

  for (const answer of [
    await sent('{"a":1}', 'application/json'),
    await sent('--x\r\nbroken', 'multipart/form-data; boundary=x'),
  ]) {
    expect(answer.status()).toBe(400)
    expect(await answer.text()).toContain('What was sent is no form.')
  }
})

test('the office takes a portal login away, and the subscriber is out at once', async ({
  page,
  browser,
}) => {
  const isp = await newIsp(page)
  const { token } = await inviteSubscriber(await ownerOf(isp.email, PASSWORD))
  const theirs = await browser.newContext()
  const nena = await theirs.newPage()
  await nena.goto(`/join/${token}`)
  await nena.getByLabel('New password').fill(PASSWORD)
  await nena.getByRole('button', { name: 'Join', exact: true }).click()
  await nena.getByRole('link', { name: 'Open my account' }).click()
  await expect(nena.getByText('Aling Nena Store').first()).toBeVisible()

  await open(page, '/office/subscribers')
  await page.getByRole('link', { name: 'Aling Nena Store' }).click()
  await page.getByRole('button', { name: 'Take away' }).click()
  await page.getByLabel('Why').fill('Moved out')
  await page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click()
  await expect(page.getByText('The portal login is taken away')).toBeVisible()
  await expect(page.getByText('Signs in without e-mail')).toHaveCount(0)

  await nena.goto('/portal')
  await expect(nena).toHaveURL(/no-access/)
  await theirs.close()
})

test('a counter payment takes fewer than ten keys after the name, and no mouse', async ({
  page,
}) => {
  await signInAs(page, 'Cashier')
  await choosePayer(page, 'K00177')
  await expect(page.getByLabel('Amount', { exact: true })).toBeFocused()

  const keys = ['7', '5', '0', 'Enter']
  for (const key of keys) await page.keyboard.press(key)
  await page.waitForURL(/\/receipt/)
  await expect(page.getByText('₱750.00', { exact: true })).toBeVisible()
  // The next customer: the name is where the cursor is.
  await expect(page.getByRole('combobox', { name: 'Search subscribers' })).toBeFocused()
  expect(keys.length).toBeLessThan(10)
})

test('a name typed and entered before it is found picks whom it names, and nobody else', async ({
  page,
}) => {
  await signInAs(page, 'Cashier')
  await page.goto('/office/payments/new')
  const name = page.getByRole('combobox', { name: 'Search subscribers' })
  await name.fill('Ramos')
  await expect(page.getByRole('option').nth(1)).toBeVisible()
  await name.fill('ramos internet')
  await page.keyboard.press('Enter')
  await page.waitForURL(/subscriber=/)
  await expect(page.getByText('Ramos Internet Café')).toBeVisible()
})

test('the second slip of a receipt is a reprint', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', document.body.innerText)
  })
  await signInAs(page, 'Cashier')
  await choosePayer(page, 'K00177')
  await takePesos(page, '81')

  await press(page)
  await expect(page.getByText(/^Reprint|^Copy$/)).toHaveCount(0)
  await press(page)
  await expect(page.getByText('Reprint 1')).toHaveCount(1)
})

async function press(page: Page) {
  await page.evaluate(() => document.body.removeAttribute('data-printed'))
  await page.getByRole('button', { name: 'Print', exact: true }).click()
  await expect(page.locator('body[data-printed]')).toHaveCount(1)
}
