// A subscriber comes to the portal: by a link from the office, without any e-mail.

import { expect, type Browser, type Page } from '@playwright/test'
import { type Device, open, phoneOf } from './browser.ts'

export async function inviteToPortal(office: Page, subscriber: string): Promise<string> {
  await open(office, `/office/subscribers/${subscriber}`)
  await office.getByRole('button', { name: 'More actions' }).click()
  await office.getByRole('menuitem', { name: 'Invite to the portal' }).click()
  await office.getByRole('button', { name: 'Make the link' }).click()
  return office.getByRole('textbox', { name: 'Invitation link' }).inputValue()
}

/** Joins and answers the phone, and the name the subscriber signs in with from now on. */
export async function joinPortal(browser: Browser, url: string, link: string) {
  const phone: Device = await phoneOf(browser, url)
  await open(phone.page, link)
  await phone.page.getByLabel('New password', { exact: true }).fill('bayad na ako')
  await phone.page.getByRole('button', { name: 'Join' }).click()
  await expect(phone.page.getByText('Your sign-in name is')).toBeVisible()
  const name = await phone.page.locator('strong').innerText()
  await phone.page.getByRole('link', { name: 'Open my account' }).click()
  await phone.page.waitForURL('**/portal')
  return { phone, name }
}
