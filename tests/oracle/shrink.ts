// From a story that shows a difference to the smallest one that still does: one life, few events, few months.

import { partsOf, write } from './days.ts'
import { type Difference } from './replay.ts'
import { type Story } from './story.ts'

/** An event of the story that can be left out: of a life, of the ISP, or of the machine. */
type Event =
  | { of: 'life'; life: number; at: number }
  | { of: 'turns'; at: number }
  | { of: 'outages'; at: number }

export type Try = (story: Story) => Promise<Difference | null>

export async function shrink(
  story: Story,
  found: Difference,
  attempt: Try,
  limit = { tries: 40, milliseconds: 240_000 },
): Promise<{ story: Story; difference: Difference }> {
  let best = { story, difference: found }
  let left = limit.tries
  const ends = Date.now() + limit.milliseconds

  const keep = async (smaller: Story) => {
    if (Date.now() > ends) left = 0
    if (left === 0) return false
    left -= 1
    const difference = await attempt(smaller)
    if (!difference || kindOf(difference) !== kindOf(found)) return false
    best = { story: smaller, difference }
    return true
  }

  const { life, day } = found
  const soon = { ...story, until: Math.min(story.until, day + 32) }
  if (
    life === null ||
    !(await keep(only(soon, (event) => event.of !== 'life' || event.life === life)))
  ) {
    await keep(soon)
  }

  for (let size = Math.ceil(eventsOf(best.story).length / 2); size >= 1 && left > 0;) {
    const events = eventsOf(best.story)
    let dropped = false
    for (let from = 0; from < events.length && left > 0; from += size) {
      const gone = new Set(events.slice(from, from + size).map(nameOf))
      dropped = await keep(only(best.story, (event) => !gone.has(nameOf(event))))
      if (dropped) break
    }
    if (!dropped) size = size === 1 ? 0 : Math.ceil(size / 2)
    else size = Math.min(size, Math.max(1, Math.ceil(eventsOf(best.story).length / 2)))
  }
  return best
}

/**
 * What went wrong, without which one it was and by how much: a smaller story that fails in another way, by a command about something
 * that was left out, does not show what was found.
 */
function kindOf({ what, product, oracle }: Difference): string {
  const kind = what.replace(/\d+/, '')
  if (what === 'refused') return `${kind}: ${String(product).replace(/[\d,.]+/g, '')}`
  if (!Array.isArray(product) || !Array.isArray(oracle)) return kind
  const place = oracle.findIndex((part, at) => JSON.stringify(part) !== JSON.stringify(product[at]))
  return `${kind}: ${Math.min(place, FIRST_LINE)}`
}

/** Of what stands for an invoice, its head comes before its lines. */
const FIRST_LINE = 8

/** A story as a person reads it. */
export function retell({ story, difference }: { story: Story; difference: Difference }): string {
  const lines = [
    ...story.lives.flatMap((life, at) => life.map((intent) => ({ who: `life ${at}`, ...intent }))),
    ...story.turns.map((turn) => ({ who: 'the ISP', ...turn })),
  ]
    .sort((a, b) => a.day - b.day || a.second - b.second)
    .map(({ day, second, who, do: what, ...rest }) =>
      [write(day), clockTime(second), who, what, JSON.stringify(readable(rest))].join(' '),
    )
  return [
    `seed ${story.seed}, ${story.zone}, invoice day ${story.invoiceDay}, VAT ${story.rateBp}, ${write(story.from)} to ${write(story.until)}`,
    ...story.outages.map(
      ({ from, until }) => `no scheduler from ${write(from)} to ${write(until)}`,
    ),
    ...lines,
    `differs on ${write(difference.day)}: ${difference.what}`,
    `product ${JSON.stringify(difference.product)}`,
    `oracle  ${JSON.stringify(difference.oracle)}`,
  ].join('\n')
}

function eventsOf(story: Story): Array<Event> {
  return [
    ...story.turns.map((_, at): Event => ({ of: 'turns', at })),
    ...story.outages.map((_, at): Event => ({ of: 'outages', at })),
    ...story.lives.flatMap((life, of) =>
      life.map((_, at): Event => ({ of: 'life', life: of, at })),
    ),
  ]
}

function only(story: Story, wanted: (event: Event) => boolean): Story {
  return {
    ...story,
    turns: story.turns.filter((_, at) => wanted({ of: 'turns', at })),
    outages: story.outages.filter((_, at) => wanted({ of: 'outages', at })),
    lives: story.lives
      .map((life, of) => life.filter((_, at) => wanted({ of: 'life', life: of, at })))
      .filter((life) => life.length > 0),
  }
}

function nameOf(event: Event) {
  return JSON.stringify(event)
}

function readable({ anchor, ...rest }: Record<string, unknown> & { anchor?: number | null }) {
  return typeof anchor === 'number' ? { ...rest, calendar: partsOf(anchor).date } : rest
}

function clockTime(second: number) {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two(second / 3600)}:${two((second / 60) % 60)}`
}
