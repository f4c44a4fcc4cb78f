import { idIn } from './list-query.server'
import type { Db } from './supabase.server'

export type Payer = {
  id: string
  name: string
  account_no: string
  address: string | null
  phone: string | null
  balance_minor: number
  credit_minor: number
  oldest_due_on: string | null
  prepaid: Array<PrepaidService>
  /** What the postpaid services cost in a whole month. */
  monthly_minor: number
  /** What can be paid: open invoices, and written-off ones that may still be recovered. */
  payable: Array<PayableInvoice>
}

export type PayableInvoice = {
  id: string
  number: string
  period: string | null
  due_on: string
  open_minor: number
  is_written_off: boolean
}

export type PrepaidService = {
  subscription_id: string
  plan_name: string
  price_minor: number
  prepaid_days: number
}

type Service = {
  id: string
  billing_mode: 'prepaid' | 'postpaid'
  state: string
  plan_name: string | null
  price_minor: number | null
  prepaid_days: number | null
}

/** What the counter must know of who stands there, or null when there is no such subscriber. */
export async function readPayer(db: Db, id: string): Promise<Payer | null> {
  if (!idIn(id)) return null
  const [{ data: subscriber }, { data: services }, { data: open }, { data: lost }] =
    await Promise.all([
      db.from('subscribers').select().eq('id', id).maybeSingle().throwOnError(),
      db
        .from('subscriptions')
        .select('id, billing_mode, state, plan_name, price_minor, prepaid_days')
        .eq('subscriber_id', id)
        .order('activated_on')
        .throwOnError(),
      db
        .from('invoices')
        .select('id, number, period, due_on, balance_minor')
        .eq('subscriber_id', id)
        .eq('state', 'open')
        .order('due_on')
        .order('id')
        .throwOnError(),
      db
        .from('write_offs')
        .select('invoice_id, invoice_number, created_at, amount_minor, recovered_minor')
        .eq('subscriber_id', id)
        .order('id')
        .throwOnError(),
    ])
  if (!subscriber) return null

  return {
    id: subscriber.id,
    name: subscriber.name,
    account_no: subscriber.account_no,
    address: [subscriber.purok, subscriber.barangay].filter(Boolean).join(', ') || null,
    phone: subscriber.phone,
    balance_minor: subscriber.balance_minor,
    credit_minor: subscriber.credit_minor,
    oldest_due_on: subscriber.oldest_due_on,
    prepaid: (services as Array<Service>).flatMap(prepaidOf),
    monthly_minor: (services as Array<Service>)
      .filter(({ billing_mode, state }) => billing_mode === 'postpaid' && state === 'active')
      .reduce((sum, { price_minor }) => sum + (price_minor ?? 0), 0),
    payable: [
      ...open.map((invoice) => ({
        id: String(invoice.id),
        number: String(invoice.number),
        period: invoice.period as string | null,
        due_on: String(invoice.due_on),
        open_minor: Number(invoice.balance_minor),
        is_written_off: false,
      })),
      ...(lost as Array<WriteOff>).flatMap(recoverableOf),
    ],
  }
}

type WriteOff = {
  invoice_id: string
  invoice_number: string
  created_at: string
  amount_minor: number
  recovered_minor: number
}

function recoverableOf(lost: WriteOff): Array<PayableInvoice> {
  const left = lost.amount_minor - lost.recovered_minor
  if (left <= 0) return []
  return [
    {
      id: lost.invoice_id,
      number: lost.invoice_number,
      period: null,
      due_on: lost.created_at.slice(0, 10),
      open_minor: left,
      is_written_off: true,
    },
  ]
}

function prepaidOf(service: Service): Array<PrepaidService> {
  const { id, billing_mode, state, plan_name, price_minor, prepaid_days } = service
  if (billing_mode !== 'prepaid' || state !== 'active') return []
  if (plan_name === null || price_minor === null || prepaid_days === null) return []
  return [{ subscription_id: id, plan_name, price_minor, prepaid_days }]
}
