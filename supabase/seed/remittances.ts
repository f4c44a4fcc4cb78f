// Cash of the demo goes its way: handed in and counted each evening, to the bank each Friday, short now and then.

import { deflateSync } from 'node:zlib'
import { weekdayOf } from '../../app/domain/calendar.ts'
import { denominationsOf } from '../../app/domain/cash.ts'
import { at, type Collector, type DemoIsp, newId } from './isp.ts'

const FRIDAY = 5
const SHORT_ON = '17'
const REPAID_ON = '20'
const SHORT_MINOR = 20_000
const FLOAT_MINOR = 500_000
const BANK = 'LandBank Velez'

/** The evening: the collector hands in, the cashier counts. Once a month one collector is short, and later repays the half. */
export async function handIn(demo: DemoIsp, collector: Collector, day: string) {
  const isLast = collector === demo.collectors.at(-1)
  const isShort = isLast && day.endsWith(SHORT_ON) && collector.onHandMinor > SHORT_MINOR * 2
  const id = await declare(collector, at(day, '18:00'))
  const counted = collector.onHandMinor - (isShort ? SHORT_MINOR : 0)
  await count(demo, id, counted, at(day, '18:10'))
  collector.onHandMinor = 0

  if (isShort) {
    await demo.owner.as(at(day, '18:30'), (rpc) =>
      rpc('approve_variance', id, 'Says a bill was given twice as change in Carmen'),
    )
    collector.owedMinor += SHORT_MINOR
  }
  if (day.endsWith(REPAID_ON) && collector.owedMinor > 0) {
    await demo.cashier.as(at(day, '18:20'), (rpc) =>
      rpc('repay_shortage', {
        id: newId(),
        collector_id: collector.memberId,
        amount_minor: SHORT_MINOR / 2,
        note: 'The other half on payday',
      }),
    )
    collector.owedMinor -= SHORT_MINOR / 2
  }
}

/** Each Friday what was counted in the week goes to the bank with the cash of the counter, but for change. */
export async function goToBank(demo: DemoIsp, day: string) {
  if (weekdayOf(day) !== FRIDAY) return
  await demo.cashier.as(at(day, '18:45'), async (rpc, sql) => {
    const waiting = await sql<Array<{ id: string; counted_minor: string }>>`
      select r.id, r.counted_minor::text from api.remittances as r where r.state = 'accepted' and r.bank_deposit_id is null
    `
    const counted = waiting.reduce((sum, row) => sum + Number(row.counted_minor), 0)
    const office = Number(await rpc<string>('office_cash'))
    const amount = Math.max(counted, Math.floor((office - FLOAT_MINOR) / 100_000) * 100_000)
    if (amount > office || amount <= 0) return
    const slip = `0${day.replaceAll('-', '')}`
    await rpc('record_bank_deposit', {
      id: newId(),
      amount_minor: amount,
      bank: BANK,
      slip_number: slip,
      remittance_ids: waiting.map(({ id }) => id),
      photo: { content_type: 'image/png', base64: slipPicture() },
    })
  })
}

/** Of the last two collectors, one hand-in waits to be counted and one for a word on what is missing. */
export async function leaveSomeOpen(demo: DemoIsp, now: Date) {
  const [, waiting, short] = demo.collectors
  if (waiting && waiting.onHandMinor > 0) await declare(waiting, now)
  if (short && short.onHandMinor > SHORT_MINOR)
    await count(demo, await declare(short, now), short.onHandMinor - SHORT_MINOR / 2, now)
}

async function declare(collector: Collector, when: Date) {
  const id = newId()
  await collector.person.as(when, (rpc) =>
    rpc('submit_remittance', {
      id,
      declared_minor: collector.onHandMinor,
      denominations: piecesOf(collector.onHandMinor),
    }),
  )
  return id
}

function count(demo: DemoIsp, id: string, minor: number, when: Date) {
  return demo.cashier.as(when, (rpc) => rpc('count_remittance', id, minor, piecesOf(minor)))
}

/** The fewest notes and coins that make the sum. */
function piecesOf(minor: number): Record<string, number> {
  let left = minor
  const pieces: Record<string, number> = {}
  for (const { minor: worth } of denominationsOf('PHP')) {
    const of = Math.floor(left / worth)
    if (of > 0) pieces[worth] = of
    left -= of * worth
  }
  return pieces
}

/** A drawn slip: grey lines on paper. A photo would weigh a thousand times as much. */
function slipPicture() {
  const [width, height] = [280, 160]
  const rows = Array.from({ length: height }, (_, y) => {
    const isLine = y > 20 && y % 22 < 3
    const isFrame = y < 3 || y > height - 4
    return Buffer.from(
      Array.from({ length: width + 1 }, (_, x) => {
        if (x === 0) return 0
        if (isFrame || x < 4 || x > width - 3) return 120
        return isLine && x > 16 && x < (y % 44 < 22 ? 250 : 150) ? 90 : 245
      }),
    )
  })
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]).toString('base64')
}

function chunk(name: string, content: Buffer) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, sum])
}

/** The checksum a PNG asks for. */
function crc(bytes: Buffer) {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}
