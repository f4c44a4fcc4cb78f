import { expect, test } from 'vitest'
import { batchFault, expectRefusal } from './refusal.server'

test('a refusal keeps its reason and its sentence', () => {
  const error = { code: 'PT409', details: 'payment_conflict', message: 'That payment is there.' }

  expect(expectRefusal(error)).toEqual({
    reason: 'payment_conflict',
    message: 'That payment is there.',
  })
})

test.each(['42501', '23505', 'PGRST301', 'PT500', '', undefined])(
  'an error of code %s is a bug and is thrown',
  (code) => {
    expect(() => expectRefusal({ code, message: 'permission denied' })).toThrow('permission denied')
  },
)

test.each(['22021', '22P05'])(
  'a sign the database cannot store (%s) is said, not fallen over',
  (code) => {
    expect(expectRefusal({ code, message: 'invalid byte sequence' })).toMatchObject({
      reason: 'text_unwritable',
    })
  },
)

test.each([
  ['22P02', 'batch_unreadable'],
  ['22P05', 'batch_unreadable'],
  ['54001', 'batch_unreadable'],
  ['P0001', 'batch_failed'],
  ['XX000', 'batch_failed'],
  ['40P01', null],
  ['57P01', null],
  ['53300', null],
  ['PGRST301', null],
  ['PT403', null],
  ['', null],
] as const)('a batch that ran into %s: %s', (code, fault) => {
  expect(batchFault({ code, message: '' })).toBe(fault)
})
