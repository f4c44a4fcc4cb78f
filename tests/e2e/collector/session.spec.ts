// The session of a phone ends while cash is on it. What was taken stays, and goes out for nobody but the person who took it.

import { expect, type Page, test } from '@playwright/test'
import { letTokenRunOut, revokeSessions } from './auth-session.ts'
import {
  approvePhone,
  badge,
  choosePin,
  collectorLogin,
  doors,
  readyForTheRoad,
  screen,
  signIn,
  takeCash,
} from './phone.ts'

test.use({ viewport: screen, hasTouch: true, isMobile: true, timezoneId: 'Asia/Manila' })

const rowOf = (page: Page, number: string) =>
  page.locator('a[href^="/collector/receipts/"]').filter({ hasText: number })

test('a token that ran out offline is renewed, and the queue goes out', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000)
  await signIn(page, await collectorLogin())
  await readyForTheRoad(page)
  const route = await doors(page)
  await context.setOffline(true)
  const numbers = [
    await takeCash(page, route[0] ?? '', 51),
    await takeCash(page, route[1] ?? '', 52),
  ]
  await letTokenRunOut(context)
  await context.setOffline(false)

  await page.goto('/collector/today')
  await expect(badge(page)).toHaveText('All sent', { timeout: 60_000 })
  for (const number of numbers) await expect(rowOf(page, number)).toContainText(/Posted|Received/)
})

test('a revoked session keeps the queue for the same person, apart from anybody else', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000)
  const [carlo, other] = [await collectorLogin(0), await collectorLogin(1)]
  await signIn(page, carlo)
  await readyForTheRoad(page)
  const route = await doors(page)
  await context.setOffline(true)
  const numbers = [await takeCash(page, route[0] ?? '', 61)]
  await revokeSessions(context)
  await letTokenRunOut(context)
  await context.setOffline(false)

  await page.goto('/collector')
  await expect(page.getByText('You were signed out, so nothing is sent')).toBeVisible()
  // The work goes on.
  numbers.push(await takeCash(page, route[1] ?? '', 62))
  await expect(badge(page)).toContainText('2 not yet sent')

  // Somebody else takes the phone: an own room, and nothing of the other's goes out.
  const answers: Array<number> = []
  page.on('response', (response) => {
    const body = response.request().postData() ?? ''
    if (body.includes('record_payment')) answers.push(response.status())
  })
  await signIn(page, other, false)
  await page.getByRole('button', { name: 'Open the other route' }).click()
  await choosePin(page)
  const { desk } = await approvePhone(page, other)
  await desk.context().close()
  await readyForTheRoad(page)
  await page.goto('/collector/today')
  await expect(badge(page)).toHaveText('All sent')
  for (const number of numbers) await expect(rowOf(page, number)).toHaveCount(0)
  expect(new Set(answers)).toEqual(new Set([409]))

  await page.goto('/collector/settings')
  await page.getByRole('button', { name: 'Sign out' }).click()
  const sure = page.getByRole('dialog').getByRole('button', { name: /^Sign out/ })
  if (await sure.isVisible()) await sure.click()
  await page.waitForURL(/sign-in/)
  await signIn(page, carlo, false)
  await page.goto('/collector/today')
  await expect(badge(page)).toHaveText('All sent', { timeout: 60_000 })
  for (const number of numbers) {
    await expect(rowOf(page, number)).toHaveCount(1)
    await expect(rowOf(page, number)).toContainText(/Posted|Received/)
  }
})
