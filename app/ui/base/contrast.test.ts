import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { brandStyle, contrast } from './brand'

const sunBegins = `:root[data-theme='light']:has(`
const css = readFileSync(new URL('../../styles/tokens.css', import.meta.url), 'utf8')
const light = colorsOf(css.slice(0, css.indexOf(`:root[data-theme='dark']`)))
const dark = colorsOf(css.slice(css.indexOf(`:root[data-theme='dark']`)).split(sunBegins)[0] ?? '')
const sun = { ...light, ...colorsOf(css.split(sunBegins)[1] ?? '') }

const pairs = [
  ...['surface', 'canvas', 'sunken', 'raised', 'hover'].flatMap((on) =>
    ['ink', 'ink-soft', 'ink-faint', 'accent-text', 'danger'].map((text) => [text, on] as const),
  ),
  ...['accent', 'success', 'warn', 'danger', 'info'].map((tone) => [tone, 'surface'] as const),
  ...['success', 'warn', 'danger', 'info'].map((tone) => [tone, `${tone}-soft`] as const),
  ...['success', 'warn', 'danger', 'info'].map((tone) => ['ink', `${tone}-soft`] as const),
  ['accent-text', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-hover'],
  ['danger-ink', 'danger'],
  ['ink-soft', 'sunken'],
] as const

test.each([
  ['light', light],
  ['dark', dark],
])('every text of the %s theme reads at 4.5 to 1', (_name, colors) => {
  const offenders = pairs
    .map(([text, on]) => ({ text, on, ratio: contrast(colors[text] ?? '', colors[on] ?? '') }))
    .filter(({ ratio }) => ratio === null || ratio < 4.5)

  expect(offenders).toEqual([])
})

test('in the sun what a phone says reads at 7 to 1', () => {
  const offenders = ['surface', 'canvas'].flatMap((on) =>
    ['ink', 'ink-soft', 'ink-faint', 'accent-text', 'success', 'warn', 'danger']
      .map((text) => ({ text, on, ratio: contrast(sun[text] ?? '', sun[on] ?? '') }))
      .filter(({ ratio }) => ratio === null || ratio < 7),
  )

  expect(offenders).toEqual([])
})

test('any brand colour becomes an accent that reads', () => {
  const hex = fc
    .integer({ min: 0, max: 0xffffff })
    .map((color) => `#${color.toString(16).padStart(6, '0')}`)
  fc.assert(
    fc.property(hex, (color) => {
      const style = brandStyle(color) ?? ''
      const split = style.indexOf(`:root[data-theme='dark']`)
      for (const accent of [colorsOf(style.slice(0, split)), colorsOf(style.slice(split))]) {
        expect(contrast(accent.accent ?? '', accent['accent-ink'] ?? '')).toBeGreaterThanOrEqual(
          4.5,
        )
        expect(
          contrast(accent['accent-text'] ?? '', accent['accent-soft'] ?? ''),
        ).toBeGreaterThanOrEqual(4.5)
      }
    }),
  )
})

test('what is not a colour changes nothing', () => {
  expect(brandStyle('red;}body{display:none')).toBeNull()
})

function colorsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1], m[2]]),
  )
}
