import { useEffect, useState } from 'react'
import { z } from 'zod'
import { readReceiptLink, type ReceiptLink } from '~/domain/receipt-link'
import { type PhoneKeys, stateOfSignature, type Verdict, verdictOn } from '~/domain/receipt-verdict'

const isp = z.object({
  tenant_id: z.string(),
  trade_name: z.string(),
  time_zone: z.string(),
  brand_color: z.string().nullable(),
})

const known = isp.extend({
  state: z.enum(['authentic', 'voided']),
  number: z.string().nullable(),
  amount_minor: z.number(),
  received_at: z.string(),
  currency: z.string(),
  account_tail: z.string().nullable(),
})

/** What the ISP's books say of a payment. `unasked`: nobody could ask them. */
export const answerShape = z.union([
  z.object({ state: z.enum(['unknown', 'unasked', 'too_many']) }),
  known,
])

export type Isp = z.infer<typeof isp>
export type KnownReceipt = z.infer<typeof known>
export type Answer = z.infer<typeof answerShape>

const keysShape = isp.extend({
  keys: z.array(
    z.object({
      device_id: z.string(),
      public_key: z.object({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: z.string(),
        y: z.string(),
      }),
      ended_at: z.string().nullable(),
    }),
  ),
})

type StoredKeys = z.infer<typeof keysShape>

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
    return answerShape.parse(await response.json())
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
    const keys = keysShape.parse(await response.clone().json())
    await store?.put(address, response)
    return { phones: { keys: keys.keys, isStale: false }, isp: keys }
  } catch {
    const stored = await store?.match(address)
    const keys = stored ? keysShape.parse(await stored.json()) : null
    return { phones: keys && { keys: keys.keys, isStale: true }, isp: keys }
  }
}
