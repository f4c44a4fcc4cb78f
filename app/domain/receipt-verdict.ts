// What the public page says about a receipt: the signature tells what was handed out, the ISP's books tell what became of it.

import type { ReceiptLink } from './receipt-link'
import { isAuthentic, type ReceiptKey } from './receipt-signature'

/** A phone's public key and how long it spoke for the ISP. */
export type PhoneKey = { device_id: string; public_key: ReceiptKey; ended_at: string | null }

/** `stale`: as this browser stored them some time ago, so a newer phone may be missing. */
export type PhoneKeys = { keys: ReadonlyArray<PhoneKey>; isStale: boolean }

/**
 * `late`: signed by a phone of the ISP after its right had ended. `ended`: before that, and it has ended since.
 * `unchecked`: the keys are not at hand.
 */
export type SignatureState = 'good' | 'bad' | 'late' | 'ended' | 'unchecked'

/** What stands behind the `#`: nothing, something unreadable, or a signed receipt. */
export type Statement = 'none' | 'damaged' | { link: ReceiptLink; signature: SignatureState }

/** What the ISP's books say; null while nobody could be asked. */
export type Books =
  | { state: 'unknown' }
  | { state: 'authentic' | 'voided'; number: string | null; amount_minor: number }

export type Verdict =
  | 'authentic'
  | 'voided'
  | 'altered'
  | 'not_yet'
  | 'ask_office'
  | 'unknown'
  | 'signed'
  | 'offline'
  | 'damaged'

export async function stateOfSignature(
  { receipt, signature }: ReceiptLink,
  phones: PhoneKeys | null,
): Promise<SignatureState> {
  if (!phones) return 'unchecked'
  const phone = phones.keys.find((key) => key.device_id === receipt.deviceId)
  if (!phone) return phones.isStale ? 'unchecked' : 'bad'
  if (!(await isAuthentic(receipt, signature, phone.public_key))) return 'bad'
  if (phone.ended_at === null) return 'good'
  return Date.parse(receipt.receivedAt) > Date.parse(phone.ended_at) ? 'late' : 'ended'
}

export function verdictOn(statement: Statement, books: Books | null): Verdict {
  if (statement === 'damaged') return 'damaged'
  if (statement === 'none') return books ? books.state : 'offline'

  const { link, signature } = statement
  if (signature === 'bad') return 'altered'
  if (!books) return withoutBooks[signature]
  if (books.state === 'unknown') return notInBooks[signature]
  return isTheSame(link, books) ? books.state : 'altered'
}

type Unbroken = Exclude<SignatureState, 'bad'>

const withoutBooks: Record<Unbroken, Verdict> = {
  good: 'signed',
  ended: 'signed',
  late: 'ask_office',
  unchecked: 'offline',
}

/** A phone whose right has ended sends nothing any more: waiting would be in vain. */
const notInBooks: Record<Unbroken, Verdict> = {
  good: 'not_yet',
  ended: 'ask_office',
  late: 'ask_office',
  unchecked: 'unknown',
}

/** A number that the office could not keep (used twice by mistake) is not in its books; the sum always is. */
function isTheSame({ receipt }: ReceiptLink, books: Exclude<Books, { state: 'unknown' }>) {
  return (
    receipt.amountMinor === books.amount_minor &&
    (books.number === null || books.number === receipt.number)
  )
}
