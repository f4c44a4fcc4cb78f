import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'

export type InvoiceStanding = {
  state: 'open' | 'paid' | 'written_off' | 'void'
  total_minor: number
  balance_minor: number
  days_past_due: number | null
  credited_minor?: number
}

const tones = {
  open: 'info',
  part: 'warn',
  overdue: 'danger',
  paid: 'success',
  credited: 'neutral',
  written_off: 'neutral',
  void: 'neutral',
} satisfies Record<string, Tone>

/** How an invoice stands in one word. Being past due outranks being partly paid. */
export function InvoiceState({ invoice }: { invoice: InvoiceStanding }) {
  const t = useT('billing')
  const standing = standingOf(invoice)
  return <StatusBadge tone={tones[standing]}>{t(`state.${standing}`)}</StatusBadge>
}

function standingOf(invoice: InvoiceStanding) {
  if (invoice.state === 'paid' && invoice.credited_minor === invoice.total_minor) return 'credited'
  if (invoice.state !== 'open') return invoice.state
  if ((invoice.days_past_due ?? 0) > 0) return 'overdue'
  return invoice.balance_minor < invoice.total_minor ? 'part' : 'open'
}
