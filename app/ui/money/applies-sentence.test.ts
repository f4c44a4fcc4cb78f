import { expect, test } from 'vitest'
import { serverSpeech } from '~/i18n/texts.server'
import { appliesSentence, spanWords, type PaymentEffect } from './applies-sentence'

const words = {
  t: serverSpeech('en').say('common'),
  language: 'en',
  timeZone: 'Asia/Manila',
} as const

const november = {
  number: 'INV-9',
  period: '2026-11-01',
  amount_minor: 99_900,
  settles: true,
  left_minor: 0,
}
const december = {
  number: 'INV-10',
  period: '2026-12-01',
  amount_minor: 15_000,
  settles: false,
  left_minor: 84_900,
}
const nothing: PaymentEffect = { applies: [], prepaid: null, credit_minor: 0 }

test('a payment of one month with a rest says what stays as credit', () => {
  expect(appliesSentence({ ...nothing, applies: [november], credit_minor: 15_100 }, words)).toBe(
    'Pays Nov 2026 in full; ₱151.00 stays as credit.',
  )
})

test('a payment that runs out inside a month says what stays open', () => {
  expect(appliesSentence({ ...nothing, applies: [november, december] }, words)).toBe(
    'Pays Nov 2026 in full; pays ₱150.00 of Dec 2026, ₱849.00 stays open; nothing left over.',
  )
})

test('several settled invoices share one verb, and one without a period goes by its number', () => {
  const sale = { ...november, number: 'INV-7', period: null }
  const october = { ...november, period: '2026-10-01' }
  expect(appliesSentence({ ...nothing, applies: [october, november, sale] }, words)).toBe(
    'Pays Oct 2026, Nov 2026 and invoice INV-7 in full; nothing left over.',
  )
})

test('prepaid time says how long and until when', () => {
  const prepaid = { plan_name: 'Fiber 25', seconds: 388_800, ends_at: '2026-12-03T10:00:00Z' }
  expect(appliesSentence({ ...nothing, prepaid }, words)).toBe(
    'Buys 4 days 12 hours of Fiber 25, until 3 Dec 2026, 18:00; nothing left over.',
  )
})

test('a span names its two largest units', () => {
  expect(spanWords(90_061, words.t)).toBe('1 day 1 hour')
  expect(spanWords(59, words.t)).toBe('0 minutes')
})

test.each(['fil', 'ceb'] as const)('every part has words in %s', (language) => {
  const t = serverSpeech(language).say('common')
  const prepaid = { plan_name: 'Fiber 25', seconds: 388_800, ends_at: '2026-12-03T10:00:00Z' }
  const sentence = appliesSentence(
    { applies: [november, december], prepaid, credit_minor: 100 },
    { ...words, t, language },
  )
  expect(sentence).not.toMatch(/applies|span\./)
})
