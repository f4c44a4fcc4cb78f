import { expect, test } from 'vitest'
import { printable, printableSigns, withPrintable } from './printable'

test.each([
  ['Peñaranda, María ₱1.00', 'Peñaranda, María ₱1.00'],
  ['Pen\u0303aranda', 'Peñaranda'],
  ['two\nlines', 'two\nlines'],
  ['Anna 👩‍👩‍👧!', 'Anna ?!'],
  ['中文', '??'],
  ['\u202eturned\u200b round', 'turned round'],
])('%j is drawn as %j', async (text, drawn) => {
  expect(printable(text, await printableSigns())).toBe(drawn)
})

test('all words of a document are looked at, and its numbers left alone', () => {
  const document = { lines: [{ description: 'é', total_minor: 100 }], voided_at: null }
  expect(withPrintable(document, () => false)).toEqual({
    lines: [{ description: '?', total_minor: 100 }],
    voided_at: null,
  })
})
