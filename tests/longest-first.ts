import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes minutes, the longest first: begun last, it would leave the other worker with nothing to do. */
const LONG = [
  'oracle/manila',
  'isolation/attack',
  'oracle/kiritimati',
  'oracle/pago-pago',
  'oracle/new-york',
  'oracle/mutations',
  'at-once',
  'killed',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    const others = await super.sort(files)
    return others.sort((one, other) => place(one) - place(other))
  }
}

function place({ moduleId }: TestSpecification): number {
  const at = LONG.findIndex((name) => moduleId.includes(name))
  return at === -1 ? LONG.length : at
}
