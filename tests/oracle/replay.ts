// Tells a story to the oracle and to the product, day by day on the test clock, and says where they first differ.

import { type OwnDatabase } from '../db/database.ts'
import { uuid7 } from '~/domain/uuid7'
import { sum } from './account.ts'
import { openBook } from './book.ts'
import { type Command } from './commands.ts'
import { chance } from './chance.ts'
import { type Day, instantOf } from './days.ts'
import { resolve } from './intents.ts'
import { balancesOf, type Standing, standingOf, standingsOf, trialOf } from './ledgers.ts'
import { openProduct } from './product.ts'
import { daysNotOnce } from './service.ts'
import { byMoment, type Story } from './story.ts'

/** Where product and oracle differ; `life` is the one it happened to, if it was one. */
export type Difference = {
  life: number | null
  day: Day
  what: string
  product: unknown
  oracle: unknown
}

/** How much there was to be equal, and how often each thing was done. */
export type Count = { invoices: number; lines: number; notes: number } & Record<string, number>

/** How the product is driven, where it must make no difference. */
export type Way = {
  /** So many subscribers in a chunk of a run, instead of the dispatcher's own. */
  chunk?: number
  /** Every run is asked for again at once, by the schedule and by a person. */
  isAskedTwice?: boolean
  /** What subscribers do on one day happens in the opposite order; each one's own acts stay in theirs. */
  isReversed?: boolean
  /** Whatever a test breaks in the product, to see it noticed. */
  mutation?: string
}

const LOOK_EVERY_DAYS = 30
/** Where an invoice stands follows from the day somebody looks; the days between are not caught up. */
const DUN_EVERY_DAYS = 6
/** Years go by in a minute, too fast for the database to notice by itself how it grew. */
const ANALYZE_EVERY_DAYS = 180

export async function replay(
  story: Story,
  own: OwnDatabase,
  way: Way = {},
): Promise<{ difference: Difference | null; count: Count }> {
  const book = openBook(story)
  const product = await openProduct(story, own)
  if (way.mutation) await own.sql.unsafe(way.mutation)
  const newId = idsOf()
  const subscribers = story.lives.map(() => newId())
  const lifeOf = (subscriber: string | null) =>
    subscriber === null ? null : subscribers.indexOf(subscriber)
  const rounds = roundsOf(story)
  const done = new Map<string, number>()

  const agenda = new Map<
    Day,
    Array<{ subscriber: string; intent: Story['lives'][number][number] }>
  >()
  for (const [at, life] of story.lives.entries()) {
    for (const intent of life) {
      const subscriber = subscribers[at] ?? ''
      agenda.set(intent.day, [...(agenda.get(intent.day) ?? []), { subscriber, intent }])
    }
  }

  const differ = (
    day: Day,
    subscriber: string | null,
    what: string,
    got: unknown,
    want: unknown,
  ) => ({
    difference: { life: lifeOf(subscriber), day, what, product: got, oracle: want },
    count: countOf(book, done),
  })

  try {
    await product.play(
      subscribers.map((subscriber) => ({
        do: 'join',
        at: instantOf(story.zone, story.from),
        subscriber,
      })),
    )
    for (const subscriber of subscribers) book.account(subscriber)

    for (let day = story.from; day < story.until; day += 1) {
      const round = rounds(day)
      const dispatch = async () => {
        const isDue = book.duePeriod(day) !== undefined
        const at = instantOf(story.zone, day, round ?? 0)
        if (isDue || day % 10 === 0) await product.dispatch(at, way)
        if (isDue && way.isAskedTwice) await product.dispatchAgain(at)
        book.runDue(day)
      }
      if (round !== null && round < 3600) await dispatch()

      for (const turn of story.turns.filter((one) => one.day === day)) {
        const [refusal] = await product.turn(turn)
        if (refusal) return differ(day, null, 'refused', refusal.said, turn)
        book.turn(turn)
      }

      const commands: Array<Command> = []
      for (const { subscriber, intent } of (agenda.get(day) ?? []).sort((a, b) =>
        byMoment(a.intent, b.intent),
      )) {
        const command = resolve(intent, subscriber, book, story, {
          newId,
          further: (places) => subscribers[subscribers.indexOf(subscriber) + places],
        })
        if (!command) continue
        book.apply(command)
        done.set(command.do, (done.get(command.do) ?? 0) + 1)
        commands.push(command)
      }
      if (commands.length > 0) {
        const [refusal] = await product.play(way.isReversed ? reversed(commands) : commands)
        if (refusal)
          return differ(day, refusal.subscriber, 'refused', refusal.said, refusal.command)
      }

      if (round !== null && round >= 3600) await dispatch()
      if (story.lateFee && day % DUN_EVERY_DAYS === 0) {
        await product.dun(instantOf(story.zone, day, 86_000))
        book.look(day)
      }

      if (day % ANALYZE_EVERY_DAYS === 0) await own.sql`analyze`
      if (day % LOOK_EVERY_DAYS === 0) {
        const balances = await balancesOf(product)
        for (const [subscriber, account] of book.accounts) {
          const want = `${sum(account.invoices.map(({ balance }) => balance))} ${account.credit}`
          const got = balances.get(subscriber) ?? '0 0'
          if (got !== want) {
            const whole = (await standingsOf(product)).get(subscriber)
            const first = whole && firstDifference(whole, standingOf(account))
            return differ(
              day,
              subscriber,
              first?.what ?? 'balance',
              first?.got ?? (await product.troubles()),
              first?.want ?? want,
            )
          }
        }
      }
    }

    await own.sql`analyze`
    const standings = await standingsOf(product)
    for (const [subscriber, account] of book.accounts) {
      const got = standings.get(subscriber)
      const first = got ? firstDifference(got, standingOf(account)) : undefined
      if (!got || first) {
        return differ(story.until, subscriber, first?.what ?? 'missing', first?.got, first?.want)
      }
    }
    for (const [subscriber, { services }] of book.accounts) {
      const wrong = services.flatMap((service) => daysNotOnce(service, story.from))
      if (wrong.length > 0)
        return differ(story.until, subscriber, 'a day not billed once', [], wrong)
    }
    const trial = await trialOf(product)
    const books = [...book.books.trial]
      .filter(([, amount]) => amount !== 0)
      .map(([code, amount]) => `${code} ${amount}`)
      .sort()
    if (trial.join() !== books.join())
      return differ(story.until, null, 'trial balance', trial, books)
    const offences = await own.sql`
      select invariant, subject, detail from ledger.offences(${product.tenant.id}) limit 20`
    if (offences.length > 0) return differ(story.until, null, 'offences', offences, [])
    return { difference: null, count: countOf(book, done) }
  } finally {
    product.close()
  }
}

