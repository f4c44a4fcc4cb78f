import { Font } from '@react-pdf/renderer'
import './look'

/** Tells which signs our font can draw. One it lacks would come out as another letter, and lie on a tax document. */
export async function printableSigns(): Promise<(code: number) => boolean> {
  const face = { fontFamily: 'Inter', fontWeight: 400 }
  await Font.load(face)
  const font = Font.getFont(face)?.data
  if (!font) throw new Error('The font of the documents is not there')
  return (code) => font.hasGlyphForCodePoint(code)
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The text with a question mark for each letter that cannot be drawn, and without marks nobody sees. */
export function printable(text: string, canDraw: (code: number) => boolean): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  return Array.from(graphemes.segment(text.normalize('NFC')), ({ segment }) => {
    const seen = segment.replace(/\p{Cf}/gu, '')
    const isDrawn = Array.from(seen).every(
      (sign) => /\s/.test(sign) || canDraw(sign.codePointAt(0) ?? 0),
    )
    return isDrawn ? seen : '?'
  }).join('')
}

/** The same document with nothing in it that cannot be drawn. */
export function withPrintable<Value>(value: Value, canDraw: (code: number) => boolean): Value {
  const printed = (part: unknown): unknown => {
    if (typeof part === 'string') return printable(part, canDraw)
    if (Array.isArray(part)) return part.map(printed)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, printed(inner)]))
  }
  return printed(value) as Value
}
