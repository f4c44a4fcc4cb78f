import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { Stat } from '~/ui/base/stat'
import { Money } from '~/ui/money/money'
import type { InvoiceStanding } from './invoice-state'

/** The one number of an invoice: what is still open on it. */
export function InvoiceHero(props: {
  invoice: InvoiceStanding & { due_on: string | null }
  today: string
}) {
  const { invoice, today } = props
  const t = useT('billing')
  const format = useFormat()
  const isOverdue = (invoice.days_past_due ?? 0) > 0 && invoice.state === 'open'

  return (
    <Card>
      <Stat
        size="hero"
        label={label()}
        value={<Money minor={invoice.balance_minor} />}
        tone={isOverdue ? 'danger' : 'neutral'}
        hint={
          <>
            {t('invoice.of_total', { total: formatMoney(invoice.total_minor) })}
            {invoice.state === 'open' && invoice.due_on
              ? ` · ${format.due(invoice.due_on, today)}`
              : null}
          </>
        }
      />
    </Card>
  )

  function label() {
    if (invoice.state === 'void') return t('invoice.void_amount')
    if (invoice.state === 'written_off') return t('invoice.written_off_amount')
    if (invoice.credited_minor === invoice.total_minor) return t('invoice.credited_amount')
    return invoice.state === 'paid' ? t('invoice.paid_amount') : t('invoice.open_amount')
  }
}
