// What happens to an ISP and its subscribers, by chance from a seed. An intent says what somebody means to do;
// what it comes to (which invoice, how much) follows from the state of the books on that day.

import { chance, type Chance } from './chance.ts'
import { dayOf, type Day } from './days.ts'
import { type LateFee } from './late.ts'
import { type Deed, deeds, THEMES, type Theme } from './deeds.ts'

export type Mode = 'postpaid' | 'prepaid'

export type Plan = {
  mode: Mode
  price: number
  /** Prepaid: the days one price buys. */
  days: number | null
  vatClass: 'vatable' | 'exempt' | 'zero_rated'
}

export type Moment = { day: Day; second: number }

export type Intent = Moment &
  (
    | { do: 'start'; plan: number; anchor: Day | null; ago: number }
    | {
        do: 'pay'
        how: 'exact' | 'part' | 'over' | 'any'
        size: number
        /** Which of the prepaid services it buys time for, if any. */
        service: number | null
        minutesAgo: number
        method: 'cash' | 'gcash' | 'bank' | 'cheque'
      }
    | { do: 'void'; nth: number }
    | { do: 'end'; service: number; shift: number }
    | {
        do: 'change'
        service: number
        plan: number
        /** Null: by the rule. */ shift: number | null
      }
    | { do: 'pause'; service: number; shift: number; days: number }
    | { do: 'return'; service: number; plan: number; shift: number }
    | { do: 'bill_day'; service: number; dayOfMonth: number | null }
    | { do: 'resume'; service: number; shift: number }
    | Deed
  )

export type Turn = Moment &
  (
    | { do: 'price'; plan: number; price: number; ahead: number; isFollowed: boolean }
    | { do: 'regime'; rateBp: number }
    | { do: 'invoice_day'; invoiceDay: number }
    | ({ do: 'discount'; plan: number } & PlanDiscount)
    /** The nth discount is offered no more. */
    | { do: 'end_discount'; nth: number; isTaken: boolean }
  )

/** A discount for all who take a plan, of an amount or a percentage. */
export type PlanDiscount = {
  amount: number | null
  percentBp: number | null
  /** How many invoices of each service; null: as long as it has the plan. */
  months: number | null
  isConditional: boolean
  /** For so many days it is given to who takes the plan; null: until it ends. */
  days: number | null
  isForExisting: boolean
}

export type Life = ReadonlyArray<Intent>

export type Story = {
  seed: number
  zone: string
  invoiceDay: number
  rateBp: number
  /** Null: nobody is charged for being late. */
  lateFee: LateFee | null
  from: Day
  until: Day
  plans: ReadonlyArray<Plan>
  lives: ReadonlyArray<Life>
  turns: ReadonlyArray<Turn>
  /** Stretches in which no scheduler ran. */
  outages: ReadonlyArray<{ from: Day; until: Day }>
}

export type Setting = {
  seed: number
  zone: string
  invoiceDay: number
  rateBp: number
  subscribers: number
  months: number
  lateFee?: LateFee
  /** Everybody changes plans and pauses all the time, hardly pays, and never ends. */
  isRestless?: boolean
  /** What else happens besides billing, payments and changes of service; everything, unless it is said. */
  themes?: ReadonlyArray<Theme>
}

const START = dayOf(2027, 1, 1)

export const PLANS: ReadonlyArray<Plan> = [
  { mode: 'postpaid', price: 99_900, days: null, vatClass: 'vatable' },
  { mode: 'postpaid', price: 149_999, days: null, vatClass: 'vatable' },
  { mode: 'postpaid', price: 70_763, days: null, vatClass: 'exempt' },
  { mode: 'postpaid', price: 250_001, days: null, vatClass: 'zero_rated' },
  { mode: 'prepaid', price: 99_900, days: 30, vatClass: 'vatable' },
  { mode: 'prepaid', price: 55_000, days: 15, vatClass: 'vatable' },
]
const POSTPAID = [0, 1, 2, 3]
const PREPAID = [4, 5]

/** Calendars of single services: the ends of months are where calendars go wrong. */
const ANCHORS: ReadonlyArray<Day> = [
  dayOf(2026, 12, 5),
  dayOf(2024, 2, 29),
  dayOf(2026, 11, 30),
  dayOf(2026, 12, 31),
]

