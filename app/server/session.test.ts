import { expect, test } from 'vitest'
import {
  authProblem,
  emailOfName,
  nameOfEmail,
  newPassword,
  signInName,
  signInNameOf,
} from './session.server'

test('a sign-in name becomes an address that cannot exist, and back', () => {
  expect(emailOfName('1042-kx7m')).toBe('1042-kx7m@portal.invalid')
  expect(nameOfEmail('1042-kx7m@portal.invalid')).toBe('1042-kx7m')
  expect(emailOfName('ana@example.com')).toBe('ana@example.com')
  expect(nameOfEmail('ana@example.com')).toBe('ana@example.com')
})

test('the same invitation always gives the same sign-in name, another gives another', () => {
  expect(signInNameOf('CDO-1042', 'secret')).toMatch(/^cdo1042-[a-z2-9]{4}$/)
  expect(signInNameOf('CDO-1042', 'secret')).toBe(signInNameOf('CDO-1042', 'secret'))
  expect(signInNameOf('CDO-1042', 'secret')).not.toBe(signInNameOf('CDO-1042', 'other'))
})

test('typed capitals and spaces around a name do not matter', () => {
  expect(signInName.parse('  1042-KX7M ')).toBe('1042-kx7m')
})

test.each(['short', 'a'.repeat(73), 'ñ'.repeat(40)])('%s is no password', (password) => {
  expect(newPassword.safeParse(password).success).toBe(false)
})

test('an unknown failure of Auth is a bug and is thrown', () => {
  const failure = { name: 'AuthApiError', code: 'unexpected_failure', status: 500 }
  expect(() => authProblem(failure)).toThrow()
})
