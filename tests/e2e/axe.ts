// What axe finds on a page, asked in the page itself: its own library for Playwright opens another page for every look.

import type { Page } from '@playwright/test'
import axe from 'axe-core'

const impacts = ['minor', 'moderate', 'serious', 'critical'] as const

/**
 * Every rule in light, then colours again in dark, where nothing else differs: one line for each rule broken.
 * A page that may still be coming is asked for what is `least` serious only.
 */
export async function barriersOf(
  page: Page,
  least: (typeof impacts)[number] = 'minor',
): Promise<Array<string>> {
  await page.evaluate(axe.source)
  const counted = impacts.slice(impacts.indexOf(least))
  const broken = await page.evaluate(async (impactsThatCount) => {
    const { axe: here } = window as unknown as { axe: typeof axe }
    const root = document.documentElement
    const worn = root.dataset['theme']
    // A colour on its way from one theme to the other is nobody's.
    const still = new CSSStyleSheet()
    still.replaceSync('* { transition: none !important }')
    document.adoptedStyleSheets.push(still)
    const look = async (theme: 'light' | 'dark', rules?: Array<string>) => {
      root.dataset['theme'] = theme
      const { violations } = await here.run({
        resultTypes: ['violations'],
        ...(rules ? { runOnly: rules } : {}),
      })
      return violations
        .filter(({ impact }) => !impact || impactsThatCount.includes(impact))
        .map(({ id, nodes }) => `${theme}: ${id} ${nodes[0]?.html} (${nodes.length})`)
    }
    const found = [...(await look('light')), ...(await look('dark', ['color-contrast']))]
    if (worn === undefined) delete root.dataset['theme']
    else root.dataset['theme'] = worn
    document.adoptedStyleSheets.pop()
    return found
  }, counted)
  const { pathname } = new URL(page.url())
  return broken.map((what) => `${pathname}, ${what}`)
}
