// Both sides in one shape: what stands for each subscriber, as plain rows in the order of making.

import { type Account } from './account.ts'
import { type Product } from './product.ts'
import { write } from './days.ts'

export type Standing = {
  invoices: Array<unknown>
  allocations: Array<string>
  notes: Array<string>
  sales: Array<string>
  receivable: number
  credit: number
  deposit: number
}

/** What the oracle's book says of a subscriber. */
export function standingOf(account: Account): Standing {
  const invoices = account.invoices
  return {
    invoices: invoices.map((invoice) => [
      invoice.period === null ? null : write(invoice.period),
      write(invoice.issuedOn),
      write(invoice.dueOn),
      invoice.rateBp,
      invoice.total,
      invoice.vat,
      invoice.state,
      invoice.balance,
      ...feesInOrder(
        invoice.lines.map((line) =>
          [line.kind, line.service, line.from, line.until, line.vatClass, line.total, line.vat]
            .map((part) => part ?? '-')
            .join(' '),
        ),
      ),
    ]),
    allocations: netOf(
      account.allocations.map(({ payment, invoice, amount }) => ({
        what: [payment?.id ?? 'credit', invoices.indexOf(invoice)].join(' '),
        amount,
      })),
    ),
    notes: invoices.flatMap(({ notes }, at) =>
      notes.map((note) => [at, write(note.issuedOn), note.total, note.vat].join(' ')),
    ),
    sales: account.services
      .flatMap(({ id, sales }) =>
        sales
          .filter(({ isCancelled }) => !isCancelled)
          .map((sale) =>
            [id, invoices.indexOf(sale.invoice), sale.amount, sale.startsAt, sale.endsAt].join(' '),
          ),
      )
      .sort(),
    receivable: invoices.reduce((total, { balance }) => total + balance, 0),
    credit: account.credit,
    deposit: account.deposit,
  }
}

/** What the database says of every subscriber. */
export async function standingsOf({ own, tenant }: Product): Promise<Map<string, Standing>> {
  const rows = await own.sql<
    Array<{ subscriber: string; invoices: Array<Array<unknown>> } & Omit<Standing, 'invoices'>>
  >`
    with numbered as materialized (
      select i.*, row_number() over (partition by i.subscriber_id order by i.serial) - 1 as at
      from billing.invoices as i where i.tenant_id = ${tenant.id}
    ), lines as (
      select l.invoice_id, jsonb_agg(concat_ws(' ', l.kind, coalesce(l.subscription_id::text, '-'),
        coalesce((extract(epoch from l.service_from) * 1000)::bigint::text, '-'),
        coalesce((extract(epoch from l.service_until) * 1000)::bigint::text, '-'),
        l.vat_class, l.total_minor, l.vat_minor) order by l.line) as lines
      from billing.invoice_lines as l where l.tenant_id = ${tenant.id} group by l.invoice_id
    ), documents as (
      select i.subscriber_id, jsonb_agg(jsonb_build_array(i.period, i.issued_on, i.due_on, i.rate_bp, i.total_minor, i.vat_minor,
        i.state, i.balance_minor) || l.lines order by i.serial) as invoices
      from numbered as i join lines as l on l.invoice_id = i.id group by i.subscriber_id
    ), settled as (
      select x.subscriber_id, jsonb_agg(x.what) as allocations
      from (
        select i.subscriber_id, concat_ws(' ', coalesce(a.payment_id::text, 'credit'), i.at, sum(a.amount_minor)) as what
        from collections.allocations as a join numbered as i on i.id = a.invoice_id
        where a.tenant_id = ${tenant.id}
        group by i.subscriber_id, a.payment_id, i.at having sum(a.amount_minor) <> 0
      ) as x group by x.subscriber_id
    ), noted as (
      select i.subscriber_id, jsonb_agg(concat_ws(' ', i.at, n.issued_on, n.total_minor, n.vat_minor) order by i.at, n.serial) as notes
      from billing.credit_notes as n join numbered as i on i.id = n.invoice_id
      where n.tenant_id = ${tenant.id} group by i.subscriber_id
    ), sold as (
      select i.subscriber_id, jsonb_agg(concat_ws(' ', s.subscription_id, i.at, s.amount_minor,
        (extract(epoch from s.starts_at) * 1000)::bigint, (extract(epoch from s.ends_at) * 1000)::bigint)) as sales
      from billing.prepaid_periods as s join numbered as i on i.id = s.invoice_id
      where s.tenant_id = ${tenant.id} and s.cancelled_at is null group by i.subscriber_id
    ), kept as (
      select d.subscriber_id, sum(d.amount_minor)::float8 as deposit from billing.deposits as d
      where d.tenant_id = ${tenant.id} group by d.subscriber_id
    ), balances as (
      select a.owner_id,
        coalesce(sum(b.amount_minor) filter (where a.code = 'subscriber_receivable'), 0)::float8 as receivable,
        coalesce(-sum(b.amount_minor) filter (where a.code = 'subscriber_credit'), 0)::float8 as credit
      from ledger.accounts as a join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
      where a.tenant_id = ${tenant.id} and a.owner_kind = 'subscriber' group by a.owner_id
    )
    select s.id as subscriber, coalesce(d.invoices, '[]') as invoices, coalesce(t.allocations, '[]') as allocations,
      coalesce(n.notes, '[]') as notes,
      coalesce(p.sales, '[]') as sales, coalesce(b.receivable, 0) as receivable, coalesce(b.credit, 0) as credit,
      coalesce(k.deposit, 0) as deposit
    from service.subscribers as s
    left join documents as d on d.subscriber_id = s.id
    left join settled as t on t.subscriber_id = s.id
    left join noted as n on n.subscriber_id = s.id
    left join sold as p on p.subscriber_id = s.id
    left join balances as b on b.owner_id = s.id
    left join kept as k on k.subscriber_id = s.id
    where s.tenant_id = ${tenant.id}
  `
  return new Map(
    rows.map(({ subscriber, ...standing }) => [
      subscriber,
      {
        ...standing,
        invoices: standing.invoices.map(feesInOrder),
        allocations: [...standing.allocations].sort(),
        sales: [...standing.sales].sort(),
      },
    ]),
  )
}

