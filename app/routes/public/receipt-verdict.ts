import { useEffect, useState } from 'react'
import { readReceiptLink, type ReceiptLink } from '~/domain/receipt-link'
import { type PhoneKeys, stateOfSignature, type Verdict, verdictOn } from '~/domain/receipt-verdict'

export type Isp = {
  tenant_id: string
  trade_name: string
  time_zone: string
  brand_color: string | null
}

export type KnownReceipt = Isp & {
  state: 'authentic' | 'voided'
  number: string | null
  amount_minor: number
  received_at: string
  currency: string
  account_tail: string | null
}

/** What the ISP's books say of a payment. `unasked`: nobody could ask them. */
export type Answer = { state: 'unknown' | 'unasked' | 'too_many' } | KnownReceipt

/** Our own server's answer, read without zod: this page is somebody's first, on a slow line. */
export function readAnswer(body: unknown): Answer {
  const said = (body ?? {}) as Omit<Partial<KnownReceipt>, 'state'> & { state?: unknown }
  if (said.state === 'unknown' || said.state === 'too_many') return { state: said.state }
  const isKnown =
    (said.state === 'authentic' || said.state === 'voided') &&
    typeof said.tenant_id === 'string' &&
    Number.isSafeInteger(said.amount_minor)
  return isKnown ? (said as KnownReceipt) : { state: 'unasked' }
}

type StoredKeys = Isp & { keys: PhoneKeys['keys'] }

function readKeys(body: unknown): StoredKeys {
  const said = (body ?? {}) as Partial<StoredKeys>
  if (typeof said.tenant_id !== 'string' || !Array.isArray(said.keys)) {
    throw new TypeError('These are no keys')
  }
  return said as StoredKeys
}

export type Seen = {
  verdict: Verdict | 'too_many' | 'checking'
  isp: Isp | null
  books: KnownReceipt | null
  /** What the code says, where its signature holds. */
  signed: ReceiptLink['receipt'] | null
}

/** Before any script: what the server alone can say. */
export function seenByServer(answer: Answer): Seen {
  const nothing = { isp: null, books: null, signed: null }
  if (answer.state === 'unasked') return { ...nothing, verdict: 'checking' }
  if ('tenant_id' in answer) {
    return { ...nothing, verdict: answer.state, isp: answer, books: answer }
  }
  return { ...nothing, verdict: answer.state }
}

/** The verdict on the receipt at this address. What was signed stands behind the `#` and never leaves the browser. */
export function useVerdict(paymentId: string, answer: Answer): Seen {
  const [seen, setSeen] = useState(() => seenByServer(answer))

  useEffect(() => {
    let round = 0
    const look = () => {
      const mine = (round += 1)
      void check(paymentId, answer, window.location.hash.slice(1)).then(
        (found) => mine === round && setSeen(found),
      )
    }
    look()
    window.addEventListener('hashchange', look)
    window.addEventListener('online', look)
    return () => {
      round = -1
      window.removeEventListener('hashchange', look)
      window.removeEventListener('online', look)
    }
  }, [paymentId, answer])

  return seen
}

async function check(paymentId: string, served: Answer, statement: string): Promise<Seen> {
  const link = statement === '' ? null : readReceiptLink(paymentId, statement)
  if (statement !== '' && !link) {
    return { verdict: 'damaged', isp: null, books: null, signed: null }
  }
  if (!link) {
    return seenWithoutCode(served.state === 'unasked' ? await ask(paymentId, null) : served)
  }

  const { tenantId } = link.receipt
  // An id is unique in one ISP only, so the books of the one that signed are asked.
  const isAnswered =
    served.state === 'unknown' || ('tenant_id' in served && served.tenant_id === tenantId)
  const [answer, stored] = await Promise.all([
    isAnswered ? served : ask(paymentId, tenantId),
    fetchKeys(tenantId),
  ])
  const books = 'tenant_id' in answer ? answer : null
  const signature = await stateOfSignature(link, stored.phones)
  const verdict = verdictOn(
    { link, signature },
    books ?? (answer.state === 'unknown' ? { state: 'unknown' } : null),
  )
  return {
    verdict: verdict === 'offline' && answer.state === 'too_many' ? 'too_many' : verdict,
    isp: stored.isp ?? books,
    books,
    signed: signature === 'bad' || signature === 'unchecked' ? null : link.receipt,
  }
}

function seenWithoutCode(answer: Answer): Seen {
  const seen = seenByServer(answer)
  return seen.verdict === 'checking' ? { ...seen, verdict: verdictOn('none', null) } : seen
}

async function ask(paymentId: string, tenantId: string | null): Promise<Answer> {
  const query = new URLSearchParams({ payment: paymentId, ...(tenantId && { isp: tenantId }) })
  try {
    const response = await fetch(`/api/receipt-check?${query.toString()}`)
    return readAnswer(await response.json())
  } catch {
    return { state: 'unasked' }
  }
}

const KEY_STORE = 'receipt-keys'

/** The keys of an ISP's phones, kept for a later look without a signal. */
async function fetchKeys(
  tenantId: string,
): Promise<{ phones: PhoneKeys | null; isp: StoredKeys | null }> {
  const address = `/api/receipt-keys/${tenantId}`
  const store = 'caches' in window ? await caches.open(KEY_STORE).catch(() => null) : null
  try {
    const response = await fetch(address)
    if (response.status === 404) return { phones: { keys: [], isStale: false }, isp: null }
    const keys = readKeys(await response.clone().json())
    await store?.put(address, response)
    return { phones: { keys: keys.keys, isStale: false }, isp: keys }
  } catch {
    const stored = await store?.match(address)
    const keys = stored ? readKeys(await stored.json()) : null
    return { phones: keys && { keys: keys.keys, isStale: true }, isp: keys }
  }
}