export function tellStory(setting: Setting): Story {
  const dice = chance(setting.seed)
  const until = dayOf(2027 + Math.floor(setting.months / 12), 1 + (setting.months % 12), 1)
  const span = until - START
  const seeds = Array.from({ length: setting.subscribers }, () => dice.between(1, 2 ** 31))
  return {
    ...setting,
    lateFee: setting.lateFee ?? null,
    from: START,
    until,
    plans: PLANS,
    turns: [
      ...turnsOf(dice, setting, span),
      ...discountsOf(chance(setting.seed + 2), setting, span),
    ].sort(byMoment),
    outages: Array.from({ length: Math.ceil(setting.months / 10) }, () => {
      const from = START + dice.between(0, span)
      return { from, until: from + dice.between(1, 40) }
    }),
    lives: [...keepers(), ...seeds.map((seed) => lifeOf(chance(seed), span, setting))],
  }
}

/**
 * One service for each calendar runs through the whole story, so that every boundary is a run of its day,
 * whoever else lives in it.
 */
function keepers(): ReadonlyArray<Life> {
  return ANCHORS.map((anchor) => [
    { do: 'start', day: START, second: 1, plan: 0, anchor, ago: 0 } as const,
  ])
}

function turnsOf(dice: Chance, setting: Setting, span: number): Array<Turn> {
  const moment = (): Moment => ({
    day: START + dice.between(1, span),
    second: dice.between(1, 86_000),
  })
  const prices = Array.from({ length: Math.ceil(setting.months / 3) }, (): Turn => {
    const plan = dice.between(0, PLANS.length - 1)
    return {
      ...moment(),
      do: 'price',
      plan,
      price: Math.round(((PLANS[plan]?.price ?? 0) * dice.between(70, 150)) / 100),
      ahead: dice.between(0, 45),
      isFollowed: dice.percent(50),
    }
  })
  const regime: Turn = { ...moment(), do: 'regime', rateBp: setting.rateBp === 0 ? 1200 : 0 }
  const billDay: Turn = {
    ...moment(),
    do: 'invoice_day',
    invoiceDay: dice.of([1, 10, 28, 31].filter((day) => day !== setting.invoiceDay)),
  }
  return [...prices, regime, billDay].sort(byMoment)
}

/** Discounts of plans; each is offered a while. */
function discountsOf(
  dice: Chance,
  { months, isRestless, themes }: Setting,
  span: number,
): Array<Turn> {
  if (isRestless || (themes && !themes.includes('discounts'))) return []
  return Array.from({ length: Math.ceil(months / 8) }, (_, nth) => {
    const day = START + Math.floor((span * nth * 8) / months) + dice.between(1, 100)
    const isPercent = dice.percent(50)
    const ends = dice.between(10, 300)
    return [
      {
        do: 'discount',
        day,
        second: dice.between(1, 86_000),
        plan: dice.of(POSTPAID),
        amount: isPercent ? null : dice.between(100, 30_000),
        percentBp: isPercent ? dice.between(1, 4000) : null,
        months: dice.percent(60) ? dice.between(1, 12) : null,
        isConditional: dice.percent(35),
        days: dice.percent(50) ? dice.between(5, 200) : null,
        isForExisting: dice.percent(40),
      },
      ...(dice.percent(60)
        ? [{ do: 'end_discount', day: day + ends, second: 1, nth, isTaken: dice.percent(40) }]
        : []),
    ] as Array<Turn>
  })
    .flat()
    .filter(({ day }) => day < START + span)
}

