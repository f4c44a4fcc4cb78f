// The address in a receipt's code. The path names the payment; what was signed stands behind the `#`, which browsers keep to
// themselves: no server and no log between sees what is on the paper.

import { fromBase64Url, fromHex, toBase64Url, toHex } from './bytes'
import type { SignedReceipt } from './receipt-signature'

export type ReceiptLink = { receipt: SignedReceipt; signature: string }

const VERSION = 1
const AMOUNT_BYTES = 5
const TIME_BYTES = 6
const CURRENCY_BYTES = 3
const SIGNATURE_BYTES = 64
const MOST_TEXT_BYTES = 255

/** `https://…/r/<payment>`: enough to ask whether the ISP has the payment. */
export function receiptAddress(origin: string, paymentId: string): string {
  return `${origin}/r/${paymentId}`
}

/** The same with all that was signed, about 240 characters: a code that a 58 mm paper carries. */
export function signedAddress(origin: string, { receipt, signature }: ReceiptLink): string {
  const receivedAt = Date.parse(receipt.receivedAt)
  if (new Date(receivedAt).toISOString() !== receipt.receivedAt) {
    throw new RangeError(`${receipt.receivedAt} is not an instant as phones write it`)
  }
  const bytes = [
    VERSION,
    ...bytesOfId(receipt.tenantId),
    ...bytesOfId(receipt.deviceId),
    ...bytesOfNumber(receivedAt, TIME_BYTES),
    ...bytesOfNumber(receipt.amountMinor, AMOUNT_BYTES),
    ...new TextEncoder().encode(receipt.currency.padEnd(CURRENCY_BYTES).slice(0, CURRENCY_BYTES)),
    ...bytesOfText(receipt.number),
    ...bytesOfText(receipt.accountNo),
    ...fromBase64Url(signature),
  ]
  const statement = toBase64Url(Uint8Array.from(bytes).buffer)
  return `${receiptAddress(origin, receipt.paymentId)}#${statement}`
}

/** What a link says, or null when it is damaged. Says nothing about whether it is true. */
export function readReceiptLink(paymentId: string, statement: string): ReceiptLink | null {
  try {
    const take = reader(fromBase64Url(statement))
    if (numberOf(take(1)) !== VERSION) return null
    const receipt = {
      tenantId: idOf(take(16)),
      deviceId: idOf(take(16)),
      paymentId: paymentId.toLowerCase(),
      receivedAt: new Date(numberOf(take(TIME_BYTES))).toISOString(),
      amountMinor: numberOf(take(AMOUNT_BYTES)),
      currency: textOf(take(CURRENCY_BYTES)).trimEnd(),
      number: textOf(take(numberOf(take(1)))),
      accountNo: textOf(take(numberOf(take(1)))),
    }
    const signature = toBase64Url(Uint8Array.from(take(SIGNATURE_BYTES)).buffer)
    return take(0, 'rest').length === 0 ? { receipt, signature } : null
  } catch {
    return null
  }
}

function reader(bytes: Uint8Array) {
  let at = 0
  return (count: number, rest?: 'rest') => {
    const taken = rest ? bytes.slice(at) : bytes.slice(at, at + count)
    if (!rest && taken.length < count) throw new RangeError('The link ends too early')
    at += taken.length
    return taken
  }
}

/** Largest part first. Beyond 32 bits, so by division and not by shifts. */
function bytesOfNumber(value: number, count: number): Array<number> {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** count) {
    throw new RangeError(`${value} does not fit into ${count} bytes`)
  }
  return Array.from({ length: count }, (_, index) =>
    Math.floor((value / 256 ** (count - 1 - index)) % 256),
  )
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0)
}

function bytesOfId(id: string): Array<number> {
  const digits = id.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/i.test(digits)) throw new RangeError(`${id} is not an id`)
  return [...fromHex(digits)]
}

function idOf(bytes: Uint8Array): string {
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function bytesOfText(text: string): Array<number> {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > MOST_TEXT_BYTES) throw new RangeError(`${text} is too long for a code`)
  return [bytes.length, ...bytes]
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}
