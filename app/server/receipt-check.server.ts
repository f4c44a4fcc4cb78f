import { z } from 'zod'
import { DatabaseFailure } from './refusal.server'
import { openAnonymous } from './supabase.server'

// What anybody may ask about a receipt. Nobody is signed in here.

const question = z.object({ payment_id: z.uuid(), tenant_id: z.uuid().optional() })

/** Whether a payment is in the books; of one ISP where it is named. */
export async function lookUpReceipt(request: Request, paymentId: string, tenantId: string | null) {
  const asked = question.safeParse({ payment_id: paymentId, tenant_id: tenantId ?? undefined })
  if (!asked.success) return { state: 'unknown' as const }
  const { data, error } = await openAnonymous(request).rpc('verify_receipt', asked.data)
  if (error) throw new DatabaseFailure(error)
  return data
}

/** The public halves of the keys that sign an ISP's receipts, or null where there is no such ISP. */
export async function receiptKeys(request: Request, tenantId: string) {
  const id = z.uuid().safeParse(tenantId)
  if (!id.success) return null
  const { data, error } = await openAnonymous(request).rpc('receipt_keys', { tenant_id: id.data })
  if (error) throw new DatabaseFailure(error)
  return data
}
