import { expect, test } from 'vitest'
import { createSpeech } from './speech'

test('a text is filled in, and what is counted takes the form of its language', () => {
  const speech = createSpeech('en', () => ({
    'sync.unsent_one': '{{count}} waits',
    'sync.unsent_other': '{{count}} wait',
    receipt: 'Pays {{what}}, {{ left }} left.',
  }))
  const t = speech.say('common') as (key: string, fillings?: Record<string, unknown>) => string

  expect(t('sync.unsent', { count: 1 })).toBe('1 waits')
  expect(t('sync.unsent', { count: 0 })).toBe('0 wait')
  expect(t('receipt', { what: '{{left}} $&', left: null })).toBe('Pays {{left}} $&,  left.')
  expect(t('unknown')).toBe('unknown')
})

test('texts on their way are thrown as a promise, once, and are there when it is done', async () => {
  let asked = 0
  const speech = createSpeech('en', () => {
    asked += 1
    return Promise.resolve({ back: 'Back' })
  })

  const first = thrownBy(() => speech.say('common'))
  expect(thrownBy(() => speech.say('common'))).toBe(first)
  await first
  expect(speech.say('common')('back')).toBe('Back')
  expect(speech.say('common')).toBe(speech.say('common'))
  expect(asked).toBe(1)
})

test('texts that cannot be had are said so, and not asked for without end', async () => {
  const gone = new Error('No signal')
  const speech = createSpeech('en', () => Promise.reject(gone))

  await thrownBy(() => speech.say('common'))
  expect(thrownBy(() => speech.say('common'))).toBe(gone)
})

test('the language turns only when every text in use has arrived in it', async () => {
  const speech = createSpeech('en', (language) => Promise.resolve({ back: language }))
  await speech.load(['common'])
  const seen: Array<string> = []
  speech.subscribe(() => seen.push(speech.say('common')('back')))

  const turned = speech.turnTo('ceb')
  expect(speech.language()).toBe('en')
  await turned
  expect(seen).toEqual(['ceb'])
})

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (thrown) {
    return thrown
  }
  throw new Error('Nothing was thrown')
}
