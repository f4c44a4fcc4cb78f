// What the office looks at when the cash comes in: lists, files, the map.

import { expect, type Page } from '@playwright/test'

/** Presses a link that hands out a file and answers where it was stored. */
export async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: true }).click(),
  ])
  return file.path()
}

/** How many different colours a map shows. An empty one has a single colour. */
export async function coloursOf(page: Page, map: string): Promise<number> {
  const shot = await page.getByRole('group', { name: map }).locator('canvas').screenshot()
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(image.width, image.height)
    const pen = canvas.getContext('2d')
    if (!pen) return 0
    pen.drawImage(image, 0, 0)
    const { data } = pen.getImageData(0, 0, image.width, image.height)
    const colours = new Set<number>()
    for (let at = 0; at < data.length; at += 4) {
      colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0))
    }
    return colours.size
  }, shot.toString('base64'))
}

/** A cell of the row with this name, by the heading of its column. */
export async function expectInRow(page: Page, row: string, words: ReadonlyArray<string>) {
  const found = page.getByRole('row', { name: row })
  for (const word of words) await expect(found).toContainText(word)
}
