import { expect, test } from 'vitest'
import { localPath } from './local-path'

test.each(['/office', '/office/invoices?state=open', '/join/abc_D-1'])('%s is ours', (path) => {
  expect(localPath(path, '/')).toBe(path)
})

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  'https://evil.example/office',
  'javascript:alert(1)',
  'office',
  '',
  null,
  undefined,
])('%j leads nowhere', (path) => {
  expect(localPath(path, '/office')).toBe('/office')
})