/** What the accounts of the ISP come to, by code; those that came to nothing are left out. */
export async function trialOf({ own, tenant }: Product): Promise<Array<string>> {
  const rows = await own.sql<Array<{ account: string }>>`
    select concat_ws(' ', a.code, sum(e.amount_minor)) as account
    from ledger.entries as e join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where e.tenant_id = ${tenant.id} group by a.code having sum(e.amount_minor) <> 0 order by a.code
  `
  return rows.map(({ account }) => account).sort()
}

/** Receivable and credit of every subscriber at this moment. */
export async function balancesOf({ own, tenant }: Product): Promise<Map<string, string>> {
  const rows = await own.sql<Array<{ subscriber: string; balance: string }>>`
    select a.owner_id as subscriber,
      concat_ws(' ', coalesce(sum(b.amount_minor) filter (where a.code = 'subscriber_receivable'), 0),
        coalesce(-sum(b.amount_minor) filter (where a.code = 'subscriber_credit'), 0)) as balance
    from ledger.accounts as a join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
    where a.tenant_id = ${tenant.id} and a.owner_kind = 'subscriber' group by a.owner_id
  `
  return new Map(rows.map(({ subscriber, balance }) => [subscriber, balance]))
}

/** Fees that were charged at one moment have no order of their own. */
function feesInOrder(lines: ReadonlyArray<unknown>): Array<unknown> {
  const isFee = (line: unknown) => typeof line === 'string' && line.startsWith('late_fee')
  const fees = lines.filter(isFee).sort()
  return lines.map((line) => (isFee(line) ? fees.shift() : line))
}

/** Sums by name, without those that came to nothing. */
function netOf(rows: ReadonlyArray<{ what: string; amount: number }>): Array<string> {
  const sums = new Map<string, number>()
  for (const { what, amount } of rows) sums.set(what, (sums.get(what) ?? 0) + amount)
  return [...sums]
    .filter(([, amount]) => amount !== 0)
    .map(([what, amount]) => `${what} ${amount}`)
    .sort()
}
