// What an ISP does besides billing and taking money, by chance: charges and discounts, corrections, deposits, prepaid time, certificates.

import { type Chance } from './chance.ts'
import { type Outward } from './commands.ts'
import { type Day } from './days.ts'

export type Deed =
  | {
      do: 'charge'
      kind: 'one_time' | 'discount'
      /** Of the nth service; null: of the subscriber. */
      service: number | null
      /** Thousandths of the price, or hundredths of it where a percentage is meant. */
      size: number
      isPercent: boolean
      parts: number | null
      times: number
      isConditional: boolean
      ahead: number
      lasts: number | null
    }
  | { do: 'cancel_charge'; nth: number }
  | { do: 'bill_charge'; nth: number }
  | { do: 'note'; nth: number; size: number; isOfLine: boolean }
  | { do: 'void_invoice'; nth: number }
  | { do: 'write_off' }
  | { do: 'recover'; size: number }
  | { do: 'pay_newest'; size: number }
  | { do: 'refund'; nth: number | null; size: number; method: Outward }
  /** To the life so many places further. */
  | { do: 'transfer'; nth: number; further: number; buysTime: boolean }
  | { do: 'bounce'; fee: number }
  | { do: 'withhold'; size: number; isInHand: boolean }
  | { do: 'certificate' }
  | { do: 'ask_deposit'; size: number }
  | { do: 'deposit'; size: number; method: Outward | null }
  | { do: 'give_deposit'; size: number; method: Outward | null }
  | { do: 'buy_time'; size: number }
  | { do: 'cancel_time' }
  | { do: 'change_prepaid'; plan: number }
  | { do: 'waive' }
  | { do: 'spend_credit' }

export const THEMES = [
  'charges',
  'discounts',
  'offers',
  'corrections',
  'deposits',
  'certificates',
  'time',
  'fees',
] as const
export type Theme = (typeof THEMES)[number]

const OUTWARD = ['cash', 'gcash', 'bank'] as const

/** So many deeds of a theme, each on a day between the first and the last. */
export function deeds(
  dice: Chance,
  theme: Theme,
  { from, until, prepaid }: { from: Day; until: Day; prepaid: ReadonlyArray<number> },
): Array<Deed & { day: Day }> {
  const years = (until - from) / 365
  const count = Math.ceil(years * dice.between(1, 4))
  return Array.from({ length: count }, () => ({
    day: dice.between(from + 5, Math.max(from + 5, until - 1)),
    ...deedOf(dice, theme, prepaid),
  }))
}

function deedOf(dice: Chance, theme: Theme, prepaid: ReadonlyArray<number>): Deed {
  const size = dice.between(1, 1000)
  switch (theme) {
    case 'charges':
      return dice.of([
        () => charge(dice, 'one_time'),
        () => charge(dice, 'one_time'),
        () => charge(dice, 'one_time'),
        () => ({ do: 'cancel_charge', nth: dice.between(0, 2) }) as const,
        () => ({ do: 'bill_charge', nth: dice.between(0, 2) }) as const,
      ])()
    case 'discounts':
      return dice.percent(80) ? charge(dice, 'discount') : { do: 'cancel_charge', nth: 0 }
    case 'offers':
      return {
        ...charge(dice, 'discount'),
        isConditional: true,
        service: dice.percent(70) ? 0 : null,
      }
    case 'corrections':
      return dice.of([
        () => ({ do: 'note', nth: dice.between(0, 3), size, isOfLine: dice.percent(40) }) as const,
        () => ({ do: 'void_invoice', nth: dice.between(0, 2) }) as const,
        () => ({ do: 'write_off' }) as const,
        () => ({ do: 'recover', size }) as const,
        () => ({ do: 'pay_newest', size }) as const,
        () =>
          ({
            do: 'refund',
            nth: dice.percent(50) ? null : dice.between(0, 2),
            size,
            method: dice.of(OUTWARD),
          }) as const,
        () =>
          ({
            do: 'transfer',
            nth: dice.between(0, 2),
            further: dice.between(1, 3),
            buysTime: dice.percent(50),
          }) as const,
        () => ({ do: 'bounce', fee: dice.percent(50) ? 25_000 : 0 }) as const,
        () => ({ do: 'spend_credit' }) as const,
      ])()
    case 'deposits': {
      const method = dice.percent(40) ? null : dice.of(OUTWARD)
      return dice.of([
        () => ({ do: 'ask_deposit', size }) as const,
        () => ({ do: 'deposit', size, method }) as const,
        () => ({ do: 'deposit', size, method }) as const,
        () => ({ do: 'give_deposit', size, method }) as const,
      ])()
    }
    case 'certificates':
      return dice.percent(60)
        ? { do: 'withhold', size, isInHand: dice.percent(30) }
        : { do: 'certificate' }
    case 'time':
      return dice.of([
        () => ({ do: 'buy_time', size }) as const,
        () => ({ do: 'cancel_time' }) as const,
        () => ({ do: 'change_prepaid', plan: dice.of(prepaid) }) as const,
      ])()
    case 'fees':
      return { do: 'waive' }
  }
}

function charge(dice: Chance, kind: 'one_time' | 'discount'): Deed & { do: 'charge' } {
  const isPercent = kind === 'discount' && dice.percent(50)
  const parts = kind === 'one_time' && dice.percent(35) ? dice.between(2, 7) : null
  return {
    do: 'charge',
    kind,
    service: dice.percent(50) ? dice.between(0, 1) : null,
    size: dice.between(1, 1000),
    isPercent,
    parts,
    times: parts ?? dice.of([1, 1, 1, 3, 6, 0]),
    isConditional: false,
    ahead: dice.percent(30) ? dice.between(1, 60) : 0,
    lasts: parts === null && dice.percent(30) ? dice.between(1, 400) : null,
  }
}
