// Each paper made of a receipt is a fact too: the first one is the receipt, every later one says that it is a copy.

import { openEntries } from './opened'
import { enqueue } from './outbox'
import type { Phone } from './phone'

/** How many papers this phone made of a receipt. */
export async function countPrints(phone: Phone, paymentId: string): Promise<number> {
  const stored = await phone.db.outbox.list()
  const prints = await openEntries(
    phone,
    stored.filter(({ name }) => name === 'record_print'),
  )
  return prints.filter(({ input }) => input['payment_id'] === paymentId).length
}

/** Written before the last of the paper comes out: a paper may be counted that failed, none may come out uncounted. */
export async function recordPrint(
  phone: Phone,
  print: { id: string; paymentId: string; copy: number },
): Promise<void> {
  await enqueue(phone, {
    id: print.id,
    name: 'record_print',
    happenedAt: phone.now().toISOString(),
    input: { payment_id: print.paymentId, copy: print.copy },
  })
}
