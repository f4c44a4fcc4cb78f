// The office for the journeys about subscribers: a new ISP with a plan, a place and somebody to serve.

import { expect, type Page } from '@playwright/test'
import { newIsp } from '../auth/people.ts'
import { createPlan, pickBarangays } from '../story/office.ts'
import { open } from '../story/browser.ts'

/** Signs up an ISP that sells `Fiber 50` in Carmen and Gusa. */
export async function readyIsp(page: Page) {
  const isp = await newIsp(page)
  await createPlan(page, { name: 'Fiber 50', mode: 'Postpaid', pesos: '999.00' })
  await pickBarangays(page, 'Cagayan de Oro', ['Carmen', 'Gusa'])
  return isp
}

/** Brings rows in as a person pastes them. */
export async function paste(page: Page, rows: ReadonlyArray<string>) {
  await open(page, '/office/import')
  await page.getByLabel('Rows, with their headings').fill(rows.join('\n'))
  await page.getByRole('button', { name: 'Read these rows' }).click()
  await page.getByRole('button', { name: /^Check \d+ rows?$/ }).click()
  await expect(page.getByText('Nothing is saved yet.')).toBeVisible()
}

export async function pasteGoodRows(page: Page, rows: ReadonlyArray<string>) {
  await paste(page, rows)
  await page.getByRole('button', { name: /^Import \d+ subscribers?$/ }).click()
  await expect(page.getByText(/^\d+ subscribers? imported$/)).toBeVisible()
}

export async function openRecord(page: Page, name: string) {
  await open(page, `/office/subscribers?q=${encodeURIComponent(name)}`)
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}
