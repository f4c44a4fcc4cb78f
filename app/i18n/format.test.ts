import { expect, test } from 'vitest'
import {
  duePhrase,
  formatAmount,
  formatCount,
  formatDay,
  formatInstant,
  formatMoney,
  formatMonth,
  timeLeftPhrase,
} from './format'
import { chosenLanguage, languageOfPage } from './languages'

test.each([
  [115_000, '₱1,150.00'],
  [123_456_789, '₱1,234,567.89'],
  [5, '₱0.05'],
  [0, '₱0.00'],
  [-15_000, '−₱150.00'],
  [-100_000_000_000, '−₱1,000,000,000.00'],
])('%d centavos read %s', (minor, text) => {
  expect(formatMoney(minor)).toBe(text)
})

test('another currency keeps its name', () => {
  expect(formatMoney(115_000, 'USD')).toBe('$1,150.00')
  expect(formatMoney(115_000, 'SGD')).toBe('SGD 1,150.00')
  expect(formatAmount(-115_000)).toBe('−1,150.00')
  expect(formatCount(4_812)).toBe('4,812')
})

test('days read in each language', () => {
  expect(formatDay('2026-11-03')).toBe('3 Nov 2026')
  expect(formatDay('2026-11-03', 'fil')).toBe('3 Nob 2026')
  expect(formatDay('2026-09-30', 'ceb')).toBe('30 Sep 2026')
  expect(formatMonth('2026-02')).toBe('Feb 2026')
  expect(formatInstant('2026-11-02T16:05:00Z', 'Asia/Manila')).toBe('3 Nov 2026, 00:05')
})

test('a due day and paid time are told from today', () => {
  expect(duePhrase('2026-11-03', '2026-11-15')).toEqual({ key: 'due.past', count: 12 })
  expect(duePhrase('2026-11-03', '2026-11-03')).toEqual({ key: 'due.today', count: 0 })
  expect(duePhrase('2026-11-06', '2026-11-03')).toEqual({ key: 'due.in', count: 3 })
  expect(timeLeftPhrase('2026-11-05', '2026-11-03')).toEqual({ key: 'left.days', count: 2 })
  expect(timeLeftPhrase('2026-11-04', '2026-11-03')).toEqual({ key: 'left.last_day', count: 1 })
  expect(timeLeftPhrase('2026-10-31', '2026-11-03')).toEqual({ key: 'left.ended', count: 3 })
})

test('a chosen language wins over the one the browser asks for', () => {
  expect(chosenLanguage('a=1; linyada_lang=ceb', 'fil-PH,en')).toBe('ceb')
  expect(chosenLanguage('', 'tl-PH,tl;q=0.9,en;q=0.8')).toBe('fil')
  expect(chosenLanguage('linyada_lang=xx', 'de,ceb;q=0.5')).toBe('ceb')
  expect(chosenLanguage('', '')).toBe('en')
})

test('the office and the stored shells are English for everybody', () => {
  expect(languageOfPage('/office/billing', 'fil')).toBe('en')
  expect(languageOfPage('/collector/shell', 'fil')).toBe('en')
  expect(languageOfPage('/collector/route', 'fil')).toBe('fil')
  expect(languageOfPage('/portal', 'ceb')).toBe('ceb')
})
