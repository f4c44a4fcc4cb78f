import { useT } from '~/i18n/use-t'

const sentences = {
  'Not started yet': 'reason.not_started',
  'Waiting for the first payment': 'reason.first_payment',
  'Prepaid time is used up': 'reason.used_up',
  Paused: 'reason.paused_open',
} as const

const beginnings = [
  ['Cut off: ', 'reason.cut_off'],
  ['Paused: ', 'reason.paused'],
  ['Paused until ', 'reason.paused_until'],
  ['Fault: ', 'reason.fault'],
  ['Blocked: ', 'reason.blocked'],
  ['On hold: ', 'reason.on_hold'],
  ['Ended on ', 'reason.ended'],
  ['Starts on ', 'reason.starts'],
] as const

export type ReasonText =
  | { key: (typeof sentences)[keyof typeof sentences] }
  | { key: (typeof beginnings)[number][1]; rest: string }

/** Finds the phrase behind a reason the database wrote in English; what staff typed stays as typed. */
export function reasonText(reason: string): ReasonText | null {
  if (Object.hasOwn(sentences, reason)) {
    return { key: sentences[reason as keyof typeof sentences] }
  }
  for (const [beginning, key] of beginnings) {
    if (reason.startsWith(beginning)) return { key, rest: reason.slice(beginning.length) }
  }
  return null
}

export function useReasonText() {
  const t = useT('portal')
  return (reason: string): string => {
    const text = reasonText(reason)
    if (!text) return reason
    return 'rest' in text ? t(text.key, { rest: text.rest }) : t(text.key)
  }
}