/** When the scheduler comes by on a day, in seconds: mostly just after midnight, sometimes late at night, in an outage never. */
function roundsOf(story: Story) {
  const late = new Set<Day>()
  const dice = chance(story.seed + 1)
  for (let day = story.from; day < story.until; day += 1) if (dice.percent(15)) late.add(day)
  return (day: Day) => {
    if (story.outages.some(({ from, until }) => from <= day && day < until)) return null
    return late.has(day) ? 85_000 : 60
  }
}

function firstDifference(got: Standing, want: Standing) {
  for (let at = 0; at < Math.max(got.invoices.length, want.invoices.length); at += 1) {
    if (JSON.stringify(got.invoices[at]) !== JSON.stringify(want.invoices[at])) {
      return { what: `invoice ${at}`, got: got.invoices[at], want: want.invoices[at] }
    }
  }
  for (const what of [
    'allocations',
    'notes',
    'sales',
    'receivable',
    'credit',
    'deposit',
  ] as const) {
    if (JSON.stringify(got[what]) !== JSON.stringify(want[what])) {
      return { what, got: got[what], want: want[what] }
    }
  }
  return undefined
}

function countOf(book: ReturnType<typeof openBook>, done: ReadonlyMap<string, number>): Count {
  const invoices = [...book.accounts.values()].flatMap((account) => account.invoices)
  return {
    ...Object.fromEntries(done),
    invoices: invoices.length,
    lines: sum(invoices.map(({ lines }) => lines.length)),
    notes: sum(invoices.map(({ notes }) => notes.length)),
  }
}

/** Subscribers between whom money goes from one to the other stay together. */
function reversed(commands: ReadonlyArray<Command>): Array<Command> {
  const groups = new Map(commands.map(({ subscriber }) => [subscriber, subscriber]))
  for (const command of commands) {
    if (command.do !== 'transfer') continue
    const from = groups.get(command.subscriber) ?? command.subscriber
    const to = groups.get(command.to) ?? command.to
    for (const [one, group] of groups) if (group === to) groups.set(one, from)
  }
  return [...new Set(groups.values())]
    .reverse()
    .flatMap((group) => commands.filter(({ subscriber }) => groups.get(subscriber) === group))
}

/** Ids in the order of making, the same for the same story. */
function idsOf() {
  let made = 0
  return () => {
    made += 1
    const bytes = new Uint8Array(16)
    new DataView(bytes.buffer).setUint32(4, made)
    return uuid7(Date.UTC(2027, 0, 1) + made, bytes)
  }
}
