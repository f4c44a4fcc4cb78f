// The signature on a receipt: what exactly is signed, and how anybody checks it with the public half of the phone's key.

import { fromBase64Url } from './bytes'

/** What stands on the paper and cannot be changed without breaking the signature. */
export type SignedReceipt = {
  tenantId: string
  deviceId: string
  paymentId: string
  number: string
  amountMinor: number
  currency: string
  accountNo: string
  /** An ISO instant, as the phone wrote it. */
  receivedAt: string
}

/** The public half of a phone's key, as a JWK. */
export type ReceiptKey = { kty: 'EC'; crv: 'P-256'; x: string; y: string }

export const SIGNING = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

const VERSION = 'linyada-receipt-1'

/** One fact a line, in this order for good. A line feed inside a fact would let two receipts read alike, so none may stand there. */
export function receiptBytes(receipt: SignedReceipt): Uint8Array<ArrayBuffer> {
  const lines = [
    VERSION,
    receipt.tenantId,
    receipt.deviceId,
    receipt.paymentId,
    receipt.number,
    String(receipt.amountMinor),
    receipt.currency,
    receipt.accountNo,
    receipt.receivedAt,
  ]
  return new TextEncoder().encode(lines.map((line) => line.replaceAll('\n', ' ')).join('\n'))
}

/** True only for exactly these facts, signed by exactly this key. Anything unreadable is false. */
export async function isAuthentic(
  receipt: SignedReceipt,
  signature: string,
  key: ReceiptKey,
): Promise<boolean> {
  try {
    const { kty, crv, x, y } = key
    const publicKey = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, SIGNING, false, [
      'verify',
    ])
    return await crypto.subtle.verify(
      SIGNING,
      publicKey,
      fromBase64Url(signature),
      receiptBytes(receipt),
    )
  } catch {
    return false
  }
}
