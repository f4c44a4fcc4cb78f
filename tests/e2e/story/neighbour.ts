// What the ISP next door must not find, however it asks.

import type { Page } from '@playwright/test'
import { open } from './browser.ts'

/** Each list of an office that has nothing yet, and what it says then. */
export const emptyLists = [
  ['/office/subscribers', 'No subscribers yet'],
  ['/office/invoices', 'No invoice yet'],
  ['/office/billing', 'No run yet'],
  ['/office/late', 'Nobody is late'],
  ['/office/payments', 'No payment yet'],
  ['/office/collections', 'No collector yet'],
  ['/office/map', 'Nobody to show'],
  ['/office/settings/plans', 'No plan yet'],
  ['/office/settings/places', 'No barangay yet'],
  ['/office/settings/routes', 'No route yet'],
  ['/office/reports/trial-balance', 'The books are empty'],
] as const

/** Lists as files. An empty one is its headings only. */
export const files = [
  '/office/subscribers/export?format=csv',
  '/office/invoices/export?format=csv',
  '/office/late/export?format=csv',
  '/office/payments/export?format=csv',
  '/office/collections/day/export?format=csv&day=2026-12-01',
  '/office/reports/daily-collection/export?format=csv&from=2026-12-01&until=2026-12-01',
]

/** One record of every kind this office can open, by its address. */
export async function addressesOf(page: Page): Promise<Array<string>> {
  const subscriber = await firstOf(page, '/office/subscribers')
  const invoice = await firstOf(page, '/office/invoices')
  const payment = await firstOf(page, '/office/payments')
  return [
    subscriber,
    `${subscriber}/edit`,
    `${subscriber}/statement`,
    `${subscriber}/statement.pdf`,
    invoice,
    `${invoice}/pdf`,
    payment,
    `${payment}/receipt`,
    `${payment}/receipt.pdf`,
    await firstOf(page, '/office/billing'),
    await firstOf(page, '/office/collections'),
    await firstOf(page, '/office/settings/plans'),
    await firstOf(page, '/office/settings/routes'),
  ]
}

async function firstOf(page: Page, list: string): Promise<string> {
  await open(page, list)
  const link = page.locator('tbody a').first()
  return (await link.getAttribute('href')) ?? ''
}
