// A phone that cannot come in any more hands over what it holds; the office takes it in once, by file, by its codes and before a camera.

import { readFile, writeFile } from 'node:fs/promises'
import { chromium, expect, type Page, test } from '@playwright/test'
import { demoLogins } from '../product.ts'
import { open } from '../story/browser.ts'
import { collectorLogin, doors, readyForTheRoad, screen, signIn, takeCash } from './phone.ts'

const desktop = { width: 1440, height: 900 }

async function desk(page: Page, role: RegExp, email: string) {
  const domain = email.split('@')[1]
  const login = (await demoLogins()).find(
    (one) => role.test(one.label) && one.email.endsWith(`@${domain}`),
  )
  const browser = page.context().browser()
  if (!login || !browser) throw new Error('Nobody is at the office')
  const context = await browser.newContext({
    baseURL: new URL(page.url()).origin,
    viewport: desktop,
  })
  const office = await context.newPage()
  await office.goto(`/sign-in?to=${encodeURIComponent('/office/collections/rescue')}`)
  await office.locator('input[name=name]').fill(login.email)
  await office.locator('input[name=password]').fill(login.password)
  await office.getByRole('button', { name: /sign in/i }).click()
  await expect(office.getByText('A file of the phone')).toBeVisible()
  return office
}

const FILM = { width: 640, height: 480, perSecond: 3 }

/** A code as a camera before the screen sees it, in shades of grey. */
async function luma(page: Page, png: Buffer): Promise<Buffer> {
  const grey = await page.evaluate(
    async ({ source, width, height }) => {
      const bytes = Uint8Array.from(atob(source), (letter) => letter.charCodeAt(0))
      const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const canvas = new OffscreenCanvas(width, height)
      const drawing = canvas.getContext('2d')
      if (!drawing) throw new Error('Nothing can be drawn here')
      drawing.fillStyle = '#888'
      drawing.fillRect(0, 0, width, height)
      const side = height - 40
      drawing.drawImage(picture, (width - side) / 2, 20, side, side)
      const { data } = drawing.getImageData(0, 0, width, height)
      const shades = Array.from({ length: width * height }, (_, at) => data[at * 4] ?? 0)
      return shades.reduce((text, shade) => text + String.fromCharCode(shade), '')
    },
    { source: png.toString('base64'), ...FILM },
  )
  return Buffer.from(grey, 'latin1')
}

/** One code after the other, over and over, as YUV4MPEG2: what Chromium plays as its camera. */
function filmOf(pictures: ReadonlyArray<Buffer>): Buffer {
  const { width, height, perSecond } = FILM
  const grey = Buffer.alloc((width * height) / 2, 128)
  const head = `YUV4MPEG2 W${width} H${height} F${perSecond}:1 Ip A1:1 C420jpeg\n`
  const frames = pictures.flatMap((picture) => [Buffer.from('FRAME\n'), picture, grey])
  return Buffer.concat([Buffer.from(head), ...frames])
}

/** What a browser answers that has a camera and gives none. */
const noPicture = [
  ['NotAllowedError', 'This browser may not use the camera.'],
  ['NotReadableError', 'The camera gives no picture; another program may use it.'],
  ['NotFoundError', 'There is no camera here.'],
] as const

test('locked, offline and forgotten: the office takes in the file, then the codes bring nothing twice', async ({
  page,
  context,
  launchOptions,
}, testInfo) => {
  await page.setViewportSize(screen)
  const login = await collectorLogin()
  await signIn(page, login)
  await readyForTheRoad(page)
  const [first = '', second = ''] = await doors(page)
  await context.setOffline(true)
  const numbers = [await takeCash(page, first, 700), await takeCash(page, second, 350)]

  // Nobody knows the PIN any more.
  const locked = await context.newPage()
  await locked.setViewportSize(screen)
  await locked.goto('/collector')
  await expect(locked.getByRole('heading', { name: 'Type your PIN' })).toBeVisible()
  await page.close()
  await locked.getByRole('button', { name: 'Hand over without signal' }).click()
  const saving = locked.waitForEvent('download')
  await locked.getByRole('button', { name: 'Save as a file' }).click()
  const file = await (await saving).path()
  expect((await readFile(file)).subarray(0, 4).toString()).toBe('LYR1')

  const office = await desk(locked, /cashier/i, login.email)
  await office.locator('input[type=file]').setInputFiles(file)
  for (const number of numbers) await expect(office.getByText(number)).toBeVisible()
  await expect(office.getByText('₱1,050.00')).toBeVisible()
  await office.getByRole('button', { name: 'Take in 2' }).click()
  await expect(office.getByText('2 taken in.').first()).toBeVisible()

  // Pictures of the codes bring the same, and so nothing.
  await locked.getByRole('button', { name: 'Show codes' }).click()
  const label = locked.getByRole('img', { name: /^Code \d+ of \d+$/ })
  const count = Number(/of (\d+)/.exec((await label.getAttribute('aria-label')) ?? '')?.[1])
  const pictures = []
  for (let at = 0; at < count; at += 1) {
    if (count > 1) await locked.getByRole('button', { name: 'Next code' }).click()
    pictures.push({ name: `${at}.png`, mimeType: 'image/png', buffer: await label.screenshot() })
  }
  await office.getByRole('button', { name: 'Another file' }).click()
  await office.locator('input[type=file]').setInputFiles(pictures)
  await expect(office.getByText('All of it is here already.')).toBeVisible()

  // Without a camera the page says what to do instead; with one it reads them off the screen.
  await office.getByRole('button', { name: 'Another file' }).click()
  await office.getByRole('button', { name: 'Use the camera' }).click()
  await expect(office.getByText('There is no camera here.')).toBeVisible()
  for (const [error, sentence] of noPicture) {
    await office.getByRole('button', { name: 'Stop the camera' }).click()
    await office.evaluate((name) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name))
    }, error)
    await office.getByRole('button', { name: 'Use the camera' }).click()
    await expect(office.getByText(sentence)).toBeVisible()
  }
  await office.getByRole('button', { name: 'Stop the camera' }).click()
  await office.evaluate(() => Object.defineProperty(window, 'isSecureContext', { value: false }))
  await office.getByRole('button', { name: 'Use the camera' }).click()
  await expect(
    office.getByText('The camera works only where the address begins with https.'),
  ).toBeVisible()
  const film = testInfo.outputPath('codes.y4m')
  await writeFile(
    film,
    filmOf(await Promise.all(pictures.map(({ buffer }) => luma(office, buffer)))),
  )
  const seeing = await chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions.args ?? []),
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  })
  const watching = await seeing.newContext({
    baseURL: new URL(office.url()).origin,
    viewport: desktop,
    storageState: await office.context().storageState(),
  })
  const camera = await watching.newPage()
  await open(camera, '/office/collections/rescue')
  await camera.getByRole('button', { name: 'Use the camera' }).click()
  await expect(camera.getByText('All of it is here already.')).toBeVisible()
  await seeing.close()
  await office.context().close()

  // With its signal back and the PIN remembered, the phone learns that all is there.
  await context.setOffline(false)
  await locked.keyboard.press('Escape')
  await locked.getByLabel('PIN', { exact: true }).fill('274915')
  await expect(locked.getByRole('banner').getByRole('status').first()).toHaveText('All sent', {
    timeout: 30_000,
  })
})
