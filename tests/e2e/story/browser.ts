// What every audience of the story does alike: open a page, be looked at by axe, have a picture taken.

import { mkdir } from 'node:fs/promises'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { barriersOf } from '../axe.ts'
import type { Person } from './people.ts'

export type Device = { context: BrowserContext; page: Page }

export const office = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

const PICTURES = process.env['STORY_PICTURES']

export async function deskOf(browser: Browser, url: string) {
  return newPerson(browser, { baseURL: url, viewport: office, acceptDownloads: true })
}

export async function phoneOf(browser: Browser, url: string) {
  return newPerson(browser, { baseURL: url, viewport: phone, hasTouch: true, isMobile: true })
}

async function newPerson(browser: Browser, options: BrowserContextOptions): Promise<Device> {
  const context = await browser.newContext({
    timezoneId: 'Asia/Manila',
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(20_000)
  return { context, page: await context.newPage() }
}

/** Somebody who has joined before. */
export async function signedIn(device: Device, person: Person): Promise<Device> {
  await open(device.page, '/sign-in')
  await device.page.locator('input[name=name]').fill(person.email)
  await device.page.locator('input[name=password]').fill(person.password)
  await device.page.locator('input[name=password]').press('Enter')
  await device.page.waitForURL((address) => address.pathname !== '/sign-in')
  return device
}

/** Goes there and waits until React has taken the page over, so that nothing typed is lost. */
export async function open(page: Page, address: string) {
  const answer = await page.goto(address)
  await isAlive(page)
  return answer
}

/** React has taken the page over: a tap before that opens no dialog. */
export async function isAlive(page: Page) {
  await page.waitForFunction(() =>
    Object.keys(document.body).some((key) => key.startsWith('__reactFiber')),
  )
}

/** What would stop somebody. A chapter goes on while pages may still be coming, so what is less is left to the sweeps over whole screens. */
export const barriers = (page: Page) => barriersOf(page, 'serious')

/** Only when somebody wants to look: STORY_PICTURES names the folder. */
export async function picture(page: Page, name: string) {
  if (!PICTURES) return
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: `${PICTURES}/${name}.png` })
}
