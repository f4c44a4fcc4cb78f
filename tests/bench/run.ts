// npm run bench [name …] [--json] [--scale=0.1]: measures one thing against the least work that could do it.
//
// Each other file here is a benchmark and exports `measure(options)`. What counts is the ratio, not the
// milliseconds: both sides run in turns, in one process, on one database.

import { readdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Benchmark, Result } from './measure.ts'

const folder = new URL('./', import.meta.url)
const helpers = ['run', 'measure', 'browser']

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      scale: { type: 'string', default: '1' },
    },
  })
  const known = (await readdir(folder))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => !helpers.includes(name))
  const unknown = positionals.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Error(`There is no benchmark ${unknown.join(', ')}. Known: ${known.join(', ')}.`)
  }

  const say = values.json ? () => {} : (line: string) => console.log(line)
  const results: Array<Result> = []
  for (const name of positionals.length > 0 ? positionals : known) {
    const { measure } = (await import(new URL(`${name}.ts`, folder).href)) as Benchmark
    const result = await measure({ scale: Number(values.scale), say })
    results.push(result)
    say(`${result.name}: ${result.ratio.toFixed(2)} × the bare work (target ${result.target})`)
  }
  if (values.json) console.log(JSON.stringify(results, null, 2))
}

await main()
