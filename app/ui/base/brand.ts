/**
 * A tenant's colour as the accent, moved as far as it takes to be read: 4.5 to 1 for text and for
 * the ink on a button, in both themes.
 */

type Rgb = readonly [number, number, number]

const white: Rgb = [255, 255, 255]
const black: Rgb = [0, 0, 0]
const darkSurface: Rgb = [27, 34, 41]
const TEXT_CONTRAST = 4.5

export function contrast(a: string, b: string): number | null {
  const [one, other] = [rgbOf(a), rgbOf(b)]
  return one && other ? ratio(one, other) : null
}

/** Style text for both themes, or null when the colour is not `#rrggbb`. */
export function brandStyle(color: string): string | null {
  const brand = rgbOf(color)
  if (!brand) return null

  const light = moveUntilRead(brand, black, white)
  const lightSoft = mix(brand, white, 0.9)
  const dark = moveUntilRead(brand, white, darkSurface)
  const darkSoft = mix(brand, darkSurface, 0.78)

  return [
    `:root{${rules({
      '--accent': light,
      '--accent-hover': mix(light, black, 0.16),
      '--accent-ink': white,
      '--accent-soft': lightSoft,
      '--accent-text': moveUntilRead(light, black, lightSoft),
    })}}`,
    `:root[data-theme='dark']{${rules({
      '--accent': dark,
      '--accent-hover': mix(dark, white, 0.2),
      '--accent-ink': moveUntilRead(mix(dark, black, 0.8), black, dark),
      '--accent-soft': darkSoft,
      '--accent-text': moveUntilRead(dark, white, darkSoft),
    })}}`,
  ].join('')
}

function moveUntilRead(color: Rgb, towards: Rgb, on: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.04) {
    const moved = mix(color, towards, share)
    if (ratio(moved, on) >= TEXT_CONTRAST) return moved
  }
  return towards
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const at = (index: 0 | 1 | 2) => Math.round(a[index] + (b[index] - a[index]) * share)
  return [at(0), at(1), at(2)]
}

function ratio(a: Rgb, b: Rgb): number {
  const [one, other] = [luminance(a), luminance(b)]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

function rgbOf(color: string): Rgb | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  if (!match) return null
  const channel = (index: number) => Number.parseInt(match[index] ?? '', 16)
  return [channel(1), channel(2), channel(3)]
}

function rules(colors: Record<string, Rgb>): string {
  return Object.entries(colors)
    .map(
      ([name, rgb]) =>
        `${name}:#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`,
    )
    .join(';')
}
