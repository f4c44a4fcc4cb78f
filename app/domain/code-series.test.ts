import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOfSeries, codesOf, type Series, withCode } from './code-series'

const read = (codes: ReadonlyArray<string>) =>
  codes.reduce<Series | null>((series, code) => withCode(series, code) ?? series, null)
const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31) % 256)

test('any bytes come back from their codes, in any order and read more than once', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 3_000 }).chain((sent) => {
        const codes = codesOf(sent)
        const shuffled = fc.shuffledSubarray([...codes, ...codes], { minLength: codes.length * 2 })
        return fc.tuple(fc.constant(sent), shuffled)
      }),
      ([sent, codes]) => {
        const series = read(codes)
        expect(series && bytesOfSeries(series)).toEqual(sent)
      },
    ),
    { numRuns: 200 },
  )
})

test('a code uses only the letters that a QR code packs tightly', () => {
  for (const code of codesOf(bytes(5_000))) expect(code).toMatch(/^[0-9A-Z $%*+\-./:]+$/)
})

test('until the last code is read there is nothing', () => {
  const codes = codesOf(bytes(5_000))
  const series = read(codes.slice(1))
  expect(series?.parts.size).toBe(codes.length - 1)
  expect(series && bytesOfSeries(series)).toBeNull()
})

test('a code of another row begins that row, and what is no code of ours is passed over', () => {
  const [mine = '', theirs = ''] = [...codesOf(bytes(5)), ...codesOf(bytes(6))]
  expect(withCode(read([mine]), 'https://example.test/r/1')).toBeNull()
  expect(withCode(read([mine]), theirs)?.parts.size).toBe(1)
  expect(bytesOfSeries(read([mine, theirs]) ?? { tag: '', count: 9, parts: new Map() })).toEqual(
    bytes(6),
  )
})

test('a letter that was read wrongly makes no whole', () => {
  const [code = ''] = codesOf(bytes(50))
  const wrong = code.slice(0, -2) + (code.at(-2) === 'A' ? 'B' : 'A') + code.slice(-1)
  const series = read([wrong])
  expect(series && bytesOfSeries(series)).toBeNull()
})
