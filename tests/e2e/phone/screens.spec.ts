// Every screen of a phone, in every language: nothing that axe finds, in light or dark, and nothing cut where letters are twice as large.

import { expect, type Page, test } from '@playwright/test'
import { PIN_MARK } from '../../../app/offline/expected-pin.ts'
import { barriersOf } from '../axe.ts'
import { demoLogin, inviteSubscriber, ownerOf, signIn as signInAs } from '../auth/people.ts'
import {
  collectorLogin,
  doors,
  readyForTheRoad,
  screen,
  signIn as signInAtThePhone,
  takeCash,
} from '../collector/phone.ts'
import { type Audience, type Known, notScreens, phoneRoutes, screens } from './screens.ts'

test.use({ viewport: screen, hasTouch: true, isMobile: true, timezoneId: 'Asia/Manila' })

const languages = ['en', 'fil', 'ceb'] as const
type Language = (typeof languages)[number]

test('no screen is forgotten', () => {
  const listed = Object.values(screens).flatMap((found) => Object.keys(found))
  expect([...listed, ...notScreens].sort()).toEqual(phoneRoutes().sort())
})

test('the first moment of a phone, before any script, is a page with a heading', async ({
  page,
}) => {
  await page.route('**/assets/*.js', (request) => request.abort())
  for (const shell of ['/collector/shell', '/technician/shell']) {
    await page.goto(shell)
    await expect(page.getByRole('heading', { level: 1, name: 'Linyada' })).toBeVisible()
    expect(await barriersOf(page)).toEqual([])
  }

  // Where a PIN will be asked for it may be typed by now.
  await page.evaluate((mark) => localStorage.setItem(mark, '1'), PIN_MARK)
  await page.goto('/collector/shell')
  await expect(page.getByLabel('PIN', { exact: true })).toBeFocused()
  await expect(page.getByRole('main')).toHaveCount(1)
  expect(await barriersOf(page)).toEqual([])
})

for (const language of languages) {
  test(`everybody can read the screens of anybody, in ${language}`, async ({ page }) => {
    test.setTimeout(240_000)
    const { email, password } = await demoLogin('Owner')
    const owner = await ownerOf(email, password)
    const [payment] = await owner.read('payments')
    const { token } = await inviteSubscriber(owner)
    await speak(page, language)
    await lookAtAll(page, 'anybody', known({ payment: payment?.id, invitation: token }))
  })

  test(`everybody can read the portal, in ${language}`, async ({ page }) => {
    const { email, password } = await demoLogin('Subscriber')
    await signInAs(page, email, password)
    await page.waitForURL('**/portal')
    await speak(page, language)
    await lookAtAll(page, 'subscriber', known({}))
  })

  test(`everybody can read the technician's phone, in ${language}`, async ({ page }) => {
    const { email, password } = await demoLogin('Technician')
    await signInAs(page, email, password)
    await page.waitForURL('**/technician')
    await speak(page, language)
    await lookAtAll(page, 'technician', known({}))
  })
}

test("everybody can read the collector's phone", async ({ page }) => {
  test.setTimeout(480_000)
  await signInAtThePhone(page, await collectorLogin())
  await readyForTheRoad(page)
  const [door = ''] = await doors(page)
  // What is not sent has the longest words.
  await page.context().setOffline(true)
  await takeCash(page, door, 50)
  const receipt = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  for (const language of languages) {
    await speak(page, language)
    await lookAtAll(page, 'collector', known({ door, receipt }))
  }
})

async function speak(page: Page, language: Language) {
  const { origin } = new URL(page.url() === 'about:blank' ? await home(page) : page.url())
  await page.context().addCookies([{ name: 'linyada_lang', value: language, url: origin }])
}

async function home(page: Page) {
  await page.goto('/health')
  return page.url()
}

function known(given: Partial<Known>): Known {
  return { payment: '', invitation: '', door: '', receipt: '', ...given }
}

async function lookAtAll(page: Page, audience: Audience, seen: Known) {
  const problems: Array<string> = []
  for (const { at, there } of Object.values(screens[audience])) {
    await page.goto(at(seen))
    await expect(page.locator(there ?? 'main').first()).toBeVisible()
    problems.push(...(await problemsOf(page, at(seen))))
  }
  expect(problems).toEqual([])
}

async function problemsOf(page: Page, name: string): Promise<Array<string>> {
  const cut = await widerThanThePage(page)
  return [
    ...cut.map((what) => `${name}, letters twice as large: ${what} is wider than the page`),
    ...(await barriersOf(page)),
  ]
}

/** Some people read letters twice as large: nothing may need scrolling sideways then. */
function widerThanThePage(page: Page): Promise<Array<string>> {
  return page.evaluate(async () => {
    const root = document.documentElement
    root.style.fontSize = '200%'
    await new Promise((go) => setTimeout(go, 100))
    const isWide = root.scrollWidth > root.clientWidth + 1
    const isOut = (element: Element) =>
      element.getBoundingClientRect().right > root.clientWidth + 1 &&
      !element.closest('.overflow-x-auto, .sr-only') &&
      ![...element.children].some(isOut)
    const found = isWide ? [...document.body.querySelectorAll('*')].filter(isOut) : []
    root.style.fontSize = ''
    return found.slice(0, 3).map(({ outerHTML }) => outerHTML.slice(0, 200))
  })
}