function lifeOf(
  dice: Chance,
  span: number,
  { isRestless = false, themes = THEMES }: Setting,
): Life {
  const begins = START + Math.floor((span * dice.between(0, 80) * dice.between(0, 100)) / 10_000)
  const kind = dice.of(['postpaid', 'postpaid', 'postpaid', 'prepaid', 'both'] as const)
  const habit = isRestless ? 'slow' : dice.of(['exact', 'exact', 'mixed', 'ahead', 'slow'] as const)
  const intents: Array<Intent> = []
  const moment = (day: Day): Moment => ({ day, second: dice.between(25_000, 80_000) })

  const start = (day: Day, mode: Mode) =>
    intents.push({
      ...moment(day),
      do: 'start',
      plan: dice.of(mode === 'prepaid' ? PREPAID : POSTPAID),
      anchor: mode === 'postpaid' && dice.percent(35) ? dice.of(ANCHORS) : null,
      ago: dice.percent(30) ? dice.between(-20, 40) : 0,
    })

  if (kind !== 'prepaid') start(begins, 'postpaid')
  if (kind !== 'postpaid') start(begins + dice.between(0, 90), 'prepaid')
  if (kind !== 'prepaid' && dice.percent(12)) start(begins + dice.between(0, 500), 'postpaid')

  const every = habit === 'ahead' ? 150 : habit === 'slow' ? 80 : 45
  for (
    let day = begins + dice.between(0, 40);
    day < START + span;
    day += dice.between(every - 10, every + 12)
  ) {
    intents.push({
      ...moment(day),
      do: 'pay',
      how:
        habit === 'exact'
          ? 'exact'
          : habit === 'ahead'
            ? 'over'
            : dice.of(['part', 'any', 'over', 'exact'] as const),
      size: dice.between(1, 1000),
      service: kind === 'postpaid' || dice.percent(15) ? null : 0,
      minutesAgo: dice.percent(25) ? dice.between(0, 9 * 1440) : 0,
      method: dice.of(['cash', 'gcash', 'cash', 'gcash', 'bank', 'cheque'] as const),
    })
    if (dice.percent(5)) {
      intents.push({ ...moment(day + dice.between(0, 45)), do: 'void', nth: dice.between(0, 3) })
    }
  }
  const rest = START + span - begins
  if (dice.percent(20)) {
    intents.push({
      ...moment(begins + dice.between(1, rest)),
      do: 'bill_day',
      service: 0,
      // Calendars that some keeper has, or the ISP's own.
      dayOfMonth: dice.of([5, 31, null]),
    })
  }
  const changes = isRestless ? span / 25 : dice.percent(60) ? dice.between(1, 8) : 0
  for (let nth = 0; nth < changes; nth += 1) {
    const day = begins + dice.between(1, rest)
    // Some change their mind within the period.
    for (const at of dice.percent(30) ? [day, day + dice.between(0, 25)] : [day]) {
      intents.push({
        ...moment(at),
        do: 'change',
        service: dice.between(0, 1),
        plan: dice.of(POSTPAID),
        shift: dice.percent(40) ? null : dice.between(-45, 45),
      })
    }
  }
  const pauses = isRestless ? span / 60 : dice.percent(40) ? dice.between(1, 4) : 0
  for (let nth = 0; nth < pauses; nth += 1) {
    const day = begins + dice.between(1, rest)
    const days = dice.between(1, 80)
    intents.push({ ...moment(day), do: 'pause', service: 0, shift: dice.between(-30, 30), days })
    if (dice.percent(50)) {
      const after = day + dice.between(0, days)
      intents.push({ ...moment(after), do: 'resume', service: 0, shift: dice.between(-20, 10) })
    }
  }
  if (!isRestless && dice.percent(40)) {
    const day = begins + dice.between(1, rest)
    const service = dice.between(0, 1)
    intents.push({ ...moment(day), do: 'end', service, shift: dice.between(-20, 20) })
    if (dice.percent(60)) {
      intents.push({
        ...moment(day + dice.between(0, 90)),
        do: 'return',
        service,
        plan: dice.of(POSTPAID),
        shift: dice.between(-20, 20),
      })
    }
  }
  if (!isRestless && themes.length > 0) {
    for (const theme of new Set([dice.of(themes), dice.of(themes)])) {
      const life = { from: begins, until: START + span, prepaid: PREPAID }
      for (const deed of deeds(dice, theme, life)) intents.push({ ...moment(deed.day), ...deed })
    }
  }
  return intents.filter(({ day }) => day < START + span).sort(byMoment)
}

export function byMoment(a: Moment, b: Moment) {
  return a.day - b.day || a.second - b.second
}
