// What `npm start` brings is alive, for people and for whoever watches over it.

import { expect, test } from '@playwright/test'
import { apiUrl } from '../product.ts'

test('the front door opens', async ({ page }) => {
  const complaints: Array<string> = []
  page.on('pageerror', (error) => complaints.push(error.message))

  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(complaints).toEqual([])
})

test('it says that it lives and that it is ready', async ({ request }) => {
  expect((await request.get('/health')).ok()).toBe(true)
  expect((await request.get('/health/ready')).ok()).toBe(true)
})

test('a mail that would be sent can be read', async ({ page, request }) => {
  const subject = `Hello ${Date.now()}`
  await request.post(`${apiUrl}/dev/mail`, { data: { to: 'ana@example.com', subject, text: 'Hi' } })

  await page.goto('/dev/mail')
  await expect(page.getByText(subject).first()).toBeVisible()
})
