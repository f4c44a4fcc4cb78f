// Bytes as a row of codes that one screen shows and another camera reads, in any order and as often as it takes.

/** The letters a QR code packs tightly (RFC 9285). */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const MARK = 'LYR'
/** A code of about a hundred squares a side, which a cheap camera reads from a phone's screen. */
const CODE_BYTES = 720

/** What was read of one row so far. */
export type Series = { tag: string; count: number; parts: ReadonlyMap<number, string> }

/** One text for each code: `LYR:<tag>:<number>:<of>:<letters>`. */
export function codesOf(bytes: Uint8Array): Array<string> {
  const count = Math.max(1, Math.ceil(bytes.length / CODE_BYTES))
  const tag = tagOf(bytes)
  return Array.from({ length: count }, (_, at) =>
    [
      MARK,
      tag,
      at + 1,
      count,
      toLetters(bytes.subarray(at * CODE_BYTES, (at + 1) * CODE_BYTES)),
    ].join(':'),
  )
}

/** The row with one more code. A code of another row begins that one; null when it is no code of ours. */
export function withCode(series: Series | null, text: string): Series | null {
  const match = /^LYR:([0-9A-F]{8}):(\d{1,3}):(\d{1,3}):(.+)$/s.exec(text)
  const [, tag = '', at = '', of = '', letters = ''] = match ?? []
  const [number, count] = [Number(at), Number(of)]
  if (!match || number < 1 || number > count) return null
  const isSame = series !== null && series.tag === tag && series.count === count
  if (isSame && series.parts.has(number)) return series
  return { tag, count, parts: new Map([...(isSame ? series.parts : []), [number, letters]]) }
}

/** The bytes, once every code was read; null before, and when what was read does not make up the whole. */
export function bytesOfSeries(series: Series): Uint8Array<ArrayBuffer> | null {
  if (series.parts.size < series.count) return null
  const parts = Array.from({ length: series.count }, (_, at) => series.parts.get(at + 1) ?? '')
  const bytes = Uint8Array.from(parts.flatMap((letters) => fromLetters(letters) ?? []))
  return tagOf(bytes) === series.tag ? bytes : null
}

function toLetters(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const [high = 0, low] = bytes.subarray(at, at + 2)
    text += low === undefined ? spell(high, 2) : spell(high * 256 + low, 3)
  }
  return text
}

function spell(value: number, letters: number): string {
  let text = ''
  for (let left = value, at = 0; at < letters; at += 1, left = Math.floor(left / 45)) {
    text += LETTERS[left % 45] ?? ''
  }
  return text
}

function fromLetters(text: string): Array<number> | null {
  const bytes: Array<number> = []
  for (let at = 0; at < text.length; at += 3) {
    const group = [...text.slice(at, at + 3)].map((letter) => LETTERS.indexOf(letter))
    const value = group.reduceRight((sum, digit) => sum * 45 + digit, 0)
    if (group.includes(-1) || value > 65_535) return null
    if (group.length === 3) bytes.push(value >> 8, value & 255)
    else bytes.push(value & 255)
  }
  return bytes
}

/** Tells rows apart (FNV-1a). Whether the content is true, its signature says. */
function tagOf(bytes: Uint8Array): string {
  const hash = bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5)
  return (hash >>> 0).toString(16).toUpperCase().padStart(8, '0')
}
