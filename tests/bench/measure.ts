// What a benchmark is given and answers.

export type Options = {
  /** 1 is the size the targets were set for; a small machine measures less with 0.1. */
  scale: number
  say: (line: string) => void
}

export type Result = {
  name: string
  /** Ours over the bare work: the median of the rounds. */
  ratio: number
  /** The ratio we hold ourselves to. */
  target: number
  details: Record<string, number | string | Array<number>>
}

export type Benchmark = { measure: (options: Options) => Promise<Result> }

export function median(values: ReadonlyArray<number>): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = low] = sorted.slice(sorted.length % 2 === 0 ? middle - 1 : middle)
  return sorted.length % 2 === 0 ? (low + high) / 2 : low
}
