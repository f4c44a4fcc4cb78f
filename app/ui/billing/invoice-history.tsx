import { Link } from '@remix-run/react'
import { addDays } from '~/domain/calendar'
import { dayStart } from '~/domain/day-start'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Timeline, type TimelineItem } from '~/ui/base/timeline'
import type { AppliedPayment } from './applied-payments'

type Invoice = {
  id: string
  state: string
  total_minor: number
  balance_minor: number
  issued_on: string
  due_on: string | null
  voided_at: string | null
  void_reason: string | null
}

/** What happened to an invoice, newest first. */
export function InvoiceHistory(props: {
  invoice: Invoice
  applied: ReadonlyArray<AppliedPayment>
  timeZone: string
  today: string
}) {
  const { invoice, applied, timeZone, today } = props
  const t = useT('billing')
  const format = useFormat()
  const items: Array<TimelineItem & { when: number }> = []

  if (invoice.issued_on) {
    items.push({
      id: 'issued',
      when: dayStart(invoice.issued_on, timeZone).getTime(),
      at: format.day(invoice.issued_on),
      title: t('history.issued', { total: formatMoney(invoice.total_minor) }),
      tone: 'info',
    })
  }
  if (invoice.state === 'open' && invoice.due_on && invoice.due_on < today) {
    items.push({
      id: 'due',
      when: dayStart(addDays(invoice.due_on, 1), timeZone).getTime(),
      at: format.day(invoice.due_on),
      title: t('history.due', { balance: formatMoney(invoice.balance_minor) }),
      tone: 'danger',
    })
  }
  for (const payment of applied) {
    items.push({ ...applicationOf(payment), when: Date.parse(payment.created_at) })
  }
  if (invoice.voided_at) {
    items.push({
      id: 'void',
      when: Date.parse(invoice.voided_at),
      at: format.instant(invoice.voided_at, timeZone),
      title: t('history.void'),
      detail: invoice.void_reason,
    })
  }
  return <Timeline items={items.sort((a, b) => b.when - a.when)} />

  function applicationOf(payment: AppliedPayment): TimelineItem {
    const amount = formatMoney(Math.abs(payment.amount_minor))
    const at = format.instant(payment.created_at, timeZone)
    if (payment.amount_minor < 0) {
      return { id: payment.id, at, title: t('history.reversed', { amount }), tone: 'warn' }
    }
    if (!payment.payment_id) {
      return { id: payment.id, at, title: t('history.credit', { amount }), tone: 'success' }
    }
    return {
      id: payment.id,
      at,
      tone: 'success',
      title: (
        <Link to={`/office/payments/${payment.payment_id}`} className="hover:underline">
          {t('history.payment', { amount, receipt: payment.receipt_number ?? '—' })}
        </Link>
      ),
    }
  }
}
