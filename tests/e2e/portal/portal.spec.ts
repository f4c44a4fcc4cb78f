// The subscriber's own page: one number, papers to keep, and a code anybody may check.

import { expect, test } from '@playwright/test'
import { demoLogin, ownerOf, signIn } from '../auth/people.ts'

test.use({ viewport: { width: 390, height: 844 } })

test.describe('before JavaScript arrives', () => {
  test.use({ javaScriptEnabled: false })

  test('it says what is owed, why, and hands out the papers', async ({ page, request }) => {
    const { email, password } = await demoLogin('Subscriber')
    await signIn(page, email, password)
    await expect(page).toHaveURL(/\/portal$/)
    await expect(page.getByRole('link', { name: 'How to pay' })).toBeVisible()

    await page.getByRole('link', { name: 'How to pay' }).click()
    await expect(page.getByText('Say this account number')).toBeVisible()

    await page.goto('/portal/invoices')
    const paper = page.getByRole('link', { name: /as PDF/ }).first()
    const cookie = (await page.context().cookies())
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    const pdf = await request.get((await paper.getAttribute('href')) ?? '', { headers: { cookie } })
    expect(pdf.headers()['content-type']).toBe('application/pdf')
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')

    await page.goto('/portal/statement?from=2020-01-01&until=2019-01-01')
    await expect(page.getByText('Choose a first day')).toBeVisible()
  })
})

test('a paper of somebody else is not there, and without signing in there is none', async ({
  page,
  browser,
}) => {
  const { email, password } = await demoLogin('Subscriber')
  await signIn(page, email, password)
  await page.waitForURL('**/portal')

  const strange = await page.request.get(
    '/portal/invoices/01a1fc76-7e99-7066-8d16-c7f9d8c3a563/pdf',
  )
  expect(strange.status()).toBe(404)
  expect((await page.request.get('/office')).status()).toBe(403)

  const nobody = await browser.newContext()
  const answer = await nobody.request.get('/portal', { maxRedirects: 0 })
  expect(answer.status()).toBe(302)
  await nobody.close()
})

test('anyone may check a receipt, and an unknown one is not called false', async ({ page }) => {
  const { email, password } = await demoLogin('Owner')
  const [payment] = await (await ownerOf(email, password)).read('payments')

  await page.goto(`/r/${payment?.id}`)
  await expect(page.getByText('This receipt is real.')).toBeVisible()
  await expect(page.getByText(payment?.receipt_number ?? 'none')).toBeVisible()
  await page.goto('/r/01a1fc76-7e99-7066-8d16-c7f9d8c3a563')
  await expect(page.getByText('We have not received this receipt yet')).toBeVisible()
})
