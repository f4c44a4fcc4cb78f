// Every screen of the collector's phone holds up: no violation axe can find, in light and dark.

import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { collectorLogin, doors, readyForTheRoad, screen, signIn } from './phone.ts'

test.use({ viewport: screen, hasTouch: true, isMobile: true, timezoneId: 'Asia/Manila' })

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the screens are accessible in ${colorScheme}`, async ({ page }) => {
    test.setTimeout(120_000)
    await page.emulateMedia({ colorScheme })
    await signIn(page, await collectorLogin())
    await readyForTheRoad(page)
    const [door = ''] = await doors(page)

    const found: Array<string> = []
    const look = async (address: string, there: string) => {
      await page.goto(address)
      await expect(page.locator(there).first()).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).analyze()
      found.push(...violations.map(({ id }) => `${address}: ${id}`))
    }
    await look('/collector?show=all', 'a[href^="/collector/subscribers/"]')
    await look(`/collector/subscribers/${door}`, 'a[href$="/take"]')
    await look(`/collector/subscribers/${door}/take`, '#amount')
    await look(`/collector/subscribers/${door}/visit`, 'fieldset')
    await look('/collector/today', 'h1')
    await look('/collector/settings', 'h1')
    await look('/collector/cash', 'h1')
    await look('/collector/cash/count', 'fieldset')
    expect(found).toEqual([])
  })
}
