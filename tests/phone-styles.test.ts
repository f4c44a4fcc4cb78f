// The phone has a sheet of styles of its own, with a list of what its pages are made of. Nothing of that is missing in the list.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const starts = ['collector', 'technician'].flatMap((area) => {
  const folder = join('app/routes', area)
  return readdirSync(folder).map((file) => join(folder, file))
})

/** What these pages draw, also what comes with a first tap. */
function partsOf(files: ReadonlyArray<string>): Set<string> {
  const reached = new Set(files)
  for (const file of reached) {
    const code = readFileSync(file, 'utf8').replaceAll(/import type [^']*'[^']*'/g, '')
    for (const [, from = ''] of code.matchAll(/(?:from|import)\s*\(?\s*'([~.][^']*)'/g)) {
      const path = from.startsWith('~') ? join('app', from.slice(1)) : join(dirname(file), from)
      const found = [`${path}.tsx`, `${path}.ts`].find((one) => existsSync(one))
      if (found) reached.add(found)
    }
  }
  return reached
}

/** Each line names a file, or a folder, or several in braces. */
function listed(): Array<string> {
  const lines = readFileSync('app/phone.css', 'utf8').matchAll(/@source '\.\/([^']+)'/g)
  return [...lines].flatMap(([, line = '']) => {
    const [, before, names, after] = /^(.*)\{(.*)\}(.*)$/.exec(line) ?? []
    const paths = names ? names.split(',').map((name) => `${before}${name}${after}`) : [line]
    return paths.map((path) => join('app', path))
  })
}

test('the phone’s styles know everything its pages are made of', () => {
  const known = listed()
  expect(known.filter((path) => !existsSync(path))).toEqual([])
  const reached = [...partsOf([...starts, 'app/root.tsx'])]
  const drawn = reached.filter((file) => readFileSync(file, 'utf8').includes('className'))
  expect(drawn.length).toBeGreaterThan(50)
  const isKnown = (file: string) =>
    known.some((path) => file === path || file.startsWith(`${path}/`))
  expect(drawn.filter((file) => !isKnown(file))).toEqual([])
})
