import { expect, test } from 'vitest'
import { readReceiptLink, receiptAddress, signedAddress } from './receipt-link'
import { toBase64Url } from './bytes'
import { receiptBytes, SIGNING, type ReceiptKey } from './receipt-signature'
import { type Books, stateOfSignature, verdictOn } from './receipt-verdict'

const receipt = {
  tenantId: '0193a0b2-1c3d-7e4f-8a5b-6c7d8e9f0a1b',
  deviceId: '0193a0b2-1c3d-7e4f-8a5b-6c7d8e9f0a1c',
  paymentId: '0193a0b2-1c3d-7e4f-8a5b-6c7d8e9f0a1d',
  number: 'KF-R-000123',
  amountMinor: 9_999_999_999,
  currency: 'PHP',
  accountNo: 'CDO-000042',
  receivedAt: '2026-11-21T02:03:04.567Z',
}

async function aPhone() {
  const pair = await crypto.subtle.generateKey(SIGNING, true, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const public_key: ReceiptKey = { kty: 'EC', crv: 'P-256', x, y }
  const sign = async (signed = receipt) =>
    toBase64Url(await crypto.subtle.sign(SIGNING, pair.privateKey, receiptBytes(signed)))
  return { key: { device_id: receipt.deviceId, public_key, ended_at: null }, sign }
}

const statementOf = (address: string) => address.split('#')[1] ?? ''

test('a link gives back exactly what was signed, and fits a 58 mm code', async () => {
  const { sign } = await aPhone()
  const link = { receipt, signature: await sign() }
  const address = signedAddress('https://pay.kagayanfiber.ph', link)

  expect(address.length).toBeLessThanOrEqual(250)
  expect(address.startsWith(receiptAddress('https://pay.kagayanfiber.ph', receipt.paymentId))).toBe(
    true,
  )
  expect(readReceiptLink(receipt.paymentId, statementOf(address))).toEqual(link)
})

test('any character of a link that is changed, left out or added is noticed', async () => {
  const { key, sign } = await aPhone()
  const statement = statementOf(signedAddress('', { receipt, signature: await sign() }))
  const phones = { keys: [key], isStale: false }
  const sameBytes = new Set<string>()

  const passes = async (changed: string) => {
    const link = readReceiptLink(receipt.paymentId, changed)
    return link !== null && (await stateOfSignature(link, phones)) === 'good'
  }
  for (let at = 0; at < statement.length; at += 1) {
    const other = statement[at] === 'A' ? 'Q' : 'A'
    const changed = statement.slice(0, at) + other + statement.slice(at + 1)
    if (await passes(changed)) sameBytes.add(`${at}`)
    expect(await passes(statement.slice(0, at))).toBe(false)
  }
  expect([...sameBytes]).toEqual([])
  expect(await passes(`${statement}AAAA`)).toBe(false)
  expect(await passes(statement)).toBe(true)
  expect(readReceiptLink(receipt.paymentId, 'no receipt')).toBeNull()
  expect(readReceiptLink(receipt.paymentId, '')).toBeNull()
})

test.each([
  { what: 'tenant', changed: { tenantId: '0193a0b2-1c3d-7e4f-8a5b-6c7d8e9f0a00' } },
  { what: 'phone', changed: { deviceId: '0193a0b2-1c3d-7e4f-8a5b-6c7d8e9f0a00' } },
  { what: 'payment', changed: { paymentId: '0193a0b2-1c3d-7e4f-8a5b-6c7d8e9f0a00' } },
  { what: 'number', changed: { number: 'KF-R-000124' } },
  { what: 'amount', changed: { amountMinor: 9_999_999_998 } },
  { what: 'currency', changed: { currency: 'USD' } },
  { what: 'account', changed: { accountNo: 'CDO-000043' } },
  { what: 'time', changed: { receivedAt: '2026-11-21T02:03:04.568Z' } },
])('another $what under the same signature is altered', async ({ changed }) => {
  const { key, sign } = await aPhone()
  const forged = { receipt: { ...receipt, ...changed }, signature: await sign() }
  const phones = { keys: [key, { ...key, device_id: forged.receipt.deviceId }], isStale: false }

  const signature = await stateOfSignature(forged, phones)
  expect(verdictOn({ link: forged, signature }, { state: 'unknown' })).toBe('altered')
})

test('a phone that is no phone of this ISP has signed nothing; one we have not heard of yet is asked about', async () => {
  const [ours, theirs] = [await aPhone(), await aPhone()]
  const link = { receipt, signature: await theirs.sign() }

  expect(await stateOfSignature(link, { keys: [ours.key], isStale: false })).toBe('bad')
  expect(await stateOfSignature(link, { keys: [], isStale: false })).toBe('bad')
  expect(await stateOfSignature(link, { keys: [], isStale: true })).toBe('unchecked')
  expect(await stateOfSignature(link, null)).toBe('unchecked')
})

test('a phone whose right has ended vouches for what it signed before, and for nothing after', async () => {
  const { key, sign } = await aPhone()
  const link = { receipt, signature: await sign() }
  const endedAt = (ended_at: string) => ({ keys: [{ ...key, ended_at }], isStale: false })

  expect(await stateOfSignature(link, endedAt('2026-11-21T03:00:00Z'))).toBe('ended')
  expect(await stateOfSignature(link, endedAt('2026-11-21T02:00:00Z'))).toBe('late')
})

const known: Books = { state: 'authentic', number: 'KF-R-000123', amount_minor: 9_999_999_999 }
const unknown: Books = { state: 'unknown' }

test.each([
  { signature: 'good', books: known, says: 'authentic' },
  { signature: 'good', books: { ...known, state: 'voided' }, says: 'voided' },
  { signature: 'good', books: { ...known, amount_minor: 1 }, says: 'altered' },
  { signature: 'good', books: { ...known, number: 'KF-R-000124' }, says: 'altered' },
  { signature: 'good', books: unknown, says: 'not_yet' },
  { signature: 'good', books: null, says: 'signed' },
  { signature: 'bad', books: known, says: 'altered' },
  { signature: 'bad', books: null, says: 'altered' },
  { signature: 'ended', books: known, says: 'authentic' },
  { signature: 'ended', books: unknown, says: 'ask_office' },
  { signature: 'ended', books: null, says: 'signed' },
  { signature: 'late', books: known, says: 'authentic' },
  { signature: 'late', books: unknown, says: 'ask_office' },
  { signature: 'late', books: null, says: 'ask_office' },
  { signature: 'unchecked', books: known, says: 'authentic' },
  { signature: 'unchecked', books: { ...known, amount_minor: 1 }, says: 'altered' },
  { signature: 'unchecked', books: unknown, says: 'unknown' },
  { signature: 'unchecked', books: null, says: 'offline' },
] as const)('signature $signature, books $books.state: $says', ({ signature, books, says }) => {
  expect(verdictOn({ link: { receipt, signature: '' }, signature }, books)).toBe(says)
})

test('without a statement only the books speak', () => {
  expect(verdictOn('none', known)).toBe('authentic')
  expect(verdictOn('none', unknown)).toBe('unknown')
  expect(verdictOn('none', null)).toBe('offline')
  expect(verdictOn('damaged', known)).toBe('damaged')
})
