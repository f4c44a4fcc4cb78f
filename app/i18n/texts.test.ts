import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { languages } from './languages'

const folder = new URL('.', import.meta.url)
const pluralEnding = /_(zero|one|two|few|many|other)$/
const english = textsOf('en')

test.each(languages.filter(({ code }) => code !== 'en'))(
  '$name has the keys of English, no more and no fewer',
  ({ code }) => {
    const offenders = Object.entries(textsOf(code)).flatMap(([namespace, texts]) => {
      const ours = keysOf(texts)
      const theirs = keysOf(english[namespace] ?? {})
      return [
        ...[...theirs].filter((key) => !ours.has(key)).map((key) => `${namespace} lacks ${key}`),
        ...[...ours]
          .filter((key) => !theirs.has(key))
          .map((key) => `${namespace} has a stray ${key}`),
      ]
    })

    expect(offenders).toEqual([])
  },
)

test('the phone, the portal and the doors speak every language', () => {
  for (const { code } of languages) {
    const spoken = [
      'auth',
      'cash',
      'check',
      'collector',
      'common',
      'portal',
      'receipt',
      'technician',
    ]
    expect(Object.keys(textsOf(code))).toEqual(expect.arrayContaining(spoken))
  }
})

test('a translation fills in the same words as English', () => {
  const offenders = languages.flatMap(({ code }) =>
    Object.entries(textsOf(code)).flatMap(([namespace, texts]) =>
      Object.entries(texts)
        .filter(([key, text]) => {
          const source = englishOf(namespace, key)
          return source !== undefined && namesIn(text) !== namesIn(source)
        })
        .map(([key]) => `${code}/${namespace} ${key}`),
    ),
  )

  expect(offenders).toEqual([])
})

test('no text is empty', () => {
  const offenders = languages.flatMap(({ code }) =>
    Object.entries(textsOf(code)).flatMap(([namespace, texts]) =>
      Object.entries(texts)
        .filter(([, text]) => text.trim() === '')
        .map(([key]) => `${code}/${namespace} ${key}`),
    ),
  )

  expect(offenders).toEqual([])
})

function textsOf(code: string): Record<string, Record<string, string>> {
  const names = readdirSync(new URL(`${code}/`, folder)).filter((name) => name.endsWith('.json'))
  return Object.fromEntries(
    names.map((name) => [
      name.replace('.json', ''),
      JSON.parse(readFileSync(new URL(`${code}/${name}`, folder), 'utf8')) as Record<
        string,
        string
      >,
    ]),
  )
}

function keysOf(texts: Record<string, string>) {
  return new Set(Object.keys(texts).map((key) => key.replace(pluralEnding, '')))
}

function englishOf(namespace: string, key: string) {
  const texts = english[namespace] ?? {}
  const base = key.replace(pluralEnding, '')
  return texts[key] ?? texts[base] ?? texts[`${base}_other`]
}

function namesIn(text: string) {
  const names = [...text.matchAll(/\{\{\s*([a-z_]+)\s*\}\}/gi)].map((match) => match[1])
  return [...new Set(names)].sort().join()
}
