import { expect, test } from 'vitest'
import { expectRefusal } from './refusal.server'

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
