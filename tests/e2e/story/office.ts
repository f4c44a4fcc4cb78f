// The office of the story: signing up, setting up, inviting.

import { expect, type Page } from '@playwright/test'
import { open } from './browser.ts'
import type { Person } from './people.ts'

export async function signUp(page: Page, isp: string, owner: Person) {
  await open(page, '/sign-up')
  await page.getByLabel('Name of your ISP').fill(isp)
  await page.getByLabel('Your name').fill(owner.name)
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByLabel('New password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Create my ISP' }).click()
  await page.waitForURL('**/office')
}

/** Saves the form of the page and waits until it is said. */
export async function saveSettings(page: Page) {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name: 'Save settings' }).click()
  expect((await answer).ok()).toBe(true)
  // What was said of the settings before may still stand there.
  await expect(page.getByText('Saved', { exact: true }).last()).toBeVisible()
}

export async function createPlan(
  page: Page,
  plan: { name: string; mode: 'Postpaid' | 'Prepaid'; pesos: string; days?: string },
) {
  await open(page, '/office/settings/plans/new')
  await page.getByLabel('Name', { exact: true }).fill(plan.name)
  await page.getByRole('radio', { name: plan.mode }).check()
  await page.getByRole('textbox', { name: 'Price', exact: true }).fill(plan.pesos)
  if (plan.days) await page.getByLabel('Days that one full price buys').fill(plan.days)
  await page.getByLabel('Download, Mbps').fill('50')
  await page.getByLabel('Upload, Mbps').fill('50')
  await page.getByRole('button', { name: 'Create plan' }).click()
  await page.waitForURL('**/settings/plans')
  await expect(page.getByRole('row', { name: plan.name })).toContainText(plan.pesos)
}

export async function pickBarangays(page: Page, city: string, names: ReadonlyArray<string>) {
  await open(page, '/office/settings/places')
  await page.getByLabel('City or municipality').fill(city)
  await page
    .getByRole('link', { name: new RegExp(city, 'i') })
    .first()
    .click()
  for (const name of names) await page.getByRole('checkbox', { name, exact: true }).check()
  await page.getByRole('button', { name: `Add ${names.length} barangays` }).click()
  for (const name of names) await expect(page.getByRole('cell', { name })).toBeVisible()
}

/** The form with a click on the map, then the service. Answers the address of the record. */
export async function addSubscriber(
  page: Page,
  person: { firstName: string; lastName: string; account: string; plan: string },
  place: { barangay: RegExp; from: string },
): Promise<string> {
  await open(page, '/office/subscribers/new')
  await page.getByLabel('First name').fill(person.firstName)
  await page.getByLabel('Last name').fill(person.lastName)
  await page.getByLabel('Account number').fill(person.account)
  const barangay = page.getByLabel('Barangay')
  const option = barangay.getByRole('option', { name: place.barangay })
  await barangay.selectOption(await option.getAttribute('value'))
  const map = page.getByRole('group', { name: 'Map: click to set the pin' })
  await expect(map.locator('canvas')).toBeVisible()
  await map.click({ position: { x: 200, y: 120 } })
  await expect(page.getByLabel('Latitude')).toHaveValue(/^8\.\d{6}$/)
  await page.getByRole('button', { name: 'Add subscriber' }).click()
  await page.waitForURL('**/services/new')

  const plan = page.getByLabel('Plan')
  const named = plan.getByRole('option', { name: person.plan })
  await plan.selectOption(await named.getAttribute('value'))
  await page.getByLabel('First day', { exact: true }).fill(place.from)
  await page.getByRole('button', { name: 'Start the service' }).click()
  await page.waitForURL(/\/office\/subscribers\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(person.lastName)
  return new URL(page.url()).pathname
}

/** Makes a link for one more person of the staff. */
export async function inviteStaff(page: Page, name: string, role: string): Promise<string> {
  await open(page, '/office/settings/staff')
  await page.getByRole('button', { name: 'Invite staff' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('Role').selectOption({ label: role })
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  return dialog.getByRole('textbox', { name: 'Invitation link' }).inputValue()
}

/** Finds the record by the account number. */
export async function subscriberId(page: Page, account: string): Promise<string> {
  await open(page, `/office/subscribers?q=${account}`)
  const row = page.getByRole('row', { name: account })
  const address = await row.getByRole('link').first().getAttribute('href')
  return address?.split('/').at(-1) ?? ''
}
