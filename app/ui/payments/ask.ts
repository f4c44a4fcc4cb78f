import type { FindSubscribers } from '~/ui/people/subscriber-picker'
import type { AskEffect } from './use-effect-preview'

/** The two questions the counter asks while somebody types, answered by our own server. */

export const findSubscribers: FindSubscribers = (query, signal) =>
  ask(`/office/payments/subscribers?${new URLSearchParams({ q: query }).toString()}`, signal)

export const askEffect: AskEffect = (question, signal) => {
  const params = new URLSearchParams({
    subscriber_id: question.subscriber_id,
    amount_minor: String(question.amount_minor ?? ''),
  })
  if (question.subscription_id) params.set('subscription_id', question.subscription_id)
  for (const id of question.invoices ?? []) params.append('invoices', id)
  if (question.pay_ahead) params.set('pay_ahead', 'on')
  return ask(`/office/payments/effect?${params.toString()}`, signal)
}

async function ask<Answer>(address: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(address, { signal, headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`${address} answered ${response.status}`)
  return response.json()
}
