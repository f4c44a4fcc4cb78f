import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import type { Tone } from '~/ui/base/badge'

export const kinds = [
  'payment_void',
  'credit_note',
  'invoice_void',
  'write_off',
  'refund',
  'transfer',
  'time_cancel',
  'deposit_return',
] as const

type About = {
  kind: string
  invoice_number: string | null
  receipt_number: string | null
  payment_id: string | null
  to_subscriber_name: string | null
}

export const stateTones = {
  waiting: 'warn',
  done: 'success',
  refused: 'neutral',
  expired: 'neutral',
  withdrawn: 'neutral',
} satisfies Record<string, Tone>

/** The words every place uses for a request that needs a second person. */
export function useCorrectionWords() {
  const t = useT('corrections')
  return {
    /** That a second person is needed, where the sum is above the limit. */
    hintOf: (limitMinor: number | null, amountMinor: number) =>
      limitMinor !== null && amountMinor > limitMinor
        ? ` ${t('limit_hint', { limit: formatMoney(limitMinor) })}`
        : '',
    /** Which paper it is about. */
    about: (request: About) => {
      if (request.invoice_number) return t('about.invoice', { number: request.invoice_number })
      if (request.receipt_number) return t('about.receipt', { number: request.receipt_number })
      if (request.kind === 'deposit_return') return t('about.deposit')
      return request.payment_id ? t('about.payment') : t('about.credit')
    },
    /** What is said once the command was taken: done, or waiting for a second person. */
    saidOf: (done: string) => (answer: { outcome?: string }) =>
      answer.outcome === 'waiting' ? t('asked') : done,
  }
}
