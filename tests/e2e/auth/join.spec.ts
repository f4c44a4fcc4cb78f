// Invitations: who may come in by them, and who no longer.

import { expect, test } from '@playwright/test'
import {
  inviteStaff,
  inviteSubscriber,
  newEmail,
  newIsp,
  ownerOf,
  PASSWORD,
  signIn,
} from './people.ts'

test('a collector joins by a link, works, and is out at once when revoked', async ({
  page,
  browser,
}) => {
  const isp = await newIsp(page)
  const owner = await ownerOf(isp.email, PASSWORD)
  const { token } = await inviteStaff(owner, 'Cashier')

  const ben = await (await browser.newContext()).newPage()
  await ben.goto(`/join/${token}`)
  await expect(
    ben.getByText(`${isp.tradeName} invites you to work there as Cashier.`),
  ).toBeVisible()
  await ben.getByLabel('E-mail').fill(newEmail('ben'))
  await ben.getByLabel('New password').fill(PASSWORD)
  await ben.getByRole('button', { name: 'Join', exact: true }).click()
  await ben.waitForURL('**/office')

  const member = (await owner.read('members')).find(({ full_name }) => full_name === 'Ben Cruz')
  await owner.ask('revoke_member', { member_id: member?.id, reason: 'left the company' })

  const answer = await ben.goto('/office')
  expect(answer?.status()).toBe(403)
  await expect(ben.getByRole('heading', { level: 1 })).toHaveText(
    'Your access to this ISP has ended',
  )

  await owner.ask('reinstate_member', { member_id: member?.id })
  await ben.goto('/office')
  await expect(ben).toHaveURL(/\/office/)
  await ben.context().close()
})

test('a link opens one time, for one person, until it is withdrawn', async ({ page, browser }) => {
  const isp = await newIsp(page)
  const owner = await ownerOf(isp.email, PASSWORD)
  const invitation = await inviteStaff(owner, 'Collector')
  const visitor = await (await browser.newContext()).newPage()

  await owner.ask('withdraw_invitation', { invitation_id: invitation.id })
  await visitor.goto(`/join/${invitation.token}`)
  await expect(visitor.getByText('It was taken back.')).toBeVisible()

  await visitor.goto('/join/not-a-token')
  await expect(visitor.getByText('The link is not complete or not ours.')).toBeVisible()
  await visitor.context().close()
})

test.describe('with no JavaScript', () => {
  test('a subscriber without e-mail joins, is told a name, and signs in with it', async ({
    page,
    browser,
  }) => {
    const isp = await newIsp(page)
    const owner = await ownerOf(isp.email, PASSWORD)
    const { token } = await inviteSubscriber(owner)

    const context = await browser.newContext({ javaScriptEnabled: false })
    const nena = await context.newPage()
    await nena.goto(`/join/${token}`)
    await nena.getByLabel('New password').fill(PASSWORD)
    await nena.getByRole('button', { name: 'Join', exact: true }).click()
    const name = await nena.locator('strong').innerText()
    await nena.getByRole('link', { name: 'Open my account' }).click()
    await expect(nena.getByText('Aling Nena Store').first()).toBeVisible()

    await nena.getByRole('button', { name: 'Sign out' }).click()
    await signIn(nena, name.toUpperCase(), PASSWORD)
    await expect(nena).toHaveURL(/\/portal/)
    await context.close()
  })
})

test('a person of two ISPs chooses, and each shows only its own', async ({ page, browser }) => {
  const first = await newIsp(page)
  const second = await newIsp(await (await browser.newContext()).newPage())
  const { token } = await inviteStaff(await ownerOf(second.email, PASSWORD), 'Manager')

  await page.goto(`/join/${token}`)
  await page.getByRole('button', { name: `Join as ${first.email}` }).click()
  await page.waitForURL('**/office')
  await expect(page.getByText(second.tradeName).first()).toBeVisible()

  await page.goto('/switch')
  await page.getByRole('button', { name: new RegExp(first.tradeName) }).click()
  await page.waitForURL('**/office')
  await expect(page.getByText(first.tradeName).first()).toBeVisible()
})
