// Somebody opens the link they were given, on their own device, and chooses a password.

import type { Page } from '@playwright/test'
import { open } from './browser.ts'
import type { Person } from './people.ts'

export async function join(page: Page, link: string, person: Person) {
  await open(page, link)
  await page.getByLabel('Your name').fill(person.name)
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('New password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Join' }).click()
}
