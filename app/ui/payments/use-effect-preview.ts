import { useEffect, useState } from 'react'
import type { Effect } from './effect-preview'

export type EffectQuestion = {
  subscriber_id: string
  amount_minor: number | null
  subscription_id: string | null
  /** Only these are paid; none named: the oldest due first. */
  invoices?: ReadonlyArray<string>
  pay_ahead?: boolean
}

export type EffectAnswer = { effect: Effect } | { refusal: string }

/** Asks the database what a payment would do. A newer question aborts the older one. */
export type AskEffect = (question: EffectQuestion, signal: AbortSignal) => Promise<EffectAnswer>

type Heard = { key: string; effect: Effect | null; refusal: string | null; hasFailed: boolean }

const TYPING_PAUSE_MILLISECONDS = 250

export function useEffectPreview(question: EffectQuestion, ask: AskEffect) {
  const [heard, setHeard] = useState<Heard>({
    key: '',
    effect: null,
    refusal: null,
    hasFailed: false,
  })
  const key = JSON.stringify(question)

  useEffect(() => {
    const asked = JSON.parse(key) as EffectQuestion
    if (asked.amount_minor === null) return
    const abort = new AbortController()
    const pause = setTimeout(() => {
      ask(asked, abort.signal).then(
        (answer) =>
          setHeard({
            key,
            effect: 'effect' in answer ? answer.effect : null,
            refusal: 'refusal' in answer ? answer.refusal : null,
            hasFailed: false,
          }),
        () => {
          if (!abort.signal.aborted) setHeard({ key, effect: null, refusal: null, hasFailed: true })
        },
      )
    }, TYPING_PAUSE_MILLISECONDS)
    return () => {
      clearTimeout(pause)
      abort.abort()
    }
  }, [key, ask])

  if (question.amount_minor === null)
    return { effect: null, refusal: null, state: 'empty' } as const
  if (heard.key !== key) return { effect: heard.effect, refusal: null, state: 'asking' } as const
  return {
    effect: heard.effect,
    refusal: heard.refusal,
    state: heard.hasFailed ? 'failed' : 'answered',
  } as const
}
