// Coming in, going out, and being turned away with a sentence.

import { expect, test } from '@playwright/test'
import { demoLogin, linkInMail, newEmail, newIsp, PASSWORD, signIn } from './people.ts'

const landings = [
  ['Owner', '/office'],
  ['Cashier', '/office'],
  ['Collector', '/collector'],
  ['Subscriber', '/portal'],
] as const

for (const [role, home] of landings) {
  test(`a ${role.toLowerCase()} lands where their work is`, async ({ page }) => {
    const { email, password } = await demoLogin(role)
    await signIn(page, email, password)
    await page.waitForURL((url) => url.pathname.startsWith(home))
  })
}

test('a wrong password is said, the name is kept, and nobody is in', async ({ page }) => {
  const { email } = await demoLogin('Owner')
  await signIn(page, email, 'not the password')

  await expect(page.getByRole('alert')).toContainText('do not fit together')
  await expect(page.getByLabel('E-mail or sign-in name')).toHaveValue(email)
  await page.goto('/office')
  await expect(page).toHaveURL(/\/sign-in/)
})

test('whoever is asked to sign in comes back to the page they wanted', async ({ page }) => {
  const { email, password } = await demoLogin('Owner')
  await page.goto('/office/invoices?state=open')
  await expect(page).toHaveURL(/\/sign-in\?to=/)

  await page.getByLabel('E-mail or sign-in name').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Password', { exact: true }).press('Enter')
  await expect(page).toHaveURL(/\/office\/invoices\?state=open/)
})

for (const evil of ['//evil.example', 'https://evil.example/', '/\\evil.example']) {
  test(`a link that would lead to ${evil} leads home`, async ({ page, baseURL }) => {
    const { email, password } = await demoLogin('Owner')
    await signIn(page, email, password, evil)
    await page.waitForURL('**/office')
    expect(page.url().startsWith(baseURL ?? '')).toBe(true)
  })
}

test('the session cannot be read by a script, and signing out ends it', async ({
  page,
  context,
}) => {
  const { email, password } = await demoLogin('Subscriber')
  await signIn(page, email, password)
  await page.waitForURL('**/portal')

  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith('linyada_session'))
  expect(cookies.length).toBeGreaterThan(0)
  expect(cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Lax')).toBe(true)
  expect(await page.evaluate(() => document.cookie)).not.toContain('linyada_session')

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
  await page.goto('/portal')
  await expect(page).toHaveURL(/\/sign-in/)
})

test('an ISP signs itself up; the same e-mail a second time is told to sign in', async ({
  page,
  browser,
}) => {
  const { email, tradeName } = await newIsp(page)
  await expect(page.getByText(tradeName).first()).toBeVisible()

  const other = await (await browser.newContext()).newPage()
  await other.goto('/sign-up')
  await other.getByLabel('Name of your ISP').fill('Another Net')
  await other.getByLabel('Your name').fill('Somebody Else')
  await other.getByLabel('E-mail').fill(email)
  await other.getByLabel('New password').fill('another password')
  await other.getByRole('button', { name: 'Create my ISP' }).click()
  await expect(other.getByRole('alert')).toContainText(
    'There is an account with this e-mail already',
  )
  await other.context().close()
})

test('a forgotten password is replaced by a link that works once', async ({ page, browser }) => {
  const { email } = await newIsp(page)
  const visitor = await (await browser.newContext()).newPage()

  await visitor.goto('/forgot')
  await visitor.getByLabel('E-mail').fill(email)
  await visitor.getByRole('button', { name: 'Send the link' }).click()
  await expect(visitor.getByText('Look into your mail')).toBeVisible()

  const link = await linkInMail(email)
  await visitor.goto(link)
  await visitor.getByLabel('New password').fill('quite another password')
  await visitor.getByRole('button', { name: 'Save the password' }).click()
  await visitor.waitForURL('**/office')

  await visitor.context().clearCookies()
  await visitor.goto(link)
  await visitor.getByLabel('New password').fill('a third password')
  await visitor.getByRole('button', { name: 'Save the password' }).click()
  await expect(visitor.getByRole('alert')).toContainText('used already or is too old')

  await signIn(visitor, email, PASSWORD)
  await expect(visitor.getByRole('alert')).toContainText('do not fit together')
  await visitor.context().close()
})

test('an unknown address gets the same answer as a known one', async ({ page }) => {
  await page.goto('/forgot')
  await page.getByLabel('E-mail').fill(newEmail('nobody'))
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByText('Look into your mail')).toBeVisible()
})

test('guessing is stopped', async ({ page }) => {
  const name = newEmail('target')
  for (let attempt = 0; attempt < 11; attempt += 1) await signIn(page, name, `guess ${attempt}`)
  await expect(page.getByRole('alert')).toContainText('Too many tries')
})
