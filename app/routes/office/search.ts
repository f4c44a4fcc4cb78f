import type { LoaderFunctionArgs } from '@remix-run/node'
import { formatMoney } from '~/i18n/format'
import { requireMember } from '~/server/guard.server'
import type { PaletteGroup } from '~/ui/base/command-palette'

const ROWS_PER_GROUP = 6

/** What the search box finds: subscribers by every word typed, documents by the start of their number. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  const query = new URL(request.url).searchParams.get('q')?.trim() ?? ''
  const currency = me.tenant.currency
  const can = (permission: string) => me.permissions.includes(permission)
  const pattern = `%${query.replace(/[\\%_]/g, String.raw`\$&`)}%`

  async function subscribers(): Promise<PaletteGroup> {
    const words = query.toLowerCase().split(/\s+/)
    let ask = db
      .from('subscribers')
      .select('id, name, account_no, balance_minor')
      .order('name')
      .limit(ROWS_PER_GROUP)
    for (const word of words)
      ask = ask.ilike('search_text', `%${word.replace(/[\\%_]/g, String.raw`\$&`)}%`)
    const { data } = await ask
      .overrideTypes<
        Array<{ id: string; name: string; account_no: string; balance_minor: number }>,
        { merge: false }
      >()
      .throwOnError()
    return {
      heading: 'Subscribers',
      items: data.map((row) => ({
        id: row.id,
        to: `/office/subscribers/${row.id}`,
        label: `${row.name} · ${row.account_no}`,
        detail: row.balance_minor > 0 ? formatMoney(row.balance_minor, currency) : undefined,
      })),
    }
  }

  async function invoices(): Promise<PaletteGroup> {
    const { data } = await db
      .from('invoices')
      .select('id, number, subscriber_name, total_minor')
      .ilike('number', pattern)
      .order('number')
      .limit(ROWS_PER_GROUP)
      .overrideTypes<
        Array<{ id: string; number: string; subscriber_name: string; total_minor: number }>,
        { merge: false }
      >()
      .throwOnError()
    return {
      heading: 'Invoices',
      items: data.map((row) => ({
        id: row.id,
        to: `/office/invoices/${row.id}`,
        label: `${row.number} · ${row.subscriber_name}`,
        detail: formatMoney(row.total_minor, currency),
      })),
    }
  }

  async function payments(): Promise<PaletteGroup> {
    const { data } = await db
      .from('payments')
      .select('id, receipt_number, subscriber_name, amount_minor')
      .ilike('receipt_number', pattern)
      .order('receipt_number')
      .limit(ROWS_PER_GROUP)
      .overrideTypes<
        Array<{
          id: string
          receipt_number: string
          subscriber_name: string | null
          amount_minor: number
        }>,
        { merge: false }
      >()
      .throwOnError()
    return {
      heading: 'Receipts',
      items: data.map((row) => ({
        id: row.id,
        to: `/office/payments/${row.id}`,
        label: [row.receipt_number, row.subscriber_name].filter(Boolean).join(' · '),
        detail: formatMoney(row.amount_minor, currency),
      })),
    }
  }

  const hasNumber = /\d/.test(query)
  const groups =
    query === ''
      ? []
      : await Promise.all([
          ...(can('subscribers.read') ? [subscribers()] : []),
          ...(can('billing.read') && hasNumber ? [invoices()] : []),
          ...(can('payments.read') && hasNumber ? [payments()] : []),
        ])

  return Response.json(
    groups.filter((group) => group.items.length > 0),
    { headers },
  )
}
